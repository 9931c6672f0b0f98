"""Library -> index in a folder: stamped, added to by itself when something changed.

An index lies in a folder named after its encoder and the data files that it was built with, and
holds a unit a regulation (``keep_units``), so what is added or removed leaves all others alone. A
unit is written as a whole: a build that is cut off leaves those that are finished, the index that
was there goes on serving, and the next start does the rest. The vectors lie in the store beside
it, which outlasts a change of data files: what was embedded once is not embedded again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from assistant.adapt_question import ADAPTER
from assistant.article_index import ArticleIndex, IndexTotals
from assistant.article_rows import append_rows
from assistant.calibrate_meaning import MeaningScale, calibrate_meaning
from assistant.concepts import Thesaurus
from assistant.describe_articles import describe_article
from assistant.embed_texts import Encoder
from assistant.keep_units import Matrix, Unit, UnitFile, UnitHead, only_builder, tokens_of
from assistant.open_store import VectorStore
from assistant.shipped_vectors import Vector, read_shipped_vectors
from assistant.split_passages import Passage, offtopic_passages, searched_passages
from assistant.text_keys import text_key
from corpus.library import Library
from corpus.regulation import Article

Progress = Callable[[int, int, str], None]

_LAYOUT = "13"
_BATCH = 16
_DATA_FILES = (
    ("assistant", "data/thesaurus.yaml"),
    ("assistant", "data/facets.yaml"),
    ("assistant", "data/stopwords.txt"),
    ("corpus", "captions.yaml"),
    ("corpus", "asked_as.yaml"),
    ("corpus", "unanswered.yaml"),
    ("assistant", "data/offtopic.txt"),
)
_NO_ENCODER = "words"
_UNITS, _ROWS, _LOCK = "units.sqlite", "articles.f32", "building.sqlite"
_STORE_PREFIX = "vectors-"
_OFFTOPIC = ""
# What is no longer used is removed after a week: another process may still read it.
_KEPT_SECONDS = 7 * 24 * 3600
# Units are removed where they are more than half of all: each is small, and a regulation that was
# removed may come back.
_DEAD_SHARE = 0.5


def index_stamp(library: Library, encoder: Encoder | None) -> str:
    """Hash of everything that the index of a library is built from; 16 hexadecimal digits."""
    return _hash(_folder_name(encoder), *_unit_keys(library, _folder_name(encoder)).values())


def open_index(
    library: Library,
    encoder: Encoder | None,
    thesaurus: Thesaurus,
    folder: Path,
    progress: Progress | None = None,
    *,
    chroma_url: str = "",
) -> ArticleIndex:
    """Open the index of a library below ``folder``; build first what is missing of it.

    Args:
        library: the regulations.
        encoder: None for an index that is searched by words only.
        thesaurus: finds the concepts of the articles.
        folder: holds the indexes and the embedded store.
        progress: told how many of how many articles are done.
        chroma_url: address of a Chroma server; empty for the embedded store.

    Raises:
        IndexUnusable: the folder or the server can't be read or written.
    """
    place = folder / _folder_name(encoder)
    file = UnitFile(place / _UNITS)
    keys = _unit_keys(library, place.name)
    if keys.values() - file.heads().keys() or file.fact(_scale_name()) is None:
        with (
            only_builder(place / _LOCK),
            closing(
                VectorStore(folder / f"{_STORE_PREFIX}{_hash(_name_of(encoder))}", chroma_url)
            ) as store,
        ):
            _Builder(library, encoder, thesaurus, file, store, place).build(keys, progress)
        _remove_old(place)
    heads = file.heads()
    held = {regulation: heads[key] for regulation, key in keys.items()}
    totals = _sum_up(file, [held[id] for id in sorted(held) if id])
    scale = MeaningScale(**json.loads(file.fact(_scale_name()) or "{}")) if encoder else None
    return ArticleIndex(file, held, totals, scale, place / _ROWS)


class _Builder:
    """Adds the units that are missing."""

    def __init__(
        self,
        library: Library,
        encoder: Encoder | None,
        thesaurus: Thesaurus,
        file: UnitFile,
        store: VectorStore,
        place: Path,
    ) -> None:
        self._library = library
        self._encoder = encoder
        self._thesaurus = thesaurus
        self._file = file
        self._store = store
        self._rows = place / _ROWS
        self._shipped = read_shipped_vectors(encoder) if encoder else {}

    def build(self, keys: Mapping[str, str], progress: Progress | None) -> None:
        """Write the units that are missing, the scale, and take out what is dead."""
        if self._file.fact(_scale_name()) is None:
            scale = calibrate_meaning(self._encoder) if self._encoder else MeaningScale()
            self._file.write_fact(_scale_name(), json.dumps(asdict(scale)))
        held = self._file.heads()
        missing = [regulation for regulation, key in keys.items() if key not in held]
        sizes = {id: self._size_of(id) for id in missing}
        next_row = max((head.first_row + head.articles for head in held.values()), default=0)
        done, total = 0, sum(sizes.values())
        for regulation in missing:
            self._write_unit(regulation, keys[regulation], next_row, missing)
            done += sizes[regulation]
            next_row += sizes[regulation]
            if progress:
                progress(done, total, "建立索引")
        self._remove_dead(set(keys.values()))

    def _size_of(self, regulation: str) -> int:
        return len(self._library.regulation(regulation).articles) if regulation else 0

    def _write_unit(self, regulation: str, key: str, row: int, missing: Sequence[str]) -> None:
        articles = self._library.regulation(regulation).articles if regulation else ()
        passages = _passages_of(articles) if regulation else list(offtopic_passages())
        collection = _collection_name(self._encoder, passages)
        vectors = self._vectors_of(regulation, passages, collection)
        if self._encoder is not None and articles:
            append_rows(self._rows, row, _article_rows(articles, passages, vectors))
        records = tuple(describe_article(article, self._thesaurus) for article in articles)
        unit = Unit(
            key=key,
            regulation=regulation,
            records=records,
            addresses=tuple((passage.ref.whole_article, passage.kind) for passage in passages),
            keys=tuple(text_key(passage.text) for passage in passages),
            vectors=vectors,
            first_row=row,
            collection=collection if self._encoder else "",
        )
        counts = Counter(token for record in records for token in {*tokens_of(record)})
        self._file.write(unit, counts)

    def _vectors_of(self, regulation: str, passages: Sequence[Passage], collection: str) -> Matrix:
        """Vectors of the passages: from the store where they are, else embedded and kept there."""
        if self._encoder is None:
            return np.zeros((len(passages), 0), dtype=np.float32)
        held = self._store.read(collection, len(passages))
        if held is not None:
            return held
        known = self._shipped | self._known_vectors(regulation)
        vectors = _embed(passages, self._encoder, known)
        about = {"regulation": regulation or "offtopic", "encoder": self._encoder.name}
        self._store.write(collection, vectors, about)
        return vectors

    def _known_vectors(self, regulation: str) -> dict[str, Vector]:
        """Vectors of the texts of an earlier version of a regulation, by their keys."""
        key = self._file.newest_of(regulation)
        if key is None:
            return {}
        unit = self._file.read(key)
        return dict(zip(unit.keys, unit.vectors, strict=True))

    def _remove_dead(self, live: set[str]) -> None:
        heads = self._file.heads()
        dead = [head for key, head in heads.items() if key not in live]
        if len(dead) > _DEAD_SHARE * len(heads):
            kept = {heads[key].collection for key in live if key in heads}
            self._store.drop(sorted({h.collection for h in dead if h.collection} - kept))
            self._file.drop(head.key for head in dead)


def _passages_of(articles: Sequence[Article]) -> list[Passage]:
    return [passage for article in articles for passage in searched_passages(article)]


def _embed(passages: Sequence[Passage], encoder: Encoder, known: Mapping[str, Vector]) -> Matrix:
    """Vectors of the passages; each text is embedded once, and only where it is not known."""
    vectors = dict(known)
    texts = {text_key(p.text): p.text for p in passages if text_key(p.text) not in known}
    fresh = list(texts.items())
    for start in range(0, len(fresh), _BATCH):
        batch = fresh[start : start + _BATCH]
        rows = encoder.embed_documents([text for _, text in batch])
        for (key, _), row in zip(batch, rows, strict=True):
            vectors[key] = np.asarray(row, dtype=np.float32)
    return np.vstack([vectors[text_key(passage.text)] for passage in passages])


def _article_rows(
    articles: Sequence[Article], passages: Sequence[Passage], vectors: Matrix
) -> Matrix:
    """The vector of the whole of each article, in their order."""
    whole = {
        passage.ref: vector
        for passage, vector in zip(passages, vectors, strict=True)
        if passage.kind == "article"
    }
    return np.vstack([whole[article.ref] for article in articles])


def _sum_up(file: UnitFile, heads: Sequence[UnitHead]) -> IndexTotals:
    """Counts over some units, from those of the sets that were summed up before."""
    keys = frozenset(head.key for head in heads)
    stamp = _hash(*sorted(keys))
    counts: Counter[str] = Counter()
    summed: frozenset[str] = frozenset()
    for known, known_keys, known_counts in file.totals():
        if known == stamp:
            return _totals_of(heads, known_counts)
        if len(known_keys ^ keys) < len(summed ^ keys):
            counts, summed = Counter(known_counts), known_keys
    present = file.heads().keys()
    if not summed - keys <= present:
        counts, summed = Counter(), frozenset()
    for key in keys - summed:
        counts.update(file.counts(key))
    for key in summed - keys:
        counts.subtract(file.counts(key))
    positive = {word: count for word, count in counts.items() if count > 0}
    file.write_totals(stamp, sorted(keys), positive)
    return _totals_of(heads, positive)


def _totals_of(heads: Sequence[UnitHead], counts: Mapping[str, int]) -> IndexTotals:
    return IndexTotals(
        articles=sum(head.articles for head in heads),
        words=sum(head.words for head in heads),
        counts=counts,
    )


def _remove_old(place: Path) -> None:
    """Remove the indexes beside this one that nobody has built or added to for a week."""
    for other in place.parent.glob("*/"):
        if other == place or other.name.startswith(_STORE_PREFIX):
            continue
        newest = max((path.stat().st_mtime for path in other.glob("*")), default=0.0)
        if time.time() - newest > _KEPT_SECONDS:
            shutil.rmtree(other, ignore_errors=True)


@cache
def _scale_name() -> str:
    """The scale is measured against the shipped encoder as the ranking sees it."""
    return f"scale-{_hash(ADAPTER.read_bytes().hex() if ADAPTER.is_file() else '')}"


def _name_of(encoder: Encoder | None) -> str:
    return encoder.name if encoder else _NO_ENCODER


def _folder_name(encoder: Encoder | None) -> str:
    contents = [(files(package) / name).read_bytes().hex() for package, name in _DATA_FILES]
    return _hash(_LAYOUT, _name_of(encoder), *contents)


def _unit_keys(library: Library, folder: str) -> dict[str, str]:
    """Key of the unit of each regulation, and of the questions about something else."""
    keys = {id: _hash(folder, print) for id, print in library.fingerprints.items()}
    return {**keys, _OFFTOPIC: _hash(folder, "offtopic")}


def _collection_name(encoder: Encoder | None, passages: Sequence[Passage]) -> str:
    return f"zhengxin-{_hash(_name_of(encoder), *(passage.text for passage in passages))}"


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
