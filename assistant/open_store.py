"""Vectors of passages -> Chroma: embedded in a folder by default, a server by its address.

A collection holds the passages of one regulation under one encoder and is named after the hash of
both, so it is never changed once it is whole: processes may read while another one adds, machines
that share a server embed each regulation once, and a collection that a killed process left half
written is told by its count and written anew.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from assistant.errors import IndexUnusable

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

Vectors = npt.NDArray[np.float32]

_BATCH = 1000
# Embedded Chroma holds 3 MB and five files of each collection that was touched until it is closed.
_TOUCHED_AT_MOST = 24
_DEFAULT_PORTS = {"http": 80, "https": 443}
_BAD_URL = "ZHENGXIN_CHROMA_URL 的值“{}”不是地址，请写成 http://127.0.0.1:8000 这样。"
_NO_SERVER = "连不上 Chroma 服务 {}：请确认服务已启动、地址无误，或去掉 ZHENGXIN_CHROMA_URL。"
_NO_STORE = "向量库无法读写（{}）：请检查数据文件夹的权限和磁盘空间，或删除其中的 index 后重试。"


class VectorStore:
    """Collections of vectors in Chroma; opened when it is first needed.

    Args:
        folder: where the embedded store lies.
        url: address of a server; empty for the embedded store.
    """

    def __init__(self, folder: Path, url: str = "") -> None:
        self._folder = folder
        self._url = url
        self._touched = 0

    def read(self, name: str, count: int) -> Vectors | None:
        """The ``count`` vectors of a collection in their order; None where it is not whole."""
        self._make_room()
        with self._explained():
            collection = self._find(name)
            if collection is None or collection.count() != count:
                return None
            held = collection.get(include=["embeddings"])
            rows = held["embeddings"]
            if rows is None or len(rows) != count:
                return None
            order = np.argsort([int(id) for id in held["ids"]])
            return np.asarray(rows, dtype=np.float32)[order]

    def write(self, name: str, vectors: Vectors, about: dict[str, str]) -> None:
        """Write a collection anew; what is there under its name is dropped.

        Args:
            name: 3 to 60 of letters, digits and ``-``.
            vectors: one row a passage.
            about: kept with the collection for people who look into the store.
        """
        self._make_room()
        with self._explained():
            if self._find(name) is not None:
                self._client.delete_collection(name)
            collection = self._client.create_collection(
                name,
                configuration={"hnsw": {"space": "cosine"}},
                metadata={**about, "passages": len(vectors)},
                embedding_function=None,
            )
            for start in range(0, len(vectors), _BATCH):
                rows = vectors[start : start + _BATCH]
                ids = [str(number) for number in range(start, start + len(rows))]
                collection.add(ids=ids, embeddings=rows)

    def drop(self, names: Sequence[str]) -> None:
        """Remove collections; a server keeps them, other machines may use it."""
        if self._url:
            return
        with self._explained():
            for name in names:
                if self._find(name) is not None:
                    self._client.delete_collection(name)

    def close(self) -> None:
        """Let go of files and memory; the next call opens the store again."""
        client = self.__dict__.pop("_client", None)
        if client is not None:
            client.close()
        self._touched = 0

    def _make_room(self) -> None:
        self._touched += 1
        if self._touched > _TOUCHED_AT_MOST:
            self.close()

    def _find(self, name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
        from chromadb.errors import NotFoundError

        try:
            return self._client.get_collection(name, embedding_function=None)
        except NotFoundError:
            return None

    @cached_property
    def _client(self) -> ClientAPI:
        # Chroma takes 0.9 s to import, which a start with a finished index need not pay.
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        return _connect(self._url) if self._url else _open_folder(self._folder)

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Chroma's errors, told as what the user can do about them."""
        from chromadb.errors import ChromaError
        from httpx import HTTPError

        try:
            yield
        except HTTPError as error:
            raise IndexUnusable(_NO_SERVER.format(self._url)) from error
        except (ChromaError, OSError) as error:
            raise IndexUnusable(_NO_STORE.format(error)) from error


def _open_folder(folder: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(
        str(folder),
        settings=Settings(
            anonymized_telemetry=False,
        ),
    )


def _connect(url: str) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise IndexUnusable(_BAD_URL.format(url))
    try:
        return chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or _DEFAULT_PORTS[parts.scheme],
            ssl=parts.scheme == "https",
            settings=Settings(anonymized_telemetry=False),
        )
    except ValueError as error:
        # Chroma raises it where nobody answers at the address.
        raise IndexUnusable(_NO_SERVER.format(url)) from error
