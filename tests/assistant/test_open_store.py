"""The store: embedded, and a real Chroma server on a loopback port."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from counting_encoders import QuickEncoder

from assistant.build_index import open_index
from assistant.concepts import load_thesaurus
from assistant.errors import IndexUnusable
from assistant.open_store import VectorStore
from corpus.library import Library

_STARTS_WITHIN = 90


def make_vectors(count: int, seed: int = 1) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((count, 8)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("chroma")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-c", "from chromadb.cli.cli import app; app()", "run"),
        *("--path", str(folder), "--host", "127.0.0.1", "--port", str(port)),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/api/v2/heartbeat")
        yield url
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def check_round_trip(store: VectorStore) -> None:
    vectors = make_vectors(1203)  # more than one batch
    assert store.read("zhengxin-a", 1203) is None
    store.write("zhengxin-a", vectors, {"regulation": "xichuan"})
    held = store.read("zhengxin-a", 1203)
    assert held is not None
    assert np.allclose(held, vectors, atol=1e-6)
    store.close()


def test_the_embedded_store_gives_back_what_it_was_given(tmp_path: Path) -> None:
    check_round_trip(VectorStore(tmp_path))
    assert list(tmp_path.iterdir()) != []  # it is kept on this disk


def test_a_server_gives_back_what_it_was_given(server: str, tmp_path: Path) -> None:
    store = VectorStore(tmp_path, server)
    check_round_trip(store)
    assert list(tmp_path.iterdir()) == []  # nothing is kept here


def test_another_machine_finds_the_vectors_on_the_server(server: str, tmp_path: Path) -> None:
    vectors = make_vectors(5, seed=2)
    VectorStore(tmp_path / "one", server).write("zhengxin-b", vectors, {})
    held = VectorStore(tmp_path / "other", server).read("zhengxin-b", 5)
    assert held is not None
    assert np.allclose(held, vectors, atol=1e-6)


def test_an_index_over_a_server_embeds_nothing_that_another_machine_embedded(
    server: str, tmp_path: Path, shipped: Library
) -> None:
    embedded = []
    for machine in ("one", "other"):
        encoder, folder = QuickEncoder(), tmp_path / machine
        index = open_index(shipped, encoder, load_thesaurus(), folder, chroma_url=server)
        vector = encoder.embed_query("验收")
        assert index.search_meaning(vector, ["xichuan"], 3)
        assert not list(folder.glob("vectors-*"))
        embedded.append(encoder.embedded)
    assert embedded[1] == 161  # the articles that the scale is measured with
    assert embedded[0] > 1000


def test_a_half_written_collection_is_not_taken_and_written_anew(tmp_path: Path) -> None:
    store = VectorStore(tmp_path)
    store.write("zhengxin-a", make_vectors(3), {})
    assert store.read("zhengxin-a", 7) is None
    store.write("zhengxin-a", make_vectors(7), {})
    held = store.read("zhengxin-a", 7)
    assert held is not None
    assert held.shape == (7, 8)
    store.close()


def test_dropped_collections_are_gone(tmp_path: Path) -> None:
    store = VectorStore(tmp_path)
    store.write("zhengxin-a", make_vectors(3), {})
    store.drop(["zhengxin-a", "zhengxin-never-there"])
    assert store.read("zhengxin-a", 3) is None
    store.close()


def test_many_collections_take_no_more_files_than_few(tmp_path: Path) -> None:
    store = VectorStore(tmp_path)
    for number in range(60):
        store.write(f"zhengxin-{number}", make_vectors(2, seed=number), {})
    open_files = len(list(Path("/proc/self/fd").iterdir()))
    assert open_files < 250  # 60 collections of five files each would be 300
    store.close()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1:9", "连不上 Chroma 服务 http://127.0.0.1:9"),  # nobody listens there
        ("127.0.0.1:8000", "不是地址"),
        ("ftp://example", "不是地址"),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_in_chinese(
    tmp_path: Path, url: str, told: str
) -> None:
    with pytest.raises(IndexUnusable, match=told):
        VectorStore(tmp_path, url).read("zhengxin-a", 1)
