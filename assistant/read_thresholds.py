"""Provision -> the bounds it sets: shares, sums, periods, days of the year.

By the custom of drafting laws 以上, 以下, 以内, 内 and 不超过 include the number itself; 超过,
不满, 不足 and 低于 leave it out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from assistant.read_days import Unit, find_periods, read_period
from assistant.read_figures import LARGE_NUMERAL, PLAIN_NUMERAL, Figure, read_number
from assistant.scenario_words import load_scenario_words

Kind = Literal["share", "money", "duration"]
Verdict = Literal["inside", "outside", "undecided"]
# ``exceeding``: the words name what goes past the bound (超过, 以上); ``keeping``: what keeps it.
Manner = Literal["keeping", "exceeding"]

_SHARE = re.compile(
    rf"(?P<percent>\d+(?:\.\d+)?)\s?\\?[%％]|百分之(?P<hundredths>{PLAIN_NUMERAL})"
    rf"|(?P<denominator>{PLAIN_NUMERAL})分之(?P<numerator>{PLAIN_NUMERAL})"
    rf"|(?P<points>{PLAIN_NUMERAL})个百分点"
)
_MONEY = re.compile(rf"(?P<large>{LARGE_NUMERAL})元?|(?P<plain>{PLAIN_NUMERAL})元")
_BETWEEN = r"(?P<base>[^,，。；;、\d%]{0,18}?)$"
_AT_MOST = re.compile(
    rf"(?P<word>不得?(?:超过|高于|大于|多于|超出|突破)|(?:未|没有)(?:超过|超出|突破)|控制在|最高|至多|最多|上限[为是]?){_BETWEEN}"
)
_AT_LEAST = re.compile(
    rf"(?P<word>不得?(?:低于|少于|小于)|至少|应当?达到|达到|完成|(?<![不未])满){_BETWEEN}"
)
_LESS = re.compile(rf"(?P<word>(?<!不)(?<!不得)(?:低于|少于|小于|不足|不满|未满|未达到)){_BETWEEN}")
_MORE = re.compile(
    rf"(?P<word>(?<!不)(?<!不得)(?<!未)(?<!没有)(?:超过|超出|高于|大于|多于|突破|逾)){_BETWEEN}"
)
_SHARE_OF = re.compile(r"(?:占|为|按|按照)(?P<base>[^,，。；;、\d%]{1,18}?)的?$")
_INCLUDING = r"(?P<bracket>[(（][^()（）]{0,6}含[^()（）]{0,6}[)）])?"
_BEHIND = re.compile(rf"^{_INCLUDING}(?P<word>及?以上|及?以下|以内|之内|内|以后|之后|后)")
_RANGE_BEFORE = re.compile(rf"(?P<low>{PLAIN_NUMERAL})(?:个?[月日年天])?(?:至|到|—|-|~|～)$")
_RUNS_BACK = re.compile("^(?:以|之)?前")
_ADVANCE = "提前"
_JOINS = re.compile(r"^[(（）)含不及以上至到、,，并且但]*(?:不足|不满|低于|不超过|少于)?$")
_CLAUSE_ENDS = re.compile(r"[,，。；;：:\n]")
_SENTENCE_ENDS = re.compile(r"[。；;\n]")
_CONJUNCTION = re.compile("(?:并)?且|同时")
_HAS_NUMBER = re.compile(
    rf"[\d%％]|百分|分之|半年|[{PLAIN_NUMERAL[-1]}一二两三四五六七八九十]个?(?:年|月|日|天|周|工|万|亿)"
)
_EXCLUDING = "不含"
# A year has not more working periods than this; 2026年 is no period.
_LONGEST_PERIOD = 1200
_MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """An interval; None where a side is open, ``_open`` where the number itself is left out."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    def weigh(self, figure: Figure) -> Verdict:
        """Whether a figure lies inside, for all that it may be."""
        if self._holds(figure.low) and self._holds(figure.high):
            return "inside"
        above = self.high is not None and (
            figure.low > self.high or (self.high_open and figure.low == self.high)
        )
        under = self.low is not None and (
            figure.high < self.low or (self.low_open and figure.high == self.low)
        )
        return "outside" if above or under else "undecided"

    def is_edge(self, figure: Figure) -> bool:
        """Whether a figure is the number itself."""
        return figure.is_exact and figure.value in (self.low, self.high)

    def _holds(self, value: Fraction) -> bool:
        low_kept = self.low is None or value > self.low or (value == self.low and not self.low_open)
        high_kept = (
            self.high is None or value < self.high or (value == self.high and not self.high_open)
        )
        return low_kept and high_kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """One bound, with the words that set it; positions refer to the provision's text.

    Attributes:
        bound: shares as fractions of 1, sums in 元, periods in ``unit``.
        unit: of a period.
        manner: whether the words name what keeps the bound or what passes it.
        side: the word that tells the side, e.g. ``不超过``.
        base: what a share is taken of, as printed; empty where it is not said.
        number: the number as printed, e.g. ``15%``.
        clause: the clause that sets the bound.
        sentence: the sentence it stands in.
        left: that sentence up to the number.
        right: the sentence behind the number.
    """

    kind: Kind
    bound: Bound
    unit: Unit | None = None
    manner: Manner
    side: str
    base: str = ""
    number: str
    clause: str
    sentence: str
    left: str
    right: str
    start: int
    end: int

    @property
    def is_advance(self) -> bool:
        """Whether the period runs back from an event: 提前15个工作日."""
        return self.side == _ADVANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    word: str
    manner: Manner
    is_upper: bool
    is_open: bool
    base: str = ""


@lru_cache(maxsize=16384)
def read_thresholds(text: str) -> tuple[Threshold, ...]:
    """All bounds of a provision, in its order; penalties and plain counts are none."""
    if not _HAS_NUMBER.search(text):
        return ()
    found = [
        *(_read("share", match, text) for match in _SHARE.finditer(text)),
        *(_read("money", match, text) for match in _MONEY.finditer(text)),
        *(_read("duration", match, text) for match in find_periods(text)),
    ]
    thresholds = sorted((t for t in found if t is not None), key=lambda t: t.start)
    return tuple(_join_ranges(thresholds, text))


def clause_around(text: str, start: int, end: int) -> str:
    """The clause that ``text[start:end]`` stands in, without what 且 adds to it."""
    begin = max((m.end() for m in _CLAUSE_ENDS.finditer(text, 0, start)), default=0)
    finish = next((m.start() for m in _CLAUSE_ENDS.finditer(text, end)), len(text))
    begin = max((m.end() for m in _CONJUNCTION.finditer(text, begin, start)), default=begin)
    return text[begin:finish].strip()


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence lies that ``text[start:end]`` stands in."""
    begin = max((m.end() for m in _SENTENCE_ENDS.finditer(text, 0, start)), default=0)
    return begin, next((m.start() for m in _SENTENCE_ENDS.finditer(text, end)), len(text))


def _read(kind: Kind, match: re.Match[str], text: str) -> Threshold | None:
    start, end = match.span()
    clause_start = max((m.end() for m in _CLAUSE_ENDS.finditer(text, 0, start)), default=0)
    left, right = text[clause_start:start], text[end:]
    side = _find_side(left, right, is_duration=kind == "duration")
    value = _value_of(kind, match)
    if side is None or value is None or (kind == "money" and _is_penalty(left, right)):
        return None
    number, unit = value
    sentence_start, sentence_end = sentence_span(text, start, end)
    return Threshold(
        kind=kind,
        bound=_bound(side, number, _low_of_range(left, match)),
        unit=unit,
        manner=side.manner,
        side=side.word,
        base=side.base,
        number=match.group(),
        clause=clause_around(text, start, end),
        sentence=text[sentence_start:sentence_end].strip(),
        left=text[sentence_start:start],
        right=text[end:sentence_end],
        start=start,
        end=end,
    )


def _find_side(left: str, right: str, *, is_duration: bool) -> _Side | None:
    if is_duration and (left.endswith(_ADVANCE) or _RUNS_BACK.match(right)):
        return _Side(word=_ADVANCE, manner="keeping", is_upper=False, is_open=False)
    for pattern, manner, is_upper, is_open in (
        (_AT_MOST, "keeping", True, False),
        (_LESS, "keeping", True, True),
        (_AT_LEAST, "keeping", False, False),
        (_MORE, "exceeding", False, True),
    ):
        found = pattern.search(left)
        if found is not None and not (is_duration and found["base"]):
            base = found["base"].removesuffix("的")
            return _Side(
                word=found["word"],
                manner="exceeding" if manner == "exceeding" else "keeping",
                is_upper=is_upper,
                is_open=is_open,
                base=base,
            )
    return _find_side_behind(left, right, is_duration=is_duration)


def _find_side_behind(left: str, right: str, *, is_duration: bool) -> _Side | None:
    found = _BEHIND.match(right)
    if found is None or (not is_duration and found["word"] not in _SIDES_OF_NUMBERS):
        return None
    word = found["word"]
    base = _SHARE_OF.search(left)
    return _Side(
        word=word,
        manner="exceeding" if word.endswith("以上") else "keeping",
        is_upper=word.endswith(("内", "以下")),
        is_open=_EXCLUDING in (found["bracket"] or ""),
        base=base["base"] if base else "",
    )


_SIDES_OF_NUMBERS = ("以上", "及以上", "以下", "及以下", "以内", "之内", "内")


def _value_of(kind: Kind, match: re.Match[str]) -> tuple[Fraction, Unit | None] | None:
    if kind == "duration":
        period = read_period(match)
        if period is None or period[0].value > _LONGEST_PERIOD:
            return None
        return period[0].value, period[1]
    try:
        return (_share_value(match) if kind == "share" else _money_value(match)), None
    except ValueError:
        return None


def _share_value(match: re.Match[str]) -> Fraction:
    if match["denominator"]:
        return read_number(match["numerator"]) / (read_number(match["denominator"]) or 1)
    return read_number(match["percent"] or match["hundredths"] or match["points"]) / 100


def _money_value(match: re.Match[str]) -> Fraction:
    return read_number(match["large"] or match["plain"])


def _low_of_range(left: str, match: re.Match[str]) -> Fraction | None:
    """The 12 of 12至24个月内, in the unit of the period."""
    found = _RANGE_BEFORE.search(left)
    try:
        low = read_number(found["low"]) if found else None
    except ValueError:
        return None
    return low * _MONTHS_OF_YEAR if low is not None and "年" in match.group() else low


def _bound(side: _Side, value: Fraction, low: Fraction | None) -> Bound:
    if side.is_upper:
        return Bound(low=low, high=value, high_open=side.is_open)
    return Bound(low=value, low_open=side.is_open)


def _is_penalty(left: str, right: str) -> bool:
    penalties = load_scenario_words().penalties
    clause = _CLAUSE_ENDS.split(right, maxsplit=1)[0]
    return bool(penalties.search(left) or penalties.search(clause))


def _join_ranges(thresholds: list[Threshold], text: str) -> list[Threshold]:
    """50万元以上、100万元以下 sets one bound with two sides."""
    joined: list[Threshold] = []
    for threshold in thresholds:
        before = joined[-1] if joined else None
        if before is not None and _is_one_range(before, threshold, text):
            bound = replace(threshold.bound, low=before.bound.low, low_open=before.bound.low_open)
            joined[-1] = replace(
                threshold,
                bound=bound,
                manner="keeping",
                number=text[before.start : threshold.end],
                base=before.base or threshold.base,
                left=before.left,
                start=before.start,
            )
        else:
            joined.append(threshold)
    return joined


def _is_one_range(first: Threshold, second: Threshold, text: str) -> bool:
    return (
        first.kind == second.kind
        and first.bound.high is None
        and second.bound.high is not None
        and first.clause == second.clause
        and bool(_JOINS.match(text[first.end : second.start]))
    )
