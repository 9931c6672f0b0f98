"""The index as the search uses it: vectors in Chroma, words in BM25, records beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import bm25s
import numpy as np

from assistant.describe_articles import ArticleRecord, concept_words
from assistant.split_passages import PassageKind
from corpus.article_ref import ArticleRef

if TYPE_CHECKING:
    from langchain_chroma import Chroma


PassageAddress = tuple[ArticleRef, PassageKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageHit:
    """A passage near the question.

    Attributes:
        ref: address of the article.
        kind: what the passage is of the article.
        similarity: cosine, -1 to 1.
    """

    ref: ArticleRef
    kind: PassageKind
    similarity: float


class ArticleIndex:
    """Searches the articles of a library by meaning and by words."""

    def __init__(
        self,
        store: Chroma,
        words: bm25s.BM25,
        records: Sequence[ArticleRecord],
        passages: Sequence[PassageAddress],
    ) -> None:
        self._store = store
        self._passages = passages
        self._words = words
        self.records: dict[ArticleRef, ArticleRecord] = {r.ref: r for r in records}
        self._order = [record.ref for record in records]
        self._regulation_of = np.array([record.ref.regulation for record in records])
        self.document_frequency = _count_documents(records)
        self._concepts = _collect_concepts(records)

    def with_records(self, records: Sequence[ArticleRecord]) -> ArticleIndex:
        """The same vectors and words with other records, in the same order."""
        return ArticleIndex(self._store, self._words, records, self._passages)

    def concepts_of(self, regulation: str) -> frozenset[str]:
        """Names of the concepts that any article of a regulation speaks of."""
        return self._concepts.get(regulation, frozenset())

    def search_meaning(
        self, vector: Sequence[float], regulations: Sequence[str], limit: int
    ) -> list[PassageHit]:
        """The passages nearest to a question's vector, nearest first."""
        chosen: list[str | int | float | bool] = [*regulations]
        everywhere = set(regulations) >= self._concepts.keys()
        result = self._store._collection.query(
            query_embeddings=np.asarray([vector], dtype=np.float32),
            n_results=min(limit, len(self._passages)),
            # A filter costs 10 ms and reading the metadata as much; neither is needed here.
            where=None if everywhere else {"regulation": {"$in": chosen}},  # type: ignore[dict-item]
            include=["distances"],
        )
        distances = (result["distances"] or [[]])[0]
        return [
            self._hit(passage_id, 1.0 - distance)
            for passage_id, distance in zip(result["ids"][0], distances, strict=True)
        ]

    def _hit(self, passage_id: str, similarity: float) -> PassageHit:
        ref, kind = self._passages[passage_number(passage_id)]
        return PassageHit(ref=ref, kind=kind, similarity=similarity)

    def search_words(
        self, words: Sequence[str], regulations: Sequence[str]
    ) -> dict[ArticleRef, float]:
        """BM25 scores of the articles of some regulations; only those above zero."""
        known = [word for word in words if word in self._words.vocab_dict]
        if not known:
            return {}
        scores = self._words.get_scores(known)
        chosen = np.flatnonzero((scores > 0) & np.isin(self._regulation_of, list(regulations)))
        return {self._order[i]: float(scores[i]) for i in chosen}


def passage_id(text: str, number: int) -> str:
    """Id of the ``number``-th passage in the store; it tells the text's key and the number."""
    return f"{text_key(text)}-{number}"


def passage_number(passage_id: str) -> int:
    """Number of a passage, from its id."""
    return int(passage_id.rpartition("-")[2])


def text_key(text: str) -> str:
    """Names a text by its content; 20 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _count_documents(records: Iterable[ArticleRecord]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for record in records:
        for token in {*record.words, *concept_words(record.concepts)}:
            counts[token] = counts.get(token, 0) + 1
    return counts


def _collect_concepts(records: Iterable[ArticleRecord]) -> dict[str, frozenset[str]]:
    held: dict[str, set[str]] = {}
    for record in records:
        names = held.setdefault(record.ref.regulation, set())
        names.update(record.concepts, *(caption.concepts for caption in record.captions))
    return {regulation: frozenset(names) for regulation, names in held.items()}
