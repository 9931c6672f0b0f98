"""Regulations that nobody wrote are recovered exactly, and damaged ones are rejected."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from compose_regulation import (
    CLOSING,
    LAYOUTS,
    ComposedRegulation,
    Layout,
    double_article,
    drop_article,
    regulations,
    swap_articles,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.manifest import Manifest, RegionEntry
from corpus.parse_regulation import ParsedSource, parse_regulation
from corpus.verify_library import verify_source

MANIFEST = Manifest(
    id="draft",
    title="",
    region=RegionEntry(name=""),
    source_name="",
    sha256="",
    article_count=0,
    chapter_count=0,
)
SPACES = (" ", "\u3000", "  ", "")
QUICK = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def parse(source: str) -> ParsedSource:
    return parse_regulation(source, MANIFEST)


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("layout", LAYOUTS)
@given(regulation=regulations(), space=st.sampled_from(SPACES))
@QUICK
def test_numbers_chapters_and_words_are_recovered_from_every_layout(
    layout: Layout, regulation: ComposedRegulation, space: str
) -> None:
    parsed = parse(regulation.render(layout, space))
    assert parsed.problems == ()
    articles = parsed.regulation.articles
    assert [article.number for article in articles] == [a.number for a in regulation.articles]
    assert [bare(a.text) for a in articles] == [bare("".join(a.lines)) for a in regulation.articles]
    assert len(parsed.regulation.chapters) == len(regulation.chapters)
    starts = [
        articles[index].number
        for index in range(len(articles))
        if articles[index].chapter != (articles[index - 1].chapter if index else None)
    ]
    assert starts == list(regulation.chapters)


@pytest.mark.parametrize("layout", ["lines", "blank_lines", "wrapped_indented", "markdown"])
@given(regulation=regulations(most_articles=12))
@QUICK
def test_paragraphs_and_items_are_recovered_where_the_layout_shows_them(
    layout: Layout, regulation: ComposedRegulation
) -> None:
    parsed = parse(regulation.render(layout, " "))
    for got, wanted in zip(parsed.regulation.articles, regulation.articles, strict=True):
        assert got.text.split("\n") == list(wanted.lines)


@given(regulation=regulations(most_articles=12), layout=st.sampled_from(LAYOUTS))
@QUICK
def test_every_character_of_a_generated_source_is_accounted_for(
    regulation: ComposedRegulation, layout: Layout
) -> None:
    found = verify_source(parse(regulation.render(layout, " ")))
    assert found.unaccounted == 0
    # The draft manifest knows neither counts nor checksum; nothing else may be wrong.
    assert all(problem.startswith(("清单登记", "来源文本")) for problem in found.problems)


DAMAGES = {"dropped": drop_article, "doubled": double_article, "swapped": swap_articles}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
@given(data=st.data(), regulation=regulations(most_articles=30), space=st.sampled_from(SPACES))
@QUICK
def test_a_dropped_doubled_or_swapped_article_is_rejected(
    layout: Layout,
    damage: Callable[[ComposedRegulation, int], ComposedRegulation],
    data: st.DataObject,
    regulation: ComposedRegulation,
    space: str,
) -> None:
    index = data.draw(st.integers(0, len(regulation.articles) - 2))
    assert parse(damage(regulation, index).render(layout, space)).problems


@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data(), regulation=regulations(most_articles=30))
@QUICK
def test_a_source_that_is_cut_off_anywhere_is_rejected(
    layout: Layout, data: st.DataObject, regulation: ComposedRegulation
) -> None:
    source = regulation.render(layout, " ")
    end = data.draw(st.integers(0, len(source) - len(CLOSING)))
    assert parse(source[:end]).problems
