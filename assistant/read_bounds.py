"""Text -> the figures in it that state a rule: 15%以内, 6个月内, 每年9月30日前, 六种类型.

The same reader serves claims and provisions, so that what it reads can be compared. Figures that
tell what happened (建成三个月了) are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from assistant.premise_words import load_premise_words
from assistant.read_figures import PLAIN_NUMERAL, read_number

BoundKind = Literal["percent", "duration", "frequency", "date", "money", "count", "year"]
BoundSide = Literal["within", "beyond", "plain"]

_DAYS = {"年": 360, "季度": 90, "月": 30, "星期": 7, "周": 7, "天": 1, "日": 1, "工作日": 1}
_HALF = {"半年": 180, "半个月": 15, "半月": 15, "一年半": 540}
# What is counted alike: 三类 is compared with 六种类型.
_COUNTED = {"种": "类", "型": "类", "类": "类", "名": "人", "位": "人", "人": "人", "次": "次"}
_MONTH_END = 31
# 月底 and the 28th to the 31st are the same day to people.
_LATE = 28
_NEAR = 14
_PATTERNS: tuple[tuple[BoundKind, str], ...] = (
    ("year", r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年"),
    (
        "date",
        r"(?P<month>1[0-2]|(?<!\d)[1-9]|十[一二]?|(?<!十)[一二三四五六七八九])月"
        r"(?:(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]|(?P<end>底|末)"
        r"|份?(?=之?前|以前|截止))",
    ),
    (
        "frequency",
        r"每(?P<every>半年|[一两二三四五六七八九十0-9]?个?(?:年|季度|月|周))"
        rf"|(?P<once>{PLAIN_NUMERAL}|半)个?(?P<per>年|季度|月|周)[一-鿿]{{0,4}}(?:一|1)次",
    ),
    (
        "percent",
        rf"(?P<percent>{PLAIN_NUMERAL})\s?\\?[%％]|百分之(?P<hundredth>{PLAIN_NUMERAL})"
        rf"|(?P<points>{PLAIN_NUMERAL})个(?:百分)?点"
        r"|(?P<tenths>[一二三四五六七八九])成(?P<more>[一二三四五六七八九半])?(?![一-鿿]?[功立员本果为熟品交])",
    ),
    (
        "duration",
        rf"(?P<half>一年半|半年|半个?月)|(?<![下上第当次同])(?P<length>{PLAIN_NUMERAL})"
        r"(?:个(?P<unit>工作日|月|季度|星期)|(?P<short>年|天|日|周|星期)(?!度))",
    ),
    (
        "money",
        rf"(?P<money>{PLAIN_NUMERAL})(?P<scale>亿|万)?元|(?P<wan>{PLAIN_NUMERAL})万(?![人名个])",
    ),
    ("count", rf"(?P<count>{PLAIN_NUMERAL})个?(?P<of>种|类|名|位|人|次)(?!别)"),
)
_SCALES = {"亿": 10**8, "万": 10**4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A figure that states a rule.

    Attributes:
        kind: what is measured.
        value: percent; days; days between; month times 100 plus day; yuan; number; year.
        unit: what is counted, for ``count`` only.
        is_vague: a month without its day.
        side: what the figure bounds.
        text: the words it is read from, with its side.
        start: offset of the words.
        end: offset behind them.
    """

    kind: BoundKind
    value: Fraction
    unit: str = ""
    is_vague: bool = False
    side: BoundSide = "plain"
    text: str
    start: int
    end: int

    def is_like(self, other: Bound) -> bool:
        """Whether both measure the same."""
        return self.kind == other.kind and self.unit == other.unit

    def equals(self, other: Bound) -> bool:
        """Whether both say the same; a vague figure may say the same as many."""
        if not self.is_like(other):
            return False
        if self.kind != "date":
            return self.value == other.value
        return _is_same_day(self, other)


def read_bounds(text: str) -> tuple[Bound, ...]:
    """The figures of a text that state rules, in order."""
    taken: list[tuple[int, int]] = []
    found: list[Bound] = []
    for kind, pattern in _compiled():
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            bound = _read_bound(kind, match, text)
            if bound is not None:
                found.append(bound)
    return tuple(sorted(found, key=lambda bound: bound.start))


def states_rule(bound: Bound, text: str) -> bool:
    """Whether a share or a sum in a question is a rule and not somebody's case (调整12%)."""
    if bound.kind not in ("percent", "money") or bound.side != "plain":
        return True
    before = text[max(bound.start - _NEAR, 0) : bound.start]
    return re.search(f"(?:{load_premise_words().rule_before})$", before) is not None


def _read_bound(kind: BoundKind, match: re.Match[str], text: str) -> Bound | None:
    before, behind = text[max(match.start() - _NEAR, 0) : match.start()], text[match.end() :]
    if kind in ("duration", "date", "money") and _happened(before, behind):
        return None
    try:
        value, unit, is_vague = _measure(kind, match)
    except ValueError:
        return None
    side, start, end = _side(match, before, behind)
    return Bound(
        kind=kind,
        value=value,
        unit=unit,
        is_vague=is_vague,
        side=side,
        text=text[start:end],
        start=start,
        end=end,
    )


def _happened(before: str, behind: str) -> bool:
    words = load_premise_words()
    if re.match(words.ruling_behind, behind):
        return False
    happened = re.search(f"(?:{words.happened_before})$", before)
    return happened is not None or re.match(words.happened_behind, behind) is not None


def _side(match: re.Match[str], before: str, behind: str) -> tuple[BoundSide, int, int]:
    words = load_premise_words()
    sides: tuple[tuple[BoundSide, str, str], ...] = (
        ("within", words.within_before, words.within_behind),
        ("beyond", words.beyond_before, words.beyond_behind),
    )
    for side, in_front, after in sides:
        ahead = re.search(f"(?:{in_front}){words.fillers}$", before)
        if ahead is not None:
            return side, match.start() - len(ahead.group()), match.end()
        follow = re.match(after, behind)
        if follow is not None:
            return side, match.start(), match.end() + follow.end()
    return "plain", match.start(), match.end()


def _measure(kind: BoundKind, match: re.Match[str]) -> tuple[Fraction, str, bool]:
    """Value, what is counted, and whether the value is vague."""
    found = match.groupdict()
    if kind == "date":
        return _measure_date(found)
    if kind == "frequency":
        return _measure_frequency(found), "", False
    if kind == "duration":
        return _measure_duration(found), "", False
    if kind == "money":
        scale = _SCALES.get(found["scale"] or ("万" if found["wan"] else ""), 1)
        return read_number(found["money"] or found["wan"]) * scale, "", False
    if kind == "count":
        return read_number(found["count"]), _COUNTED[found["of"]], False
    if found.get("tenths"):
        more = Fraction(5) if found["more"] == "半" else read_number(found["more"] or "零")
        return read_number(found["tenths"] or "") * 10 + more, "", False
    names = ("year", "percent", "hundredth", "points")
    return read_number(next(found[name] or "" for name in names if found.get(name))), "", False


def _measure_date(found: dict[str, str | None]) -> tuple[Fraction, str, bool]:
    day = Fraction(_MONTH_END) if found["end"] else Fraction(0)
    if found["day"]:
        day = read_number(found["day"])
    return read_number(found["month"] or "") * 100 + day, "", not day


def _measure_frequency(found: dict[str, str | None]) -> Fraction:
    every = found["every"]
    if every == "半年":
        return Fraction(_HALF["半年"])
    unit = next(unit for unit in _DAYS if (every or found["per"] or "").endswith(unit))
    number = (every or "").removesuffix(unit).removesuffix("个") or "1"
    number = number if every else found["once"] or "1"
    return (Fraction(1, 2) if number == "半" else read_number(number)) * _DAYS[unit]


def _measure_duration(found: dict[str, str | None]) -> Fraction:
    if found["half"]:
        return Fraction(_HALF[found["half"]])
    unit = found["unit"] or found["short"] or ""
    return read_number(found["length"] or "") * _DAYS[unit]


def _is_same_day(first: Bound, second: Bound) -> bool:
    months = [int(bound.value) // 100 for bound in (first, second)]
    days = [int(bound.value) % 100 for bound in (first, second)]
    if first.is_vague or second.is_vague:
        # 10月份前 is read as the end of September or of October.
        return abs(months[0] - months[1]) <= 1
    return months[0] == months[1] and (days[0] == days[1] or min(days) >= _LATE)


@cache
def _compiled() -> tuple[tuple[BoundKind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
