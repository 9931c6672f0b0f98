"""How a caller follows the reading of a scan, and what it may cost.

A report of text is read at once. A scan takes about a second a page: whoever waits wants to see
how far it is, and to end it with the result of the pages read so far.

    watch = ReadingWatch(on_progress=lambda done, total: bar.update(done, total))
    scans = ScanOptions(kept_in=settings.data_folder)
    result = check_report(path, library=library, rules=rules, watch=watch, scans=scans)
    # meanwhile, in another thread or a signal handler:
    watch.stop.set()
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


def _say_nothing(_done: int, _total: int) -> None:
    """Progress that nobody follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingWatch:
    """Progress of the pages that have to be recognised, and the wish to stop.

    Attributes:
        on_progress: called with the pages recognised so far and the pages to recognise; first
            with 0 done, then after each page. Never called for a file of text. Calls come one
            at a time, from the thread that reads; an archive starts anew for each report in it.
        stop: once set, no further page is begun, and within some seconds the reader gives an
            outline of what it has. Pages that were not read stand in ``Outline.unread_pages``
            with ``Outline.unread_reason`` ``"stopped"``; what they could hide is ``unreadable``.
    """

    on_progress: Callable[[int, int], None] = _say_nothing
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOptions:
    """Whether scanned pages are recognised, and where what was recognised is kept.

    Attributes:
        recognise: False leaves scanned pages unread.
        kept_in: folder in which recognised pages are kept by content, so that another check of
            the same file takes no second reading, and stopping loses nothing; some 200 MB at
            most, oldest out. It may be shared by processes. None keeps nothing.
        at_once: pages recognised at the same time; None for one a processor.
    """

    recognise: bool = True
    kept_in: Path | None = None
    at_once: int | None = None


RECOGNISE = ScanOptions()
"""Recognise scanned pages and keep nothing."""
