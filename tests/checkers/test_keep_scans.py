from __future__ import annotations

import stat
import sys
import threading
from itertools import count
from pathlib import Path

import pytest

from checkers.keep_scans import FILE_NAME, ScanStore, open_scan_store
from checkers.recognised_page import RecognisedLine, RecognisedPage, pack_page, unpack_page


def make_page(number: int, text: str = "第一章 总论") -> RecognisedPage:
    line = RecognisedLine(
        text=text, score=0.9, left=90, right=200, middle=700, size=12, weight=0.05, gap=0.0
    )
    return RecognisedPage(number=number, width=595, height=842, lines=(line,), agreement=0.5)


def open_store(folder: Path, content: bytes = b"file", recogniser: str = "one") -> ScanStore:
    file = folder / "scan.pdf"
    file.write_bytes(content)
    store = open_scan_store(folder / "data", file, recogniser)
    assert store is not None
    return store


def test_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    open_store(tmp_path).put(make_page(3))
    assert open_store(tmp_path).get(3) == make_page(3)
    assert open_store(tmp_path).get(4) is None


def test_another_content_or_recogniser_has_pages_of_its_own(tmp_path: Path) -> None:
    open_store(tmp_path).put(make_page(1))
    assert open_store(tmp_path, b"other file").get(1) is None
    assert open_store(tmp_path, recogniser="two").get(1) is None


def test_the_pages_not_used_for_longest_make_room(tmp_path: Path) -> None:
    clock = count(1.0).__next__
    base = open_store(tmp_path)
    store = ScanStore(path=base.path, file_key=base.file_key, largest=1_000, clock=clock)
    for number in range(1, 30):
        store.put(make_page(number, text=f"第{number}章 " + chr(0x4E00 + number * 97)))
        store.get(1)
    assert store.get(1) is not None
    assert store.get(2) is None
    assert store.get(29) is not None


def test_a_damaged_store_is_as_good_as_none(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / FILE_NAME).write_bytes(b"no database at all, but some hundred bytes" * 40)
    store.put(make_page(1))
    assert store.get(1) is None


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions")
def test_nobody_else_can_read_what_is_kept(tmp_path: Path) -> None:
    open_store(tmp_path).put(make_page(1))
    assert stat.S_IMODE((tmp_path / "data" / FILE_NAME).stat().st_mode) == 0o600


def test_many_may_write_at_once(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    threads = [
        threading.Thread(target=lambda n=n: [store.put(make_page(n * 10 + i)) for i in range(10)])
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(store.get(number) is not None for number in range(40))


def test_what_is_no_page_is_told_from_one() -> None:
    packed = pack_page(make_page(1))
    assert unpack_page(packed) == make_page(1)
    for senseless in (None, (1, 2), (*packed[:3], [("text", *["a"] * 7)], None)):
        with pytest.raises((TypeError, ValueError)):
            unpack_page(senseless)
