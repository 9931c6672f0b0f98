"""A line -> the heading number it begins with, in any of the forms that reports use."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast, get_args

import yaml

Scheme = Literal[
    "part",
    "chapter",
    "section",
    "article",
    "chinese",
    "chinese_paren",
    "decimal",
    "enumerated",
    "arabic_paren",
    "half_paren",
    "circled",
    "appendix",
]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

_CHINESE_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "\u3007": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8,
    "玖": 9,
}  # fmt: skip
_CHINESE_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_CIRCLED_FIRST = {"①": 1, "⑴": 1, "⒈": 1, "㊀": 1}
# A number with the blanks around it; what follows decides nothing but the next few characters.
_LONGEST_NUMBER = 48
_DOT = re.compile(r"[.。·、-]")
# What a number begins with; a quick look that spares most lines of text the search.
_MAY_BEGIN = re.compile(
    r"[\s\u3000]*[\d\uff10-\uff19第附§IVX\u2160-\u216b(（【\[〔"
    "一二三四五六七八九十百零〇两壹贰叁肆伍陆柒捌玖拾佰①-⑳⑴-⒇⒈-⒛㊀-㊉]"
)
_TRAILING = ".。．、:： "
_BRACKETS = "【】[]〔〕"
# Full-width digits, dots and brackets are typing habits; one form is enough to match. Each maps
# to one character, so positions stay those of the printed text.
_FOLD = {0xFF10 + digit: str(digit) for digit in range(10)} | str.maketrans(
    "．（）\u3000\u00a0\u2002\u2003\t\n", ".()      "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingNumber:
    """The number of a heading.

    Attributes:
        scheme: its form.
        values: its counts; more than one only in decimal numbers.
        printed: as it stands in the text, without surrounding blanks.
        glued: whether nothing separates it from the title (``1项目概述``), so that it may as
            well be a quantity.
    """

    scheme: Scheme
    values: tuple[int, ...]
    printed: str
    glued: bool = False

    @property
    def depth(self) -> int:
        """Number of counts, 1 for all but decimal numbers."""
        return len(self.values)

    @property
    def key(self) -> tuple[Scheme, int]:
        """What headings of one level have in common."""
        return self.scheme, self.depth


@dataclass(frozen=True, slots=True)
class _Pattern:
    scheme: Scheme
    expression: re.Pattern[str]
    glued: bool


@cache
def _load_patterns() -> tuple[_Pattern, ...]:
    """Return the forms of numbers, most specific first."""
    text = resources.files("checkers").joinpath("heading_numbers.yaml").read_text("utf-8")
    data = yaml.safe_load(text)
    fragments: dict[str, str] = data["fragments"]
    return tuple(
        _Pattern(
            scheme=cast("Scheme", entry["scheme"]),
            expression=re.compile(_insert_fragments(entry["pattern"], fragments)),
            glued=bool(entry.get("glued", False)),
        )
        for entry in data["patterns"]
    )


def _insert_fragments(pattern: str, fragments: dict[str, str]) -> str:
    for name, fragment in fragments.items():
        pattern = pattern.replace(f"<{name}>", fragment)
    return pattern


def split_heading(text: str) -> tuple[HeadingNumber | None, str]:
    """Split a line into its number and its title; (None, text) where it has no number."""
    if not _MAY_BEGIN.match(text):
        return None, text.strip()
    folded = text[:_LONGEST_NUMBER].translate(_FOLD)
    start = len(folded) - len(folded.lstrip())
    for pattern in _load_patterns():
        match = pattern.expression.match(folded, start)
        if match:
            title = text[match.end() :].strip()
            return _make_number(pattern, match, text[start : match.end()]), title
    return None, text.strip()


def parse_number(printed: str) -> HeadingNumber | None:
    """Read an automatic number such as ``第三章`` or ``3.1``; None where it is none."""
    number, _ = split_heading(f"{printed} 题")
    if number is not None and len(number.printed) >= len(printed.strip(_TRAILING)):
        return number
    return None


def _make_number(pattern: _Pattern, match: re.Match[str], printed: str) -> HeadingNumber:
    counts = _DOT.split((match["n"] or "").replace(" ", ""))
    values = tuple(max(count_of(part), 0) for part in counts if part)
    return HeadingNumber(
        scheme=pattern.scheme,
        values=values or (0,),
        printed=_trim(printed, pattern.scheme, len(values)),
        glued=pattern.glued,
    )


def _trim(printed: str, scheme: Scheme, depth: int) -> str:
    """Drop blanks, and the stray full stop after 第一章. or 4.1. that belongs to no number."""
    printed = printed.strip()
    if depth > 1 or scheme in {"part", "chapter", "section", "article", "appendix"}:
        printed = printed.strip(_BRACKETS + _TRAILING)
    return printed


def count_of(numeral: str) -> int:
    """Return the value of a numeral in Arabic digits, Chinese or Roman characters or a circle.

    ``十二`` and ``12`` are 12, ``一百零五`` is 105, ``二〇`` is 20; 0 where it is none.
    """
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    if len(numeral) == 1:
        for first, value in _CIRCLED_FIRST.items():
            if 0 <= ord(numeral) - ord(first) < 20:
                return ord(numeral) - ord(first) + value
    if numeral and all(char in _ROMAN for char in unicodedata.normalize("NFKC", numeral)):
        return _count_roman(unicodedata.normalize("NFKC", numeral))
    if not any(char in _CHINESE_UNITS for char in numeral):
        digits = [_CHINESE_DIGITS.get(char, -1) for char in numeral]
        return 0 if -1 in digits or not digits else int("".join(map(str, digits)))
    total, digit = 0, 0
    for char in numeral:
        if char in _CHINESE_UNITS:
            total += (digit or 1) * _CHINESE_UNITS[char]
            digit = 0
        else:
            digit = _CHINESE_DIGITS.get(char, 0)
    return total + digit


def _count_roman(numeral: str) -> int:
    values = [_ROMAN[char] for char in numeral]
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))
