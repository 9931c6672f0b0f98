"""Chat models of LangChain's own interface that say what a test tells them to."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field


class ScriptedModel(BaseChatModel):
    """Says a fixed text in pieces.

    Attributes:
        text: what it says, whatever it is asked.
        piece: characters at a time.
        pause: seconds before each piece.
        breaks_after: pieces after which the connection is lost; -1 for never.
    """

    text: str = ""
    piece: int = 7
    pause: float = 0.0
    breaks_after: int = -1
    asked: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> ChatResult:
        self.asked.append(messages)
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=self.text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> Iterator[ChatGenerationChunk]:
        self.asked.append(messages)
        for number, start in enumerate(range(0, max(len(self.text), 1), self.piece)):
            if number == self.breaks_after:
                raise ConnectionError("connection reset by peer")
            time.sleep(self.pause)
            text = self.text[start : start + self.piece]
            yield ChatGenerationChunk(message=AIMessageChunk(content=text))


class DeadModel(ScriptedModel):
    """Can't be reached at all."""

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> Iterator[ChatGenerationChunk]:
        raise ConnectionRefusedError("[Errno 111] Connection refused")


def say(*sentences: str) -> ScriptedModel:
    """A model that says these sentences."""
    return ScriptedModel(text="".join(sentences))


def told(asked: Sequence[Sequence[BaseMessage]]) -> str:
    """All that a model was asked."""
    return "\n".join(str(message.content) for messages in asked for message in messages)
