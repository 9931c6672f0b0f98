from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant.answer import Answer, Comparison, Outcome
from assistant.assistant import Assistant
from ui.mend_emphasis import mend_emphasis
from ui.render_answer import render_answer
from ui.render_checklist import render_checklist
from ui.render_comparison import render_comparison
from ui.render_working import OUTCOMES, name_places, render_working


@pytest.fixture
def table(comparing: Answer) -> Comparison:
    assert comparing.comparison is not None
    return comparing.comparison


def test_every_row_that_provides_opens_its_article(comparing: Answer, table: Comparison) -> None:
    html = render_comparison(table, comparing.citations)
    for row in table.rows:
        assert row.region in html
        if row.citation is not None:
            assert f'data-open="{row.regulation}:{row.citation.ref.article}:0"' in html
    assert html.count("<button") == sum(row.citation is not None for row in table.rows)


def test_the_numbers_of_a_table_are_those_of_the_answer(
    comparing: Answer, table: Comparison
) -> None:
    html = render_comparison(table, comparing.citations)
    for number, label in re.findall(r'title="([^"]+)">(\d+)</button>', html):
        assert comparing.citations[int(label) - 1].label == number


def test_what_differs_is_bold_in_its_provision(comparing: Answer, table: Comparison) -> None:
    html = render_comparison(table, comparing.citations)
    assert "<b>每年9月30日前</b>" in html


def test_a_silent_region_says_so(table: Comparison) -> None:
    silent = replace(table.rows[0], provision="", values=(), citation=None, silence="本办法未规定")
    html = render_comparison(replace(table, rows=(silent,)), ())
    assert "<td>本办法未规定</td><td>—</td>" in html


def test_words_of_a_regulation_in_a_table_are_escaped(table: Comparison) -> None:
    row = replace(table.rows[0], region="<i>", provision="a<b>1</b>", values=("<b>1",))
    html = render_comparison(replace(table, rows=(row,)), ())
    assert "a<b>&lt;b&gt;1</b>&lt;/b&gt;" in html
    assert "<i>" not in html


@pytest.mark.parametrize("outcome", list(OUTCOMES))
def test_a_calculation_tells_its_outcome(outcome: Outcome, reckoning: Answer) -> None:
    working = replace(reckoning.workings[0], outcome=outcome)
    html = render_working(working, reckoning.citations)
    assert f"zx-{outcome}" in html
    assert OUTCOMES[outcome] in html
    for told in (working.given, working.calculation, working.threshold, *working.conditions):
        assert told in html


def test_calculations_for_several_regions_name_theirs(assistant: Assistant) -> None:
    answer = assistant.ask("概算500万元，想调整60万元，各地要不要重新报批？")
    places = name_places(answer)
    assert places["erenhot"] == "二连浩特市"
    assert places.keys() == {working.regulation for working in answer.workings}
    assert "<h4>二连浩特市</h4>" in render_answer(answer)


def test_a_single_calculation_needs_no_region(reckoning: Answer) -> None:
    assert name_places(reckoning) == {}


def test_a_line_that_a_calculation_lacks_is_left_out(reckoning: Answer) -> None:
    working = replace(reckoning.workings[0], calculation="", conditions=())
    html = render_working(working, reckoning.citations)
    assert "计算" not in html
    assert "还须" not in html


def test_a_checklist_has_a_box_and_a_place_a_line(listing: Answer) -> None:
    (checklist,) = listing.checklists
    html = render_checklist(checklist, key="k1")
    assert re.findall(r'data-tick="([^"]+)"', html) == ["k1:0", "k1:1", "k1:2", "k1:3"]
    assert html.count(">第十八条</button>") == 4
    assert 'href="/checklists/k1.docx"' in html
    assert 'href="/checklists/k1.md"' in html
    assert "- [ ] 财务报告" in html  # what the copy button copies


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("**更正：**金寨", "**更正：** 金寨"),
        ("**更正：** 金寨", "**更正：** 金寨"),
        ("**更正**：金寨", "**更正**：金寨"),
        ("**甲。**", "**甲。**"),
        ("**甲。**，乙", "**甲。**，乙"),  # punctuation closes it too
        ("甲**乙**丙", "甲**乙**丙"),
    ],
)
def test_bold_words_in_chinese_are_closed(text: str, mended: str) -> None:
    assert mend_emphasis(text) == mended
