"""Progress of building the index and of reading scans -> a bar or lines on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from assistant.assistant import Assistant
    from assistant.settings import Settings

ReportProgress = Callable[[int, int, str], None]
SECONDS_BETWEEN_LINES = 5.0
"""Where standard error is no terminal, a line says how far it is so often."""


@contextmanager
def index_progress() -> Iterator[ReportProgress]:
    """Yield a callable that takes done, total and what is done; it draws only once it is called."""
    bars = _Bars()
    try:
        yield bars.report
    finally:
        bars.close()


@contextmanager
def check_progress(
    *, quiet: bool, clock: Callable[[], float] = time.monotonic
) -> Iterator[ReportProgress]:
    """Yield a callable that takes done, total and what is done.

    A terminal gets a bar, anything else a line every few seconds, or nothing where ``quiet``.
    """
    if sys.stderr.isatty():
        with index_progress() as report:
            yield report
    else:
        yield _say_nothing if quiet else _Lines(clock).report


def _say_nothing(_done: int, _total: int, _what: str) -> None:
    """Progress that nobody follows."""


def open_with_progress(settings: Settings) -> Assistant:
    """Open the assistant, with a bar on standard error while its index is being built."""
    from assistant.assistant import open_assistant

    with index_progress() as report:
        return open_assistant(settings, progress=report)


class _Lines:
    """Lines on standard error, not more often than every few seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last: float | None = None

    def report(self, done: int, total: int, what: str) -> None:
        now = self._clock()
        if self._last is None:
            self._last = now
        if now - self._last >= SECONDS_BETWEEN_LINES:
            self._last = now
            sys.stderr.write(f"{what}：{done}/{total}\n")
            sys.stderr.flush()


class _Bars:
    """One bar a piece of work, made when the first word of it comes."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def report(self, done: int, total: int, what: str) -> None:
        progress = self._progress or self._open()
        if what not in self._tasks:
            self._tasks[what] = progress.add_task(what, total=total)
        progress.update(self._tasks[what], completed=done, total=total)

    def close(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _open(self) -> Progress:
        # rich costs 60 ms, and most calls find their index ready.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(*columns, console=Console(stderr=True))
        self._progress.start()
        return self._progress
