"""Parsed regulations -> a file beside them, so that thousands need not be parsed at every start.

A row holds the heading of a regulation and, apart from it, its articles; the articles are read
when somebody asks for them. A row counts only while source and manifest are the files that it was
made from (size and time of change). The file holds nothing that can't be made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from functools import cache, lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from corpus.export_library import export_regulation
from corpus.regulation import Article, Regulation

# Regulations whose articles stay in memory; a question looks at about ten.
_KEPT_IN_MEMORY = 96
_FILE = "parsed.sqlite"
_SCHEMA = """CREATE TABLE IF NOT EXISTS parsed (
    id TEXT PRIMARY KEY, stamp TEXT, fingerprint TEXT, head BLOB, articles BLOB)"""
_ARTICLES = TypeAdapter(tuple[Article, ...])


_HEADS = TypeAdapter(Regulation)


class StoredRegulation(Regulation):
    """A regulation whose articles are read from the file when they are asked for.

    Attributes:
        fingerprint: SHA-256 of its content, see ``fingerprint_regulation``.
    """

    __slots__ = ("_read", "fingerprint")
    fingerprint: str
    _read: Callable[[], tuple[Article, ...]]

    def __init__(
        self, head: Regulation, fingerprint: str, read: Callable[[], tuple[Article, ...]]
    ) -> None:
        for field in fields(Regulation):
            if field.name != "articles":
                object.__setattr__(self, field.name, getattr(head, field.name))
        object.__setattr__(self, "fingerprint", fingerprint)
        object.__setattr__(self, "_read", read)

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, in order."""
        return self._read()

    def __eq__(self, other: object) -> bool:
        # Comparing two that are stored must not read the articles of thousands.
        return isinstance(other, Regulation) and (self.id, self.fingerprint) == (
            other.id,
            fingerprint_regulation(other),
        )

    def __hash__(self) -> int:
        return hash((self.id, self.fingerprint))


def fingerprint_regulation(regulation: Regulation) -> str:
    """SHA-256 over all content of a regulation, for stamping what is built from it."""
    if isinstance(regulation, StoredRegulation):
        return regulation.fingerprint
    content = json.dumps(export_regulation(regulation), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def stamp_files(files: Iterable[Path]) -> str:
    """Size and time of change of some files.

    Raises:
        OSError: one is missing.
    """
    return " ".join([_parser_stamp(), *map(_file_state, files)])


@cache
def _parser_stamp() -> str:
    """Tells this parser from every other one: what another one made does not count."""
    files = sorted(path for path in Path(__file__).parent.glob("*.*") if path.is_file())
    return hashlib.sha256(" ".join(map(_file_state, files)).encode()).hexdigest()[:16]


def _file_state(path: Path) -> str:
    state = path.stat()
    return f"{state.st_size}/{state.st_mtime_ns}"


class ParsedFile:
    """The file of parsed regulations in a data folder; safe to share between threads.

    Where it can't be opened or written (a read-only folder, a damaged file), nothing is kept and
    everything is parsed: slower, never wrong.
    """

    def __init__(self, data_folder: Path) -> None:
        self._lock = threading.Lock()
        self._connection = _open(data_folder / _FILE)
        self._articles = lru_cache(maxsize=_KEPT_IN_MEMORY)(self._read_articles)

    def read(self) -> dict[str, tuple[str, StoredRegulation]]:
        """Stamp and regulation of each row, by id."""
        rows: Sequence[tuple[str, str, str, bytes]] = ()
        with self._lock, contextlib.suppress(sqlite3.Error):
            rows = self._connection.execute(
                "SELECT id, stamp, fingerprint, head FROM parsed"
            ).fetchall()
        return {
            id: (stamp, self._stored(_HEADS.validate_json(head), fingerprint))
            for id, stamp, fingerprint, head in rows
            if stamp.startswith(_parser_stamp())
        }

    def keep(self, stamped: Iterable[tuple[str, Regulation]]) -> list[Regulation]:
        """Write regulations with their stamps; those that can't be written come back as given."""
        kept: list[Regulation] = []
        with self._lock:
            for stamp, regulation in stamped:
                head = replace(regulation, articles=())
                fingerprint = fingerprint_regulation(regulation)
                row = (
                    regulation.id,
                    stamp,
                    fingerprint,
                    _HEADS.dump_json(head),
                    _ARTICLES.dump_json(regulation.articles),
                )
                try:
                    self._connection.execute("REPLACE INTO parsed VALUES (?, ?, ?, ?, ?)", row)
                except sqlite3.Error:
                    kept.append(regulation)
                else:
                    kept.append(self._stored(head, fingerprint))
            with contextlib.suppress(sqlite3.Error):
                self._connection.commit()
        return kept

    def _stored(self, head: Regulation, fingerprint: str) -> StoredRegulation:
        return StoredRegulation(head, fingerprint, lambda: self._articles(head.id, fingerprint))

    def _read_articles(self, id: str, fingerprint: str) -> tuple[Article, ...]:
        with self._lock:
            found = self._connection.execute(
                "SELECT articles FROM parsed WHERE id = ? AND fingerprint = ?", (id, fingerprint)
            ).fetchone()
        return _ARTICLES.validate_json(found[0]) if found else ()


def _open(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=60, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(_SCHEMA)
    except (sqlite3.Error, OSError):
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.execute(_SCHEMA)
    return connection
