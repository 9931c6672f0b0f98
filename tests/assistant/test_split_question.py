from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant


def _cited(answer: Answer) -> set[tuple[str, int]]:
    return {(one.ref.regulation, one.ref.article) for one in answer.citations}


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("淅川验收材料有哪些、运维费由谁审核", {("xichuan", 18), ("xichuan", 22)}),
        ("二连浩特调整比例上限是多少，还有验收要交什么", {("erenhot", 18), ("erenhot", 19)}),
        ("XX县可研要写哪些篇章以及调整超过多少要报批", {("xx-county", 14), ("xx-county", 27)}),
        ("金寨验收分几个阶段？绩效评价什么时候做？", {("jinzhai", 16), ("jinzhai", 18)}),
    ],
)
def test_both_halves_of_a_question_are_answered(
    answering: Assistant, question: str, articles: set[tuple[str, int]]
) -> None:
    assert articles <= _cited(answering.ask(question))


def test_a_half_that_is_not_provided_for_does_not_refuse_the_other(answering: Assistant) -> None:
    answer = answering.ask("二连浩特谁组织验收，要多久")
    assert answer.status == "answered"
    assert ("erenhot", 19) in _cited(answer)
    assert "关于“要多久”，二连浩特市的办法没有规定。" in answer.text


def test_a_question_of_two_uncovered_halves_is_refused(answering: Assistant) -> None:
    answer = answering.ask("淅川质保金留多少，专家费谁出")
    assert answer.status == "not_covered"


def test_the_second_half_takes_its_list_from_the_same_article(answering: Assistant) -> None:
    answer = answering.ask("湘西的项目什么时候申报，带哪些资料")
    (checklist,) = answer.checklists
    assert [entry.text for entry in checklist.entries] == [
        "项目工程计划书",
        "可行性研究报告",
        "初步设计方案",
        "资金来源及概算",
    ]
    assert "每年10月底前" in answer.text


def test_words_quoted_for_both_halves_are_shown_once(answering: Assistant) -> None:
    answer = answering.ask("淅川什么时候验收，要什么材料")
    quotes = [block.text for block in answer.blocks if block.kind == "quote"]
    assert len(quotes) == len(set(quotes)) == 1


@pytest.mark.parametrize(
    "question",
    [
        # The figures are the case, not a question.
        "概算500万，想改60万，要不要重新报批",
        "我是新来的，什么都不懂，淅川验收要什么材料",
        # A claim is one question.
        "淅川验收材料有四样，是财政局来验，对吗",
        "几个局合建一个平台，淅川由谁审批",
    ],
)
def test_context_before_a_question_is_no_question(answering: Assistant, question: str) -> None:
    assert "没有规定。" not in answering.ask(question).text.replace("本办法未规定。", "")


def test_a_double_question_on_several_regions_has_rows_for_both_halves(
    answering: Assistant,
) -> None:
    comparison = answering.ask("各地什么时候申报，验收要交什么材料").comparison
    assert comparison is not None
    cited = [
        row.citation.ref.article
        for row in comparison.rows
        if row.regulation == "xichuan" and row.citation
    ]
    assert cited == [7, 18]
