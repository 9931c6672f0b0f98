"""Settings of the assistant, read from the environment (``ZHENGXIN_*``)."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things lie, and which optional parts are used.

    Attributes:
        data_folder: holds the index and the regulations that a user added.
    """

    model_config = SettingsConfigDict(env_prefix="ZHENGXIN_", extra="ignore", frozen=True)

    data_folder: Path = Field(default_factory=lambda: user_data_path("zhengxin"))
