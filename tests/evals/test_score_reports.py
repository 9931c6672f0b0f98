from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from checkers.finding import TOPICS, CheckResult, Topic, TopicFinding, Verdict
from evals.export_report_scores import export_reports
from evals.keep_report_files import keep_report_file, stamp_reports
from evals.load_questions import PARTS
from evals.reports.cases import ReportCase, load_cases
from evals.score_reports import (
    REPORT_DIMENSIONS,
    JudgedTopic,
    ReportRun,
    ScoredReport,
    SkippedReport,
    count_confusion,
    count_verdicts,
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


def make_report(
    *judged: tuple[str, str], name: str = "r-1", kind: str = "docx", trap: Topic | None = None
) -> ScoredReport:
    """Each pair is (acceptable verdicts joined by |, verdict that came)."""
    topics = tuple(
        JudgedTopic(
            topic=topic,
            accepted=frozenset(accepted.split("|")),
            got=got,
            is_trap=topic == trap,
            is_touched=trap in (None, topic),
        )
        for topic, (accepted, got) in zip(TOPICS, judged, strict=False)
    )
    return ScoredReport(
        case_id=name,
        part="working",
        rows={name: (kind,) for name in REPORT_DIMENSIONS if name != "topic"},
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
    other = next(case for case in load_cases() if not case.expected)
    totals = total_verdicts([score_report(other, make_result({}, is_report=False))])
    assert set(totals) == {"is_report"}


def test_a_kind_that_is_left_open_is_not_scored(case: ReportCase) -> None:
    for is_report in (True, False):
        open_case = replace(case, expected_is_report=None)
        scored = score_report(open_case, make_result(pick(case), is_report=is_report))
        assert scored.faults == ()
        assert "is_report" not in total_verdicts([scored])


def test_present_on_a_trap_is_counted_among_the_traps() -> None:
    reports = [
        make_report(("missing", "present"), ("present", "present"), trap="sharing"),
        make_report(("missing", "missing"), ("present", "present"), trap="sharing"),
    ]
    tally = total_verdicts(reports)["present_on_trap"]
    assert (tally.numerator, tally.denominator) == (1, 2)


def test_traps_of_a_case_reach_its_scores() -> None:
    trap = next(case for case in load_cases() if case.mutation == "trap")
    scored = score_report(trap, make_result(pick(trap)))
    assert [judged.topic for judged in scored.topics if judged.is_trap] == [*trap.traps]
    assert [judged.topic for judged in scored.topics if judged.is_touched] == [*trap.touched]


def test_verdicts_of_a_mutation_are_those_on_its_topics() -> None:
    report = make_report(("missing", "missing"), ("present", "empty"), trap="sharing")
    assert count_verdicts([report], "trap") == {"missing": 1, "right": 1}
    # what was done to the file is about all topics
    assert count_verdicts([report], "scan") == {"missing": 1, "empty": 1, "right": 1}


def test_a_scan_counts_under_its_mutation_and_as_a_scan() -> None:
    scan = next(case for case in load_cases() if case.format == "scan")
    rows = score_report(scan, make_result(pick(scan))).rows
    assert rows["mutation"] == (scan.mutation, "scan")
    assert rows["group"] == ("scan",)


def test_cases_that_were_left_out_are_counted_by_group() -> None:
    skipped = SkippedReport(case_id="a", part="working", group="scan", missing=("rapidocr",))
    run = ReportRun(scored=(), crashed=(), skipped=(skipped,))
    assert run.count_skipped("working") == {"scan": 1}
    assert run.count_skipped("measured") == {}
    assert run.missing_tools == ("rapidocr",)


def test_wrong_cases_of_the_measured_part_are_exported_by_id_alone() -> None:
    wrong = make_report(("missing", "present"), name="m-1")
    hidden = replace(wrong, part="measured")
    exported = export_reports(ReportRun(scored=(wrong, hidden), crashed=()), PARTS)
    listed = {part: exported[part]["wrong_cases"] for part in PARTS}  # type: ignore[index]
    assert listed["measured"] == [{"id": "m-1"}]
    assert listed["working"][0]["faults"] == ["sharing：应missing，得present"]


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
