from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from checkers.finding import TOPICS, CheckResult, Topic, TopicFinding, Verdict
from evals.keep_report_files import keep_report_file, stamp_reports
from evals.reports.cases import ReportCase, load_cases
from evals.score_reports import (
    JudgedTopic,
    ScoredReport,
    count_confusion,
    score_report,
    total_rows,
    total_verdicts,
)


def make_result(verdicts: Mapping[Topic, Verdict], *, is_report: bool = True) -> CheckResult:
    findings = tuple(
        TopicFinding(
            topic=topic,
            name=topic,
            level="required",
            verdict=verdicts[topic],
            evidence=f"{topic}的依据",
            confidence=1.0,
            advice="",
        )
        for topic in TOPICS
        if topic in verdicts
    )
    return CheckResult(
        file="report.docx",
        kind="docx",
        profile="strictest",
        profile_name="最严口径",
        is_feasibility_report=is_report,
        topics=findings,
    )


def make_report(*judged: tuple[str, str], name: str = "r-1", kind: str = "docx") -> ScoredReport:
    """Each pair is (acceptable verdicts joined by |, verdict that came)."""
    topics = tuple(
        JudgedTopic(topic=topic, accepted=frozenset(accepted.split("|")), got=got)
        for topic, (accepted, got) in zip(TOPICS, judged, strict=False)
    )
    return ScoredReport(
        case_id=name,
        part="working",
        rows={"format": (kind,)},
        topics=topics,
        is_report=(True, True),
        evidence={},
        milliseconds=1.0,
    )


@pytest.fixture(scope="module")
def case() -> ReportCase:
    return next(case for case in load_cases() if case.expected and case.part == "working")


def pick(case: ReportCase) -> dict[Topic, Verdict]:
    return {topic: min(case.expected[topic]) for topic in TOPICS}


@pytest.mark.parametrize(
    ("accepted", "got", "precision", "recall", "right"),
    [
        ("present", "present", 1, 1, 1),
        ("present", "subsection", None, 0, 0),
        ("missing", "present", 0, None, 0),
        ("missing", "missing", None, None, 1),
        ("missing", "unreadable", None, None, 0),
        # both answers are right, so precision and recall leave it out
        ("present|incomplete", "present", None, None, 1),
        ("present|incomplete", "missing", None, None, 0),
    ],
)
def test_precision_and_recall_of_present_and_the_verdicts(
    accepted: str, got: str, precision: float | None, recall: float | None, right: float
) -> None:
    totals = total_verdicts([make_report((accepted, got))])
    shares = [
        totals[key].share if key in totals else None
        for key in ("present_precision", "present_recall", "verdicts")
    ]
    assert shares == [precision, recall, right]


def test_a_check_that_says_what_is_expected_has_no_faults(case: ReportCase) -> None:
    assert score_report(case, make_result(pick(case))).faults == ()


def test_a_wrong_verdict_is_told_with_both_sides(case: ReportCase) -> None:
    verdicts = pick(case) | {"crypto": "unreadable"}
    (fault,) = score_report(case, make_result(verdicts)).faults
    assert fault.startswith("crypto：应")
    assert fault.endswith("得unreadable")


def test_a_report_that_was_refused_counts_as_unreadable(case: ReportCase) -> None:
    scored = score_report(case, make_result({}))
    assert {judged.got for judged in scored.topics} == {"unreadable"}


def test_taking_a_report_for_none_is_a_fault(case: ReportCase) -> None:
    scored = score_report(case, make_result(pick(case), is_report=False))
    assert scored.faults == ("是否可研报告：应True，得False",)
    assert total_verdicts([scored])["is_report"].share == 0


def test_what_is_no_report_is_scored_by_that_alone() -> None:
    other = next(case for case in load_cases() if not case.expected_is_report)
    totals = total_verdicts([score_report(other, make_result({}, is_report=False))])
    assert set(totals) == {"is_report"}


def test_confusion_counts_expected_against_got() -> None:
    reports = [
        make_report(("missing", "present"), ("present", "present")),
        make_report(("missing", "present"), ("present|incomplete", "incomplete")),
    ]
    assert count_confusion(reports) == {
        ("missing", "present"): 2,
        ("present", "present"): 1,
        # a right one of several counts under itself
        ("incomplete", "incomplete"): 1,
    }
    assert count_confusion(reports, "sharing") == {("missing", "present"): 2}


def test_rows_are_totals_of_their_own_cases() -> None:
    reports = [
        make_report(("missing", "missing"), name="a"),
        make_report(("missing", "present"), name="b", kind="pdf"),
    ]
    rows = total_rows(reports, "format")
    shares = {name: (count, totals["verdicts"].share) for name, (count, totals) in rows.items()}
    assert shares == {"docx": (1, 1), "pdf": (1, 0)}
    assert total_rows(reports, "topic")["sharing"][1]["verdicts"].share == pytest.approx(0.5)


def test_the_file_of_a_case_is_written_once_and_kept(case: ReportCase, tmp_path: Path) -> None:
    path = keep_report_file(case, tmp_path)
    written = path.stat().st_mtime_ns
    assert keep_report_file(case, tmp_path) == path
    assert path.stat().st_mtime_ns == written


def test_the_stamp_of_the_reports_changes_with_any_of_their_sources(tmp_path: Path) -> None:
    (tmp_path / "cases.py").write_text("a = 1", encoding="utf-8")
    before = stamp_reports(tmp_path)
    (tmp_path / "cases.py").write_text("a = 2", encoding="utf-8")
    assert stamp_reports(tmp_path) != before
