"""A check in a thread of its own -> its progress as it comes, then what came of it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Generic, TypeVar

from checkers.watch_reading import ReadingWatch
from ui.check_uploads import CheckProgress, ReportProgress

PROGRESS_SECONDS = 0.3
"""Between two shown states; each draws the conversation anew."""

Made = TypeVar("Made")
Work = Callable[[ReadingWatch, ReportProgress], Made]


class FollowedCheck(Generic[Made]):
    """A check that can be followed and stopped.

    As a context manager it sets ``stop`` when it is left, so that nothing is read for nobody.
    """

    def __init__(
        self, work: Work[Made], stop: threading.Event, *, pause: float = PROGRESS_SECONDS
    ) -> None:
        """``work`` gets a watch with ``stop`` and what to call with its progress."""
        self._work = work
        self._stop = stop
        self._pause = pause
        self._told: queue.SimpleQueue[CheckProgress | None] = queue.SimpleQueue()
        self._made: list[Made] = []
        self._error: BaseException | None = None

    def __enter__(self) -> FollowedCheck[Made]:
        threading.Thread(target=self._run, name="zhengxin-check", daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()

    def progress(self) -> Iterator[CheckProgress]:
        """Yield how far it is until it has ended; what is outdated by then is passed over."""
        while (latest := self._take_latest()) is not None:
            yield latest
            self._stop.wait(self._pause)

    def result(self) -> Made:
        """Return what was made, once ``progress`` has ended.

        Raises:
            BaseException: what the work raised.
        """
        if self._error is not None:
            raise self._error
        return self._made[0]

    def _run(self) -> None:
        try:
            self._made.append(self._work(ReadingWatch(stop=self._stop), self._told.put))
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._error = error
        finally:
            self._told.put(None)

    def _take_latest(self) -> CheckProgress | None:
        latest = self._told.get()
        while latest is not None and not self._told.empty():
            latest = self._told.get()
        return latest
