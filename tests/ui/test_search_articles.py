from __future__ import annotations

import pytest

from corpus.library import Library
from ui.render_library import render_matches, render_regulation, render_tree
from ui.search_articles import search_articles, split_words


def test_a_match_contains_every_word(library: Library) -> None:
    matches = search_articles("验收 材料", library)
    assert matches
    assert all("验收" in m.article.text and "材料" in m.article.text for m in matches)


def test_a_region_among_the_words_narrows_the_search(library: Library) -> None:
    matches = search_articles("金寨 验收", library)
    assert {match.regulation.id for match in matches} == {"jinzhai"}


def test_the_most_occurrences_come_first(library: Library) -> None:
    counts = [match.count for match in search_articles("验收", library)]
    assert counts == sorted(counts, reverse=True)


def test_a_reference_finds_its_article_alone(library: Library) -> None:
    (match,) = search_articles("淅川 第二十六条", library)
    assert (match.regulation.id, match.article.number) == ("xichuan", 26)


@pytest.mark.parametrize("query", ["", "   ", "量子隐形传态"])
def test_nothing_found_is_no_error(query: str, library: Library) -> None:
    assert search_articles(query, library) == ()


def test_words_are_marked_in_the_snippets(library: Library) -> None:
    words = split_words("验收 材料")
    html = render_matches(search_articles("验收 材料", library), words)
    assert "<mark>验收</mark>" in html


def test_an_empty_search_says_what_to_do() -> None:
    html = render_matches((), ("<b>",))
    assert "换个说法" in html
    assert "<b>" not in html


def test_the_tree_leads_to_every_article(library: Library) -> None:
    tree = render_tree(library)
    assert tree.count("data-open=") == 161
    assert tree.count("data-whole=") == len(library.regulations)


def test_a_regulation_shows_its_annexes_and_only_an_added_one_can_be_removed(
    library: Library,
) -> None:
    regulation = library.regulation("jinzhai")
    html = render_regulation(regulation, removable=False)
    assert "附件：" in html
    assert "data-remove" not in html
    assert 'data-remove="jinzhai"' in render_regulation(regulation, removable=True)
