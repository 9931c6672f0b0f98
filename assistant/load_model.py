"""Settings -> a language model, or the reason why there is none.

LangChain loads only where a model is named: without one, nothing of it is imported.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from assistant.errors import ModelUnusable
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessageChunk

_log = logging.getLogger(__name__)

Message = tuple[str, str]
# Long enough for five regions; a model that writes more is not answering.
_MOST_TOKENS = 1200
# Servers on one's own machine ask for no key, but the client insists on one.
_NO_KEY = "none"
# What may stand before the colon of a name; LangChain guesses others from the name itself.
_PROVIDERS = frozenset(
    {"openai", "azure_openai", "anthropic", "ollama", "deepseek", "mistralai", "groq", "together"}
    | {"fireworks", "xai", "openrouter", "huggingface", "google_genai", "google_vertexai", "nvidia"}
)
_OWN_EXTRA = "zhengxin[llm]"
_IN_OWN_EXTRA = frozenset({"langchain", "langchain-openai", "langchain-core"})
_PACKAGE = re.compile(r"langchain(?:[-_][a-z]+)*")
_NOT_INSTALLED = (
    '已设置语言模型“{model}”，但没有安装它需要的组件，请运行 pip install "{package}" 后重新启动；'
    "在此之前按条文原文作答。"
)
_NOT_LOADED = "语言模型“{model}”无法载入（{reason}），请检查ZHENGXIN_LLM等设置；现按条文原文作答。"


class LanguageModel(Protocol):
    """What is needed of a chat model; LangChain's ``BaseChatModel`` has it."""

    def stream(self, input: Sequence[Message], /) -> Iterator[BaseMessageChunk]:
        """Answer messages (role and text), piece by piece."""
        ...


def load_model(settings: Settings) -> LanguageModel:
    """The model that ``settings.llm`` names.

    Raises:
        ModelUnusable: its packages are missing, or its name or address can't be used.
    """
    try:
        return _init_model(settings)
    except ImportError as error:
        package = _name_package(error)
        raise ModelUnusable(_NOT_INSTALLED.format(model=settings.llm, package=package)) from error
    except Exception as error:
        # Every provider has errors of its own for a name or an address that it can't use.
        _log.debug("model not loaded", exc_info=True)
        reason = str(error).strip().splitlines()[0][:120] if str(error).strip() else "原因不明"
        raise ModelUnusable(_NOT_LOADED.format(model=settings.llm, reason=reason)) from error


def _init_model(settings: Settings) -> LanguageModel:
    from langchain.chat_models import init_chat_model

    options: dict[str, object] = {
        "temperature": 0,
        "timeout": settings.llm_timeout,
        "max_retries": 0,
        "max_tokens": _MOST_TOKENS,
    }
    key = settings.llm_key.get_secret_value()
    if settings.llm_base_url:
        options |= {"base_url": settings.llm_base_url, "api_key": key or _NO_KEY}
    elif key:
        options["api_key"] = key
    provider, _, _ = settings.llm.partition(":")
    if settings.llm_base_url and provider not in _PROVIDERS:
        # A bare name, e.g. qwen2.5:7b, at an address of one's own.
        options["model_provider"] = "openai"
    model: LanguageModel = init_chat_model(settings.llm, **options)  # type: ignore[call-overload]
    return model


def _name_package(error: ImportError) -> str:
    """What to install: the product's own extra, or the package of another provider."""
    named = _PACKAGE.search(str(error))
    package = named.group().replace("_", "-") if named else ""
    return _OWN_EXTRA if not package or package in _IN_OWN_EXTRA else package
