from __future__ import annotations

from pathlib import Path

import pytest
from hand_made_answers import make_answer, make_case, make_scored

from evals.ask_questions import QuestionRun
from evals.compare_baseline import read_baseline, write_baseline
from evals.eval_result import EvalResult
from evals.load_questions import Part
from evals.reports.cases import load_cases
from evals.run_evals import compare_result, freeze_result, main, parse_options
from evals.tally_scores import ScoredCase


def make_scored_cases(*, right: int, wrong: int, part: Part = "measured") -> tuple[ScoredCase, ...]:
    return tuple(
        make_scored(
            make_case("xichuan:18", name=f"{part}-{number}", part=part),
            make_answer("xichuan:18" if number < right else "xichuan:19"),
        )
        for number in range(right + wrong)
    )


def make_result(*scored: ScoredCase) -> EvalResult:
    run = QuestionRun(scored=scored, crashed=())
    return EvalResult(parts=("working", "measured"), questions=run)


@pytest.mark.parametrize(
    ("right", "good"),
    [(9, True), (10, True), (8, False)],
)
def test_a_run_fails_when_the_measured_part_drops_below_the_baseline(
    tmp_path: Path, right: int, good: bool
) -> None:
    baseline = tmp_path / "baseline.json"
    write_baseline(freeze_result(make_result(*make_scored_cases(right=9, wrong=1))), baseline)
    scored = make_scored_cases(right=right, wrong=10 - right)
    result = compare_result(make_result(*scored), baseline)
    assert result.is_good is good


def test_the_working_part_is_not_gated(tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    measured = make_scored_cases(right=9, wrong=1)
    write_baseline(freeze_result(make_result(*measured)), baseline)
    worse = make_scored_cases(right=0, wrong=10, part="working")
    assert compare_result(make_result(*measured, *worse), baseline).is_good


def test_without_a_baseline_nothing_is_compared(tmp_path: Path) -> None:
    scored = make_scored_cases(right=1, wrong=9)
    result = compare_result(make_result(*scored), tmp_path / "baseline.json")
    assert (result.baseline, result.drops) == (None, ())


def test_the_baseline_holds_the_measured_part_only(tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    scored = make_scored_cases(right=5, wrong=5, part="working")
    write_baseline(freeze_result(make_result(*scored)), baseline)
    assert read_baseline(baseline).questions == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--part", "some"],
        # a baseline of half a run would let the other half drop unseen
        ["--update-baseline", "--part", "working"],
        ["--update-baseline", "--only", "questions"],
        ["--update-baseline", "--case", "wa-001"],
    ],
)
def test_a_wrong_call_ends_with_exit_code_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_options(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err


def test_listing_cases_runs_no_peers() -> None:
    assert not parse_options(["--only-failing"]).peers
    assert not parse_options(["--case", "wa-001"]).peers
    assert parse_options([]).peers


def test_a_single_report_case_is_checked_and_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = next(case for case in load_cases() if case.expected and case.format == "docx")
    code = main(["--only", "reports", "--case", case.id, "--out", str(tmp_path)])
    shown = capsys.readouterr().out
    assert code == 0
    assert case.id in shown
    assert "crypto" in shown
    assert not (tmp_path / "evals.json").exists()
