"""The index: vectors in Chroma, words in BM25, records beside them; built once, stamped.

An index lies in a folder named after the hash of everything it was built from. It is built in a
folder beside it and moved into place when it is whole, so a build that is cut off leaves nothing
behind that could be mistaken for an index.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bm25s
import numpy as np

from assistant.concepts import Thesaurus
from assistant.describe_articles import (
    RECORDS,
    ArticleRecord,
    concept_words,
    describe_article,
)
from assistant.embed_texts import Encoder
from assistant.split_passages import Passage, PassageKind, split_passages
from corpus.article_ref import ArticleRef
from corpus.library import Library

if TYPE_CHECKING:
    from langchain_chroma import Chroma

Progress = Callable[[int, int, str], None]

_LAYOUT = "3"
_COLLECTION = "passages"
_BATCH = 16
_DATA_FILES = ("thesaurus.yaml", "facets.yaml", "stopwords.txt")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageHit:
    """A passage near the question.

    Attributes:
        ref: address of the provision.
        kind: what the passage is of the article.
        similarity: cosine, -1 to 1.
    """

    ref: ArticleRef
    kind: PassageKind
    similarity: float


def index_stamp(library: Library, encoder: Encoder) -> str:
    """Hash of everything that an index is built from; 16 hexadecimal digits."""
    digest = hashlib.sha256()
    digest.update(f"{_LAYOUT}\n{encoder.name}\n{library.fingerprint}\n".encode())
    for name in _DATA_FILES:
        digest.update((files("assistant") / "data" / name).read_bytes())
    for name in ("captions.yaml", "asked_as.yaml"):
        digest.update((files("corpus") / name).read_bytes())
    return digest.hexdigest()[:16]


class ArticleIndex:
    """Searches the articles of a library by meaning and by words."""

    def __init__(self, store: Chroma, words: bm25s.BM25, records: Sequence[ArticleRecord]) -> None:
        self._store = store
        self._words = words
        self.records: dict[ArticleRef, ArticleRecord] = {r.ref: r for r in records}
        self._order = [record.ref for record in records]
        self._regulation_of = np.array([record.ref.regulation for record in records])
        self.document_frequency = _count_documents(records)

    def search_meaning(
        self, vector: Sequence[float], regulations: Sequence[str], limit: int
    ) -> list[PassageHit]:
        """The passages nearest to a question's vector, nearest first."""
        result = self._store._collection.query(
            query_embeddings=np.asarray([vector], dtype=np.float32),
            n_results=limit,
            where={"regulation": {"$in": list(regulations)}},
            include=["metadatas", "distances"],
        )
        metadatas = (result["metadatas"] or [[]])[0]
        distances = (result["distances"] or [[]])[0]
        return [
            PassageHit(ref=_read_ref(meta), kind=meta["kind"], similarity=1.0 - distance)  # type: ignore[arg-type]
            for meta, distance in zip(metadatas, distances, strict=True)
        ]

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


def open_index(
    library: Library,
    encoder: Encoder,
    thesaurus: Thesaurus,
    folder: Path,
    progress: Progress | None = None,
) -> ArticleIndex:
    """Open the index of a library below ``folder``; build it first where it is missing."""
    stamp = index_stamp(library, encoder)
    place = folder / stamp
    if not place.is_dir():
        _build_aside(library, encoder, thesaurus, place, progress)
    return _read_index(place, encoder)


def _build_aside(
    library: Library,
    encoder: Encoder,
    thesaurus: Thesaurus,
    place: Path,
    progress: Progress | None,
) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix="building-", dir=place.parent))
    try:
        _write_index(library, encoder, thesaurus, aside, progress)
        aside.rename(place)
    except OSError:
        # Another process may have finished the same index first; then its work serves.
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write_index(
    library: Library,
    encoder: Encoder,
    thesaurus: Thesaurus,
    folder: Path,
    progress: Progress | None,
) -> None:
    articles = list(library.articles())
    records = tuple(describe_article(article, thesaurus) for article in articles)
    (folder / "records.json").write_bytes(RECORDS.dump_json(records))
    words = bm25s.BM25()
    words.index(
        [[*record.words, *concept_words(record.concepts)] for record in records],
        show_progress=False,
    )
    words.save(str(folder / "words"))
    passages = [passage for article in articles for passage in split_passages(article)]
    store = _open_store(folder / "vectors", encoder)
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        store._collection.add(
            ids=[str(start + offset) for offset in range(len(batch))],
            embeddings=np.asarray(
                encoder.embed_documents([passage.text for passage in batch]), dtype=np.float32
            ),
            metadatas=[_write_ref(passage) for passage in batch],
        )
        if progress:
            progress(start + len(batch), len(passages), "建立索引")


def _open_store(folder: Path, encoder: Encoder) -> Chroma:
    # Chroma takes 0.9 s to import, which listing or showing articles need not pay.
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    from chromadb.config import Settings as ChromaSettings
    from langchain_chroma import Chroma

    return Chroma(
        collection_name=_COLLECTION,
        embedding_function=encoder,  # type: ignore[arg-type]
        persist_directory=str(folder),
        client_settings=ChromaSettings(anonymized_telemetry=False, is_persistent=True),
        collection_configuration={"hnsw": {"space": "cosine", "ef_search": 400}},
    )


def _read_index(place: Path, encoder: Encoder) -> ArticleIndex:
    records = RECORDS.validate_json((place / "records.json").read_bytes())
    words = bm25s.BM25.load(str(place / "words"))
    return ArticleIndex(_open_store(place / "vectors", encoder), words, records)


def _write_ref(passage: Passage) -> dict[str, Any]:
    ref = passage.ref
    return {
        "regulation": ref.regulation,
        "article": ref.article,
        "suffix": ref.suffix,
        "paragraph": ref.paragraph,
        "item": ref.item,
        "kind": passage.kind,
    }


def _read_ref(meta: Any) -> ArticleRef:  # noqa: ANN401 - Chroma's metadata type is a wide union
    return ArticleRef(
        regulation=str(meta["regulation"]),
        article=int(meta["article"]),
        suffix=int(meta["suffix"]),
        paragraph=int(meta["paragraph"]),
        item=int(meta["item"]),
    )


def _count_documents(records: Iterable[ArticleRecord]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for record in records:
        for token in {*record.words, *concept_words(record.concepts)}:
            counts[token] = counts.get(token, 0) + 1
    return counts
