"""Lines whose numbers lost their dots (11项目名称 for 1.1) -> the same lines, numbered as meant.

11 may be a chapter, a quantity or 1.1; only its place among its neighbours tells: behind chapter 1
and before 12, in a report in which no number has a dot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checkers.heading_numbers import HeadingNumber, Scheme
from checkers.report_line import ReportLine

_FORMS: frozenset[Scheme] = frozenset({"decimal", "enumerated"})
_FEWEST_MENDED = 3
_FEWEST_CHAPTERS = 2
# Share of the two-digit numbers that have to count on behind their chapter.
_ENOUGH = 0.7
_TEN = 10
_HUNDRED = 100


def mend_lost_dots(lines: Sequence[ReportLine]) -> list[ReportLine]:
    """Return the lines of a report (less its contents pages) with the dots put back."""
    if any(line.can_head and line.number and line.number.depth > 1 for line in lines):
        return list(lines)
    mended: dict[int, HeadingNumber] = {}
    chapter, section, two_digits = 0, 0, 0
    for line in lines:
        count = _read_count(line)
        two_digits += _TEN < count < _HUNDRED
        if count == chapter + 1:
            chapter, section = count, 0
        elif count == chapter * _TEN + section + 1 and section + 1 < _TEN and chapter:
            section += 1
            mended[line.index] = HeadingNumber(
                scheme="decimal", values=(chapter, section), printed=f"{chapter}.{section}"
            )
    is_sure = len(mended) >= max(_FEWEST_MENDED, two_digits * _ENOUGH)
    if not is_sure or chapter < _FEWEST_CHAPTERS:
        return list(lines)
    return [
        replace(line, number=mended[line.index]) if line.index in mended else line for line in lines
    ]


def _read_count(line: ReportLine) -> int:
    number = line.number
    if number is None or not line.can_head or number.scheme not in _FORMS:
        return 0
    return number.values[0]
