"""Lines of a scan -> the same lines, with heading numbers that were misread put right.

Only the beginning of a line is touched, and only where nothing but a number can stand there or
where the lines before and after it ask for that very count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Final

import yaml

from checkers.heading_numbers import count_of
from checkers.page_line import PageLine
from checkers.print_numerals import count_in_chinese

_CN: Final = "一二三四五六七八九十"
_LONGEST_HEADING = 32
_SENTENCE_MARKS = re.compile(r"[，。；？！]")
_OPEN, _CLOSE, _COMMA = "（(〔[【C", "）)〕]】", "、,，.．\u4e36﹑·"


@dataclass(frozen=True, slots=True)
class _Readings:
    """What a misread character stands for, and the patterns built from that."""

    strokes: Mapping[str, str]
    in_sequence: Mapping[str, str]
    units: Mapping[str, str]
    digits: Mapping[int, str]
    chapter: re.Pattern[str]
    bracketed: re.Pattern[str]
    counted: re.Pattern[str]
    decimal: re.Pattern[str]
    uncounted: re.Pattern[str]


@cache
def _load_readings() -> _Readings:
    text = resources.files("checkers").joinpath("scanned_numbers.yaml").read_text("utf-8")
    data = yaml.safe_load(text)
    strokes = _invert(data["strokes"])
    ordinal, units = data["ordinal"], _invert(data["units"])
    stroke = re.escape("".join(strokes))
    digits = _invert(data["digits"])
    ones = re.escape("".join(char for char, digit in digits.items() if digit == "1"))
    loose = re.escape("".join(digits))
    return _Readings(
        strokes=strokes,
        in_sequence=_invert(data["in_sequence"]),
        units=units,
        digits=str.maketrans(digits),
        chapter=re.compile(
            rf"^[{ordinal}]\s?([{_CN}百\d{stroke}]{{1,5}})\s?([{''.join(units)}])(?=.)"
        ),
        bracketed=re.compile(rf"^[（(〔]\s?([{_CN}{stroke}]{{1,3}})\s?[）)〕]"),
        counted=re.compile(rf"^([{_CN}]{{0,2}}[{stroke}])\s?[、\u4e36﹑,，](?=\s?[㐀-鿿])"),
        decimal=re.compile(
            rf"^(?:[{ones}]|\d{{1,2}})(?:[.．。]\s?[\d{loose}]{{1,2}}){{1,4}}(?=[.、\s㐀-鿿])"
        ),
        uncounted=re.compile(f"[{data['uncounted']}]"),
    )


def _invert(table: Mapping[str, str]) -> dict[str, str]:
    return {char: meant for meant, chars in table.items() for char in chars}


def mend_scanned_numbers(lines: Sequence[PageLine]) -> list[PageLine]:
    """Return the lines in the same order."""
    texts = [_mend_at_once(line.text) for line in lines]
    _mend_in_sequence(texts, _split_counted, lambda numeral: f"{numeral}、")
    _mend_in_sequence(texts, _split_bracketed, lambda numeral: f"（{numeral}）")
    return [
        line if line.text == text else replace(line, text=text)
        for line, text in zip(lines, texts, strict=True)
    ]


def _mend_at_once(text: str) -> str:
    """Mend what can be nothing but the number of a heading."""
    readings = _load_readings()
    chapter = readings.chapter.match(text)
    if chapter:
        unit = readings.units[chapter[2]]
        return f"第{_read_strokes(chapter[1])}{unit}{text[chapter.end() :]}"
    bracketed = readings.bracketed.match(text)
    if bracketed:
        return f"（{_read_strokes(bracketed[1])}）{text[bracketed.end() :]}"
    counted = readings.counted.match(text)
    if counted:
        return f"{_read_strokes(counted[1])}、{text[counted.end() :]}"
    decimal = readings.decimal.match(text)
    if decimal:
        return decimal[0].translate(readings.digits) + text[decimal.end() :]
    return text


def _read_strokes(numeral: str) -> str:
    strokes = _load_readings().strokes
    return "".join(strokes.get(char, char) for char in numeral)


@dataclass(frozen=True, slots=True)
class _Split:
    """A line that may begin with a number: the numeral as read, and what follows it.

    ``is_plain``: whether it is written as it should be, so that it counts without doubt.
    """

    numeral: str
    rest: str
    is_plain: bool


def _split_counted(text: str) -> _Split | None:
    """Split 三、建设方案, and 三建设方案 or 人、建设方案, which may be meant for such."""
    plain = re.match(rf"([{_CN}]{{1,3}})\s?[{_COMMA}]\s?(?=\D)", text)
    if plain:
        return _Split(plain[1], text[plain.end() :], is_plain=True)
    loose = re.match(rf"([{_CN}]?.)[{_COMMA}]\s?(?=[㐀-鿿])", text) or re.match(
        rf"([{_CN}]{{1,2}})\s?(?=[㐀-鿿])", text
    )
    if loose is None or _load_readings().uncounted.match(text, loose.end()):
        return None
    return _Split(loose[1], text[loose.end() :], is_plain=False)


def _split_bracketed(text: str) -> _Split | None:
    """Split （三）建设方案, and （三建设方案, 三）建设方案 or （人）建设方案."""
    plain = re.match(rf"（([{_CN}]{{1,3}})[）)]", text)
    if plain:
        return _Split(plain[1], text[plain.end() :], is_plain=True)
    loose = (
        re.match(rf"[{re.escape(_OPEN)}]([{_CN}]?.)[{re.escape(_CLOSE)}]", text)
        or re.match(rf"[{re.escape(_OPEN)}]([{_CN}]{{1,2}})(?=[㐀-鿿])", text)
        or re.match(rf"([{_CN}]{{1,2}})[{re.escape(_CLOSE)}]", text)
    )
    return _Split(loose[1], text[loose.end() :], is_plain=False) if loose else None


def _mend_in_sequence(
    texts: list[str], split: Callable[[str], _Split | None], print_number: Callable[[str], str]
) -> None:
    """Mend the doubtful numbers that stand just where the sequence lacks one."""
    found = [(at, part) for at, text in enumerate(texts) if (part := split(text)) is not None]
    last = 0
    for position, (at, part) in enumerate(found):
        if part.is_plain:
            last = count_of(part.numeral)
            continue
        wanted = last + 1
        if not 1 <= wanted <= 20 or not _may_head(texts[at]):
            continue
        if not _may_mean(part.numeral, wanted) or not _is_asked_for(found[position + 1 :], wanted):
            continue
        texts[at] = print_number(count_in_chinese(wanted)) + part.rest
        last = wanted


def _may_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and _SENTENCE_MARKS.search(text[4:]) is None


def _may_mean(numeral: str, wanted: int) -> bool:
    """Whether a numeral as read may stand for a count."""
    readings = _load_readings()
    meant = "".join(
        readings.in_sequence.get(char, readings.strokes.get(char, char)) for char in numeral
    )
    return meant == count_in_chinese(wanted)


def _is_asked_for(following: Sequence[tuple[int, _Split]], wanted: int) -> bool:
    """Whether the next number without doubt goes on behind the one wanted, or none comes."""
    after = next((part for _, part in following if part.is_plain), None)
    if after is None:
        return wanted > 1
    return count_of(after.numeral) == wanted + 1 or (wanted > 1 and count_of(after.numeral) == 1)
