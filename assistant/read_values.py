"""Provision -> the figures, dates, periods and bodies in it, ready to be compared.

Two ways of writing the same value have the same key: 半年内 and 6个月内, 15% and 百分之十五.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.read_figures import LARGE_NUMERAL, PLAIN_NUMERAL, read_number

ValueKind = Literal["percent", "money", "people", "time", "frequency", "body"]
KIND_NAMES: dict[ValueKind, str] = {
    "percent": "比例",
    "money": "金额",
    "people": "人数",
    "time": "时间",
    "frequency": "频次",
    "body": "部门或单位",
}

_HALF = "半"
_PERCENT = re.compile(rf"(?P<number>\d+(?:\.\d+)?)\s?\\?[%％]|百分之(?P<chinese>{PLAIN_NUMERAL})")
_MONEY = re.compile(rf"(?P<number>{LARGE_NUMERAL}|{PLAIN_NUMERAL})元(?:以上|以下|以内)?")
_PEOPLE = re.compile(rf"(?P<number>{PLAIN_NUMERAL})(?:名|人|位)(?:以上|以下)?")
# 6个月内, 半年内, 15日内, 三十个工作日内; a year like 2025年 and a day of a month are no periods.
_PERIOD = re.compile(
    rf"(?<![年月\d第上下])(?P<number>{_HALF}|{PLAIN_NUMERAL})"
    r"(?P<unit>个月|年(?!度|底|末|初)|个?工作日|日|天|周|个?小时)"
    r"(?P<side>以内|之内|内|以后|之后|后|以上|以下|前)?"
)
_LATEST_YEAR_COUNT = 1000
_YEARLY = re.compile(
    r"(?:每年|当年|次年|上年|本年)?(?P<date>年底|年末|年初|第[一二三四1-4]季度[末底初]?"
    rf"|(?P<month>{PLAIN_NUMERAL})月(?:(?P<day>{PLAIN_NUMERAL})日|份|[底末初])?)(?:之|以)?前"
)
_FREQUENCY = re.compile(
    rf"每(?:(?:半|{PLAIN_NUMERAL})?(?:年|个?月|季度|周|日))(?:至少)?(?:开展|进行)?(?:[一两二三]次)?"
    r"|不定期|定期|实时"
)
_UNITS = {"个月": ("月", 1), "年": ("月", 12), "日": ("日", 1), "天": ("日", 1), "周": ("日", 7)}
# Whether a figure is the most or the least; looked for in the words right before it.
_BOUNDS = (
    (re.compile("不(?:得)?(?:超过|高于|大于|多于)[^，,。；;]{0,14}$"), "至多"),
    (re.compile("(?:不(?:得)?(?:低于|少于|小于)|至少|达到)[^，,。；;]{0,14}$"), "至少"),
    (re.compile("(?:超过|超出|高于|大于)[^，,。；;]{0,14}$"), "超过"),
)
_SIDES = (("内", "内"), ("后", "后"), ("前", "前"), ("以上", "以上"), ("以下", "以下"))
_BODY_NAME = (
    r"(?:(?:(?![由向报将把经])[一-鿿]){1,16}?(?:领导小组办公室|单位主管部门|主管部门|办公室|领导小组|局|委(?!网|机|办|员|托)"
    r"|办(?!理|法|公|事)|中心(?!城)|政府(?!投|采|购|资|机)|部门|单位(?!主管)))"
)
_BODIES = rf"{_BODY_NAME}(?:[、和及与]{_BODY_NAME})*"
_BODY = re.compile(
    rf"由(?P<behind>{_BODIES})"
    rf"|(?:^|[，,。；;])(?P<before>{_BODIES})(?=负责|牵头|主管)"
)
# A body that is left open tells nothing.
_ANY_BODY = re.compile("有关|相关|各")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value in a provision.

    Attributes:
        text: verbatim, e.g. ``半年内``.
        key: equal for values that mean the same.
        side: what the value bounds, e.g. ``内``; values of different sides can't be compared.
    """

    text: str
    key: str
    side: str = ""


def read_values(provision: str, kind: ValueKind) -> tuple[Value, ...]:
    """The values of a kind, in the order of the text, each once."""
    found = _READERS[kind](provision)
    return tuple({value.key: value for value in found}.values())


def _read_percents(provision: str) -> Iterator[Value]:
    for match in _PERCENT.finditer(provision):
        share = read_number(match["number"] or match["chinese"])
        yield _bounded(provision, match, f"{share}%")


def _read_money(provision: str) -> Iterator[Value]:
    for match in _MONEY.finditer(provision):
        yield _bounded(provision, match, f"{read_number(match['number'])}元")


def _read_people(provision: str) -> Iterator[Value]:
    for match in _PEOPLE.finditer(provision):
        yield _bounded(provision, match, f"{read_number(match['number'])}人")


def _read_times(provision: str) -> Iterator[Value]:
    """Periods and dates of the year, in the order of the text."""
    dates = {match.start(): _date(match) for match in _YEARLY.finditer(provision)}
    taken = [match.span() for match in _YEARLY.finditer(provision)]
    periods = {
        match.start(): _period(match)
        for match in _PERIOD.finditer(provision)
        if not any(start <= match.start() < end for start, end in taken)
        and not _is_calendar_year(match)
    }
    return iter(value for _, value in sorted((dates | periods).items()))


def _is_calendar_year(match: re.Match[str]) -> bool:
    number = match["number"]
    return match["unit"] == "年" and number != _HALF and read_number(number) >= _LATEST_YEAR_COUNT


def _date(match: re.Match[str]) -> Value:
    key = match["date"]
    if match["month"] and match["day"]:
        key = f"{read_number(match['month'])}月{read_number(match['day'])}日"
    elif match["month"]:
        key = f"{read_number(match['month'])}月{match['date'][-1]}".replace("末", "底")
    return Value(text=match.group(), key=f"{key}前", side="某日前")


def _period(match: re.Match[str]) -> Value:
    unit, factor = _UNITS.get(match["unit"], (match["unit"].removeprefix("个"), 1))
    if match["number"] == _HALF:
        amount = str(6 if match["unit"] == "年" else factor / 2)
    else:
        amount = str(read_number(match["number"]) * factor)
    side = next((side for ending, side in _SIDES if (match["side"] or "").endswith(ending)), "")
    return Value(text=match.group(), key=f"{amount}个{unit}{side}", side=side)


def _read_frequencies(provision: str) -> Iterator[Value]:
    for match in _FREQUENCY.finditer(provision):
        yield Value(text=match.group(), key=match.group())


def _read_bodies(provision: str) -> Iterator[Value]:
    for match in _BODY.finditer(provision):
        name = match["behind"] or match["before"]
        if not _ANY_BODY.search(name):
            yield Value(text=name, key=name)


def _bounded(provision: str, match: re.Match[str], key: str) -> Value:
    before = provision[: match.start()]
    side = next((name for pattern, name in _BOUNDS if pattern.search(before)), "")
    behind = match.group()[-2:]
    side = side or (behind if behind in ("以上", "以下", "以内") else "")
    return Value(text=match.group(), key=f"{side}{key}", side=side)


_READERS = {
    "percent": _read_percents,
    "money": _read_money,
    "people": _read_people,
    "time": _read_times,
    "frequency": _read_frequencies,
    "body": _read_bodies,
}
