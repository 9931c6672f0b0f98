from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, Block, Carried
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from corpus.library import Library
from ui.render_answer import render_answer, render_unfinished
from ui.render_cited_text import render_cited_text


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
    assert "zx-sources" not in render_unfinished(answer, ())
    complete = render_answer(answer)
    assert "zx-sources" in complete
    assert "zx-related" in complete


def test_what_was_carried_over_can_be_undone_by_asking_the_same_again(following: Answer) -> None:
    html = render_answer(following, question='那"金寨"呢')
    assert following.carried is not None
    assert following.carried.sentence in html
    assert 'data-ask="那&quot;金寨&quot;呢" data-alone="1"' in html
    assert "不沿用，按原话重问" in html


def test_an_answer_that_carries_nothing_over_offers_no_undoing(listing: Answer) -> None:
    assert "data-alone" not in render_answer(listing, question="甲")


def test_a_correction_stands_out_and_its_head_is_bold(correcting: Answer) -> None:
    html = render_answer(correcting)
    assert 'class="zx-remark zx-remark-correction"><p><strong>更正</strong>：' in html


def test_notes_on_damage_and_age_are_told_apart_from_the_answer(comparing: Answer) -> None:
    html = render_answer(comparing)
    kinds = {remark.kind for remark in comparing.remarks}
    assert "validity" in kinds  # 湘西自治州 2013
    assert all(f"zx-remark-{kind}" in html for kind in kinds)


def test_quotations_under_a_table_are_folded(comparing: Answer, reckoning: Answer) -> None:
    assert '<details class="zx-quotes">' in render_answer(comparing)
    assert '<details class="zx-quotes">' not in render_answer(reckoning)


def test_notes_on_words_that_are_not_quoted_stay_away(library: Library) -> None:
    whole = library.cite(ArticleRef(regulation="xx-county", article=29))
    part = library.cite(
        ArticleRef(regulation="xx-county", article=29), quote="县级政务信息化项目建成后半年内"
    )
    (note,) = whole.article.notes
    assert note in render_answer(hold(whole))
    assert note not in render_answer(hold(part))


def test_a_box_that_no_lead_of_the_answer_holds_is_drawn_all_the_same(listing: Answer) -> None:
    quotes = tuple(block for block in listing.blocks if block.kind == "quote")
    text = "\n\n".join(block.text for block in quotes)
    html = render_answer(replace(listing, blocks=quotes, text=text), keys=["k"])
    assert "zx-checklist" in html


def test_text_before_the_blocks_of_an_answer_is_shown() -> None:
    block = Block(kind="notice", text="乙。")
    answer = Answer(status="answered", text="甲。\n\n乙。", regions=(), blocks=(block,))
    assert render_answer(answer).index("甲。") < render_answer(answer).index("乙。")


def test_names_that_are_carried_over_are_escaped() -> None:
    carried = Block(kind="carried", text="（按理解）")
    answer = Answer(
        status="answered",
        text="（按理解）",
        regions=(),
        blocks=(carried,),
        carried=Carried(regions=("<b>县",)),
    )
    assert "<b>县" not in render_answer(answer, question="甲")


def hold(citation: Citation) -> Answer:
    return Answer(status="answered", text="甲 [1]。", regions=("xx-county",), citations=(citation,))
