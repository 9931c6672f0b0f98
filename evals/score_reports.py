"""Report cases -> files -> checks -> verdict scores and confusion tables.

A verdict counts as right when it is among the acceptable ones. For precision and recall of
``present``, a topic whose acceptable verdicts hold ``present`` beside another is left out:
both answers are right there.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checkers.check_report import check_report
from checkers.finding import TOPICS, CheckResult, Topic
from checkers.load_rules import Rules, load_rules
from corpus.library import Library
from evals.keep_report_files import keep_report_file, stamp_reports
from evals.load_questions import Part
from evals.score_answers import Measure, Score
from evals.tally_scores import Totals, add_scores, export_totals

if TYPE_CHECKING:
    from evals.reports.cases import ReportCase

_log = logging.getLogger(__name__)

REPORT_MEASURES: tuple[Measure, ...] = (
    Measure(key="present_precision", title="present 准确率"),
    Measure(key="present_recall", title="present 召回率"),
    Measure(key="verdicts", title="判定全对率（五类）"),
    Measure(key="is_report", title="是否可研报告"),
)
REPORT_DIMENSIONS: Mapping[str, str] = {
    "topic": "主题",
    "profile": "口径",
    "format": "格式",
    "make": "版式",
    "mutation": "变异",
    "base": "底稿",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedTopic:
    """One topic of one report: the acceptable verdicts, and the one that came."""

    topic: Topic
    accepted: frozenset[str]
    got: str

    @property
    def is_right(self) -> bool:
        """Whether the verdict is among the acceptable ones."""
        return self.got in self.accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredReport:
    """A report case with what the check said.

    Attributes:
        rows: dimension (less ``topic``) -> names of the rows that the case counts in.
        is_report: expected and got.
    """

    case_id: str
    part: Part
    rows: Mapping[str, tuple[str, ...]]
    topics: tuple[JudgedTopic, ...]
    is_report: tuple[bool, bool]
    evidence: Mapping[str, str]
    milliseconds: float

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong, one line each."""
        wrong = [
            f"{judged.topic}：应{_name_accepted(judged.accepted)}，得{judged.got}"
            for judged in self.topics
            if not judged.is_right
        ]
        expected, got = self.is_report
        return (*wrong, *([] if expected == got else [f"是否可研报告：应{expected}，得{got}"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashedReport:
    """A report case that ended in an error."""

    case_id: str
    part: Part
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRun:
    """All report cases of a run."""

    scored: tuple[ScoredReport, ...]
    crashed: tuple[CrashedReport, ...]

    def of_part(self, part: Part) -> tuple[ScoredReport, ...]:
        """The scored cases of one part."""
        return tuple(report for report in self.scored if report.part == part)


def check_reports(
    parts: Sequence[Part], library: Library, folder: Path, wanted: Sequence[str] = ()
) -> ReportRun:
    """Check every case of the parts and score the verdicts.

    Args:
        parts: the parts of the cases.
        library: the regulations in force.
        folder: where the files of the cases are kept from run to run.
        wanted: ids; where any are given, no other case is checked.
    """
    from evals.reports.cases import load_cases

    rules = load_rules()
    place = folder / stamp_reports()
    scored: list[ScoredReport] = []
    crashed: list[CrashedReport] = []
    for case in load_cases():
        if case.part not in parts or (wanted and case.id not in wanted):
            continue
        try:
            scored.append(_check_case(case, library, rules, place))
        except Exception as error:  # noqa: BLE001 - one broken case must not hide the others
            _log.debug("report case %s crashed", case.id, exc_info=True)
            message = f"{type(error).__name__}：{error}"
            crashed.append(CrashedReport(case_id=case.id, part=case.part, message=message))
    return ReportRun(scored=tuple(scored), crashed=tuple(crashed))


def _check_case(case: ReportCase, library: Library, rules: Rules, folder: Path) -> ScoredReport:
    path = keep_report_file(case, folder)
    result = check_report(path, profile=case.profile, library=library, rules=rules)
    return score_report(case, result)


def score_report(case: ReportCase, result: CheckResult) -> ScoredReport:
    """Compare a check with what the case expects; a file that was refused is ``unreadable``."""
    found = {finding.topic: finding for finding in result.topics}
    topics = tuple(
        JudgedTopic(
            topic=topic,
            accepted=frozenset(case.expected[topic]),
            got=found[topic].verdict if topic in found else "unreadable",
        )
        for topic in TOPICS
        if topic in case.expected
    )
    return ScoredReport(
        case_id=case.id,
        part=case.part,
        rows={
            "profile": (case.profile,),
            "format": (case.format,),
            "make": (case.make,),
            "mutation": (case.mutation,),
            "base": (case.base,),
        },
        topics=topics,
        is_report=(case.expected_is_report, result.is_feasibility_report),
        evidence={finding.topic: finding.evidence for finding in result.topics},
        milliseconds=result.milliseconds,
    )


def total_reports(run: ReportRun, part: Part) -> Totals:
    """Totals of one part."""
    return total_verdicts(run.of_part(part))


def total_verdicts(reports: Iterable[ScoredReport]) -> Totals:
    """Add up verdicts and the question whether it is a report at all."""
    scores = [score for report in reports for score in _score_all(report)]
    return add_scores(scores)


def total_rows(reports: Sequence[ScoredReport], dimension: str) -> dict[str, tuple[int, Totals]]:
    """Row name -> (number of cases, totals)."""
    if dimension == "topic":
        return {topic: (len(reports), _total_topic(reports, topic)) for topic in TOPICS}
    rows: defaultdict[str, list[ScoredReport]] = defaultdict(list)
    for report in reports:
        for name in report.rows[dimension]:
            rows[name].append(report)
    return {name: (len(rows[name]), total_verdicts(rows[name])) for name in sorted(rows)}


def count_confusion(
    reports: Iterable[ScoredReport], topic: Topic | None = None
) -> Counter[tuple[str, str]]:
    """(expected, got) -> number of topics; several acceptable verdicts are joined by ``|``.

    A right verdict of several acceptable ones counts under itself.
    """
    return Counter(
        (judged.got if judged.is_right else _name_accepted(judged.accepted), judged.got)
        for report in reports
        for judged in report.topics
        if topic in (None, judged.topic)
    )


def score_verdict(judged: JudgedTopic) -> Iterator[Score]:
    """Whether the verdict is right, and its share in precision and recall of ``present``."""
    yield Score(key="verdicts", numerator=judged.is_right, denominator=1)
    if "present" in judged.accepted and len(judged.accepted) > 1:
        return
    expected, got = "present" in judged.accepted, judged.got == "present"
    if got:
        yield Score(key="present_precision", numerator=expected, denominator=1)
    if expected:
        yield Score(key="present_recall", numerator=got, denominator=1)


def _score_all(report: ScoredReport) -> Iterator[Score]:
    for judged in report.topics:
        yield from score_verdict(judged)
    expected, got = report.is_report
    yield Score(key="is_report", numerator=expected == got, denominator=1)


def _total_topic(reports: Iterable[ScoredReport], topic: Topic) -> Totals:
    return add_scores(
        score
        for report in reports
        for judged in report.topics
        if judged.topic == topic
        for score in score_verdict(judged)
    )


def _name_accepted(accepted: Iterable[str]) -> str:
    return "|".join(sorted(accepted))


def export_reports(run: ReportRun, parts: Sequence[Part]) -> dict[str, object]:
    """The report scores for JSON: totals, rows, confusion and wrong cases of each part."""
    return {part: _export_part(run.of_part(part)) for part in parts}


def _export_part(reports: Sequence[ScoredReport]) -> dict[str, object]:
    return {
        "cases": len(reports),
        "overall": export_totals(total_verdicts(reports)),
        **{
            f"by_{dimension}": {
                name: {"cases": count, **export_totals(totals)}
                for name, (count, totals) in total_rows(reports, dimension).items()
            }
            for dimension in REPORT_DIMENSIONS
        },
        "confusion": [
            {"expected": expected, "got": got, "count": count}
            for (expected, got), count in sorted(count_confusion(reports).items())
        ],
        "wrong_cases": [
            {"id": report.case_id, "faults": list(report.faults), "evidence": dict(report.evidence)}
            for report in reports
            if report.faults
        ],
    }
