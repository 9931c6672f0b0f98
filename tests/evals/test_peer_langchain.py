from __future__ import annotations

import pytest
from hand_made_answers import make_case, make_ref

from corpus.library import Library, load_library
from evals.peer_langchain import (
    CHUNK_CHARACTERS,
    ArticleSpan,
    Chunk,
    cut_into_articles,
    cut_into_chunks,
    find_touched,
    join_articles,
    score_chunks,
)

SPANS = (
    ArticleSpan(ref=make_ref("xichuan:1"), start=10, end=20),
    ArticleSpan(ref=make_ref("xichuan:2"), start=20, end=30),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [
        (12, 15, ["xichuan:1"]),
        # one character is enough
        (19, 21, ["xichuan:1", "xichuan:2"]),
        # ends are exclusive
        (0, 10, []),
        (20, 25, ["xichuan:2"]),
        (30, 40, []),
    ],
)
def test_a_chunk_touches_the_articles_that_it_shares_characters_with(
    start: int, end: int, touched: list[str]
) -> None:
    assert find_touched(SPANS, start, end) == tuple(map(make_ref, touched))


def test_the_spans_of_the_joined_text_hold_the_articles(library: Library) -> None:
    regulation = library.regulation("xichuan")
    text, spans = join_articles(regulation)
    for article, span in zip(regulation.articles, spans, strict=True):
        assert text[span.start : span.end].startswith(article.label)
        assert article.text in text[span.start : span.end]


def test_chunks_are_short_and_touch_every_article(library: Library) -> None:
    for regulation in library.regulations:
        chunks = cut_into_chunks(regulation)
        assert max(len(chunk.text) for chunk in chunks) <= CHUNK_CHARACTERS
        touched = {ref for chunk in chunks for ref in chunk.articles}
        assert touched == {article.ref for article in regulation.articles}


def test_the_article_peer_has_one_chunk_an_article(library: Library) -> None:
    regulation = library.regulation("xiangxi")
    refs = [chunk.articles for chunk in cut_into_articles(regulation)]
    assert refs == [(article.ref,) for article in regulation.articles]


@pytest.mark.parametrize(
    ("chunks", "at_1", "at_5"),
    [
        ([["xichuan:17", "xichuan:18"], ["xichuan:20"]], 1, 1),
        ([["xichuan:20"], ["xichuan:18"]], 1, 1),
        ([["xichuan:1"], ["xichuan:18"], ["xichuan:20"]], 0, 1),
        ([["xichuan:18"]], 1, 0),
        ([], 0, 0),
    ],
)
def test_a_peer_is_scored_by_its_first_chunk_and_by_all_of_them(
    chunks: list[list[str]], at_1: int, at_5: int
) -> None:
    case = make_case("xichuan:18", "xichuan:20")
    made = [Chunk(text="", articles=tuple(map(make_ref, names))) for names in chunks]
    scores = {score.key: score.numerator for score in score_chunks(case, made)}
    assert (scores["recall_at_1"], scores["recall_at_5"]) == (at_1, at_5)


def test_a_peer_never_refuses_and_its_chunks_count_as_citations() -> None:
    case = make_case(status="not_covered", asked=["xichuan"])
    made = [Chunk(text="", articles=(make_ref("xichuan:1"), make_ref("jinzhai:2")))]
    scores = {score.key: (score.numerator, score.denominator) for score in score_chunks(case, made)}
    assert scores == {
        "refusals": (0, 1),
        "citation_precision": (0, 2),
        "foreign_citations": (1, 2),
    }


def test_facts_of_a_peer_are_looked_for_in_its_chunks() -> None:
    case = make_case("xichuan:18", facts=["6个月", "15%"])
    made = [Chunk(text="建成6个月内验收", articles=(make_ref("xichuan:18"),))]
    scores = {score.key: score.numerator for score in score_chunks(case, made)}
    assert scores["facts"] == 1
