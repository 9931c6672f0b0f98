"""Recognised pages, kept by the content of their file, so that none is recognised twice.

One SQLite file that any number of processes may use. Whatever goes wrong with it costs time and
nothing else: the page is recognised anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from checkers.recognised_page import RecognisedPage, pack_page, unpack_page

FILE_NAME = "recognised-pages.sqlite3"
LARGEST_STORE = 200 * 1024 * 1024
"""Bytes of recognised text; a page takes two to four thousand."""

_LOG = logging.getLogger(__name__)
_LAYOUT = 1
_WAIT_SECONDS = 5.0
_BLOCK = 1024 * 1024
# Beyond the limit, so much of it goes at once, so that not every page makes room for itself.
_MADE_ROOM = 0.1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (
    key TEXT PRIMARY KEY, used REAL NOT NULL, bytes INTEGER NOT NULL, content BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pages_used ON pages (used);
"""
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanStore:
    """The kept pages of one file.

    Attributes:
        path: of the database.
        file_key: hash of the file's content and of what recognises.
        largest: bytes of recognised text that are kept.
        clock: seconds since 1970; the pages not used for the longest time go first.
    """

    path: Path
    file_key: str
    largest: int = LARGEST_STORE
    clock: Callable[[], float] = time.time

    def get(self, number: int) -> RecognisedPage | None:
        """Return a page; None where it is not kept."""
        return self._attempt(lambda database: self._get(database, number))

    def put(self, page: RecognisedPage) -> None:
        """Keep a page, and drop the oldest where there are too many."""
        self._attempt(lambda database: self._put(database, page))

    def _get(self, database: sqlite3.Connection, number: int) -> RecognisedPage | None:
        key = self._key(number)
        row = database.execute("SELECT content FROM pages WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        database.execute("UPDATE pages SET used = ? WHERE key = ?", (self.clock(), key))
        return unpack_page(json.loads(zlib.decompress(row[0])))

    def _put(self, database: sqlite3.Connection, page: RecognisedPage) -> None:
        packed = json.dumps(pack_page(page), ensure_ascii=False, separators=(",", ":"))
        content = zlib.compress(packed.encode())
        row = self._key(page.number), self.clock(), len(content), content
        database.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", row)
        (size,) = database.execute("SELECT coalesce(sum(bytes), 0) FROM pages").fetchone()
        if size > self.largest:
            self._make_room(database, size - round(self.largest * (1 - _MADE_ROOM)))

    def _make_room(self, database: sqlite3.Connection, room: int) -> None:
        keys: list[tuple[str]] = []
        for key, size in database.execute("SELECT key, bytes FROM pages ORDER BY used, key"):
            keys.append((key,))
            room -= size
            if room <= 0:
                break
        database.executemany("DELETE FROM pages WHERE key = ?", keys)

    def _key(self, number: int) -> str:
        return f"{self.file_key}/{number}"

    def _attempt(self, act: Callable[[sqlite3.Connection], Given]) -> Given | None:
        try:
            with _open(self.path) as database:
                return act(database)
        except (sqlite3.Error, OSError, zlib.error, ValueError, TypeError) as fault:
            _LOG.warning("Recognised pages can't be kept in %s: %r", self.path.name, fault)
            return None


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for one transaction; threads and processes wait for each other."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Reports are nobody else's business.
        path.touch(mode=0o600)
    database = sqlite3.connect(path, timeout=_WAIT_SECONDS)
    try:
        with database:
            if database.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
                database.executescript(_SCHEMA + f"PRAGMA user_version = {_LAYOUT};")
            yield database
    finally:
        database.close()


def open_scan_store(folder: Path, file: Path, recogniser: str) -> ScanStore | None:
    """Return the store of a file's pages in a folder; None where the file can't be read.

    Args:
        folder: made where it is not there.
        file: whose pages are kept.
        recogniser: name and version of what recognises; another one's pages are not taken.
    """
    digest = hashlib.sha256(recogniser.encode() + b"\0")
    try:
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except OSError as fault:
        _LOG.warning("%s can't be read to look for kept pages: %r", file.name, fault)
        return None
    return ScanStore(path=folder / FILE_NAME, file_key=digest.hexdigest())
