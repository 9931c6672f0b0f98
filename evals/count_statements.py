"""A language model that keeps what it said -> how much of that was carried by provisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.load_model import LanguageModel, Message
from assistant.rephrase_answer import collect_sources
from assistant.split_statements import split_statements
from assistant.verify_statements import find_source
from corpus.library import Library

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessageChunk


class CountingModel:
    """Passes everything on to a model and keeps what it says, question by question."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.texts: list[str] = []

    def stream(self, input: Sequence[Message], /) -> Iterator[BaseMessageChunk]:
        """As the model's own."""
        number = len(self.texts)
        self.texts.append("")
        for chunk in self._model.stream(input):
            self.texts[number] += chunk.text
            yield chunk


def count_statements(
    texts: Sequence[str], answers: Iterable[Answer], library: Library
) -> tuple[int, int]:
    """How many statements a model made, and how many of them a provision carries.

    Args:
        texts: what the model said, in the order of the answers that it was asked for.
        answers: all answers; the model was asked for those that have something to rephrase.
        library: for the names of regions.
    """
    sources = [found for answer in answers if (found := collect_sources(answer, library))]
    said = accepted = 0
    for text, carriers in zip(texts, sources, strict=False):
        statements = list(split_statements([text]))
        said += len(statements)
        accepted += sum(find_source(s, carriers) is not None for s in statements)
    return said, accepted
