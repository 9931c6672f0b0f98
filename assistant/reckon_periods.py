"""Days and periods of a question, bound on a period -> time left, or time passed over."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction

from assistant.read_days import Days, Elapsed, GivenDay, Unit, add_months, print_day, print_days
from assistant.read_deadlines import days_between
from assistant.read_figures import Figure, print_number
from assistant.read_thresholds import Threshold, Verdict
from assistant.reckon_shares import Reckoned
from assistant.scenario_words import Cue, asked_names, load_scenario_words, printed_names

_DAYS_OF_MONTH = Fraction(487, 16)
# So many days more or less than the mean may lie between the same day of two months.
_MONTH_LEEWAY = Fraction(2)
_WORKDAYS_OF_WEEK, _DAYS_OF_WEEK = 5, 7
_UNIT_NAMES: dict[Unit, str] = {"month": "个月", "day": "天", "workday": "个工作日"}
_NO_HOLIDAYS = "工作日只扣除了周六、周日，未计法定节假日"
_SATURDAY = 5
_LAST_CLAUSE = re.compile("[,，]")
_FILING = "申报"
_EVENT_WITHIN = 2


def reckon_period(days: Days, threshold: Threshold, question: str, today: date) -> Reckoned | None:
    """Work out a period of the question; None where it is counted from, or for, something else."""
    if threshold.unit is None:
        return None
    if threshold.is_advance:
        return _reckon_advance(days, threshold)
    events = events_of(threshold)
    if not events or not _is_same_action(threshold, question):
        return None
    elapsed = [period for period in days.elapsed if period.events & events]
    if elapsed:
        return _reckon_elapsed(elapsed[-1], threshold, _as_of(days, today))
    happened = [day for day in days.days if day.events & events]
    if happened:
        return _reckon_since(happened[-1], threshold, days, today)
    return None


def events_of(threshold: Threshold) -> frozenset[str]:
    """What the period is counted from: the words nearest in front of it."""
    words = load_scenario_words()
    ends = {cue.name: _last_end(cue, threshold.left) for cue in words.events}
    last = max(ends.values())
    if last < 0:
        return frozenset()
    return frozenset(name for name, end in ends.items() if end >= max(last - _EVENT_WITHIN, 0))


def _last_end(cue: Cue, text: str) -> int:
    return max((found.end() for found in cue.printed.finditer(text)), default=-1)


def _is_same_action(threshold: Threshold, question: str) -> bool:
    """Whether the question, where it names what is to be done, names what the provision does."""
    if threshold.manner == "exceeding":
        return True
    actions = load_scenario_words().actions
    # What the period is counted from is not what has to be done in it: 终验8个月了.
    counted_from = printed_names(actions, _LAST_CLAUSE.split(threshold.left)[-1])
    asked = asked_names(actions, question) - counted_from
    return not asked or bool(asked & printed_names(actions, threshold.right))


def _as_of(days: Days, today: date) -> date:
    """The day of the question: the one it says it is, else the clock's."""
    told = [day.first for day in days.days if day.is_today]
    return told[-1] if told else today


def _reckon_elapsed(elapsed: Elapsed, threshold: Threshold, as_of: date) -> Reckoned:
    unit = threshold.unit or "day"
    figure = convert(elapsed.figure, elapsed.unit, unit)
    verdict = threshold.bound.weigh(figure)
    event = _event_name(elapsed.events, threshold)
    # 200多天 is said as 超过200天.
    printed = elapsed.figure.prefix + elapsed.printed.replace("多", "")
    saying = f"{event}已{printed}"
    notes = [] if "workday" not in (unit, elapsed.unit) else [_NO_HOLIDAYS]
    bound = threshold.bound.high if threshold.bound.high is not None else threshold.bound.low
    calculation = ""
    if elapsed.unit == unit and bound is not None and elapsed.figure.is_exact:
        calculation, rest = _difference(bound, figure.value, unit)
        calculation = calculation if rest else ""
        if threshold.manner == "keeping":
            notes += _time_left(verdict, threshold, rest, as_of)
    elif elapsed.unit != unit:
        calculation = f"{printed}约合{_print_range(figure, unit)}{_UNIT_NAMES[unit]}"
    return Reckoned(
        verdict=verdict,
        given=saying,
        calculation=calculation,
        saying=saying,
        missing="准确的日期" if verdict == "undecided" else "",
        notes=tuple(notes),
        is_edge=threshold.bound.is_edge(figure),
    )


def _difference(bound: Fraction, figure: Fraction, unit: Unit) -> tuple[str, Fraction]:
    name = _UNIT_NAMES[unit]
    larger, smaller = max(bound, figure), min(bound, figure)
    printed = "－".join(f"{print_number(number, 1)}{name}" for number in (larger, smaller))
    return f"{printed}＝{print_number(larger - smaller, 1)}{name}", larger - smaller


def _time_left(verdict: Verdict, threshold: Threshold, rest: Fraction, as_of: date) -> list[str]:
    unit = threshold.unit or "day"
    amount = f"{print_number(rest, 1)}{_UNIT_NAMES[unit]}"
    is_upper = threshold.bound.high is not None
    if not rest:
        return ["恰到期限，应当立即办理"] if is_upper and verdict == "inside" else []
    waiting = (verdict == "inside") == is_upper
    if not waiting:
        return [f"已过期限约{amount}"] if is_upper else []
    until = _add(as_of, rest, unit)
    word = "还有" if is_upper else "还差"
    return [f"{word}{amount}，按{print_day(as_of)}推算约到{print_day(until)}"]


def _reckon_since(
    happened: GivenDay, threshold: Threshold, days: Days, today: date
) -> Reckoned | None:
    """From the day on which something happened to the last day, and on which side we are."""
    bound = threshold.bound.high if threshold.bound.high is not None else threshold.bound.low
    unit = threshold.unit or "day"
    if bound is None:
        return None
    ends = (_add(happened.first, bound, unit), _add(happened.last, bound, unit))
    asked = _asked_day(happened, days, today)
    upper = threshold.bound.high is not None
    verdict = _weigh_days(asked, ends, is_upper=upper)
    event = _event_name(happened.events, threshold)
    since = print_days(happened.first, happened.last)
    until = print_days(*ends)
    calculation = f"{since}起{print_number(bound, 1)}{_UNIT_NAMES[unit]}，到{until}"
    return Reckoned(
        verdict=verdict,
        given=f"{since}{event}，算到{print_days(asked.first, asked.last)}",
        calculation=calculation,
        saying=f"{since}{event}，{'期限到' if upper else '须到'}{until}",
        missing="准确的日期" if verdict == "undecided" else "",
        notes=(_NO_HOLIDAYS,) if unit == "workday" else (),
        compared=_told_left(verdict, asked, ends, is_upper=upper),
    )


def _asked_day(happened: GivenDay, days: Days, today: date) -> GivenDay:
    """The day to be judged: another one that the question names, else that of the question."""
    others = [day for day in days.days if day is not happened and not day.events]
    if others:
        return others[-1]
    return GivenDay(first=today, last=today, printed="今天", span=(0, 0), is_today=True)


def _weigh_days(asked: GivenDay, ends: tuple[date, date], *, is_upper: bool) -> Verdict:
    if asked.last <= ends[0]:
        return "inside" if is_upper or asked.first == ends[1] else "outside"
    if asked.first > ends[1]:
        return "outside" if is_upper else "inside"
    return "undecided"


def _told_left(
    verdict: Verdict, asked: GivenDay, ends: tuple[date, date], *, is_upper: bool
) -> str:
    judged = f"，算到{print_days(asked.first, asked.last)}"
    if verdict == "undecided":
        return f"{judged}不能确定"
    if asked.last == ends[0]:
        return f"{judged}正好到期"
    least = "" if asked.first == asked.last and ends[0] == ends[1] else "至少"
    if asked.last <= ends[0]:
        word = "还有" if is_upper else "还差"
        return f"{judged}{word}{least}{days_between(asked.last, ends[0])}天"
    word = "已过" if is_upper else "已满"
    return f"{judged}{word}{least}{days_between(ends[1], asked.first)}天"


def _reckon_advance(days: Days, threshold: Threshold) -> Reckoned | None:
    """From the day of something planned back to the day until which it must be filed."""
    actions = load_scenario_words().actions
    around = threshold.left + threshold.right
    printed = printed_names(actions, around)
    # The day is that of what is filed for, the 验收 of 提前15个工作日提交验收申请.
    planned = [day for day in days.days if not day.events and day.actions & (printed - {_FILING})]
    if len(planned) != 1 or threshold.bound.low is None or threshold.unit is None:
        return None
    day = planned[0]
    latest = _add(day.first, -threshold.bound.low, threshold.unit)
    return Reckoned(
        verdict="undecided",
        given=print_days(day.first, day.last),
        calculation=f"{print_day(day.first)}往前{threshold.number}，到{print_day(latest)}",
        saying=f"按{print_day(day.first)}计，最迟在{print_day(latest)}",
        notes=(_NO_HOLIDAYS,) if threshold.unit == "workday" else (),
    )


def _event_name(events: frozenset[str], threshold: Threshold) -> str:
    shared = events & events_of(threshold)
    return next(cue.name for cue in load_scenario_words().events if cue.name in shared)


def convert(figure: Figure, unit: Unit, into: Unit) -> Figure:
    """A period in another unit; the range widens by what months and weekends leave open."""
    if unit == into:
        return figure
    in_days = _to_days(figure, unit)
    if into == "day":
        return in_days
    if into == "workday":
        return Figure(
            value=in_days.value * _WORKDAYS_OF_WEEK / _DAYS_OF_WEEK,
            low=Fraction(_least_workdays(int(in_days.low))),
            high=Fraction(_most_workdays(int(in_days.high))),
        )
    return Figure(
        value=in_days.value / _DAYS_OF_MONTH,
        low=(in_days.low - _MONTH_LEEWAY) / _DAYS_OF_MONTH,
        high=(in_days.high + _MONTH_LEEWAY) / _DAYS_OF_MONTH,
    )


def _to_days(figure: Figure, unit: Unit) -> Figure:
    if unit == "day":
        return figure
    if unit == "workday":
        weeks = figure.times(Fraction(1, _WORKDAYS_OF_WEEK))
        return Figure(
            value=weeks.value * _DAYS_OF_WEEK,
            low=figure.low,
            high=weeks.high * _DAYS_OF_WEEK + _DAYS_OF_WEEK - _WORKDAYS_OF_WEEK,
        )
    return Figure(
        value=figure.value * _DAYS_OF_MONTH,
        low=figure.low * _DAYS_OF_MONTH - _MONTH_LEEWAY,
        high=figure.high * _DAYS_OF_MONTH + _MONTH_LEEWAY,
    )


def _least_workdays(days: int) -> int:
    weeks, rest = divmod(days, _DAYS_OF_WEEK)
    return weeks * _WORKDAYS_OF_WEEK + max(0, rest - (_DAYS_OF_WEEK - _WORKDAYS_OF_WEEK))


def _most_workdays(days: int) -> int:
    weeks, rest = divmod(days, _DAYS_OF_WEEK)
    return weeks * _WORKDAYS_OF_WEEK + min(rest, _WORKDAYS_OF_WEEK)


def _add(day: date, number: Fraction, unit: Unit) -> date:
    if unit == "month":
        moved = add_months(day, int(number))
        return moved + timedelta(days=round((number - int(number)) * _DAYS_OF_MONTH))
    if unit == "day":
        return day + timedelta(days=int(number))
    return _add_workdays(day, int(number))


def _add_workdays(day: date, number: int) -> date:
    step = timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        day += step
        while day.weekday() >= _SATURDAY:
            day += step
    return day


def _print_range(figure: Figure, unit: Unit) -> str:
    places = 1 if unit == "month" else 0
    if figure.low > figure.value or figure.high < figure.value:
        return figure.prefix + print_number(figure.value, places)
    numbers = [
        print_number(max(number, Fraction(0)), places) for number in (figure.low, figure.high)
    ]
    return "至".join(dict.fromkeys(numbers))
