"""Scores of cases -> totals: overall, and by kind, region and style."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from evals.load_questions import KINDS, STYLES, QuestionCase
from evals.score_answers import AnswerContext, Score, score_groups

DIMENSIONS: Mapping[str, Callable[[QuestionCase], str]] = {
    "kind": lambda case: case.kind,
    "region": lambda case: case.region_row,
    "style": lambda case: case.style,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A sum of scores of one measure."""

    numerator: float
    denominator: float

    @property
    def share(self) -> float | None:
        """Numerator over denominator; None where nothing was counted."""
        return self.numerator / self.denominator if self.denominator else None


Totals = Mapping[str, Tally]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCase:
    """A case with what came back and its scores; times are wall-clock milliseconds."""

    case: QuestionCase
    answer: Answer
    scores: tuple[Score, ...]
    milliseconds: float

    @property
    def faults(self) -> tuple[Score, ...]:
        """The scores that are not perfect."""
        return tuple(score for score in self.scores if score.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashedCase:
    """A case that ended in an error: listed as such, never averaged in as a zero."""

    case: QuestionCase
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTotals:
    """Totals of one part.

    Attributes:
        cases: number of cases counted in ``overall``.
        crashed: number of cases without any score.
        overall: per measure.
        rows: dimension -> row name -> (number of cases, totals).
        milliseconds: median and 95th percentile of one question; None without cases.
    """

    cases: int
    crashed: int
    overall: Totals
    rows: Mapping[str, Mapping[str, tuple[int, Totals]]]
    milliseconds: tuple[float, float] | None


def total_part(scored: Sequence[ScoredCase], crashed: int = 0) -> QuestionTotals:
    """Add up one part: all cases, and those of each kind, region and style."""
    rows = {name: _total_rows(scored, key) for name, key in DIMENSIONS.items()}
    times = [result.milliseconds for result in scored]
    return QuestionTotals(
        cases=len(scored),
        crashed=crashed,
        overall=total_scores(scored),
        rows=rows,
        milliseconds=(find_percentile(times, 50), find_percentile(times, 95)) if times else None,
    )


def total_scores(scored: Iterable[ScoredCase]) -> dict[str, Tally]:
    """Add up the scores of cases, and of the groups of wordings among them."""
    results = tuple(scored)
    contexts = (AnswerContext(case=result.case, answer=result.answer) for result in results)
    grouped = (score for _, score in score_groups(contexts))
    return add_scores((*(score for result in results for score in result.scores), *grouped))


def add_scores(scores: Iterable[Score]) -> dict[str, Tally]:
    """Sum numerators and denominators per measure."""
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for score in scores:
        sums[score.key][0] += score.numerator
        sums[score.key][1] += score.denominator
    return {key: Tally(numerator=top, denominator=bottom) for key, (top, bottom) in sums.items()}


def export_totals(totals: Totals) -> dict[str, dict[str, float | None]]:
    """Numerator, denominator and share of each measure, for JSON."""
    return {
        key: {
            "numerator": tally.numerator,
            "denominator": tally.denominator,
            "share": tally.share,
        }
        for key, tally in totals.items()
    }


def find_percentile(values: Sequence[float], percent: float) -> float:
    """Nearest-rank percentile; ``values`` must not be empty."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[int(rank) - 1]


def _total_rows(
    scored: Iterable[ScoredCase], key: Callable[[QuestionCase], str]
) -> dict[str, tuple[int, Totals]]:
    rows: defaultdict[str, list[ScoredCase]] = defaultdict(list)
    for result in scored:
        rows[key(result.case)].append(result)
    order: dict[str, int] = {name: place for place, name in enumerate((*KINDS, *STYLES))}
    names = sorted(rows, key=lambda name: (order.get(name, len(order)), name))
    return {name: (len(rows[name]), total_scores(rows[name])) for name in names}
