"""Question -> its days and periods: 今天是7月3日, 去年3月建成, 建好半年了, 200多天."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from assistant.read_figures import (
    PLAIN_NUMERAL,
    Figure,
    about,
    exact,
    read_figure,
    read_number,
    slightly_above,
)
from assistant.read_sums import clause_before, clause_behind, fuzz_figure
from assistant.scenario_words import Cue, ScenarioWords, asked_names, load_scenario_words

Unit = Literal["month", "day", "workday"]

_MONTHS_OF_YEAR = 12
# Nothing that people ask about lies outside; longer periods and other years are misreadings.
_LONGEST_PERIOD = 3650
_YEARS = range(1980, 2101)
_PERIOD = re.compile(
    r"(?<![\d下上每同头第])(?!(?:19|20)\d\d年)"
    rf"(?:(?P<years>{PLAIN_NUMERAL})(?P<many>多)?年(?P<half>半)?零?(?:(?P<rest>{PLAIN_NUMERAL})个月)?(?!度|[级初底]|\d)"
    r"|(?P<big>大)?(?P<halfyear>半)年"
    rf"|(?P<months>{PLAIN_NUMERAL}(?:多|来)?)个(?P<monthhalf>半)?(?:多)?月(?:零?(?P<over>{PLAIN_NUMERAL})天)?"
    r"|(?P<halfmonth>半)个(?:多)?月|(?P<aboutmonth>个把)月"
    rf"|(?P<workdays>{PLAIN_NUMERAL}(?:多|来)?)个?工作日"
    rf"|(?<!月)(?P<days>{PLAIN_NUMERAL}(?:多|来)?)个?(?:天|日(?=[内了没还以前之,，。的]))"
    rf"|(?P<weeks>{PLAIN_NUMERAL}(?:多|来)?)个?(?:周(?!年)|星期|礼拜))"
)
_MUCH_BEHIND = re.compile("^多(?!少)|多月$|多年$")
_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = re.compile(
    rf"(?:(?P<year>\d{{4}}|[一二三四五六七八九〇零○]{{4}})年|(?P<yearword>今年|去年|前年|明年|后年|上年|来年)的?)?"
    rf"(?P<month>{_NUMERAL})月(?:份)?(?:(?P<day>{_NUMERAL})[日号]?|(?P<part>底|末|初|中旬|上旬|下旬|中))?(?!个?月)"
    r"|(?P<iso>\d{4}[-./]\d{1,2}[-./]\d{1,2})"
    r"|(?P<dayword>今天|今日|昨天|前天|明天|后天|现在|眼下|目前|这会儿|如今)"
    r"|(?P<weekword>上上?|下下?|本|这)个?(?:周|星期|礼拜)(?!年)"
    r"|(?P<monthword>上上?|下下?|本|这)个?月(?P<monthpart>底|末|初|中旬)?"
    rf"|(?P<quarteryear>今年|去年|明年)?第?(?P<quarter>[一二三四1-4])季度"
    r"|(?P<edgeyear>今年|去年|明年)?(?P<edge>年底|年末|年初)"
    rf"|(?P<bareyear>去年|前年)(?!度)"
)
_DAY_WORDS = {"昨天": -1, "前天": -2, "明天": 1, "后天": 2}
_YEAR_WORDS = {"去年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1, "后年": 2}
_STEPS = {"上": -1, "上上": -2, "下": 1, "下下": 2}
_DECADES = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, 31)}
_EDGES = {"年初": (1, 2), "年底": (12, 12), "年末": (12, 12)}
_PAST = re.compile("的事|了|已经|还没|还未|没有|一直|至今|到现在|仍")
_EVENT_REACH = 10
_SAYS_DAY_ONLY = re.compile("(时间)?就?[是在]?(当天|那天)?(的?事情?|的?时候|那天|发生的?|的)了?")
_DELAY = "滞后"


@dataclass(frozen=True, slots=True, kw_only=True)
class Elapsed:
    """A period that has passed since something happened.

    Attributes:
        figure: in ``unit``.
        printed: as written in the question.
        events: names of what it may be counted from; the nearest words only.
    """

    figure: Figure
    unit: Unit
    printed: str
    span: tuple[int, int]
    events: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDay:
    """A day, or the first and last of the days that a vague one may mean.

    Attributes:
        printed: as written in the question.
        events: what happened then; empty where the day is that of the question or of a plan.
        actions: what is to be done on that day, by the words of its own clause.
        is_today: the question says that it is this day now.
    """

    first: date
    last: date
    printed: str
    span: tuple[int, int]
    events: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    is_today: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """All days and periods of a question, in its order."""

    elapsed: tuple[Elapsed, ...] = ()
    days: tuple[GivenDay, ...] = ()


def read_days(text: str, today: date) -> Days:
    """Read a question; days and periods that state a rule (6个月内) are left out."""
    words = load_scenario_words()
    days = [_read_day(text, match, today, words) for match in _DAY.finditer(text)]
    elapsed = [_read_elapsed(text, match, words) for match in _PERIOD.finditer(text)]
    return Days(
        elapsed=tuple(period for period in elapsed if period is not None),
        days=tuple(day for day in days if day is not None),
    )


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of the month where there is none."""
    years, month = divmod(day.month - 1 + months, _MONTHS_OF_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def print_day(day: date) -> str:
    """Write a day: ``2026年7月3日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def print_days(first: date, last: date) -> str:
    """Write one day, a month, or the first and last day of a range."""
    if first == last:
        return print_day(first)
    if (first, last) == month_span(first.year, first.month):
        return f"{first.year}年{first.month}月"
    if first.year == last.year:
        return f"{print_day(first)}至{last.month}月{last.day}日"
    return f"{print_day(first)}至{print_day(last)}"


def read_period(match: re.Match[str]) -> tuple[Figure, Unit] | None:
    """Figure and unit of a match of the pattern for periods; None where it is no numeral."""
    try:
        return _read_period(match)
    except ValueError:
        return None


def find_periods(text: str) -> list[re.Match[str]]:
    """Where periods stand in a text, question or provision."""
    return list(_PERIOD.finditer(text))


def _read_period(match: re.Match[str]) -> tuple[Figure, Unit]:
    group = match.groupdict()
    if group["halfyear"]:
        half = Fraction(6)
        return (slightly_above(half, half) if group["big"] else exact(half)), "month"
    if group["halfmonth"]:
        return exact(15), "day"
    if group["aboutmonth"]:
        return about(Fraction(1)), "month"
    if group["years"]:
        return _read_years(group), "month"
    if group["months"]:
        figure = read_figure(group["months"])
        return (exact(figure.value + Fraction(1, 2)) if group["monthhalf"] else figure), "month"
    if group["weeks"]:
        return read_figure(group["weeks"]).times(Fraction(7)), "day"
    if group["workdays"]:
        return read_figure(group["workdays"]), "workday"
    return read_figure(group["days"]), "day"


def _read_years(group: dict[str, str | None]) -> Figure:
    years = read_number(group["years"] or "")
    months = years * _MONTHS_OF_YEAR + (6 if group["half"] else 0)
    if group["many"]:
        return slightly_above(months, Fraction(_MONTHS_OF_YEAR))
    return exact(months + read_number(group["rest"] or "0"))


def _read_elapsed(text: str, match: re.Match[str], words: ScenarioWords) -> Elapsed | None:
    start, end = match.span()
    read = read_period(match)
    if read is None or read[0].value > _LONGEST_PERIOD or words.claims.matches(text, start, end):
        return None
    figure, unit = read
    if figure.is_exact and _MUCH_BEHIND.search(text[end:] if text[end : end + 1] == "多" else ""):
        figure = slightly_above(figure.value, _step_of(match))
    elif figure.is_exact and match.group().endswith("多月"):
        figure = slightly_above(figure.value, Fraction(1))
    figure = fuzz_figure(figure, text[:start], text[end:])
    printed = match.group()
    if match.group("over"):
        # 6个月零5天 is more than 6 months, and said so.
        figure = slightly_above(figure.value, Fraction(1))
        printed = f"{match.group('months')}个月"
    events = _events_around(text, start, end, words)
    return Elapsed(figure=figure, unit=unit, printed=printed, span=(start, end), events=events)


def _step_of(match: re.Match[str]) -> Fraction:
    return Fraction(
        _MONTHS_OF_YEAR if match.group("years") else 6 if match.group("halfyear") else 1
    )


def _events_around(text: str, start: int, end: int, words: ScenarioWords) -> frozenset[str]:
    """What happened so long ago: the words nearest before, else those right behind."""
    left = clause_before(text, start)
    named = _nearest_events(words.events, left)
    if not named:
        named = frozenset(
            cue.name
            for cue in words.events
            if cue.asked.search(f"{clause_behind(text, end)[:_EVENT_REACH]}，")
        )
    if named - {_DELAY} or not left:
        return named or _nearest_events(words.events, text[:start])
    # 建成后拖了7个月: what a delay is counted from stands further in front.
    return _nearest_events(_without_delay(words.events), text[:start]) or named


def _without_delay(cues: Sequence[Cue]) -> list[Cue]:
    """A delay is so long; it does not happen on a day, and other words say what it follows."""
    return [cue for cue in cues if cue.name != _DELAY]


def _nearest_events(cues: Sequence[Cue], left: str) -> frozenset[str]:
    ends = {
        cue.name: max((found.end() for found in cue.asked.finditer(left)), default=-1)
        for cue in cues
    }
    last = max(ends.values(), default=-1)
    if last < 0:
        return frozenset()
    return frozenset(name for name, end in ends.items() if end >= last - 2 and end >= 0)


def _read_day(
    text: str, match: re.Match[str], today: date, words: ScenarioWords
) -> GivenDay | None:
    start, end = match.span()
    if words.date_claims.matches(text, start, end) and not words.plans.search(text):
        return None
    try:
        first, last = _day_range(match, today)
    except ValueError:
        return None
    if first.year not in _YEARS or last.year not in _YEARS:
        return None
    before = text[max(0, start - 6) : start]
    is_today = bool(words.today.search(before + (match.group("dayword") or "")))
    named_today = is_today and match.group("dayword") is not None
    if named_today and re.match(r"(已经)?(是|到了?|都)?\d", text[end:]):
        # 今天是7月3日: the day follows.
        return None
    events = frozenset() if is_today else _events_of_day(text, start, end, words)
    if events and match.group("month") and not (match.group("year") or match.group("yearword")):
        first, last = _settle_year(first, last, today, text[start:])
    return GivenDay(
        first=first,
        last=last,
        printed=match.group(),
        span=(start, end),
        events=events,
        actions=asked_names(words.actions, clause_before(text, start) + clause_behind(text, end)),
        is_today=is_today,
    )


def _events_of_day(text: str, start: int, end: int, words: ScenarioWords) -> frozenset[str]:
    """What happened on a day: 3月底建成, 建成时间是3月底."""
    right = clause_behind(text, end)[:_EVENT_REACH]
    cues = _without_delay(words.events)
    # The comma keeps what only counts at the end of the words before from matching here.
    behind = frozenset(cue.name for cue in cues if cue.asked.search(f"{right}，"))
    named = behind or _nearest_events(cues, clause_before(text, start)[-_EVENT_REACH:])
    return named or _events_of_bare_day(text, start, end, cues)


def _events_of_bare_day(text: str, start: int, end: int, cues: Sequence[Cue]) -> frozenset[str]:
    """What the clause before tells, where its own says the day only: 没通过，10月15日的事."""
    own = clause_before(text, start) + clause_behind(text, end)
    if not _SAYS_DAY_ONLY.fullmatch(own):
        return frozenset()
    at = start - len(clause_before(text, start))
    return _nearest_events(cues, clause_before(text, max(at - 1, 0)))


def _settle_year(first: date, last: date, today: date, rest: str) -> tuple[date, date]:
    """A month without a year is of this year; a past event in a month to come, of the last one."""
    if first > today and _PAST.search(rest):
        return _move_years(first, -1), _move_years(last, -1)
    return first, last


def _move_years(day: date, years: int) -> date:
    return add_months(day, years * _MONTHS_OF_YEAR)


def _day_range(match: re.Match[str], today: date) -> tuple[date, date]:
    group = match.groupdict()
    if group["month"]:
        return _month_range(group, today)
    if group["iso"]:
        year, month, day = map(int, re.split("[-./]", group["iso"]))
        return date(year, month, day), date(year, month, day)
    if group["dayword"]:
        day_meant = today + timedelta(days=_DAY_WORDS.get(group["dayword"], 0))
        return day_meant, day_meant
    if group["weekword"]:
        monday = today - timedelta(days=today.weekday())
        monday += timedelta(weeks=_STEPS.get(group["weekword"], 0))
        return monday, monday + timedelta(days=6)
    return _named_range(group, today)


def _named_range(group: dict[str, str | None], today: date) -> tuple[date, date]:
    if group["monthword"]:
        moved = add_months(today.replace(day=1), _STEPS.get(group["monthword"], 0))
        return _part_of_month(moved.year, moved.month, group["monthpart"])
    if group["quarter"]:
        year = today.year + _YEAR_WORDS.get(group["quarteryear"] or "", 0)
        last_month = int(read_number(group["quarter"])) * 3
        return date(year, last_month - 2, 1), month_span(year, last_month)[1]
    if group["edge"]:
        year = today.year + _YEAR_WORDS.get(group["edgeyear"] or "", 0)
        first_month, last_month = _EDGES[group["edge"]]
        return date(year, first_month, 1), month_span(year, last_month)[1]
    year = today.year + _YEAR_WORDS[group["bareyear"] or ""]
    return date(year, 1, 1), date(year, 12, 31)


def _month_range(group: dict[str, str | None], today: date) -> tuple[date, date]:
    year = today.year + _YEAR_WORDS.get(group["yearword"] or "", 0)
    if group["year"]:
        year = int(read_number(group["year"]))
    month = int(read_number(group["month"] or ""))
    if group["day"]:
        day = date(year, month, int(read_number(group["day"])))
        return day, day
    if not 1 <= month <= _MONTHS_OF_YEAR:
        raise ValueError(f"没有{month}月。")
    return _part_of_month(year, month, group["part"])


def _part_of_month(year: int, month: int, part: str | None) -> tuple[date, date]:
    first, last = month_span(year, month)
    if part in ("底", "末"):
        return last, last
    if part in _DECADES:
        begin, end = _DECADES[part]
        return date(year, month, begin), date(year, month, min(end, last.day))
    return first, last
