from __future__ import annotations

import re
from html import unescape

import pytest

from corpus.article_ref import ArticleRef
from corpus.library import Library
from ui.render_article import (
    QUOTE_SEPARATOR,
    Span,
    find_quotes,
    find_words,
    mark_spans,
    render_article,
    render_provisions,
)


@pytest.mark.parametrize(
    ("spans", "html"),
    [
        ([], "a&lt;b&gt;c"),
        ([(1, 2)], "a<mark>&lt;</mark>b&gt;c"),
        ([(-5, 1), (4, 99)], "<mark>a</mark>&lt;b&gt;<mark>c</mark>"),
        ([(0, 3), (1, 2)], "<mark>a&lt;b</mark>&gt;c"),  # one inside another
        ([(7, 9)], "a&lt;b&gt;c"),  # beyond the end
    ],
)
def test_spans_are_marked_and_everything_is_escaped(spans: list[Span], html: str) -> None:
    assert mark_spans("a<b>c", spans) == html


def test_every_article_is_shown_whole(library: Library) -> None:
    for article in library.articles():
        shown = re.findall(r"<p[^>]*>(.*?)</p>", render_provisions(article), re.DOTALL)
        text = unescape(re.sub(r"<[^>]+>", "", "\n".join(shown)))
        assert text == article.label + article.text


def test_a_quote_over_several_items_is_marked_in_each(library: Library) -> None:
    article = library.article(ArticleRef(regulation="xichuan", article=17))
    html = render_provisions(article, marked=find_quotes(article.text, article.text))
    marked = unescape("".join(re.findall(r"<mark>(.*?)</mark>", html, re.DOTALL)))
    assert marked == article.text.replace("\n", "")


def test_several_quotes_are_found_and_strange_ones_left_out() -> None:
    quotes = QUOTE_SEPARATOR.join(["丙", "甲乙", "没有", ""])
    assert find_quotes("甲乙丙", quotes) == ((2, 3), (0, 2))


def test_words_are_found_whatever_their_case() -> None:
    assert find_words("AI与ai", ["ai"]) == ((0, 2), (3, 5))
    assert find_words("任何", []) == ()


def test_neighbours_end_with_the_regulation(library: Library) -> None:
    regulation = library.regulation("xiangxi")
    first = render_article(regulation.articles[0], regulation, marked=())
    last = render_article(regulation.articles[-1], regulation, marked=())
    assert "disabled>← 上一条" in first
    assert 'data-open="xiangxi:2:0"' in first
    assert "disabled>下一条" in last


def test_damage_of_the_source_is_told(library: Library) -> None:
    regulation = library.regulation("xichuan")
    article = library.article(ArticleRef(regulation="xichuan", article=26))
    assert "条号" in render_article(article, regulation, marked=())
