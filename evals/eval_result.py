"""What one run of the evaluation found, for the table, the JSON file and the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evals.ask_questions import QuestionRun
from evals.compare_baseline import Baseline, Drop
from evals.load_questions import Part, QuestionCase
from evals.tally_scores import QuestionTotals, Totals, total_part

if TYPE_CHECKING:
    from evals.score_reports import ReportRun

# One fault in the code under test can end hundreds of cases alike.
_NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalResult:
    """One run.

    Attributes:
        parts: the parts that were run.
        questions: None where only reports were checked.
        reports: None where only questions were asked.
        peers: title of the peer -> part -> totals.
        baseline: None where there is none to compare with.
        drops: what is worse than the baseline.
        problems: faults in case files; the cases concerned were left out.
        seconds: time of the whole run.
    """

    parts: tuple[Part, ...]
    questions: QuestionRun | None = None
    reports: ReportRun | None = None
    peers: Mapping[str, Mapping[Part, Totals]] = field(default_factory=dict)
    baseline: Baseline | None = None
    drops: tuple[Drop, ...] = ()
    problems: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def crashed(self) -> tuple[tuple[str, str], ...]:
        """(case id, message) of every case that ended in an error."""
        questions = self.questions.crashed if self.questions else ()
        reports = self.reports.crashed if self.reports else ()
        return (
            *((crash.case.id, crash.message) for crash in questions),
            *((crash.case_id, crash.message) for crash in reports),
        )

    @property
    def crash_sentences(self) -> tuple[str, ...]:
        """One sentence for each error message, naming the cases that ended in it."""
        names: dict[str, list[str]] = {}
        for name, message in self.crashed:
            names.setdefault(message, []).append(name)
        return tuple(_tell_crash(message, cases) for message, cases in names.items())

    @property
    def is_good(self) -> bool:
        """Whether nothing dropped, nothing crashed and every case file is sound."""
        return not (self.drops or self.crashed or self.problems)

    def total_questions(self) -> dict[Part, QuestionTotals]:
        """Totals of the questions, part by part."""
        if self.questions is None:
            return {}
        run = self.questions
        return {
            part: total_part(
                [result for result in run.scored if result.case.part == part],
                crashed=sum(1 for crash in run.crashed if crash.case.part == part),
            )
            for part in self.parts
        }


def _tell_crash(message: str, names: list[str]) -> str:
    shown = "、".join(names[:_NAMES_SHOWN])
    more = f"等{len(names)}题" if len(names) > _NAMES_SHOWN else ""
    return f"{shown}{more} {message}"


def select_cases(
    cases: tuple[QuestionCase, ...], parts: tuple[Part, ...], wanted: tuple[str, ...]
) -> tuple[QuestionCase, ...]:
    """Cases of the parts; with names given, only those whose id or group is named."""
    chosen = (case for case in cases if case.part in parts)
    if not wanted:
        return tuple(chosen)
    return tuple(case for case in chosen if case.id in wanted or case.group in wanted)
