"""How the pages of a scan are worked off: progress, stopping, faults, kept pages."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from checkers.errors import ReportUnreadable
from checkers.find_recogniser import is_recogniser_installed
from checkers.outline import Outline
from checkers.recognise_scans import read_with_scans
from checkers.recognised_page import RecognisedPage
from checkers.watch_reading import RECOGNISE, ReadingWatch, ScanOptions

pytestmark = pytest.mark.skipif(not is_recogniser_installed(), reason="rapidocr is not installed")


@dataclass
class ScriptedReader:
    """A file of which some pages are pictures; ``faults`` are the codes of those that fail."""

    outline: Outline
    faults: dict[int, str] = field(default_factory=dict)
    blank: frozenset[int] = frozenset()
    agreement: float | None = None
    stop_at: int | None = None
    asked: list[int] = field(default_factory=list)
    together: int = 0
    _running: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, path: Path, recognised: Sequence[RecognisedPage] = ()) -> Outline:
        seen = tuple(page.number for page in recognised)
        unread = tuple(page for page in self.outline.unread_pages if page not in seen)
        return replace(self.outline, unread_pages=unread, recognised_pages=seen)

    def recognise(
        self, path: Path, number: int, *, seconds: float, stop: threading.Event | None = None
    ) -> RecognisedPage | None:
        with self._lock:
            self.asked.append(number)
            self._running += 1
            self.together = max(self.together, self._running)
        time.sleep(0.002)  # So that another thread has the time to come in.
        if number == self.stop_at and stop is not None:
            stop.set()
        with self._lock:
            self._running -= 1
        if number in self.faults:
            raise ReportUnreadable(self.faults[number], "不行。")  # type: ignore[arg-type]
        if number in self.blank:
            return None
        return RecognisedPage(
            number=number, width=595, height=842, lines=(), agreement=self.agreement
        )


def scan(*pages: int, **others: object) -> Outline:
    return replace(Outline(kind="pdf", pages=30, unread_pages=pages), **others)  # type: ignore[arg-type]


def read(
    reader: ScriptedReader,
    *,
    watch: ReadingWatch | None = None,
    scans: ScanOptions = RECOGNISE,
    path: Path = Path("scan.pdf"),
) -> Outline:
    return read_with_scans(reader, path, watch=watch, scans=scans)


def test_where_whoever_follows_it_gives_up_no_further_page_is_begun() -> None:
    reader = ScriptedReader(scan(*range(1, 200)))

    def give_up(done: int, total: int) -> None:
        if done:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        read(reader, watch=ReadingWatch(on_progress=give_up))
    begun = len(reader.asked)
    time.sleep(0.1)
    assert len(reader.asked) <= begun + 16


def test_every_unread_page_is_recognised_and_told_of() -> None:
    told: list[tuple[int, int]] = []
    watch = ReadingWatch(on_progress=lambda done, total: told.append((done, total)))
    outline = read(ScriptedReader(scan(2, 3, 5)), watch=watch)
    assert (outline.recognised_pages, outline.unread_pages) == ((2, 3, 5), ())
    assert outline.unread_reason is None
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_file_of_text_is_read_once_and_nothing_is_told() -> None:
    told: list[tuple[int, int]] = []
    watch = ReadingWatch(on_progress=lambda done, total: told.append((done, total)))
    reader = ScriptedReader(scan())
    assert read(reader, watch=watch) == reader.outline
    assert (told, reader.asked) == ([], [])


def test_what_was_read_before_somebody_stopped_stays() -> None:
    reader = ScriptedReader(scan(*range(1, 9)), stop_at=3)
    outline = read(reader, watch=ReadingWatch(), scans=ScanOptions(at_once=1))
    assert outline.recognised_pages == (1, 2, 3)
    assert outline.unread_pages == (4, 5, 6, 7, 8)
    assert outline.unread_reason == "stopped"


def test_a_check_stopped_before_it_began_reads_no_page() -> None:
    watch = ReadingWatch()
    watch.stop.set()
    reader = ScriptedReader(scan(1, 2))
    assert read(reader, watch=watch).unread_reason == "stopped"
    assert reader.asked == []


def test_pages_that_fail_or_say_nothing_are_unread_and_the_others_are_read() -> None:
    reader = ScriptedReader(scan(1, 2, 3, 4), faults={2: "timeout"}, blank=frozenset({3}))
    outline = read(reader)
    assert outline.recognised_pages == (1, 4)
    assert (outline.unread_pages, outline.unread_reason) == ((2, 3), "failed")


def test_after_many_faults_in_a_row_the_rest_is_left() -> None:
    pages = range(1, 25)
    reader = ScriptedReader(scan(*pages), faults=dict.fromkeys(pages, "timeout"))
    assert len(read(reader, scans=ScanOptions(at_once=1)).unread_pages) == 24
    assert len(reader.asked) < 10


def test_one_page_tells_that_the_recogniser_can_not_run() -> None:
    reader = ScriptedReader(scan(1, 2, 3, 4), faults=dict.fromkeys(range(1, 5), "ocr_missing"))
    assert read(reader, scans=ScanOptions(at_once=1)).unread_reason == "not_installed"
    assert len(reader.asked) <= 2


@pytest.mark.parametrize(
    ("outline", "scans", "reason"),
    [
        (scan(1, 2), ScanOptions(recognise=False), "not_wanted"),
        (scan(1, 2, kind="doc"), RECOGNISE, "not_supported"),
    ],
)
def test_where_nothing_is_recognised_the_reason_is_given(
    outline: Outline, scans: ScanOptions, reason: str
) -> None:
    reader = ScriptedReader(outline)
    assert read(reader, scans=scans).unread_reason == reason
    assert reader.asked == []


def test_no_more_pages_are_read_at_once_than_is_allowed() -> None:
    reader = ScriptedReader(scan(*range(1, 20)))
    read(reader, scans=ScanOptions(at_once=1))
    assert reader.together == 1


@pytest.mark.parametrize(("agreement", "read_pages"), [(0.98, 3), (0.6, 20)])
def test_a_text_layer_is_compared_on_a_few_pages_and_replaced_where_it_is_bad(
    agreement: float, read_pages: int
) -> None:
    reader = ScriptedReader(scan(layered_pages=tuple(range(1, 21))), agreement=agreement)
    read(reader)
    assert len(reader.asked) == read_pages
    assert len(set(reader.asked)) == read_pages


def test_a_second_check_takes_the_pages_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"the same content")
    options = ScanOptions(kept_in=tmp_path / "data", at_once=1)
    first = ScriptedReader(scan(1, 2, 3), stop_at=2)
    assert read(first, watch=ReadingWatch(), scans=options, path=path).recognised_pages == (1, 2)
    second = ScriptedReader(scan(1, 2, 3))
    assert read(second, scans=options, path=path).recognised_pages == (1, 2, 3)
    assert second.asked == [3]
