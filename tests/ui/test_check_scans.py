"""Scans on the command line: progress, Ctrl-C, and reading without recognition."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from itertools import count
from pathlib import Path

import pytest
from PIL import Image

from assistant.settings import Settings
from checkers.watch_reading import ReadingWatch
from ui.check_batch import check_batch, load_checker
from ui.command_line import run_command_line
from ui.show_progress import check_progress
from ui.stop_on_interrupt import stop_on_interrupt


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A report of three pages that are pictures."""
    path = tmp_path / "扫描件.tif"
    pages = [Image.new("L", (120, 170), 200 + n) for n in range(3)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return path


def test_without_recognition_the_verdicts_are_unreadable(
    scan: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["check", str(scan), "--no-ocr", "--json"]) == 2
    out, err = capsys.readouterr()
    (result,) = json.loads(out)
    assert (result["kind"], result["error"]["code"]) == ("image", "no_text")
    assert {topic["verdict"] for topic in result["topics"]} == {"unreadable"}
    assert err == ""


def test_progress_is_said_in_lines_where_no_terminal_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = count(step=3.0)  # Three seconds from page to page.
    with check_progress(quiet=False, clock=lambda: next(clock)) as report:
        for done in range(5):
            report(done, 4, "识别扫描页")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == ["识别扫描页：2/4", "识别扫描页：4/4"]


def test_json_comes_without_progress(capsys: pytest.CaptureFixture[str]) -> None:
    clock = count(step=60.0)
    with check_progress(quiet=True, clock=lambda: next(clock)) as report:
        report(1, 2, "识别扫描页")
    assert capsys.readouterr() == ("", "")


def test_the_first_ctrl_c_asks_for_the_result_so_far_and_the_second_ends_the_program(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stop = threading.Event()

    def press_twice() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)  # The handler runs between two steps of this thread.
        assert stop.is_set()
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)

    with pytest.raises(KeyboardInterrupt), stop_on_interrupt(stop, lambda: True):
        press_twice()
    assert "再按一次" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_ends_the_program_where_there_is_nothing_to_show() -> None:
    stop = threading.Event()

    def press() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)

    with pytest.raises(KeyboardInterrupt), stop_on_interrupt(stop, lambda: False):
        press()
    assert not stop.is_set()


def test_a_stopped_batch_refuses_what_was_not_begun(
    report: Path, scan: Path, data_folder: Path
) -> None:
    checker = load_checker(Settings(), lambda _rules, _library: "xichuan", recognise=False)
    watch = ReadingWatch()
    results = check_batch(
        [report, scan, *[report] * 20],  # More than are checked side by side.
        checker,
        Settings(),
        report_progress=lambda *_: watch.stop.set(),
        watch=watch,
    )
    codes = [result.error and result.error.code for result in results]
    assert (codes[0], codes[-1]) == (None, "stopped")


def test_further_processes_stop_too(report: Path, data_folder: Path) -> None:
    checker = load_checker(Settings(), lambda _rules, _library: "xichuan")
    watch = ReadingWatch()
    slow = count(step=10.0)  # Each file seems to take ten seconds, so that processes are started.
    results = check_batch(
        [report] * 12,
        checker,
        Settings(),
        report_progress=lambda done, *_: watch.stop.set() if done == 2 else None,
        clock=lambda: next(slow),
        watch=watch,
    )
    assert len(results) == 12
    assert results[1].error is None
    assert results[-1].error is not None
    assert results[-1].error.code == "stopped"
