from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.read_days import add_months, print_days, read_days

TODAY = date(2026, 7, 15)  # a Wednesday

DAYS = [
    ("今天是7月3日，还能报吗", date(2026, 7, 3), date(2026, 7, 3)),
    ("2026年6月30日报", date(2026, 6, 30), date(2026, 6, 30)),
    ("2026-06-30报", date(2026, 6, 30), date(2026, 6, 30)),
    ("6月底报", date(2026, 6, 30), date(2026, 6, 30)),
    ("五月二十号报", date(2026, 5, 20), date(2026, 5, 20)),
    ("10月中旬报", date(2026, 10, 11), date(2026, 10, 20)),
    ("下个月报", date(2026, 8, 1), date(2026, 8, 31)),
    ("上周报的", date(2026, 7, 6), date(2026, 7, 12)),
    ("第四季度报", date(2026, 10, 1), date(2026, 12, 31)),
    ("明年3月报", date(2027, 3, 1), date(2027, 3, 31)),
    ("去年3月建成", date(2025, 3, 1), date(2025, 3, 31)),
    # What is over in a month to come was over last year.
    ("11月底建成的，还没验收", date(2025, 11, 30), date(2025, 11, 30)),
    ("现在还能报吗", TODAY, TODAY),
]


@pytest.mark.parametrize(("question", "first", "last"), DAYS)
def test_a_day_is_read_from_the_day_of_the_question(question: str, first: date, last: date) -> None:
    (day,) = read_days(question, TODAY).days
    assert (day.first, day.last) == (first, last)


RULES = [
    "湘西州申报截止是9月底没错吧",
    "需求计划12月底前交就行吧",
    "XX县验收期限是三个月对不",
    "金寨是不是规定试运行满6个月才能终验",
    "绩效自评是终验后一年内做吧",
    "投用之后半年里头要交自评价是吧",
    "下一年度的计划怎么报",
]


@pytest.mark.parametrize("question", RULES)
def test_days_and_periods_that_state_a_rule_are_nobodys(question: str) -> None:
    read = read_days(question, TODAY)
    assert (read.days, read.elapsed) == ((), ())


PERIODS = [
    ("建成三个月了", "month", 3, "建成"),
    ("建好半年", "month", 6, "建成"),
    ("验收过了8个月，还没做自评", "month", 8, "通过验收"),
    ("终验8个月了", "month", 8, "通过验收"),
    ("完工已经七个半月", "month", 7.5, "建成"),
    ("建成一年半", "month", 18, "建成"),
    ("建成两年零三个月", "month", 27, "建成"),
    ("试运行才两个月", "month", 2, "试运行"),
    ("拖了7个月", "month", 7, "滞后"),
    # What a delay follows is what it is counted from.
    ("建成后拖了7个月没验收", "month", 7, "建成"),
    ("建成90天", "day", 90, "建成"),
    ("验收没通过已经三周了", "day", 21, "验收未通过"),
    ("申请材料交上去5个工作日了", "workday", 5, "提出申请"),
    ("半年前建成的项目", "month", 6, "建成"),
]


@pytest.mark.parametrize(("question", "unit", "number", "event"), PERIODS)
def test_a_period_is_read_with_what_it_runs_from(
    question: str, unit: str, number: float, event: str
) -> None:
    (period,) = read_days(question, TODAY).elapsed
    assert (str(period.unit), float(period.figure.value)) == (unit, number)
    assert event in period.events


VAGUE = [
    ("完工200多天了", 200, 300),
    ("停摆一年多", 12, 24),
    ("建成大半年", 6, 12),
    ("建成5个多月了", 5, 6),
    ("建成6个月零5天了", 6, 7),
]


@pytest.mark.parametrize(("question", "low", "high"), VAGUE)
def test_a_vague_period_lies_between_round_ones(question: str, low: int, high: int) -> None:
    (period,) = read_days(question, TODAY).elapsed
    assert low < period.figure.low <= period.figure.high < high


def test_a_day_tells_what_happened_on_it() -> None:
    built, judged = read_days("系统2026年2月建成，10月才验收", TODAY).days
    assert (built.events, judged.events) == (frozenset({"建成"}), frozenset())


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_months_are_added_without_leaving_the_month_meant(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


def test_a_whole_month_is_printed_as_one() -> None:
    assert print_days(date(2026, 5, 1), date(2026, 5, 31)) == "2026年5月"
    assert print_days(date(2026, 5, 11), date(2026, 5, 20)) == "2026年5月11日至5月20日"


@settings(deadline=None)
@given(st.text(alphabet="今明去年前月日号底初0123456789一二十半个多天周的建成了，", max_size=30))
def test_any_words_about_days_are_read_without_failing(text: str) -> None:
    for day in read_days(text, TODAY).days:
        assert day.first <= day.last
