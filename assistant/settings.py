"""Settings of the assistant, read from the environment (``ZHENGXIN_*``)."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things lie, and which optional parts are used.

    Attributes:
        data_folder: holds the index and the regulations that a user added.
        llm: name of a language model for LangChain's ``init_chat_model``; empty: none is used.
        llm_base_url: address of an OpenAI-compatible endpoint; empty: the provider's own.
        llm_key: key for that endpoint.
        llm_timeout: seconds until a model that does not answer is given up.
        embedder: empty for the embeddings that come with the product, or
            ``sentence-transformers:<id or folder>``.
        reranker: empty for none, or ``sentence-transformers:<id or folder>`` of a cross-encoder.
        chroma_url: address of a Chroma server; empty: the store is kept in the data folder.
    """

    model_config = SettingsConfigDict(env_prefix="ZHENGXIN_", extra="ignore", frozen=True)

    data_folder: Path = Field(default_factory=lambda: user_data_path("zhengxin"))
    llm: str = ""
    llm_base_url: str = ""
    llm_key: SecretStr = SecretStr("")
    llm_timeout: float = Field(default=60.0, gt=0)
    embedder: str = ""
    reranker: str = ""
    chroma_url: str = ""
