"""What an index knows, in one SQLite file: a unit a regulation, and counts over all of them.

A unit is written in one step when all of it is there, and never changed. Processes read while
another one adds; one that is killed leaves whole units and nothing else. The vectors here are
those of the store at a byte a dimension (it changes a cosine by about 0.0005), so that a question
is answered without opening the store.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from assistant.describe_articles import RECORDS, ArticleRecord
from assistant.errors import IndexUnusable
from assistant.split_passages import PassageKind
from assistant.text_keys import pack_keys, unpack_keys
from corpus.article_ref import ArticleRef

Matrix = npt.NDArray[np.float32]
PassageAddress = tuple[ArticleRef, PassageKind]

_ADDRESSES = TypeAdapter(tuple[PassageAddress, ...])
_LARGEST_BYTE = 127
_WAIT_SECONDS = 600
_UNUSABLE = "索引无法读写（{}）：请检查数据文件夹的权限和磁盘空间，或删除其中的 index 后重试。"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS units (
    key TEXT PRIMARY KEY, regulation TEXT, articles INTEGER, words INTEGER, passages INTEGER,
    first_row INTEGER, collection TEXT, records BLOB, addresses BLOB, keys BLOB, vectors BLOB,
    counts BLOB, built REAL DEFAULT (unixepoch()));
CREATE INDEX IF NOT EXISTS units_of ON units (regulation);
CREATE TABLE IF NOT EXISTS totals (stamp TEXT PRIMARY KEY, keys BLOB, counts BLOB);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One regulation in the index.

    Attributes:
        key: hash of what it was made from.
        regulation: id; empty for the questions that are about something else.
        records: of its articles.
        addresses: of its passages.
        keys: of the texts of its passages.
        vectors: one row a passage, of length 1; no columns where there is no encoder.
        first_row: of its articles among those of all regulations.
        collection: its name in the store; empty where there is none.
    """

    key: str
    regulation: str
    records: tuple[ArticleRecord, ...]
    addresses: tuple[PassageAddress, ...]
    keys: tuple[str, ...]
    vectors: Matrix
    first_row: int
    collection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHead:
    """What is known of a unit without reading it.

    Attributes:
        articles: how many.
        words: how many in all its articles.
        first_row: as in ``Unit``.
        collection: as in ``Unit``.
    """

    key: str
    regulation: str
    articles: int
    words: int
    first_row: int
    collection: str


class UnitFile:
    """The file; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        with _explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.executescript(_SCHEMA)

    def heads(self) -> dict[str, UnitHead]:
        """All units, by key."""
        rows = self._read(
            "SELECT key, regulation, articles, words, first_row, collection FROM units"
        )
        return {
            key: UnitHead(
                key=key,
                regulation=regulation,
                articles=articles,
                words=words,
                first_row=first_row,
                collection=collection,
            )
            for key, regulation, articles, words, first_row, collection in rows
        }

    def read(self, key: str) -> Unit:
        """One unit.

        Raises:
            IndexUnusable: there is none of that key, or the file is damaged.
        """
        rows = self._read(
            "SELECT regulation, records, addresses, keys, vectors, first_row, collection"
            " FROM units WHERE key = ?",
            key,
        )
        if not rows:
            raise IndexUnusable(_UNUSABLE.format(f"缺少 {key}"))
        regulation, records, addresses, keys, vectors, first_row, collection = rows[0]
        kept = tuple(unpack_keys(keys))
        return Unit(
            key=key,
            regulation=regulation,
            records=RECORDS.validate_json(zlib.decompress(records)),
            addresses=_ADDRESSES.validate_json(zlib.decompress(addresses)),
            keys=kept,
            vectors=_unpack_vectors(vectors, len(kept)),
            first_row=first_row,
            collection=collection,
        )

    def write(self, unit: Unit, counts: Mapping[str, int]) -> None:
        """Add a unit with its counts: in how many of its articles each word stands."""
        row = (
            unit.key,
            unit.regulation,
            len(unit.records),
            sum(len(tokens_of(record)) for record in unit.records),
            len(unit.addresses),
            unit.first_row,
            unit.collection,
            zlib.compress(RECORDS.dump_json(unit.records), 1),
            zlib.compress(_ADDRESSES.dump_json(unit.addresses), 1),
            pack_keys(list(unit.keys)),
            _pack_vectors(unit.vectors),
            _pack(dict(counts)),
        )
        marks = ", ".join("?" * len(row))
        self._write(
            "REPLACE INTO units (key, regulation, articles, words, passages, first_row,"
            " collection, records, addresses, keys, vectors, counts)"
            f" VALUES ({marks})",
            row,
        )

    def newest_of(self, regulation: str) -> str | None:
        """Key of the newest unit of a regulation, whatever it was made from."""
        rows = self._read(
            "SELECT key FROM units WHERE regulation = ? ORDER BY built DESC, key LIMIT 1",
            regulation,
        )
        return str(rows[0][0]) if rows else None

    def drop(self, keys: Iterable[str]) -> None:
        """Remove units."""
        for key in keys:
            self._write("DELETE FROM units WHERE key = ?", (key,))

    def counts(self, key: str) -> dict[str, int]:
        """In how many articles of a unit each word stands."""
        rows = self._read("SELECT counts FROM units WHERE key = ?", key)
        return _unpack(rows[0][0]) if rows else {}

    def totals(self) -> Iterator[tuple[str, frozenset[str], dict[str, int]]]:
        """Stamp, keys and counts of each set of units that was summed up, newest first."""
        for stamp, keys, counts in self._read(
            "SELECT stamp, keys, counts FROM totals ORDER BY rowid DESC"
        ):
            yield stamp, frozenset(json.loads(keys)), _unpack(counts)

    def write_totals(self, stamp: str, keys: Sequence[str], counts: Mapping[str, int]) -> None:
        """Keep the counts of a set of units; only the newest few sets are kept."""
        self._write(
            "REPLACE INTO totals VALUES (?, ?, ?)", (stamp, json.dumps(keys), _pack(dict(counts)))
        )
        self._write(
            "DELETE FROM totals WHERE rowid NOT IN"
            " (SELECT rowid FROM totals ORDER BY rowid DESC LIMIT 3)",
            (),
        )

    def fact(self, name: str) -> str | None:
        """A fact about the whole index."""
        rows = self._read("SELECT value FROM facts WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def write_fact(self, name: str, value: str) -> None:
        """Keep a fact about the whole index."""
        self._write("REPLACE INTO facts VALUES (?, ?)", (name, value))

    def _read(self, statement: str, *values: str) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock, _explained():
            return self._connection.execute(statement, values).fetchall()

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        with self._lock, _explained(), self._connection:
            self._connection.execute(statement, values)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise IndexUnusable(_UNUSABLE.format(error)) from error


@contextmanager
def only_builder(path: Path) -> Iterator[None]:
    """Hold the right to build; another process waits. The right ends with the process."""
    with _explained():
        connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.close()


def tokens_of(record: ArticleRecord) -> tuple[str, ...]:
    """What word search sees of an article: its words, and its concepts as tokens."""
    return (*record.words, *(f"§{name}" for name in sorted(record.concepts)))


def _pack(counts: dict[str, int]) -> bytes:
    return zlib.compress(json.dumps(counts, ensure_ascii=False).encode(), 1)


def _unpack(packed: bytes) -> dict[str, int]:
    counts: dict[str, int] = json.loads(zlib.decompress(packed))
    return counts


def _pack_vectors(vectors: Matrix) -> bytes:
    if not vectors.size:
        return b""
    steps = np.abs(vectors).max(axis=1, keepdims=True) / _LARGEST_BYTE
    packed: bytes = np.round(vectors / steps).astype(np.int8).tobytes()
    return packed


def _unpack_vectors(packed: bytes, count: int) -> Matrix:
    if not packed:
        return np.zeros((count, 0), dtype=np.float32)
    rows = np.frombuffer(packed, dtype=np.int8).reshape(count, -1).astype(np.float32)
    # The length of a row is 1, so the size of its steps follows.
    scaled: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled
