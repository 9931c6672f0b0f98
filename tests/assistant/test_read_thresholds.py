from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from assistant.read_deadlines import read_deadlines
from assistant.read_figures import exact
from assistant.read_thresholds import Bound, read_thresholds
from corpus.library import Library

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "regulations"

# Provision -> kind, low, high, whether the number itself is left out; shares in percent, periods
# in the unit printed (years in months).
BOUNDS = [
    ("资金调整数额不超过概算总投资15%,并符合下列情形之一的", "share", None, 15, False),
    ("超过原批复投资概算10%的，应当重新报批", "share", 10, None, True),
    ("调整金额占概算总投资10%以上的", "share", 10, None, False),
    ("投标保证金不得超过招标项目估算价的2%", "share", None, 2, False),
    ("预算执行率应当达到年初预算目标的50%", "share", 50, None, False),
    ("年度运维费用不得超过项目建设投资的百分之十二", "share", None, 12, False),
    ("单项采购金额400万元以上的项目", "money", 4_000_000, None, False),
    ("预算50万元以下的项目", "money", None, 500_000, False),
    ("投资额不足50万元的", "money", None, 500_000, True),
    ("信息化内容超过30万的其他项目", "money", 300_000, None, True),
    ("总投资100万元（不含）以下的项目", "money", None, 1_000_000, True),
    # Two sides of one bound.
    ("投资额在50万元（含）以上、400万元以下的", "money", 500_000, 4_000_000, False),
    ("项目建成6个月内", "duration", None, 6, False),
    ("项目建成后半年内", "duration", None, 6, False),
    ("投入运行后12至24个月内", "duration", 12, 24, False),
    ("试运行3个月后", "duration", 3, None, False),
    ("严重滞后一年以上", "duration", 12, None, False),
    ("使用不满三年的", "duration", None, 36, True),
    ("自受理之日起10个工作日内", "duration", None, 10, False),
    ("应当提前15个工作日提出申请", "duration", 15, None, False),
    ("在投标截止时间10日前提出", "duration", 10, None, False),
]


@pytest.mark.parametrize(("provision", "kind", "low", "high", "is_open"), BOUNDS)
def test_a_bound_is_read_with_its_side(
    provision: str, kind: str, low: int | None, high: int | None, is_open: bool
) -> None:
    (threshold,) = read_thresholds(provision)
    scale = Fraction(1, 100) if kind == "share" else 1
    bound = threshold.bound
    assert threshold.kind == kind
    assert bound.low == (None if low is None else low * scale)
    assert bound.high == (None if high is None else high * scale)
    assert (bound.low_open or bound.high_open) is is_open


NO_BOUNDS = [
    "对直接负责的主管人员处一万元以上十万元以下罚款",
    "本办法自2026年1月1日起施行",
    "作为下一年度安排投资的重要依据",
    "存在以下情况的,不予安排运维预算",
    "试行期两年",
]


@pytest.mark.parametrize("provision", NO_BOUNDS)
def test_penalties_dates_and_plain_counts_are_no_bounds(provision: str) -> None:
    assert read_thresholds(provision) == ()


# All shares and periods of the shipped regulations; those of money are read with them.
SHIPPED = {
    ("xx-county", 2, "30万"),
    ("xx-county", 27, "15%"),
    ("xx-county", 29, "半年"),
    ("xx-county", 34, "一年"),
    ("xichuan", 17, "15%"),
    ("xichuan", 18, "6个月"),
    ("xichuan", 19, "一个月"),
    ("jinzhai", 17, "3个月"),
    ("jinzhai", 18, "6个月"),
    ("erenhot", 11, "50%"),
    ("erenhot", 11, "90%"),
    ("erenhot", 18, "10%"),
}


def test_the_bounds_of_the_shipped_regulations_are_these(shipped: Library) -> None:
    found = {
        (article.regulation, article.number, threshold.number)
        for article in shipped.articles()
        for paragraph in article.paragraphs
        for text in (paragraph.text, *(item.text for item in paragraph.items))
        for threshold in read_thresholds(text)
    }
    assert found == SHIPPED


DEADLINES = [
    ("每年6月底前,项目建设单位报送材料", date(2026, 6, 30), False, False),
    ("并于每年9月30日前报主管部门", date(2026, 9, 30), True, False),
    ("应于每年10月底前申报", date(2026, 10, 31), False, False),
    # A month or quarter that must not have begun.
    ("并于每年10月份前提交申报表", date(2026, 9, 30), False, True),
    ("每年第四季度前,各单位制定计划书", date(2026, 9, 30), False, True),
    ("每年1月前报送", date(2025, 12, 31), False, True),
    ("每年年底前报送", date(2026, 12, 31), False, False),
]


@pytest.mark.parametrize(("provision", "last_day", "doubtful", "literal"), DEADLINES)
def test_a_deadline_has_a_last_day(
    provision: str, last_day: date, doubtful: bool, literal: bool
) -> None:
    (deadline,) = read_deadlines(provision)
    assert deadline.last_day(2026) == last_day
    assert (deadline.is_doubtful_on_the_day, deadline.is_literal) == (doubtful, literal)


def test_a_date_of_entry_into_force_is_no_deadline() -> None:
    assert read_deadlines("本办法自2026年2月1日起施行") == ()


def test_a_vague_figure_across_the_bound_is_undecided() -> None:
    bound = Bound(high=Fraction(15))
    assert bound.weigh(exact(15)) == "inside"
    assert bound.weigh(exact(16)) == "outside"
    assert Bound(high=Fraction(15), high_open=True).weigh(exact(15)) == "outside"


def test_the_words_of_a_bound_are_verbatim(shipped: Library) -> None:
    for article in shipped.articles():
        for paragraph in article.paragraphs:
            for threshold in read_thresholds(paragraph.text):
                assert paragraph.text[threshold.start : threshold.end] == threshold.number
                assert threshold.clause in paragraph.text


FOREIGN = [
    ("招标投标法实施条例_2019.txt", "投标保证金不得超过招标项目估算价的2%"),
    ("招标投标法实施条例_2019.txt", "履约保证金不得超过中标合同金额的10%"),
    ("国家政务信息化项目建设管理办法_国办发2019_57号.txt", "12至24个月内"),
]


@pytest.mark.parametrize(("name", "words"), FOREIGN)
def test_bounds_of_regulations_from_elsewhere_are_read(name: str, words: str) -> None:
    if not REFERENCE.is_dir():
        pytest.skip(f"no reference material beside the repository: {REFERENCE}")
    lines = (REFERENCE / name).read_text(encoding="utf-8").splitlines()
    holding = [line for line in lines if words in line]
    assert any(t.clause in line for line in holding for t in read_thresholds(line))
    assert all(read_thresholds(line) for line in holding)
