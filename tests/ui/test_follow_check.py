from __future__ import annotations

import threading

import pytest

from checkers.watch_reading import ReadingWatch
from ui.check_uploads import CheckProgress, ReportProgress, word_progress
from ui.follow_check import FollowedCheck

STATE = CheckProgress(file=1, files=1, name="扫描.pdf", page=3, pages=12)


def test_progress_comes_while_the_work_goes_on_and_then_its_result() -> None:
    shown = threading.Event()

    def work(watch: ReadingWatch, tell: ReportProgress) -> str:
        tell(STATE)
        assert shown.wait(5)
        return "结果"

    with FollowedCheck(work, threading.Event(), pause=0) as check:
        for progress in check.progress():
            assert progress == STATE
            shown.set()
        assert check.result() == "结果"


def test_states_that_are_outdated_by_the_time_they_are_shown_are_passed_over() -> None:
    done = threading.Event()

    def work(watch: ReadingWatch, tell: ReportProgress) -> None:
        for page in range(100):
            tell(CheckProgress(file=1, files=1, name="a", page=page, pages=100))
        done.set()

    with FollowedCheck(work, threading.Event(), pause=0) as check:
        assert done.wait(5)
        assert len(list(check.progress())) <= 1


def test_what_the_work_raises_is_raised_where_its_result_is_asked_for() -> None:
    def work(watch: ReadingWatch, tell: ReportProgress) -> None:
        raise ValueError("坏了")

    with FollowedCheck(work, threading.Event()) as check:
        assert list(check.progress()) == []
        with pytest.raises(ValueError, match="坏了"):
            check.result()


def test_whoever_leaves_early_stops_the_work() -> None:
    ended = threading.Event()

    def work(watch: ReadingWatch, tell: ReportProgress) -> None:
        tell(STATE)
        if watch.stop.wait(5):
            ended.set()

    with FollowedCheck(work, threading.Event(), pause=0) as check:
        next(check.progress())
    assert ended.wait(5)


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (CheckProgress(file=1, files=1, name="a"), "正在读取并检查报告"),
        (STATE, "正在读取并检查报告（扫描页逐页识别文字，已识别3页，共12页）"),
        (CheckProgress(file=2, files=5, name="b.pdf"), "正在检查第2份，共5份：b.pdf"),
    ],
)
def test_progress_is_told_with_its_units(progress: CheckProgress, words: str) -> None:
    assert word_progress(progress, threading.Event()) == words


def test_once_stopped_the_person_is_told_so() -> None:
    stop = threading.Event()
    stop.set()
    assert word_progress(STATE, stop) == "正在停止，马上给出已读部分的结果"
