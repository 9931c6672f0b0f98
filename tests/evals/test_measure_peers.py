from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from rich.console import Console

from evals.measure_peers import ReaderRow, ReportFile, make_row, run_reader
from evals.peer_readers import time_reader
from evals.score_headings import HeadingScore, TrueHeading
from evals.tabulate_readers import build_reader_table, export_readers


@pytest.fixture
def report(tmp_path: Path) -> ReportFile:
    path = tmp_path / "report.md"
    path.write_text(
        "# 第一章 项目概述\n\n正文。\n\n# 第二章 网络安全\n\n正文。\n", encoding="utf-8"
    )
    titles = {"第一章": "项目概述", "第二章": "网络安全"}
    headings = (TrueHeading(level=1, number=n, title=t) for n, t in titles.items())
    return ReportFile(path=path, title="报告", headings=tuple(headings))


def test_our_own_reader_runs_in_a_process_of_its_own(report: ReportFile, tmp_path: Path) -> None:
    row = run_reader("zhengxin", "1份", [report], Path(sys.executable), tmp_path)
    assert row.score == HeadingScore(true=2, found=2, right=2, level=2)
    assert row.seconds is not None
    assert row.note == ""


def test_a_peer_that_is_not_installed_says_what_to_run(report: ReportFile, tmp_path: Path) -> None:
    row = run_reader("docling", "1份", [report], tmp_path / "none", tmp_path)
    assert (row.seconds, row.score) == (None, None)
    assert "make bench-peers" in row.note


def test_a_peer_that_does_not_start_gives_its_last_line(report: ReportFile, tmp_path: Path) -> None:
    row = run_reader("no-such-reader", "1份", [report], Path(sys.executable), tmp_path)
    assert row.seconds is None
    assert "no-such-reader" in row.note


def test_a_model_that_is_not_there_leaves_no_figure(report: ReportFile) -> None:
    told = {str(report.path): {"error": "LocalEntryNotFoundError: Cannot find a snapshot\nmore"}}
    row = make_row("1份", "docling", [report], told)
    assert (row.seconds, row.score) == (None, None)
    assert "权重" in row.note


def test_the_time_of_a_file_is_the_median_of_its_runs(report: ReportFile) -> None:
    told = {str(report.path): {"headings": [[1, "项目概述"]], "seconds": [0.5, 0.1, 0.2]}}
    row = make_row("1份", "markitdown", [report], told)
    assert row.seconds == 0.2
    assert row.score is not None
    assert row.score.right == 1


def test_a_reader_is_warm_before_it_is_timed_and_its_fault_is_kept(tmp_path: Path) -> None:
    reads: list[Path] = []

    def read(path: Path) -> list[tuple[int, str]]:
        reads.append(path)
        return [(1, "标题")]

    def fail(path: Path) -> list[tuple[int, str]]:
        raise OSError(f"no {path.name}")

    told = time_reader(read, tmp_path, runs=2)
    assert len(reads) == 3
    assert told["headings"] == [(1, "标题")]
    assert time_reader(fail, tmp_path / "x", runs=2) == {"error": "OSError: no x"}


def test_the_table_shows_shares_and_the_reason_for_a_dash() -> None:
    score = HeadingScore(true=4, found=4, right=3, level=3)
    rows = [
        ReaderRow(files="4份", reader="zhengxin", seconds=0.25, score=score),
        ReaderRow(files="4份", reader="docling", note="没有权重"),
    ]
    console = Console(file=io.StringIO(), record=True, width=140)
    console.print(build_reader_table(rows))
    text = console.export_text()
    assert "0.25 s" in text
    assert "0.750" in text
    assert "没有权重" in text
    first, second = export_readers(rows)
    assert (first["recall"], first["right"]) == (0.75, 3)
    assert (second["seconds"], second["recall"], second["note"]) == (None, None, "没有权重")
