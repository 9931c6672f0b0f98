"""A report with scanned pages -> its outline with those pages recognised, several at a time.

Pages come back one by one, so that progress can be shown, reading can be stopped, and what is
read so far is of use. Whatever keeps a page from being recognised leaves it unread.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Protocol

from checkers.errors import ReportUnreadable, UnreadableCode
from checkers.find_recogniser import is_recogniser_installed, name_recogniser
from checkers.keep_scans import ScanStore, open_scan_store
from checkers.outline import FileKind, Outline, UnreadReason
from checkers.recognised_page import RecognisedPage
from checkers.watch_reading import ReadingWatch, ScanOptions

RECOGNISABLE: frozenset[FileKind] = frozenset({"pdf", "image", "docx", "ofd"})
"""Formats of which pages can be recognised."""
PAGE_SECONDS = 120.0
"""For one page by the clock; one takes one or two seconds, ten on a slow and busy machine."""

_LOG = logging.getLogger(__name__)
_POLL_SECONDS = 0.2
# So many pages in a row that end in a fault: the rest would do so too.
_MOST_FAULTS = 6
# Of pages with a scanner's own text, so many are recognised to see whether it can be trusted.
_SAMPLES = 3
# Faults that every page would have.
_MISSING: dict[UnreadableCode, UnreadReason] = {
    "ocr_missing": "not_installed",
    "ocr_broken": "not_running",
}
_TRUSTED_AGREEMENT = 0.92


class ScanReader(Protocol):
    """What reads files and pages; the pool of reading processes."""

    def read(self, path: Path, recognised: Sequence[RecognisedPage] = ()) -> Outline:
        """Return the outline of a file with pages that were recognised before."""

    def recognise(
        self, path: Path, number: int, *, seconds: float, stop: threading.Event | None = None
    ) -> RecognisedPage | None:
        """Return what stands on a page; None where it can't be made out."""


def count_processors() -> int:
    """Return the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_with_scans(
    reader: ScanReader, path: Path, *, watch: ReadingWatch | None, scans: ScanOptions
) -> Outline:
    """Return the outline of a file, with its scanned pages recognised as ``scans`` says.

    Raises:
        ReportUnreadable: the file can't be read at all.
    """
    outline = reader.read(path)
    if not (outline.unread_pages or outline.layered_pages):
        return outline
    refusal = _find_refusal(outline, scans)
    if refusal is not None:
        return replace(outline, unread_reason=refusal) if outline.unread_pages else outline
    run = _Run(reader=reader, path=path, watch=watch or ReadingWatch(), scans=scans)
    run.recognise(_choose_pages(outline))
    if outline.layered_pages and not run.trusts_layers():
        run.recognise(outline.layered_pages)
    read = (
        outline if not run.found else reader.read(path, [run.found[n] for n in sorted(run.found)])
    )
    return replace(read, unread_reason=run.find_reason()) if read.unread_pages else read


def _find_refusal(outline: Outline, scans: ScanOptions) -> UnreadReason | None:
    if not scans.recognise:
        return "not_wanted"
    if outline.kind not in RECOGNISABLE:
        return "not_supported"
    return None if is_recogniser_installed() else "not_installed"


def _choose_pages(outline: Outline) -> list[int]:
    """Return the unread pages, and a few of those with a scanner's own text."""
    layered = outline.layered_pages
    places = {round(len(layered) * (2 * at + 1) / (2 * _SAMPLES) - 0.5) for at in range(_SAMPLES)}
    samples = {layered[place] for place in places} if layered else set()
    return sorted({*outline.unread_pages, *samples})


@dataclass(slots=True)
class _Run:
    """The recognition of the pages of one file."""

    reader: ScanReader
    path: Path
    watch: ReadingWatch
    scans: ScanOptions
    found: dict[int, RecognisedPage] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    finished: int = 0
    faults: int = 0
    missing: UnreadReason | None = None
    _left: list[int] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ended: SimpleQueue[RecognisedPage | None] = field(default_factory=SimpleQueue)

    def recognise(self, pages: Sequence[int]) -> None:
        """Recognise the pages not yet asked for, until all are done or somebody stops it."""
        wanted = [page for page in pages if page not in self.asked]
        self.asked.update(wanted)
        store = self._open_store()
        kept = [(page, store.get(page) if store else None) for page in wanted]
        self.found.update({number: page for number, page in kept if page is not None})
        self._left = [number for number, page in kept if page is None][::-1]
        self.finished += len(wanted) - len(self._left)
        self._report()
        if self._left:
            self._work_off(store)

    def trusts_layers(self) -> bool:
        """Whether a scanner's own text says what was recognised on the pages compared."""
        told = [page.agreement for page in self.found.values() if page.agreement is not None]
        return not told or sum(told) / len(told) >= _TRUSTED_AGREEMENT

    def find_reason(self) -> UnreadReason:
        """Return why pages are left."""
        if self.missing is not None:
            return self.missing
        return "stopped" if self.watch.stop.is_set() else "failed"

    def _open_store(self) -> ScanStore | None:
        folder = self.scans.kept_in
        return None if folder is None else open_scan_store(folder, self.path, name_recogniser())

    def _report(self) -> None:
        self.watch.on_progress(self.finished, len(self.asked))

    def _work_off(self, store: ScanStore | None) -> None:
        count = min(self.scans.at_once or count_processors(), len(self._left))
        threads = [threading.Thread(target=self._take_pages, daemon=True) for _ in range(count)]
        try:
            for thread in threads:
                thread.start()
            while any(thread.is_alive() for thread in threads) or not self._ended.empty():
                try:
                    ended = self._ended.get(timeout=_POLL_SECONDS)
                except Empty:
                    continue
                self._note(ended, store)
        finally:
            # Where whoever follows it gives up, no further page is read for nobody.
            with self._lock:
                self._left.clear()

    def _note(self, ended: RecognisedPage | None, store: ScanStore | None) -> None:
        self.finished += 1
        if ended is not None:
            self.found[ended.number] = ended
            if store is not None:
                store.put(ended)
        self._report()

    def _take_pages(self) -> None:
        """Recognise one page after the other; the main thread hears of each."""
        while (number := self._next_page()) is not None:
            self._ended.put(self._take_page(number))

    def _take_page(self, number: int) -> RecognisedPage | None:
        try:
            page = self.reader.recognise(
                self.path, number, seconds=PAGE_SECONDS, stop=self.watch.stop
            )
        except ReportUnreadable as fault:
            _LOG.info("Page %d was not recognised: %s", number, fault.code)
            with self._lock:
                self.faults += 1
                self.missing = self.missing or _MISSING.get(fault.code)
            return None
        with self._lock:
            self.faults = 0
        return page

    def _next_page(self) -> int | None:
        with self._lock:
            gives_up = self.missing is not None or self.faults >= _MOST_FAULTS
            if not self._left or gives_up or self.watch.stop.is_set():
                return None
            return self._left.pop()
