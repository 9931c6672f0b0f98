"""Numbered lines -> the chapters 1, 2, 3 above sections 1.1, 1.2, told from list items."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import count as count_from

from checkers.heading_numbers import Scheme
from checkers.report_line import ReportLine

_FORMS: frozenset[Scheme] = frozenset({"decimal", "enumerated"})
_CHAPTER_FORMS: frozenset[Scheme] = frozenset({"part", "chapter", "section", "chinese"})
# Share of the sections 3.x that stand below a chapter numbered 3 in another form.
_MOSTLY = 0.6
_DIGITS = re.compile(r"\d+")


def list_sections(accepted: Mapping[int, ReportLine]) -> list[tuple[int, int]]:
    """Return block index and chapter count of the decimal sections among the headings."""
    return [
        (index, line.number.values[0])
        for index, line in sorted(accepted.items())
        if line.number is not None and line.number.scheme == "decimal" and line.number.depth > 1
    ]


def have_other_chapters(accepted: Mapping[int, ReportLine]) -> bool:
    """Whether the sections 1.1, 2.1 stand below chapters of another form: 第一章, 一、."""
    current, below, total = 0, 0, 0
    for _, line in sorted(accepted.items()):
        number = line.number
        if number is None:
            continue
        if number.scheme in _CHAPTER_FORMS:
            current = number.values[0]
        elif number.scheme == "decimal" and number.depth > 1:
            total += 1
            below += number.values[0] == current
    return total > 0 and below >= total * _MOSTLY


def count_other_chapters(accepted: Mapping[int, ReportLine]) -> int:
    """Return how many headings of the forms 第一章 and 一、 there are."""
    return sum(
        line.number is not None and line.number.scheme in _CHAPTER_FORMS
        for line in accepted.values()
    )


def find_decimal_chapters(
    lines: Sequence[ReportLine],
    accepted: Mapping[int, ReportLine],
    stands_out: Callable[[ReportLine], bool],
) -> list[ReportLine]:
    """Return the lines that are chapters of the sections 1.1, 2.1 … already accepted.

    Chapter N stands behind the last section of an earlier chapter and before the first one of
    its own or a later chapter. List items with the same count stand elsewhere. Chapters without
    sections may follow the last section.
    """
    sections = list_sections(accepted)
    if not sections:
        return []
    last = max(count for _, count in sections)
    chapters: list[ReportLine] = []
    after = -1
    for count in count_from(1):
        low = max([after, *(index for index, chapter in sections if chapter < count)])
        high = min((index for index, chapter in sections if chapter >= count), default=None)
        fitting = [
            line
            for line in lines
            if low < line.index
            and (high is None or line.index < high)
            and _is_candidate(line, count)
            and (count <= last or _resembles(line, chapters))
        ]
        if fitting:
            # A heading by style wins, then one that stands out, then the one nearest to its own
            # first section; behind the last section the first one is nearest.
            sign = 1 if count <= last else -1
            best = max(
                fitting,
                key=lambda line: (line.index in accepted, stands_out(line), sign * line.index),
            )
            chapters.append(best)
            after = best.index
        elif count > last:
            return chapters
    return chapters


def _is_candidate(line: ReportLine, count: int) -> bool:
    number = line.number
    return (
        line.can_head
        and number is not None
        and number.scheme in _FORMS
        and number.values == (count,)
    )


def _resembles(line: ReportLine, chapters: Sequence[ReportLine]) -> bool:
    """Whether a line has the form of number of the chapters found so far."""
    if not chapters or line.number is None:
        return False
    known = chapters[-1].number
    return known is not None and _separator(line) == _separator(chapters[-1])


def _separator(line: ReportLine) -> str:
    return "" if line.number is None else _DIGITS.sub("", line.number.printed)
