"""Many reports at once: folders, processes, and files that are no reports."""

from __future__ import annotations

import json
import zipfile
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from assistant.settings import Settings
from checkers.finding import CheckResult
from corpus.library import Library
from ui.check_batch import Checker, SharedPages, await_result, check_batch, load_checker
from ui.command_line import run_command_line
from ui.errors import CommandMisused
from ui.list_reports import list_reports
from ui.tell_left_out import tell_left_out


@pytest.fixture
def pile(report: Path, tmp_path: Path) -> Path:
    """A folder with five readable reports, one that is damaged, and what is no report."""
    folder = tmp_path / "报告"
    (folder / "乙" / ".缓存").mkdir(parents=True)
    for name in ("2.docx", "10.docx", "乙/1.docx", "乙/.缓存/x.docx", "~$2.docx"):
        (folder / name).write_bytes(report.read_bytes())
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 not a document")
    (folder / "图.png").write_bytes(b"\x89PNG")
    with zipfile.ZipFile(folder / "一批.zip", "w") as archive:
        archive.write(report, "甲/一.docx")
        archive.write(report, "甲/二.docx")
    return folder


@pytest.fixture
def checker(data_folder: Path) -> Checker:
    return load_checker(Settings(), lambda _rules, _library: "xichuan")


def test_a_folder_gives_its_reports_in_order_and_leaves_out_what_is_none(pile: Path) -> None:
    found = [path.relative_to(pile).as_posix() for path in list_reports([pile])]
    assert found == ["10.docx", "2.docx", "一批.zip", "乙/1.docx", "坏.docx"]


def test_files_and_folders_mix_and_each_file_comes_once(pile: Path) -> None:
    picture = pile / "图.png"
    found = list_reports([picture, pile / "2.docx", pile, pile / "2.docx"])
    assert found[:2] == (picture, pile / "2.docx")  # what is named is taken as it is
    assert len(found) == len(set(found)) == 6


def test_an_empty_folder_does_not_keep_other_reports_from_their_check(pile: Path) -> None:
    (pile / "空").mkdir()
    assert list_reports([pile / "空", pile / "2.docx"]) == (pile / "2.docx",)
    assert "是空的" in tell_left_out([pile / "空", pile / "2.docx"])


def test_files_of_a_folder_that_are_no_reports_are_named(pile: Path) -> None:
    (pile / "Thumbs.db").touch()
    (pile / "乙" / "可研.rar").touch()
    told = tell_left_out([pile])
    assert "2个文件" in told
    assert "乙/可研.rar、图.png；" in told
    assert tell_left_out([pile / "2.docx"]) == ""


def test_where_the_results_went_is_told_beside_them(
    pile: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = pile.parent / "汇总.xlsx"
    run_command_line(["check", str(pile), "-o", str(target)])
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"1份未读成。结果已存入 {target}。" in captured.err


def test_a_folder_without_reports_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandMisused, match="没有可以检查的报告"):
        list_reports([tmp_path])


def test_results_come_in_order_and_a_bad_file_does_not_end_the_batch(
    pile: Path, checker: Checker
) -> None:
    seen: list[tuple[int, int]] = []
    files = list_reports([pile])
    results = check_batch(
        files,
        checker,
        Settings(),
        report_progress=lambda done, total, _: seen.append((done, total)),
    )
    names = [Path(result.file).relative_to(pile).as_posix() for result in results]
    assert names == [
        "10.docx", "2.docx", "一批.zip/甲/一.docx", "一批.zip/甲/二.docx", "乙/1.docx", "坏.docx",
    ]  # fmt: skip
    assert [result.exit_code for result in results] == [1, 1, 1, 1, 1, 2]
    assert seen == [(done, 5) for done in range(1, 6)]


def test_further_processes_find_the_same(pile: Path, checker: Checker) -> None:
    files = list_reports([pile]) * 4  # More than are checked side by side.
    alone = check_batch(files, checker, Settings(), keep_text=False, clock=lambda: 0.0)
    slow = count(step=10.0)  # Each file seems to take ten seconds.
    apart = check_batch(files, checker, Settings(), keep_text=False, clock=lambda: next(slow))
    assert [(part.file, part.topics, part.outline) for part in apart] == [
        (part.file, part.topics, part.outline) for part in alone
    ]


def test_pages_of_scans_read_side_by_side_are_told_as_one_sum() -> None:
    told: list[tuple[int, int]] = []
    pages = SharedPages(lambda done, total: told.append((done, total)))
    for path, done, total in (("a", 0, 3), ("b", 0, 5), ("a", 2, 3), ("b", 5, 5)):
        pages.note(Path(path), done, total)
    assert told == [(0, 3), (0, 8), (2, 8), (7, 8)]


def test_a_fault_of_the_program_is_a_result_too(pile: Path, checker: Checker) -> None:
    """A library without the articles that the rules cite stands for any fault inside."""
    broken = replace(checker, library=Library(shipped=()))
    (result,) = broken.check(pile / "2.docx")
    assert result.error is not None
    assert result.error.message.endswith("。")
    assert result.exit_code == 2


def test_a_file_caught_in_the_crash_of_another_is_checked_again(
    pile: Path, checker: Checker
) -> None:
    crashed: Future[tuple[CheckResult, ...]] = Future()
    crashed.set_exception(BrokenProcessPool())
    path = pile / "2.docx"
    (again,) = await_result(path, crashed, checker, Settings(), keep_text=True)
    assert again.topics == checker.check(path)[0].topics


def test_without_text_the_headings_stay(pile: Path, checker: Checker) -> None:
    (whole,) = checker.check(pile / "2.docx")
    (slim,) = checker.check(pile / "2.docx", keep_text=False)
    assert whole.outline is not None
    assert slim.outline is not None
    headings = [part.heading for part in whole.outline.walk()]
    assert [part.heading for part in slim.outline.walk()] == headings
    assert not any(part.body for part in slim.outline.walk())
    assert slim.topics == whole.topics


def test_a_folder_is_shown_as_one_table_and_json_is_one_list(
    pile: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["check", str(pile), "--profile", "xichuan"]) == 2
    out = capsys.readouterr().out
    assert "共6份：0份符合，5份需整改，1份未读成。" in out
    assert "条文：" not in out
    run_command_line(["check", str(pile), "--json"])
    assert len(json.loads(capsys.readouterr().out)) == 6


def test_a_few_reports_are_shown_in_full_above_the_table(
    report: Path, pile: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_command_line(["check", str(report), str(pile / "2.docx"), "--profile", "xichuan"])
    out = capsys.readouterr().out
    assert "条文：" in out
    assert "共2份" in out
