"""Numerals as people and regulations write them -> figures: 两千三百万, 1,200,000, 60多, 三成.

A figure is a range: "60多万" lies above 60 and below 70 万, "不到半年" below 6 months. Reckoning
with ranges keeps a vague figure from being told as a sure one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from corpus.chinese_numerals import DIGITS, UNITS

# A numeral without 万 and 亿, and one with them; the first character must say how many, so that
# 千万 (by all means) and 百 in 百姓 are no numbers.
# Numerals as they are written in contracts and on cheques.
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿")
_CHINESE_DIGITS = "零〇○一二三四五六七八九两"
_FIRST = "一二三四五六七八九两"
_ARABIC_NUMERAL = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
PLAIN_NUMERAL = (
    rf"(?:{_ARABIC_NUMERAL}[十百千]?"
    rf"|[{_FIRST}十][{_CHINESE_DIGITS}十百千]*(?:点[{_CHINESE_DIGITS}]+)?)"
)
FUZZ_BEHIND = "多|来|余|几"
_SCALED = rf"{PLAIN_NUMERAL}(?:{FUZZ_BEHIND})?个?"
# 一万二, 5万3千: what stands behind 万, unless it counts something else (五百万一年).
_REMAINDER = (
    rf"(?:零?(?:\d+千?(?=元)|[{_FIRST}][{_CHINESE_DIGITS}十百千]*)(?![个年月日天周成分半]))?"
)
LARGE_NUMERAL = rf"(?:{_SCALED}亿(?:零?{PLAIN_NUMERAL}[万wW])?|{_SCALED}[万wW]{_REMAINDER})"
_SCALES = (("亿", Fraction(10**8)), ("万", Fraction(10**4)))
_WAN = re.compile("[wW]")
# 六七十万: the one or the other.
_EITHER = re.compile(rf"([{_FIRST}])([{_FIRST}])(?=[十百千万亿])")
_FUZZ = re.compile(FUZZ_BEHIND)
_ARABIC = re.compile(r"(\d+(?:\.\d+)?)([十百千]?)")
_UNIT_BELOW = {"百": 10, "千": 100}
# "More than" without saying how much more: the bound itself is not meant.
_A_LITTLE = Fraction(1, 10**9)
_UNBOUNDED = Fraction(10**15)
# What 左右 and 大约 leave open on both sides.
_LEEWAY = Fraction(1, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that may be vague.

    Attributes:
        value: the number named.
        low: the least it may be.
        high: the most it may be.
    """

    value: Fraction
    low: Fraction
    high: Fraction

    @property
    def is_exact(self) -> bool:
        """Whether the number named is the number meant."""
        return self.low == self.high

    @property
    def prefix(self) -> str:
        """How to say it before the number: ``超过``, ``不到``, ``约`` or nothing."""
        if self.is_exact:
            return ""
        if self.low > self.value:
            return "超过"
        return "不到" if self.high < self.value else "约"

    def times(self, factor: Fraction) -> Figure:
        """The figure in another unit."""
        return Figure(value=self.value * factor, low=self.low * factor, high=self.high * factor)

    def share_of(self, base: Figure) -> Figure:
        """This as a share of a base; the base must not be 0."""
        return Figure(
            value=self.value / base.value,
            low=self.low / (base.high or base.value),
            high=self.high / (base.low or base.value),
        )


def exact(value: Fraction | int) -> Figure:
    """A figure that is meant as it stands."""
    number = Fraction(value)
    return Figure(value=number, low=number, high=number)


def above(value: Fraction) -> Figure:
    """More than a number: 超过60万."""
    return Figure(value=value, low=value + _A_LITTLE, high=_UNBOUNDED)


def below(value: Fraction) -> Figure:
    """Less than a number: 不到60万."""
    return Figure(value=value, low=Fraction(0), high=value - _A_LITTLE)


def about(value: Fraction) -> Figure:
    """Near a number: 60万左右."""
    return Figure(value=value, low=value * (1 - _LEEWAY), high=value * (1 + _LEEWAY))


def slightly_above(value: Fraction, step: Fraction) -> Figure:
    """Above a number, and below the next round one: 60多万, 一年多."""
    return Figure(value=value, low=value + _A_LITTLE, high=value + step - _A_LITTLE)


def fold_numerals(text: str) -> str:
    """The text with formal numerals written plainly (叁佰万 as 三百万); as long as before."""
    return text.translate(_FORMAL)


def read_figure(numeral: str) -> Figure:
    """Read a numeral that may be vague: ``60多万`` lies above 60 and below 70 万.

    Raises:
        ValueError: it is no numeral.
    """
    either = _EITHER.search(numeral)
    if either is not None:
        head, tail = numeral[: either.start()], numeral[either.end() :]
        low, high = (read_number(f"{head}{digit}{tail}") for digit in either.groups())
        if low < high:
            return Figure(value=(low + high) / 2, low=low, high=high)
    fuzz = _FUZZ.search(numeral)
    value = read_number(_FUZZ.sub("", numeral, count=1) if fuzz else numeral)
    if fuzz is None:
        return exact(value)
    return about(value) if fuzz.group() == "来" else slightly_above(value, round_step(value))


def round_step(value: Fraction) -> Fraction:
    """The place value of the last digit that is not 0: 10 for 60, 100 for 1200."""
    step = Fraction(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def read_number(numeral: str) -> Fraction:
    """Read a numeral in Chinese or Arabic digits or both: ``5千万``, ``两千三百万``, ``0.5亿``.

    Raises:
        ValueError: it is no numeral.
    """
    rest = _WAN.sub("万", numeral.replace(",", "").replace("个", ""))
    total, below_scale = Fraction(0), Fraction(1)
    for sign, scale in _SCALES:
        head, found, tail = rest.partition(sign)
        if found:
            total += _read_section(head) * scale
            rest, below_scale = tail, scale
    if not rest:
        return total
    # 一万二 is 12,000: a lone digit behind a unit counts the unit below.
    if below_scale > 1 and len(rest) == 1 and rest in _FIRST:
        return total + DIGITS[rest] * below_scale / 10
    return total + _read_section(rest.lstrip("零〇○") or rest)


def _read_section(section: str) -> Fraction:
    """A numeral below 万; one like 三百五 is read as spoken, 350."""
    arabic = _ARABIC.fullmatch(section)
    if arabic is not None:
        return Fraction(arabic.group(1)) * UNITS.get(arabic.group(2), 1)
    whole, point, decimals = section.partition("点")
    if not whole or (point and not decimals) or any(c not in DIGITS for c in decimals):
        raise ValueError(f"“{section}”不是数字。")
    fraction = sum(
        (Fraction(DIGITS[c], 10**place) for place, c in enumerate(decimals, start=1)), Fraction(0)
    )
    return _read_whole(whole) + fraction


def _read_whole(numeral: str) -> int:
    if not any(character in UNITS for character in numeral):
        return int("".join(str(_digit(character, numeral)) for character in numeral))
    total, digit, last_unit = 0, None, ""
    for character in numeral:
        if character in UNITS:
            total += (1 if digit is None else digit) * UNITS[character]
            digit, last_unit = None, character
        else:
            digit = _digit(character, numeral)
            last_unit = "" if digit == 0 else last_unit
    return total + (digit or 0) * _UNIT_BELOW.get(last_unit, 1)


def _digit(character: str, numeral: str) -> int:
    if character not in DIGITS:
        raise ValueError(f"“{numeral}”不是数字。")
    return DIGITS[character]


def print_number(number: Fraction, places: int = 2) -> str:
    """Write a number with at most so many decimals: ``12``, ``12.5``, ``11.76``."""
    return f"{float(number):.{places}f}".rstrip("0").rstrip(".") if places else f"{round(number)}"


def print_money(yuan: Fraction) -> str:
    """Write a sum in the unit that people use: ``60万元``, ``1.2亿元``, ``800元``."""
    for sign, scale in _SCALES:
        if yuan >= scale:
            return f"{print_number(yuan / scale, 4)}{sign}元"
    return f"{print_number(yuan)}元"


def print_figure(figure: Figure, write: Callable[[Fraction], str]) -> str:
    """Write a figure with its vagueness: ``超过60万元``, ``约60万元``, ``50万元至60万元``."""
    is_range = figure.prefix == "约" and figure.low != figure.value * (1 - _LEEWAY)
    if is_range:
        return f"{write(figure.low)}至{write(figure.high)}"
    return figure.prefix + write(figure.value)


def print_share(share: Fraction, bound: Fraction | None = None) -> str:
    """Write a share as a percentage; more decimals where it would look equal to the bound."""
    percent = share * 100
    places = 2
    while (
        bound is not None
        and share != bound
        and places < 8
        and print_number(percent, places) == print_number(bound * 100, places)
    ):
        places += 1
    printed = print_number(percent, places)
    return f"{printed}%" if Fraction(printed) == percent else f"约{printed}%"
