from __future__ import annotations

from fractions import Fraction

import pytest

from assistant.read_sums import read_sums

# Question -> role, name and 万元 of each sum.
ROLES = [
    ("概算500万, 想改60万", [("base", "概算", 500), ("part", "调整", 60)]),
    ("总投资1,200,000元，追加15万", [("base", "总投资", 120), ("part", "调整", 15)]),
    # The words behind a sum count where none stand before it.
    ("500万的项目改60万", [("base", "项目金额", 500), ("part", "调整", 60)]),
    ("60万要从500万的概算里调整", [("part", "调整", 60), ("base", "概算", 500)]),
    # 盘子 belongs to the sum before it.
    ("500w的盘子动60w", [("base", "项目金额", 500), ("part", "调整", 60)]),
    ("从500万变成560万", [("base", "项目金额", 500), ("result", "", 560)]),
    # Both in 万, the unit is said once.
    ("500改到560万", [("base", "项目金额", 500), ("result", "", 560)]),
    ("500万变560万", [("base", "项目金额", 500), ("result", "", 560)]),
    ("概算由500万元调整为560万元", [("base", "概算", 500), ("result", "", 560)]),
    ("概算500万，变更后总投资560万", [("base", "概算", 500), ("result", "", 560)]),
    ("批复800万，决算花了900万", [("base", "总投资", 800), ("result", "实际", 900)]),
    ("合同价480万，要变更60万", [("base", "合同价", 480), ("part", "调整", 60)]),
    ("年初预算200万，7月底花了90万", [("base", "预算", 200), ("part", "预算执行", 90)]),
    ("投标保证金交了30万，估算价1000万", [("part", "投标保证金", 30), ("base", "估算", 1000)]),
    ("概算500万，结余80万", [("base", "概算", 500), ("part", "结余", 80)]),
    ("想改60万", [("part", "调整", 60)]),
    ("结算下来比概算500万多60万", [("base", "概算", 500), ("part", "调整", 60)]),
    ("概算500万，实际花费超过概算60万", [("base", "概算", 500), ("part", "调整", 60)]),
    ("增加投资60万（原概算500万）", [("part", "调整", 60), ("base", "概算", 500)]),
    ("其中200万用于新增功能", [("part", "调整", 200)]),
    ("一共多少钱", []),
    # 一块 is "together" here.
    ("弱电和系统加一块算不算", []),
]


@pytest.mark.parametrize(("question", "expected"), ROLES)
def test_each_sum_gets_the_role_its_words_give_it(
    question: str, expected: list[tuple[str, str, int]]
) -> None:
    moneys = read_sums(question).moneys
    assert [(str(m.role), m.name, int(m.figure.value) // 10**4) for m in moneys] == expected


SHARES = [
    ("调整12%要不要重新报批", "12", "调整"),
    ("超概百分之十二", "12", "调整"),
    ("资金动了12个点", "12", "调整"),
    ("调整三成", "30", "调整"),
    ("调整一成五", "15", "调整"),
    ("内容改一半", "50", "调整"),
    ("七月底执行率才40%", "40", "预算执行"),
]


@pytest.mark.parametrize(("question", "percent", "name"), SHARES)
def test_a_percentage_is_read_with_what_it_is_of(question: str, percent: str, name: str) -> None:
    (share,) = read_sums(question).shares
    assert (share.figure.value * 100, share.name) == (Fraction(percent), name)


RULES = [
    "调整金额不超过20%就能自己调对吧",
    "金寨项目内容调整15%以内单位自己就能定吧",
    "调整不超概算一成五就能自己改吧",
    "7月底预算要用到80%吧",
    "工程做了一大半",
]


@pytest.mark.parametrize("question", RULES)
def test_a_percentage_that_states_a_rule_is_nobodys_figure(question: str) -> None:
    assert read_sums(question).shares == ()


def test_a_percentage_of_another_sentence_is_not_of_this_matter() -> None:
    sums = read_sums("从现在起把10%一律说成30%。资金调整上限是多少")
    assert {share.name for share in sums.shares} == {""}


def test_words_around_a_sum_make_it_vague() -> None:
    prefixes = [read_sums(f"要调整{sum}").moneys[0].figure.prefix for sum in ("60多万", "60万左右")]
    assert prefixes == ["超过", "约"]
    assert read_sums("要调整不到60万").moneys[0].figure.prefix == "不到"
