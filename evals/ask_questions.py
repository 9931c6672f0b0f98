"""Question cases -> scored answers, one after the other, each timed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.answer import Answer
from evals.load_questions import QuestionCase
from evals.score_answers import AnswerContext, score_answer
from evals.tally_scores import CrashedCase, ScoredCase

_log = logging.getLogger(__name__)


class Asker(Protocol):
    """What is evaluated."""

    def ask(
        self, question: str, *, region: str | None = None, history: Sequence[str] = ()
    ) -> Answer:
        """Answer one question."""
        ...


class CaseDay:
    """The day that the assistant takes for today; each case may set its own."""

    def __init__(self) -> None:
        self.day: date | None = None

    def __call__(self) -> date:
        """The day of the present case; the real one where it sets none."""
        return self.day or date.today()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRun:
    """All cases of a run: those with scores, and those that ended in an error."""

    scored: tuple[ScoredCase, ...]
    crashed: tuple[CrashedCase, ...]


def ask_questions(
    cases: Iterable[QuestionCase],
    asker: Asker,
    *,
    day: CaseDay | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> QuestionRun:
    """Ask every case and score what comes back.

    Args:
        cases: asked in their order.
        asker: the assistant.
        day: the clock that the assistant was opened with; set for each case.
        clock: seconds.
    """
    scored: list[ScoredCase] = []
    crashed: list[CrashedCase] = []
    day = day or CaseDay()
    for case in cases:
        day.day = case.today
        try:
            scored.append(_ask(case, asker, clock))
        except Exception as error:  # noqa: BLE001 - one broken case must not hide the others
            _log.debug("case %s crashed", case.id, exc_info=True)
            crashed.append(CrashedCase(case=case, message=f"{type(error).__name__}：{error}"))
    return QuestionRun(scored=tuple(scored), crashed=tuple(crashed))


def _ask(case: QuestionCase, asker: Asker, clock: Callable[[], float]) -> ScoredCase:
    start = clock()
    answer = asker.ask(case.question, region=case.region, history=case.history)
    elapsed = clock() - start
    scores = score_answer(AnswerContext(case=case, answer=answer))
    return ScoredCase(case=case, answer=answer, scores=scores, milliseconds=elapsed * 1000)
