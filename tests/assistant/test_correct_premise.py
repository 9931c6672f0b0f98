"""What is told of a question that takes something for granted."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant

CORRECTED = [
    ("淅川规定调整不超过10%就可以自己调，对吧", "15%”，不是“不超过10%”"),
    ("XX县规定调整不超过10%就可以自己调，对吧", "15%”，不是“不超过10%”"),
    ("听说淅川9月底前报就行", "每年6月底前”，不是“9月底”"),
    ("听说淅川建成一年内验收就行", "建成6个月内”，不是“一年内”"),
    # The article names the body, but not as the one who organises.
    ("淅川验收由财政局组织对吗", "没有写由“财政局”组织"),
    ("金寨初验由县智慧办组织，对吧", "没有写“县智慧办”"),
    # From 30万 to 40万 the rule holds.
    ("XX县40万以下不用报，对吧", "超过30万的其他政务项目等”，不是“40万以下”"),
    ("听说湘西调整不超过15%自己定就行", "提问中的说法没有依据"),
]


@pytest.mark.parametrize(("question", "told"), CORRECTED)
def test_a_false_premise_is_corrected(answering: Assistant, question: str, told: str) -> None:
    corrections = [r.text for r in answering.ask(question).remarks if r.kind == "correction"]
    assert any(told in correction for correction in corrections)


@pytest.mark.parametrize(
    "question",
    [
        "听说淅川6月底前报就行",
        "听说湘西10月底前报就行",
        "听说二连9月30日前报就行了",
        "听说淅川6月底前报",
        "湘西每年10月31日前申报，对吧",
        "淅川调整不超过10%就可以自己调，对吧",  # less than what is allowed
        "XX县30万以下不用报，对吧",
        "金寨以前那个2018年的办法还能用吗",  # of the one that was repealed
        "金寨运维由项目建设单位负责对吧",
    ],
)
def test_a_true_premise_is_not_denied(answering: Assistant, question: str) -> None:
    answer = answering.ask(question)
    assert answer.status == "answered"
    assert not [remark for remark in answer.remarks if remark.kind == "correction"]


def test_a_follow_up_that_claims_nothing_is_not_denied(answering: Assistant) -> None:
    answer = answering.ask("湘西呢", history=["金寨的密评要求", "淅川呢"])
    assert not [remark for remark in answer.remarks if remark.kind == "correction"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("听说淅川6月底前报就行", "“6月底”与淅川县第七条的原文一致"),
        ("湘西每年10月31日前申报，对吧", "意思一致"),
        ("淅川调整不超过10%就可以自己调，对吧", "“不超过10%”的在其内"),
        # The other side of the very figure.
        ("XX县30万以下的项目要不要报", "“30万以下”的不在其内"),
    ],
)
def test_what_is_right_with_a_claim_is_told(answering: Assistant, question: str, told: str) -> None:
    notices = [r.text for r in answering.ask(question).remarks if r.kind == "notice"]
    assert any(told in notice for notice in notices)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("淅川要不要写密码应用篇", "没有要求单列这样的篇章；但第三十一条写的是"),
        ("湘西概算500万调整20万", "但第八条写的是“技术方案一经评审,原则上不得变更”"),
    ],
)
def test_an_open_point_is_told_with_what_is_laid_down_of_the_same_thing(
    answering: Assistant, question: str, told: str
) -> None:
    answer = answering.ask(question)
    assert answer.status == "not_covered"
    assert told in answer.text
