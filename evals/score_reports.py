"""Results of checks and what the cases expect -> verdict scores and confusion tables.

A verdict counts as right when it is among the acceptable ones. For precision and recall of
``present``, a topic whose acceptable verdicts hold ``present`` beside another is left out:
both answers are right there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkers.finding import TOPICS, CheckResult, Topic
from evals.load_questions import Part
from evals.score_answers import Measure, Score
from evals.tally_scores import Totals, add_scores

if TYPE_CHECKING:
    from evals.reports.cases import ReportCase
    from evals.reports.file_formats import FormatGroup, Tool

REPORT_MEASURES: tuple[Measure, ...] = (
    Measure(key="present_precision", title="present 准确率"),
    Measure(key="present_recall", title="present 召回率"),
    Measure(key="verdicts", title="判定全对率（五类）", target=0.96),
    Measure(key="present_on_trap", title="陷阱判为 present", better="low", target=0, unit="count"),
    Measure(key="is_report", title="是否可研报告"),
)
REPORT_DIMENSIONS: Mapping[str, str] = {
    "topic": "主题",
    "profile": "口径",
    "group": "格式组",
    "format": "格式",
    "make": "版式",
    "mutation": "变异",
    "base": "底稿",
}
# Precision and recall of ``present`` that issue 4 asks for; it sets none for other formats.
GROUP_TARGETS: Mapping[str, float] = {"docx": 1.0, "text_pdf": 0.98, "scan": 0.95}
# Rows of the table by mutation that are about the file, not about a topic.
FILE_STEPS = ("convert", "scan")


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedTopic:
    """One topic of one report: the acceptable verdicts, and the one that came.

    Attributes:
        is_trap: whether the report only sounds like the topic, or promises it.
        is_touched: whether the mutation is about the topic.
    """

    topic: Topic
    accepted: frozenset[str]
    got: str
    is_trap: bool = False
    is_touched: bool = True

    @property
    def is_right(self) -> bool:
        """Whether the verdict is among the acceptable ones."""
        return self.got in self.accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredReport:
    """A report case with what the check said.

    Attributes:
        rows: dimension (less ``topic``) -> names of the rows that the case counts in.
        is_report: expected (None where either is right) and got.
    """

    case_id: str
    part: Part
    rows: Mapping[str, tuple[str, ...]]
    topics: tuple[JudgedTopic, ...]
    is_report: tuple[bool | None, bool]
    evidence: Mapping[str, str]
    milliseconds: float

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong, one line each."""
        wrong = [
            f"{judged.topic}：应{name_accepted(judged.accepted)}，得{judged.got}"
            for judged in self.topics
            if not judged.is_right
        ]
        expected, got = self.is_report
        is_right = expected in (None, got)
        return (*wrong, *([] if is_right else [f"是否可研报告：应{expected}，得{got}"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashedReport:
    """A report case that ended in an error."""

    case_id: str
    part: Part
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedReport:
    """A report case that this machine can't write or read, for lack of a tool."""

    case_id: str
    part: Part
    group: FormatGroup
    missing: tuple[Tool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRun:
    """All report cases of a run."""

    scored: tuple[ScoredReport, ...]
    crashed: tuple[CrashedReport, ...]
    skipped: tuple[SkippedReport, ...] = ()

    def of_part(self, part: Part) -> tuple[ScoredReport, ...]:
        """The scored cases of one part."""
        return tuple(report for report in self.scored if report.part == part)

    def count_skipped(self, part: Part) -> Counter[str]:
        """Format group -> number of cases left out."""
        return Counter(report.group for report in self.skipped if report.part == part)

    @property
    def missing_tools(self) -> tuple[Tool, ...]:
        """The tools for lack of which cases were left out."""
        return tuple(sorted({tool for report in self.skipped for tool in report.missing}))


def score_report(case: ReportCase, result: CheckResult) -> ScoredReport:
    """Compare a check with what the case expects; a file that was refused is ``unreadable``."""
    found = {finding.topic: finding for finding in result.topics}
    topics = tuple(
        JudgedTopic(
            topic=topic,
            accepted=frozenset(case.expected[topic]),
            got=found[topic].verdict if topic in found else "unreadable",
            is_trap=topic in case.traps,
            is_touched=topic in case.touched,
        )
        for topic in TOPICS
        if topic in case.expected
    )
    return ScoredReport(
        case_id=case.id,
        part=case.part,
        rows=_list_rows(case),
        topics=topics,
        is_report=(case.expected_is_report, result.is_feasibility_report),
        evidence={finding.topic: finding.evidence for finding in result.topics},
        milliseconds=result.milliseconds,
    )


def _list_rows(case: ReportCase) -> dict[str, tuple[str, ...]]:
    file_step = () if case.file_step is None else (case.file_step,)
    return {
        "profile": (case.profile,),
        "group": (case.group,),
        "format": (case.format,),
        "make": (case.make,),
        "mutation": (case.mutation, *file_step),
        "base": (case.base,),
    }


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
    return {
        name: (len(rows), total_verdicts(rows))
        for name, rows in group_reports(reports, dimension).items()
    }


def group_reports(reports: Iterable[ScoredReport], dimension: str) -> dict[str, list[ScoredReport]]:
    """Row name -> its reports, in order of name; a report may stand in several rows."""
    rows: defaultdict[str, list[ScoredReport]] = defaultdict(list)
    for report in reports:
        for name in report.rows[dimension]:
            rows[name].append(report)
    return {name: rows[name] for name in sorted(rows)}


def count_confusion(
    reports: Iterable[ScoredReport], topic: Topic | None = None
) -> Counter[tuple[str, str]]:
    """(expected, got) -> number of topics; several acceptable verdicts are joined by ``|``.

    A right verdict of several acceptable ones counts under itself.
    """
    return Counter(
        (judged.got if judged.is_right else name_accepted(judged.accepted), judged.got)
        for report in reports
        for judged in report.topics
        if topic in (None, judged.topic)
    )


def count_verdicts(reports: Iterable[ScoredReport], mutation: str) -> Counter[str]:
    """Verdict -> how often it came on the topics that a mutation is about; ``right`` of them."""
    counts: Counter[str] = Counter()
    for report in reports:
        for judged in report.topics:
            if judged.is_touched or mutation in FILE_STEPS:
                counts[judged.got] += 1
                counts["right"] += judged.is_right
    return counts


def score_verdict(judged: JudgedTopic) -> Iterator[Score]:
    """Whether the verdict is right, and its share in precision and recall of ``present``."""
    yield Score(key="verdicts", numerator=judged.is_right, denominator=1)
    if judged.is_trap:
        yield Score(key="present_on_trap", numerator=judged.got == "present", denominator=1)
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
    if expected is not None:
        yield Score(key="is_report", numerator=expected == got, denominator=1)


def _total_topic(reports: Iterable[ScoredReport], topic: Topic) -> Totals:
    return add_scores(
        score
        for report in reports
        for judged in report.topics
        if judged.topic == topic
        for score in score_verdict(judged)
    )


def name_accepted(accepted: Iterable[str]) -> str:
    """The acceptable verdicts in one word."""
    return "|".join(sorted(accepted))
