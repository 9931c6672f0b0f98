"""The rows of a form -> the form of the numbers before its chapters: 一、概述 | 略。"""

from __future__ import annotations

import re

from checkers.heading_numbers import HeadingNumber, Scheme, split_heading
from checkers.match_form_words import is_column_head, is_placeholder

_FEWEST_CHAPTERS = 3
# A title and its text; cells merged in other rows may stay empty beside them.
_FILLED_CELLS = 2
_SHORTEST_TITLE = 2
_LONGEST_TITLE = 30
# 1个月 and 3台 are quantities; a title glued to its number is told from them by its length.
_SHORTEST_GLUED_TITLE = 4
# Chinese characters from which on a cell without a full stop is text, not a value.
_SHORTEST_TEXT = 10
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE_END = ("。", "；")


def find_chapter_numbers(rows: list[list[str]]) -> tuple[Scheme, int] | None:
    """Return the form of the numbers of titles that stand in sequence beside texts of any length.

    None where there are fewer than three, and for tables of data: with names of columns above,
    with more columns, or with values (20台, 320万元) beside most of the titles.

    Args:
        rows: text of the cells row by row, empty ones included.
    """
    numbers: list[HeadingNumber] = []
    texts: list[str] = []
    before: list[str] = []
    for cells in rows:
        filled = [text for text in cells if text]
        number = number_of_title(cells[0]) if len(cells) > 1 else None
        if number is not None:
            if len(filled) > _FILLED_CELLS or (not numbers and _names_columns(before)):
                return None
            numbers.append(number)
            texts.append("".join(filled[1:]))
        before = filled
    if 2 * sum(map(_is_text, texts)) <= len(texts):
        return None
    return _find_sequence(numbers)


def number_of_title(text: str) -> HeadingNumber | None:
    """Return the number typed before a title; None for serial numbers, quantities, long text."""
    number: HeadingNumber | None
    number, title = split_heading(text)
    shortest = _SHORTEST_GLUED_TITLE if number is not None and number.glued else _SHORTEST_TITLE
    return number if shortest <= len(title) <= _LONGEST_TITLE else None


def _names_columns(filled: list[str]) -> bool:
    return len(filled) == _FILLED_CELLS and is_column_head(filled[0], filled[1])


def _find_sequence(numbers: list[HeadingNumber]) -> tuple[Scheme, int] | None:
    """Return the form of the first numbers that follow each other by one, if enough do."""
    run = 0
    before: HeadingNumber | None = None
    for number in numbers:
        run = run + 1 if before is not None and _follows(number, before) else 1
        if run >= _FEWEST_CHAPTERS:
            return number.key
        before = number
    return None


def _follows(number: HeadingNumber, before: HeadingNumber) -> bool:
    one_more = (*before.values[:-1], before.values[-1] + 1)
    return number.scheme == before.scheme and number.values == one_more


def _is_text(text: str) -> bool:
    """Whether a cell beside a title holds its text, or nothing yet; not a value such as 20台."""
    if not text or is_placeholder(text) or text.endswith(_SENTENCE_END):
        return True
    return len(_CHINESE.findall(text)) >= _SHORTEST_TEXT
