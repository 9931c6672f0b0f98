"""Progress of building the index -> a bar on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from assistant.assistant import Assistant
    from assistant.settings import Settings

ReportProgress = Callable[[int, int, str], None]


@contextmanager
def index_progress() -> Iterator[ReportProgress]:
    """Yield a callable that takes done, total and what is done; it draws only once it is called."""
    bars = _Bars()
    try:
        yield bars.report
    finally:
        bars.close()


def open_with_progress(settings: Settings) -> Assistant:
    """Open the assistant, with a bar on standard error while its index is being built."""
    from assistant.assistant import open_assistant

    with index_progress() as report:
        return open_assistant(settings, progress=report)


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
