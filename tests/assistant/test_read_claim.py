"""What questions take for granted, and the figures in it."""

from __future__ import annotations

import pytest

from assistant.read_bounds import read_bounds, states_rule
from assistant.read_claim import open_claim, read_claim


@pytest.mark.parametrize(
    ("question", "opened"),
    [
        ("淅川验收要在一年内完成对吧", "淅川验收要在多久内完成"),
        ("二连浩特每年6月底前申报对不对", "二连浩特每年什么时候申报"),
        ("淅川调整不超过20%就不用报批是吧", "淅川调整不超过多少就不用报批"),
        ("淅川运维归信息中心管没错吧", "淅川运维归谁管"),
        ("XX县自评价是三年一次吧", "XX县自评价是多久一次"),
        ("听说二连浩特调整可以到15%", "二连浩特调整可以到多少"),
        ("既然淅川试行三年，那什么时候到期", "淅川试行多久，那什么时候到期"),
        ("金寨终验前要试运行满半年，我记得没错吧", "金寨终验前要试运行满多久"),
        ("湘西验收前可以先投入运行吧", "湘西验收前可以先投入运行"),  # 行吧 is no tag here
    ],
)
def test_what_is_taken_for_granted_is_searched_as_an_open_question(
    question: str, opened: str
) -> None:
    assert open_claim(question) == opened


@pytest.mark.parametrize(
    "question",
    [
        "淅川验收要什么材料",
        "概算500万, 想改60万要不要重新批",
        "建成三个月了还没验收要紧吗",
        "项目验收可以延期吗",
        "那金寨呢",
        "湘西 信创 要求",
        "金寨办法规定监理费不超过2%，哪一条",  # only an article that says so answers
    ],
)
def test_open_questions_and_cases_are_searched_as_they_are(question: str) -> None:
    assert open_claim(question) == question


@pytest.mark.parametrize(
    ("question", "claimed"),
    [
        ("金寨要求写AI章节对吧", "金寨要求写AI章节"),
        ("既然湘西要求写密码应用篇，那怎么写", "湘西要求写密码应用篇"),
        ("金寨规定专家须为五人以上，从哪个库抽取？", "金寨规定专家须为五人以上"),
        ("湘西规定AI效果要作为验收指标，是第几条", "湘西规定AI效果要作为验收指标"),
    ],
)
def test_the_clauses_that_claim_are_told_from_those_that_ask(question: str, claimed: str) -> None:
    claim = read_claim(question)
    assert claim is not None
    assert claim.is_presumed
    assert claim.text == claimed


@pytest.mark.parametrize("question", ["金寨的密评要求；二连呢", "淅川验收的规定，湘西有吗"])
def test_asking_for_requirements_presumes_none(question: str) -> None:
    claim = read_claim(question)
    assert claim is None or not claim.is_presumed


def test_a_question_whether_it_is_so_presumes_nothing() -> None:
    claim = read_claim("淅川验收期限是一年吗")
    assert claim is not None
    assert not claim.is_presumed


@pytest.mark.parametrize(
    "question", ["淅川验收要什么材料", "金寨怎么申报", "湘西谁审批", "淅川验收规定"]
)
def test_an_open_question_claims_nothing(question: str) -> None:
    assert read_claim(question) is None


@pytest.mark.parametrize(
    ("text", "kind", "value", "side"),
    [
        ("不超过概算总投资15%", "percent", 15, "within"),
        ("不超概算一成五", "percent", 15, "within"),
        ("不超过概算总投资 $15\\%$", "percent", 15, "plain"),  # as converters of PDF print it
        ("百分之十以上", "percent", 10, "beyond"),
        ("建成后半年内", "duration", 180, "within"),
        ("建成一年之内", "duration", 360, "within"),
        ("试运行满6个月", "duration", 180, "beyond"),
        ("试行期两年", "duration", 720, "plain"),
        ("三年一次", "frequency", 1080, "plain"),
        ("6月底前", "date", 631, "plain"),
        ("9月30日前", "date", 930, "plain"),
        ("超过30万", "money", 300_000, "beyond"),
        ("六种类型", "count", 6, "plain"),
        ("不少于五人", "count", 5, "beyond"),
        ("2025年发的", "year", 2025, "plain"),
    ],
)
def test_figures_that_state_a_rule_are_read(text: str, kind: str, value: int, side: str) -> None:
    bounds = read_bounds(text)
    assert [(str(b.kind), int(b.value), str(b.side)) for b in bounds] == [(kind, value, side)]


@pytest.mark.parametrize(
    "text",
    ["建成三个月了", "过了8个月", "试跑了两个月", "今天是7月3日", "下一年", "第一季度"],
)
def test_what_happened_is_no_rule(text: str) -> None:
    assert read_bounds(text) == ()


def test_a_share_without_a_bound_is_the_case_of_somebody() -> None:
    text = "调整12%不用报批"
    assert not states_rule(read_bounds(text)[0], text)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("半年内", "6个月内", True),
        ("6月底前", "6月30日前", True),
        ("9月底前", "9月30日前", True),
        ("6月底前", "9月30日前", False),
        ("9月底前", "10月份前", True),  # may mean the same
        ("三类", "六种类型", False),
        ("三类", "三人", False),
    ],
)
def test_figures_are_compared_by_what_they_mean(first: str, second: str, same: bool) -> None:
    assert read_bounds(first)[0].equals(read_bounds(second)[0]) is same
