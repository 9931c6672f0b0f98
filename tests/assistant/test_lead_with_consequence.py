"""Beyond a bound the answer begins with what the regulation says of that case."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant

BEYOND = [
    ("淅川超过15%怎么办", 17, 4, "不符合上述情形的"),
    ("淅川调整超过15%要怎么办", 17, 4, "不符合上述情形的"),
    ("XX县超过15%怎么办", 27, 2, "不符合上述情形的"),
    ("二连超过10%怎么办", 18, 2, "不符合以上情形的"),
    ("XX县调整了20%怎么办", 27, 2, "不符合上述情形的"),
    # Another article says so.
    ("淅川规定6个月内验收，超过了怎么办", 19, 0, "项目不能按期完成验收的"),
    ("淅川项目建成八个月没验收怎么办", 19, 0, "项目不能按期完成验收的"),
    ("XX县项目建成八个月没验收怎么办", 29, 0, "项目建设单位不能按期申请验收的"),
    ("XX县计划书交晚了怎么办", 7, 0, "未按时提交建设运营计划书的"),
    # No day is set; an item of the sanctions names the duty.
    ("湘西不按时申请验收会怎么样", 16, 0, "不予安排下一年度"),
]


@pytest.mark.parametrize(("question", "article", "paragraph", "said"), BEYOND)
def test_what_holds_beyond_the_bound_leads(
    answering: Assistant, question: str, article: int, paragraph: int, said: str
) -> None:
    answer = answering.ask(question)
    first = answer.citations[0].ref
    lead = next(block for block in answer.blocks if block.kind == "lead")
    assert (first.article, first.paragraph) == (article, paragraph)
    assert said in lead.text


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("湘西验收过了怎么办结算", 14),  # it went well
        ("淅川项目调整怎么办", 17),  # nothing is passed
        ("淅川验收没通过怎么办", 19),
    ],
)
def test_other_questions_keep_their_lead(answering: Assistant, question: str, article: int) -> None:
    answer = answering.ask(question)
    lead = next(block for block in answer.blocks if block.kind == "lead")
    assert answer.citations[0].ref.article == article
    assert not lead.text.startswith(("**不符合", "**项目不能按期"))
