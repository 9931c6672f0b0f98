from __future__ import annotations

import re

import pytest

from assistant.answer import Comparison
from assistant.assistant import Assistant

_QUOTED = re.compile("“([^”]+)”")


def _compare(answering: Assistant, question: str) -> Comparison:
    comparison = answering.ask(question).comparison
    assert comparison is not None
    return comparison


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "淅川和二连浩特项目调整的比例各是多少",
            "比例不同：淅川县“15%”（第十七条第二款）；二连浩特市“10%”（第十八条第一款）。",
        ),
        (
            "淅川和XX县改内容的额度一样吗",
            "比例相同：淅川县“15%”（第十七条第二款）、XX县“15%”（第二十七条第一款）。",
        ),
        (
            "XX县和淅川验收的时限有没有区别",
            "时间相同，写法不同：XX县“半年内”（第二十九条）、淅川县“6个月内”（第十八条）。",
        ),
        (
            "淅川和二连浩特申报截止时间各是什么时候",
            "时间不同：淅川县“每年6月底前”（第七条第一款）；二连浩特市“每年9月30日前”（第五条）。",
        ),
    ],
)
def test_the_value_asked_for_is_compared(answering: Assistant, question: str, told: str) -> None:
    assert told in _compare(answering, question).differences


@pytest.mark.parametrize(
    "question",
    ["各地申报截止时间有什么不同", "内容调整时资金变动最多不能超过百分之几", "各地办法由谁解释"],
)
def test_every_value_of_a_difference_stands_in_the_quotation_of_its_row(
    answering: Assistant, question: str
) -> None:
    comparison = _compare(answering, question)
    quotes = [row.citation.quote for row in comparison.rows if row.citation is not None]
    values = [value for told in comparison.differences for value in _QUOTED.findall(told)]
    assert values
    assert all(any(value in quote for quote in quotes) for value in values)


def test_every_row_is_cited_verbatim(answering: Assistant) -> None:
    comparison = _compare(answering, "各地申报截止时间有什么不同")
    cited = [(row.provision, row.citation) for row in comparison.rows if row.citation]
    assert len(cited) == len(comparison.rows)
    assert all(provision in citation.quote for provision, citation in cited)


def test_a_region_without_such_a_value_is_told(answering: Assistant) -> None:
    comparison = _compare(answering, "淅川、二连浩特、金寨项目调整的比例上限")
    told = [row.silence for row in comparison.rows if row.region == "金寨县"]
    # Where its article is shown all the same, a sentence says it.
    assert told == ["没有写明比例"] or "金寨县（第十五条）没有写明比例。" in comparison.differences


def test_periods_within_and_after_are_not_compared(answering: Assistant) -> None:
    # 建成后半年内 is a limit, 试运行3个月后 the earliest day.
    differences = _compare(answering, "XX县和金寨终验的时间").differences
    assert not any("3个月后" in told for told in differences)


def test_a_region_that_is_silent_has_a_row(answering: Assistant) -> None:
    comparison = _compare(answering, "淅川和湘西对人工智能大模型有什么要求")
    silent = [row for row in comparison.rows if row.citation is None]
    assert [(row.region, row.silence) for row in silent] == [("湘西自治州", "本办法未规定")]


def test_without_a_region_all_regions_have_rows(answering: Assistant) -> None:
    comparison = _compare(answering, "人工智能大模型应用有什么要求")
    assert len(comparison.rows) == len(answering.library.regulations)


def test_one_region_is_compared_with_nothing(answering: Assistant) -> None:
    assert answering.ask("淅川项目建成后多久验收").comparison is None


def test_articles_looked_up_by_number_are_not_compared(answering: Assistant) -> None:
    assert answering.ask("第十八条").comparison is None


def test_lists_are_compared_by_their_entries(answering: Assistant) -> None:
    differences = _compare(answering, "淅川和二连浩特验收材料有什么不同").differences
    assert "列出的项数：淅川县4项（第十八条）；二连浩特市5项（第十九条）。" in differences
    assert "淅川县、二连浩特市都列出：财务报告、审计报告、安全风险评估报告。" in differences
    assert any("只有二连浩特市列出" in d and "密码应用安全性评估报告" in d for d in differences)


def test_an_entry_that_others_have_under_a_like_name_is_not_called_the_only_one(
    answering: Assistant,
) -> None:
    # 安全风险评估报告(包括…) and 安全风险评估报告 are one thing.
    differences = _compare(answering, "XX县和淅川验收要什么材料").differences
    own = [told for told in differences if "只有" in told]
    assert own
    assert not any("安全风险评估报告" in told for told in own)


def test_the_table_comes_before_the_quotations(answering: Assistant) -> None:
    text = answering.ask("淅川和二连浩特项目调整的比例各是多少").text
    assert text.startswith("| 地区 | 规定 | 依据 |")
    assert text.index("**异同**") < text.index("### 淅川县")


def test_values_of_bodies_are_no_answer_to_which_place_is_stricter(answering: Assistant) -> None:
    differences = _compare(answering, "弄虚作假造成损失，XX县和湘西谁罚得严").differences
    assert not any(told.startswith("部门或单位") for told in differences)


@pytest.mark.parametrize(
    ("question", "region", "article"),
    [
        ("各地密评要求", "jinzhai", 17),
        ("各地密评要求", "erenhot", 19),
        ("各地等级保护规定", "xx-county", 29),
        ("各地等级保护规定", "jinzhai", 12),
    ],
)
def test_a_region_that_names_the_subject_is_not_silent(
    answering: Assistant, question: str, region: str, article: int
) -> None:
    rows = {row.regulation: row.citation for row in _compare(answering, question).rows}
    cited = rows[region]
    assert cited is not None
    assert cited.ref.article == article


def test_who_explains_the_regulation_does_not_answer_who_approves(answering: Assistant) -> None:
    rows = _compare(answering, "各县市谁负责审批").rows
    assert not any("负责解释" in row.provision for row in rows)


@pytest.mark.parametrize(
    "question",
    ["各地项目调整怎么规定的", "各地项目变更规定对比", "概算500万调60万，淅川和二连各怎么办"],
)
def test_shares_are_compared_though_the_question_asks_in_general(
    answering: Assistant, question: str
) -> None:
    (told, *_) = _compare(answering, question).differences
    assert told.startswith("比例不同：")
    assert "淅川县“15%”（第十七条第二款）" in told
    assert "二连浩特市“10%”（第十八条第一款）" in told


def test_which_place_is_earliest_compares_dates(answering: Assistant) -> None:
    told = "".join(_compare(answering, "哪个地方申报最早").differences)
    assert all(f"“每年{date}前”" in told for date in ("6月底", "9月30日", "10月底", "第四季度"))


def test_periods_of_different_kinds_are_listed_and_not_compared(answering: Assistant) -> None:
    told = _compare(answering, "XX县和金寨绩效评价时间有什么不同").differences
    assert told == (
        "各地写明的时间（写法不同，不能直接比较）：XX县“每年年底前”（第二十四条）；"
        "金寨县“6个月内”（第十八条）。",
    )


def test_a_list_of_one_chapter_is_compared_with_a_longer_one(answering: Assistant) -> None:
    told = _compare(answering, "XX县和淅川县可研篇章有什么不同").differences
    assert "只有XX县列出：网络安全保障措施篇(章)、密码应用篇(章)（第十四条）。" in told


def test_every_list_that_ends_open_is_named(answering: Assistant) -> None:
    (told,) = (one for one in _compare(answering, "各地验收材料").differences if "没有列尽" in one)
    assert "湘西自治州" in told


def test_a_stage_asked_of_all_regions_has_a_row_for_each(answering: Assistant) -> None:
    comparison = _compare(answering, "各地招标采购规定")
    assert [row.regulation for row in comparison.rows if row.citation] == [
        "xx-county",
        "xichuan",
        "jinzhai",
        "xiangxi",
        "erenhot",
    ]


def test_the_row_on_materials_is_no_penalty(answering: Assistant) -> None:
    rows = {row.regulation: row.provision for row in _compare(answering, "各地申报材料").rows}
    assert rows["xx-county"].startswith("建设类项目计划书应包含")


def test_a_note_on_damage_is_shown_once(answering: Assistant) -> None:
    text = answering.ask("各地处罚措施对比").text
    assert text.count("“违反本规定”应指违反本办法") == 1


def test_notes_below_the_stages_of_several_regions_name_them(answering: Assistant) -> None:
    answer = answering.ask("各地招标采购规定")
    notes = [remark.text for remark in answer.remarks if remark.kind == "damage"]
    assert notes
    assert all(f"：{note}" in answer.text for note in notes)
