from __future__ import annotations

import pytest

from assistant.answer import Answer
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from corpus.library import Library
from ui.render_answer import render_answer, render_cited_text, split_sentences


@pytest.fixture
def citation(library: Library) -> Citation:
    return library.cite(ArticleRef(regulation="xichuan", article=18))


def test_a_mark_opens_its_citation(citation: Citation) -> None:
    html = render_cited_text("要交总结 [1]。", (citation,))
    assert '<button type="button" class="zx-cite" data-open="xichuan:18:0"' in html
    assert "[1]" not in html


@pytest.mark.parametrize("text", ["没有这个引文 [2]。", "年份 [2025] 不是引文。", "[0]"])
def test_a_number_without_a_citation_stays_text(text: str, citation: Citation) -> None:
    assert "<button" not in render_cited_text(text, (citation,))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[点我](javascript:alert(1))",
        "![图](http://example.com/x.png)",
        "<http://example.com>",
        "`<b>` **<i>**",
    ],
)
def test_no_markup_of_a_text_becomes_an_element(text: str) -> None:
    html = render_cited_text(text, ())
    for element in ("<script", "<img", "<a ", "<b>", "<i>"):
        assert element not in html


def test_markdown_lists_quotes_and_tables_are_drawn() -> None:
    html = render_cited_text(
        "1. 甲\n2. 乙\n\n> 原文\n\n| 地区 | 期限 |\n|---|---|\n| 淅川 | 6月 |", ()
    )
    assert all(element in html for element in ("<ol>", "<blockquote>", "<table>", "<td>6月</td>"))


def test_sources_and_related_appear_only_when_the_text_is_complete(citation: Citation) -> None:
    answer = Answer(
        status="answered",
        text="甲。乙 [1]。",
        regions=("xichuan",),
        citations=(citation,),
        related=(citation,),
    )
    assert "zx-sources" not in render_answer(answer, shown="甲。")
    complete = render_answer(answer)
    assert "zx-sources" in complete
    assert "zx-related" in complete


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("甲。乙！", ["甲。", "甲。乙！"]),
        ("甲 [1]。[2]乙。", ["甲 [1]。[2]", "甲 [1]。[2]乙。"]),  # marks stay with their sentence
        ("- 甲\n- 乙\n", ["- 甲\n", "- 甲\n- 乙\n"]),
        ("没有句号", []),
    ],
)
def test_a_text_is_streamed_by_sentences_and_lines(text: str, heads: list[str]) -> None:
    assert split_sentences(text) == heads
