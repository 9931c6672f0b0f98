"""Provision -> the days of the year that it sets as deadlines: 6月底前, 9月30日前, 第四季度前."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from assistant.read_days import month_span
from assistant.read_figures import read_number
from assistant.read_thresholds import clause_around, sentence_span

_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DEADLINE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年|(?P<yearly>每年度?|每一?年的?|当年|本年度?|次年))?的?"
    rf"(?:第?(?P<quarter>[一二三四1-4])季度|(?P<month>{_NUMERAL})月(?:份)?(?:(?P<day>{_NUMERAL})日|(?P<part>底|末|上旬|中旬|下旬|初))?"
    r"|(?P<edge>年底|年末))"
    r"(?P<end>以前|之前|前|截止|为止)"
)
_PARTS_END = {"初": 10, "上旬": 10, "中旬": 20}
_MONTHS_OF_QUARTER = 3
_LAST_MONTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day of the year until which something has to be done.

    Attributes:
        month: of the last day; 0 for the last day of the year before.
        day: of the last day; 0 for the last one of the month.
        is_doubtful_on_the_day: the words leave open whether the day itself still counts (30日前).
        is_literal: the words name a month or quarter that must not have begun (10月份前).
        year: where the deadline is not a yearly one.
        printed: the words, e.g. ``每年6月底前``.
    """

    month: int
    day: int = 0
    is_doubtful_on_the_day: bool = False
    is_literal: bool = False
    year: int | None = None
    printed: str
    clause: str
    sentence: str
    left: str
    right: str
    start: int
    end: int

    def last_day(self, year: int) -> date:
        """The last day that counts, in a year."""
        if self.month == 0:
            return date(year - 1, 12, 31)
        last = month_span(year, self.month)[1]
        return last.replace(day=min(self.day, last.day)) if self.day else last


@lru_cache(maxsize=16384)
def read_deadlines(text: str) -> tuple[Deadline, ...]:
    """All deadlines of a provision, in its order."""
    if "前" not in text and "止" not in text:
        return ()
    found = (_read(match, text) for match in _DEADLINE.finditer(text))
    return tuple(deadline for deadline in found if deadline is not None)


def _read(match: re.Match[str], text: str) -> Deadline | None:
    last = _last_day(match)
    if last is None:
        return None
    month, day, is_literal = last
    begin, finish = sentence_span(text, *match.span())
    return Deadline(
        month=month,
        day=day,
        is_doubtful_on_the_day=match["day"] is not None and match["end"].endswith("前"),
        is_literal=is_literal,
        year=int(match["year"]) if match["year"] else None,
        printed=match.group(),
        clause=clause_around(text, *match.span()),
        sentence=text[begin:finish].strip(),
        left=text[begin : match.start()],
        right=text[match.end() : finish],
        start=match.start(),
        end=match.end(),
    )


def _last_day(match: re.Match[str]) -> tuple[int, int, bool] | None:
    """Month, day (0 for the last), and whether it is the end of the month before the one named."""
    ends_before = match["end"].endswith("前")
    if match["edge"]:
        return _LAST_MONTH, 0, False
    if match["quarter"]:
        last = int(read_number(match["quarter"])) * _MONTHS_OF_QUARTER
        return (last - _MONTHS_OF_QUARTER, 0, True) if ends_before else (last, 0, False)
    month = int(read_number(match["month"]))
    if not 1 <= month <= _LAST_MONTH:
        return None
    if match["day"]:
        day = int(read_number(match["day"]))
        return (month, day, False) if 1 <= day <= month_span(2024, month)[1].day else None
    if match["part"] or not ends_before:
        return month, _PARTS_END.get(match["part"] or "", 0), False
    return month - 1, 0, True


def days_between(first: date, second: date) -> int:
    """Days from the first to the second; negative where the second is earlier."""
    return (second - first) // timedelta(days=1)
