from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from checkers.load_rules import load_rules
from corpus.library import Library, load_library
from evals.check_report_cases import CaseChecker, check_cases, check_reports
from evals.reports.cases import ReportCase, load_cases
from evals.reports.file_formats import Tool
from evals.reports.report_tree import Report
from evals.score_reports import CrashedReport, ScoredReport


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def cases() -> dict[str, ReportCase]:
    return {case.id: case for case in load_cases(full=True)}


def fail_to_write(report: Report, path: Path) -> Path:
    raise OSError(f"no room for {path.name}")


def test_named_cases_are_checked_though_a_short_run_leaves_them_out(
    library: Library, tmp_path: Path, cases: dict[str, ReportCase]
) -> None:
    short = {case.id for case in load_cases()}
    name = next(
        name
        for name, case in cases.items()
        if name not in short and case.part == "working" and case.format == "docx"
    )
    run = check_reports(("working",), library, tmp_path, (name,))
    assert [report.case_id for report in run.scored] == [name]


def test_the_report_in_an_archive_is_the_one_that_is_scored(
    library: Library, tmp_path: Path, cases: dict[str, ReportCase]
) -> None:
    archive = next(case for case in cases.values() if case.make == "zip_docx")
    run = check_cases([replace(archive, steps=())], library, tmp_path)
    assert {judged.got for judged in run.scored[0].topics}.isdisjoint({"unreadable"})


def test_a_case_whose_file_cannot_be_written_is_told_and_hides_no_other(
    library: Library, tmp_path: Path, cases: dict[str, ReportCase]
) -> None:
    sound = cases["grant_form_bus-unstyle.bold"]
    broken = replace(sound, id="broken", file=replace(sound.file, writer=fail_to_write))
    run = check_cases([broken, sound], library, tmp_path)
    assert run.crashed == (
        CrashedReport(case_id="broken", part="working", message="OSError：no room for broken.docx"),
    )
    assert [report.case_id for report in run.scored] == [sound.id]


def test_a_case_that_needs_a_tool_which_is_missing_is_skipped_and_counted(
    library: Library, tmp_path: Path, cases: dict[str, ReportCase]
) -> None:
    tool = cast(Tool, "no_such_tool")
    case = cases["grant_form_bus-unstyle.bold"]
    run = check_cases(
        [replace(case, file=replace(case.file, needs=frozenset({tool})))], library, tmp_path
    )
    assert (run.scored, run.crashed) == ((), ())
    assert run.count_skipped("working") == {"docx": 1}
    assert run.missing_tools == (tool,)


def test_a_case_can_be_sent_to_another_process(cases: dict[str, ReportCase]) -> None:
    for case in {case.make: case for case in cases.values()}.values():
        assert pickle.loads(pickle.dumps(case)).id == case.id


def test_a_checker_scores_what_comes(
    library: Library, tmp_path: Path, cases: dict[str, ReportCase]
) -> None:
    checker = CaseChecker(library=library, rules=load_rules(), folder=tmp_path)
    contract = next(case for case in cases.values() if case.base == "contract")
    outcome = checker.check(contract)
    assert isinstance(outcome, ScoredReport)
    assert outcome.is_report == (False, False)
