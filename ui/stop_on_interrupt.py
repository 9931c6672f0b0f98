"""Ctrl-C -> a result of what has been read so far; pressed again, the end of the program."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = "\n正在停止，马上给出已读部分的结果（再按一次 Ctrl-C 立即退出）。\n"


@contextmanager
def stop_on_interrupt(stop: threading.Event, is_worth: Callable[[], bool]) -> Iterator[None]:
    """Set ``stop`` on the first Ctrl-C where ``is_worth`` says that a result can be given.

    Otherwise, and from the second time on, Ctrl-C ends the program as ever. Outside the main
    thread, where no signal can be handled, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        if stop.is_set() or not is_worth():
            signal.default_int_handler(number, frame)
        stop.set()
        sys.stderr.write(STOPPING)
        sys.stderr.flush()

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
