"""Extractive answer -> answers as they grow, where a language model is set up."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.errors import ModelUnusable
from assistant.load_model import LanguageModel, load_model
from assistant.rephrase_answer import add_notice, rephrase_answer
from assistant.settings import Settings
from corpus.library import Library

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rephraser:
    """Puts answers in a model's words, or tells why it can't.

    Attributes:
        model: None where none is set up, or where it could not be loaded.
        seconds: limit for all that the model says on one question.
        problem: why it could not be loaded, and what to do; empty where nothing is wrong.
    """

    model: LanguageModel | None = None
    seconds: float = 30.0
    problem: str = ""

    def stream(self, question: str, answer: Answer, library: Library) -> Iterator[Answer]:
        """The answer as it grows; the last one is complete, and there is always one."""
        if answer.status != "answered":
            yield answer
        elif self.model is not None:
            yield from rephrase_answer(question, answer, self.model, library, self.seconds)
        else:
            yield add_notice(answer, self.problem) if self.problem else answer


def open_rephraser(settings: Settings, model: LanguageModel | None = None) -> Rephraser:
    """Load the model that the settings name.

    A model that can't be loaded stops nothing: the reason is logged, and told in each answer.

    Args:
        settings: ``llm`` and what belongs to it.
        model: used instead of the one in the settings.
    """
    if model is None and not settings.llm.strip():
        return Rephraser()
    try:
        model = model or load_model(settings)
    except ModelUnusable as error:
        _log.warning("%s", error)
        return Rephraser(problem=str(error))
    return Rephraser(model=model, seconds=settings.llm_timeout)
