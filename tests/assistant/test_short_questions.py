"""Clipped questions, and which paragraph or sentence of an article answers."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "regulation", "article"),
    [
        ("金寨密评什么时候做", "jinzhai", 17),  # an occasion, 终验时, is a time
        ("金寨的密评要求", "jinzhai", 17),
        ("二连浩特密评什么时候做", "erenhot", 19),
        ("XX县密评多久做一次", "xx-county", 19),  # 定期
        ("XX县可研 密码", "xx-county", 14),
        ("金寨可以调整15%吗", "jinzhai", 15),  # the article gives no figure
        ("二连浩特能买办公电脑吗", "erenhot", 8),
        ("XX县工期延误怎么办", "xx-county", 25),
        ("淅川项目逾期怎么办", "xichuan", 35),
        ("淅川可以延期吗", "xichuan", 19),
        ("湘西验收逾期会怎么样", "xiangxi", 16),
        ("湘西不按时申请验收会怎么样", "xiangxi", 16),
        ("湘西自筹资金项目要立项吗", "xiangxi", 6),
        ("淅川购买服务怎么报批", "xichuan", 7),
    ],
)
def test_a_clipped_question_finds_the_article_that_answers(
    answering: Assistant, question: str, regulation: str, article: int
) -> None:
    first = answering.ask(question).citations[0].ref
    assert (first.regulation, first.article) == (regulation, article)


@pytest.mark.parametrize(
    "question", ["湘西密评什么时候做", "XX县监理费标准", "金寨大模型规定", "二连浩特监理要求"]
)
def test_a_clipped_question_on_what_is_left_open_is_told_so(
    answering: Assistant, question: str
) -> None:
    assert answering.ask(question).status == "not_covered"


def test_the_paragraph_is_told_by_the_words_that_the_others_lack(answering: Assistant) -> None:
    answer = answering.ask("金寨项目能不能采购服务器和大屏")
    assert answer.citations[0].ref.paragraph == 3
    assert "原则上不得有独立机房" in next(b.text for b in answer.blocks if b.kind == "lead")


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("湘西涉密的项目怎么申报", "涉密信息系统同时向州国家保密局申报"),
        ("湘西自筹资金项目要立项吗", "建设单位自筹资金的项目"),
        ("湘西县市要执行吗", "参照执行"),
        ("二连浩特服务总结包括哪些内容", "服务总结应当包括项目所有功能的实现情况"),
        ("XX县营运类计划书要包含什么", "营运类项目计划书应包含"),
    ],
)
def test_the_sentence_on_what_is_asked_comes_first(
    answering: Assistant, question: str, lead: str
) -> None:
    assert lead in next(b.text for b in answering.ask(question).blocks if b.kind == "lead")


@pytest.mark.parametrize(
    ("question", "held", "lacking"),
    [
        ("XX县营运类计划书要包含什么", "运营绩效自我评价报告", "☐ 项目建议书"),
        ("XX县建设类计划书要包含什么", "项目建议书", "☐ 运营绩效自我评价报告"),
        ("XX县计划书要包含什么", "☐ 运营绩效自我评价报告", "没有的一项"),
    ],
)
def test_of_two_lists_in_a_sentence_the_one_asked_for_is_given(
    answering: Assistant, question: str, held: str, lacking: str
) -> None:
    lead = next(b.text for b in answering.ask(question).blocks if b.kind == "lead")
    assert held in lead
    assert lacking not in lead
