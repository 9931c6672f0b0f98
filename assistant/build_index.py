"""Library -> index in a folder: built once, stamped, rebuilt by itself when something changed.

An index lies in a folder named after the hash of everything it was built from. It is built in a
folder beside it and moved into place when it is whole, so a build that is cut off leaves nothing
behind that could be mistaken for an index, and the index before it goes on serving. Vectors of
texts that an earlier index already holds are taken from there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import bm25s
import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from assistant.article_index import ArticleIndex, PassageAddress, passage_id, text_key
from assistant.concepts import Thesaurus
from assistant.describe_articles import RECORDS, ArticleRecord, concept_words, describe_article
from assistant.embed_texts import Encoder
from assistant.shipped_vectors import read_shipped_vectors
from assistant.split_passages import Passage, offtopic_passages, searched_passages
from corpus.library import Library

if TYPE_CHECKING:
    from langchain_chroma import Chroma

Progress = Callable[[int, int, str], None]
Vector = npt.NDArray[np.float32]

_LAYOUT = "10"
_ADDRESSES = TypeAdapter(list[PassageAddress])
_COLLECTION = "passages"
_BATCH = 16
_READ_BATCH = 5000
_DATA_FILES = (
    ("assistant", "data/thesaurus.yaml"),
    ("assistant", "data/facets.yaml"),
    ("assistant", "data/stopwords.txt"),
    ("corpus", "captions.yaml"),
    ("corpus", "asked_as.yaml"),
    ("corpus", "unanswered.yaml"),
    ("assistant", "data/offtopic.txt"),
)
# Older indexes are removed a week after they were built: another process may still read one.
_KEPT_SECONDS = 7 * 24 * 3600


def index_stamp(library: Library, encoder: Encoder) -> str:
    """Hash of everything that an index is built from; 16 hexadecimal digits."""
    digest = hashlib.sha256(f"{_LAYOUT}\n{encoder.name}\n{library.fingerprint}\n".encode())
    for package, name in _DATA_FILES:
        digest.update((files(package) / name).read_bytes())
    return digest.hexdigest()[:16]


def open_index(
    library: Library,
    encoder: Encoder,
    thesaurus: Thesaurus,
    folder: Path,
    progress: Progress | None = None,
) -> ArticleIndex:
    """Open the index of a library below ``folder``; build it first where it is missing."""
    place = folder / index_stamp(library, encoder)
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
        known = read_shipped_vectors(encoder) | _read_known_vectors(place.parent, encoder)
        _write_index(library, encoder, thesaurus, aside, known, progress)
        aside.rename(place)
    except OSError:
        # Another process may have finished the same index first; then its work serves.
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    for old in _finished_indexes(place.parent)[1:]:
        if time.time() - old.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(old, ignore_errors=True)


def _finished_indexes(folder: Path) -> list[Path]:
    """Finished indexes, newest first; half-built ones carry another name."""
    places = [path.parent for path in folder.glob("*/stamp.json") if "-" not in path.parent.name]
    return sorted(places, key=lambda place: place.stat().st_mtime, reverse=True)


def _write_index(
    library: Library,
    encoder: Encoder,
    thesaurus: Thesaurus,
    folder: Path,
    known: dict[str, Vector],
    progress: Progress | None,
) -> None:
    articles = list(library.articles())
    records = tuple(describe_article(article, thesaurus) for article in articles)
    (folder / "records.json").write_bytes(RECORDS.dump_json(records))
    _index_words(records).save(str(folder / "words"))
    passages = [passage for article in articles for passage in searched_passages(article)]
    passages += offtopic_passages()
    addresses = [(passage.ref.whole_article, passage.kind) for passage in passages]
    (folder / "passages.json").write_bytes(_ADDRESSES.dump_json(addresses))
    store = open_store(folder / "vectors", encoder)
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        store._collection.add(
            ids=[passage_id(p.text, start + n) for n, p in enumerate(batch)],
            embeddings=np.vstack(_embed(batch, encoder, known)),
            metadatas=[{"regulation": p.ref.regulation, "kind": p.kind} for p in batch],
        )
        if progress:
            progress(start + len(batch), len(passages), "建立索引")
    (folder / "stamp.json").write_text(json.dumps({"encoder": encoder.name}), "utf-8")


def _index_words(records: Sequence[ArticleRecord]) -> bm25s.BM25:
    words = bm25s.BM25()
    tokens = [[*record.words, *concept_words(record.concepts)] for record in records]
    words.index(tokens, show_progress=False)
    return words


def _embed(batch: Sequence[Passage], encoder: Encoder, known: dict[str, Vector]) -> list[Vector]:
    """Vectors of the passages; each text is embedded once."""
    texts = list(dict.fromkeys(p.text for p in batch if text_key(p.text) not in known))
    if texts:
        for text, vector in zip(texts, encoder.embed_documents(texts), strict=True):
            known[text_key(text)] = np.asarray(vector, dtype=np.float32)
    return [known[text_key(passage.text)] for passage in batch]


def _read_known_vectors(folder: Path, encoder: Encoder) -> dict[str, Vector]:
    """Vectors of the newest index of the same encoder, by the key of their text."""
    for place in _finished_indexes(folder):
        stamp = json.loads((place / "stamp.json").read_text("utf-8"))
        if stamp.get("encoder") == encoder.name:
            return _read_vectors(open_store(place / "vectors", encoder))
    return {}


def _read_vectors(store: Chroma) -> dict[str, Vector]:
    known: dict[str, Vector] = {}
    for offset in range(0, store._collection.count(), _READ_BATCH):
        page = store._collection.get(include=["embeddings"], limit=_READ_BATCH, offset=offset)
        rows = page["embeddings"]
        if rows is not None:
            pairs = zip(page["ids"], rows, strict=True)
            known.update(
                (key.partition("-")[0], np.asarray(row, dtype=np.float32)) for key, row in pairs
            )
    return known


def open_store(folder: Path, encoder: Encoder) -> Chroma:
    """Open Chroma in a folder, telemetry off; vectors are compared by cosine."""
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
    passages = _ADDRESSES.validate_json((place / "passages.json").read_bytes())
    return ArticleIndex(open_store(place / "vectors", encoder), words, records, passages)
