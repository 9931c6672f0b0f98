"""Question -> its sums of money and its percentages, with what each is a figure of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeVar

from assistant.read_figures import (
    LARGE_NUMERAL,
    PLAIN_NUMERAL,
    Figure,
    about,
    above,
    below,
    exact,
    read_figure,
    read_number,
)
from assistant.scenario_words import BaseKind, ScenarioWords, load_scenario_words, nearest_before

Role = Literal["base", "part", "result", "unknown"]

_CURRENCY = r"(?:元|块钱?|人民币|RMB)"
# 一块 is "together" as often as one 元.
_CLEAR_CURRENCY = r"(?:元|块钱|人民币|RMB)"
# A bare number of five digits or more is a sum in 元 where words around it say that it is a sum.
_MONEY = re.compile(
    rf"(?P<large>{LARGE_NUMERAL}){_CURRENCY}?"
    rf"|(?P<plain>{PLAIN_NUMERAL}){_CLEAR_CURRENCY}"
    rf"|(?<![\d.])(?P<bare>\d{{5,10}}|\d{{1,3}}(?:,\d{{3}})+)(?![\d%.])"
    rf"|(?P<short>{PLAIN_NUMERAL})(?=(?:[变改调增加涨提降减]{{0,2}}[成到至为]|~|-){LARGE_NUMERAL})"
)
_SHARE = re.compile(
    rf"百分之(?P<hundredths>{PLAIN_NUMERAL})"
    r"|(?P<percent>\d+(?:\.\d+)?)(?:%|个百分点|个点)"
    rf"|(?P<points>{PLAIN_NUMERAL})个(?:百分)?点"
    r"|(?P<tenths>[一二两三四五六七八九\d])成(?P<half>半|[一二三四五六七八九](?!成))?(?!不|本|果|立|员)"
    r"|(?P<whole>一半|过半)"
)
_OVER_BEFORE = re.compile(r"(超过了?|高于|大于|多于|不止|突破)$")
_OVER_BEHIND = re.compile(r"^(以上|出头|往上|还多|多(?![少出花了用\d一二三四五六七八九十两]))")
_UNDER_BEFORE = re.compile(
    r"(不到|不足|不满|未满|将近|接近|近|快|低于|少于|没到|未到|小于|才不到)$"
)
_ABOUT_BEFORE = re.compile(r"(大约|大概|约|差不多|估计)$")
_ABOUT_BEHIND = re.compile(r"^(元|块)?(左右|上下|的样子)")
_CLAUSE_ENDS = "，,。；;？?！!\n "
_SENTENCE_ENDS = "。；;？?！!\n"
# No project costs more; a larger number is no sum.
_LARGEST_SUM = 10**14
_RANGE_SIGNS = ("到", "至", "-", "~", "—")
_HALF = Fraction(1, 2)
# Words that come between what a sum is of and the sum itself.
_CUE_REACH = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A sum in 元.

    Attributes:
        span: where it stands in the question.
        role: ``part`` of what a share is taken of, ``base`` that it is taken of, ``result`` that
            a base has become.
        name: what it is a sum of, e.g. ``概算`` or ``调整``; empty where nothing says so.
        kind: of a base.
        lessens: a part by which something gets less.
    """

    figure: Figure
    span: tuple[int, int]
    role: Role = "unknown"
    name: str = ""
    kind: BaseKind = "any"
    lessens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A percentage, as a fraction of 1; ``name`` says what of, empty where nothing does."""

    figure: Figure
    span: tuple[int, int]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """All sums and percentages of a question, in its order."""

    moneys: tuple[Money, ...] = ()
    shares: tuple[Share, ...] = ()


_Read = TypeVar("_Read", Money, Share)


def read_sums(text: str) -> Sums:
    """Read a question; figures that state a rule (不超过15%) are left out."""
    words = load_scenario_words()
    found = list(_MONEY.finditer(text))
    moneys = [_read_money(text, found, number, words) for number in range(len(found))]
    shares = [_read_share(text, match, words) for match in _SHARE.finditer(text)]
    named = _join_ranges([money for money in moneys if money is not None], text)
    return Sums(
        moneys=tuple(_settle_roles(text, named, words)),
        shares=tuple(_join_ranges([share for share in shares if share is not None], text)),
    )


def _join_ranges(read: list[_Read], text: str) -> list[_Read]:
    """10%到15% is one figure, and so is 50到60万 where it is a part of something."""
    joined: list[_Read] = []
    for entry in read:
        before = joined[-1] if joined else None
        if before is not None and _is_range(before, entry, text):
            low, high = before.figure.low, entry.figure.high
            figure = Figure(value=(low + high) / 2, low=low, high=high)
            joined[-1] = replace(before, figure=figure, span=(before.span[0], entry.span[1]))
        else:
            joined.append(entry)
    return joined


def _is_range(first: Money | Share, second: Money | Share, text: str) -> bool:
    between = text[first.span[1] : second.span[0]]
    is_part = isinstance(first, Share) or first.role == "part"
    return is_part and between in _RANGE_SIGNS and first.figure.low <= second.figure.high


def fuzz_figure(figure: Figure, before: str, behind: str) -> Figure:
    """The figure with the words around it heard: 超过, 不到, 左右."""
    if not figure.is_exact:
        return figure
    if _UNDER_BEFORE.search(before):
        return below(figure.value)
    if _OVER_BEFORE.search(before) or _OVER_BEHIND.search(behind):
        return above(figure.value)
    if _ABOUT_BEFORE.search(before) or _ABOUT_BEHIND.search(behind):
        return about(figure.value)
    return figure


def clause_before(text: str, start: int) -> str:
    """What stands before a figure in its own clause."""
    begin = max(text.rfind(end, 0, start) for end in _CLAUSE_ENDS) + 1
    return text[begin:start]


def clause_behind(text: str, end: int) -> str:
    """What stands behind a figure in its own clause."""
    finish = min((at for mark in _CLAUSE_ENDS if (at := text.find(mark, end)) >= 0), default=None)
    return text[end:finish]


def _sentence_around(text: str, start: int) -> str:
    begin = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    finish = min(
        (at for mark in _SENTENCE_ENDS if (at := text.find(mark, start)) >= 0), default=None
    )
    return text[begin:finish]


def _read_money(
    text: str, found: list[re.Match[str]], number: int, words: ScenarioWords
) -> Money | None:
    match = found[number]
    start, end = match.span()
    if words.claims.matches(text, start, end):
        return None
    begin = found[number - 1].end() if number else 0
    left = clause_before(text[begin:], start - begin)
    if begin and len(left) == start - begin:
        # 500万的盘子动60万: 盘子 belongs to the sum before.
        left = words.base_behind.sub("", left, count=1)
    following = found[number + 1].start() if number + 1 < len(found) else None
    figure = fuzz_figure(_value_of(match), text[:start], text[end:])
    if figure.value > _LARGEST_SUM:
        return None
    money = Money(figure=figure, span=(start, end))
    between = text[begin:start] if number else ""
    if number and (words.becomes.search(left) or words.becomes_between.fullmatch(between)):
        return replace(money, role="result", name="实际" if "算" in left or "际" in left else "")
    named = _name_money(
        money, left, text[end:following], _shares_clause(text, end, following), words
    )
    return None if match.group("bare") and named.role == "unknown" else named


def _shares_clause(text: str, end: int, following: int | None) -> bool:
    """Whether another sum follows in the same clause."""
    return following is not None and following < end + len(clause_behind(text, end))


def _value_of(match: re.Match[str]) -> Figure:
    if match.group("short"):
        # 500改到560万: the first one is counted in 万, too.
        return exact(read_number(match.group("short")) * 10**4)
    return read_figure(match.group("large") or match.group("plain") or match.group("bare"))


def _name_money(money: Money, left: str, right: str, has_next: bool, words: ScenarioWords) -> Money:
    behind = words.part_behind.match(right)
    if behind and not (has_next and behind.end() == len(right)):
        return _as_part(money, words.matters[0].name, right[: behind.end()])
    near = left[-_CUE_REACH:]
    part, base = nearest_before(words.matters, near), nearest_before(words.bases, near)
    if part is not None and (base is None or part[1] >= base[1]):
        return _as_part(money, part[0].name, near)
    if base is not None:
        return replace(money, role="base", name=base[0].name, kind=base[0].kind)
    if (named := words.base_behind.match(right)) is not None:
        return _as_base(money, named.group(), words)
    own = "" if has_next else clause_behind(right, 0)
    follows = nearest_before(words.matters, own)
    return _as_part(money, follows[0].name, own) if follows is not None else money


def _as_base(money: Money, named: str, words: ScenarioWords) -> Money:
    """A sum named by the words behind it; 项目 and the like leave open what it is a sum of."""
    cue = next((cue for cue in words.bases if cue.asked.search(named)), None)
    if cue is None or cue.name == "总投资":
        return replace(money, role="base", name="项目金额")
    return replace(money, role="base", name=cue.name, kind=cue.kind)


def _as_part(money: Money, name: str, words: str) -> Money:
    return replace(money, role="part", name=name, lessens=bool(re.search("减|砍|压缩", words)))


def _settle_roles(text: str, moneys: list[Money], words: ScenarioWords) -> list[Money]:
    """Roles of sums that no word names, from those of the others."""
    unknown = [money for money in moneys if money.role == "unknown"]
    if not unknown:
        return moneys
    matter = nearest_before(words.matters, text)
    has_base = any(money.role == "base" for money in moneys)
    has_part = any(money.role == "part" for money in moneys)
    largest = max(moneys, key=lambda money: money.figure.value)
    settled = []
    for money in moneys:
        is_largest = money is largest and len(moneys) > 1
        follows_result = any(other.role == "result" for other in moneys)
        if money.role != "unknown":
            settled.append(money)
        elif not has_base and (is_largest or follows_result) and (matter or follows_result):
            settled.append(replace(money, role="base", name="项目金额"))
        elif matter is not None and not has_part and not follows_result:
            settled.append(replace(money, role="part", name=matter[0].name))
        else:
            settled.append(money)
    return settled


def _read_share(text: str, match: re.Match[str], words: ScenarioWords) -> Share | None:
    start, end = match.span()
    if words.claims.matches(text, start, end) or words.share_claims.search(text[:start]):
        return None
    left = clause_before(text, start)
    near = nearest_before(words.matters, left)
    if match.group("whole"):
        # "Half" is a share of money only right behind what it is a share of.
        close = near is not None and near[1] >= len(left) - 1
        return _share(match, exact(_HALF), near[0].name, text) if near and close else None
    matter = near or nearest_before(words.matters, _sentence_around(text, start))
    return _share(match, exact(_fraction_of(match)), matter[0].name if matter else "", text)


def _share(match: re.Match[str], figure: Figure, name: str, text: str) -> Share:
    fuzzy = fuzz_figure(figure, text[: match.start()], text[match.end() :])
    return Share(figure=fuzzy, span=match.span(), name=name)


def _fraction_of(match: re.Match[str]) -> Fraction:
    if match.group("tenths"):
        half = match.group("half") or ""
        rest = Fraction(0) if not half else (_HALF if half == "半" else read_number(half) / 10)
        return (read_number(match.group("tenths")) + rest) / 10
    numeral = match.group("hundredths") or match.group("percent") or match.group("points")
    return read_number(numeral) / 100
