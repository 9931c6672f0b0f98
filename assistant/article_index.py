"""The index as the search uses it: vectors, words and records of the regulations asked for.

Regulations are read when a question needs them and forgotten when others need the room, so the
memory taken does not grow with the library. Within the regulations asked for the search is exact.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.adapt_question import adapt_question
from assistant.article_rows import map_rows
from assistant.calibrate_meaning import MeaningScale
from assistant.describe_articles import ArticleRecord
from assistant.keep_units import Unit, UnitFile, UnitHead, tokens_of
from assistant.linear_models import RankingName
from assistant.split_passages import PassageKind
from corpus.article_ref import ArticleRef

Matrix = npt.NDArray[np.float32]

# BM25 with its usual constants (Robertson; "lucene" in bm25s).
_SATURATION, _LENGTH_SHARE = 1.5, 0.75
# Regulations in memory; a question needs about ten.
_KEPT_IN_MEMORY = 64
# The ranking is fitted on some hundred articles. In a larger library a word counts as it would in
# a sample of so many, so that its weight depends on how common it is, not on the library's size.
_SAMPLE = 500
_OFFTOPIC = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageHit:
    """A passage near the question.

    Attributes:
        ref: address of the article.
        kind: what the passage is of the article.
        similarity: cosine, on the range of the shipped encoder.
    """

    ref: ArticleRef
    kind: PassageKind
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexTotals:
    """Counts over all articles of a library.

    Attributes:
        articles: how many.
        words: how many in all of them.
        counts: in how many articles each word stands.
    """

    articles: int
    words: int
    counts: Mapping[str, int]


class _LoadedUnit:
    """A unit with what is derived from it."""

    def __init__(self, unit: Unit) -> None:
        self.addresses = unit.addresses
        self.vectors = unit.vectors
        self.records = {record.ref: record for record in unit.records}
        self.words = [Counter(tokens_of(record)) for record in unit.records]
        self.concepts = collect_concepts(unit.records)


class ArticleIndex:
    """Searches the articles of a library by meaning and by words. Safe to share between threads.

    Args:
        file: where the units lie.
        heads: unit of each regulation, by id; under the empty id the questions about other things.
        totals: counts over all.
        scale: leads from the encoder's cosines to those the ranking was fitted with; None where
            there is no encoder, so that nothing is found by meaning.
        rows: file with a vector of every article.
    """

    def __init__(
        self,
        file: UnitFile,
        heads: Mapping[str, UnitHead],
        totals: IndexTotals,
        scale: MeaningScale | None,
        rows: Path,
    ) -> None:
        self._file = file
        self._heads = heads
        self._totals = totals
        self._scale = scale
        self._rows = rows
        self._load = lru_cache(maxsize=_KEPT_IN_MEMORY)(self._read_unit)
        self.records: Mapping[ArticleRef, ArticleRecord] = _Records(self)
        self.document_frequency = totals.counts
        self._other_concepts: Mapping[str, frozenset[str]] = {}

    @property
    def ranking(self) -> RankingName:
        """The fitted weights that suit what this index can find."""
        return "words" if self._scale is None else "full"

    @property
    def article_count(self) -> int:
        """Number of articles of the library."""
        return self._totals.articles

    def with_records(self, records: Sequence[ArticleRecord]) -> ArticleIndex:
        """The same vectors and words with other records, in the same order."""
        other = ArticleIndex(self._file, self._heads, self._totals, self._scale, self._rows)
        other.records = {record.ref: record for record in records}
        groups: dict[str, list[ArticleRecord]] = {}
        for record in records:
            groups.setdefault(record.ref.regulation, []).append(record)
        other._other_concepts = {id: collect_concepts(group) for id, group in groups.items()}
        return other

    def concepts_of(self, regulation: str) -> frozenset[str]:
        """Names of the concepts that any article of a regulation speaks of."""
        held = self._other_concepts.get(regulation)
        return self._load(regulation).concepts if held is None else held

    def word_rarity(self, word: str) -> float:
        """How much a word narrows things down: 1 for one of no article, 0 for one of all."""
        total = self._totals.articles
        seen: float = self._totals.counts.get(word, 0)
        if total > _SAMPLE:
            seen, total = max(seen * _SAMPLE / total, min(seen, 1.0)), _SAMPLE
        return math.log((total + 1) / (seen + 1)) / math.log(total + 1)

    def search_meaning(
        self,
        vector: Sequence[float],
        regulations: Sequence[str],
        limit: int,
        *,
        adapted: bool = True,
    ) -> list[PassageHit]:
        """The passages nearest to a question's vector, nearest first.

        Questions about something else are searched with every regulation. The shipped encoder's
        vectors are adapted to this field, unless the question may be of another.
        """
        if self._scale is None or not len(vector):
            return []
        asked = np.asarray(vector, dtype=np.float32)
        if adapted and self._scale.is_unchanged:
            asked = adapt_question(asked)
        units = [self._load(id) for id in (*regulations, _OFFTOPIC)]
        cosines = np.concatenate([unit.vectors @ asked for unit in units])
        nearest = np.argsort(-cosines, kind="stable")[:limit]
        addresses = [address for unit in units for address in unit.addresses]
        scaled = self._scale.apply(cosines[nearest]).tolist()
        return [
            PassageHit(ref=addresses[at][0], kind=addresses[at][1], similarity=similarity)
            for at, similarity in zip(nearest.tolist(), scaled, strict=True)
        ]

    def search_words(
        self, words: Sequence[str], regulations: Sequence[str]
    ) -> dict[ArticleRef, float]:
        """BM25 scores of the articles of some regulations; only those above zero."""
        weights = [(word, self._word_weight(word)) for word in words]
        known = [(word, weight) for word, weight in weights if weight]
        average = self._totals.words / (self._totals.articles or 1)
        found: dict[ArticleRef, float] = {}
        for regulation in regulations if known else ():
            unit = self._load(regulation)
            for ref, counts in zip(unit.records, unit.words, strict=True):
                if score := _score_words(known, counts, average):
                    found[ref] = score
        return found

    def nearest_regulations(
        self, vector: Sequence[float], count: int, passed_over: Sequence[str] = ()
    ) -> list[str]:
        """The regulations with the articles nearest to a question, nearest first.

        Looks at one vector of every article of the library; the result is empty where there is
        no encoder.
        """
        heads = [head for id, head in self._heads.items() if id and id not in passed_over]
        total = max((head.first_row + head.articles for head in heads), default=0)
        rows = map_rows(self._rows, total, len(vector)) if self._scale and len(vector) else None
        if rows is None:
            return []
        cosines = np.asarray(rows @ np.asarray(vector, dtype=np.float32))
        best = {
            head.regulation: float(cosines[head.first_row : head.first_row + head.articles].max())
            for head in heads
            if head.articles
        }
        return sorted(best, key=lambda id: (-best[id], id))[:count]

    def _word_weight(self, word: str) -> float:
        seen = self._totals.counts.get(word, 0)
        return math.log(1 + (self._totals.articles - seen + 0.5) / (seen + 0.5)) if seen else 0.0

    def _read_unit(self, regulation: str) -> _LoadedUnit:
        return _LoadedUnit(self._file.read(self._heads[regulation].key))

    def read_record(self, ref: ArticleRef) -> ArticleRecord:
        """The record of an article.

        Raises:
            KeyError: the index holds no such article.
        """
        return self._load(ref.regulation).records[ref]

    def iterate_refs(self) -> Iterator[ArticleRef]:
        """Addresses of all articles, regulation by regulation."""
        for regulation in self._heads:
            yield from self._load(regulation).records


class _Records(Mapping[ArticleRef, ArticleRecord]):
    """The records of an index, read as they are asked for."""

    def __init__(self, index: ArticleIndex) -> None:
        self._index = index

    def __getitem__(self, ref: ArticleRef) -> ArticleRecord:
        return self._index.read_record(ref)

    def __iter__(self) -> Iterator[ArticleRef]:
        return self._index.iterate_refs()

    def __len__(self) -> int:
        return self._index.article_count


def _score_words(known: Sequence[tuple[str, float]], counts: Counter[str], average: float) -> float:
    held = [(weight, counts[word]) for word, weight in known if word in counts]
    if not held:
        return 0.0
    length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * counts.total() / average
    return sum(weight * seen / (seen + _SATURATION * length) for weight, seen in held)


def collect_concepts(records: Sequence[ArticleRecord]) -> frozenset[str]:
    """Names of the concepts that some articles and their captions speak of."""
    names: set[str] = set()
    for record in records:
        names.update(record.concepts, *(caption.concepts for caption in record.captions))
    return frozenset(names)
