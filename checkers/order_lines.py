"""Pieces of text on a page, in any order -> its lines in reading order, cells joined by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Protocol

from checkers.find_columns import Columns, find_columns, read_columns
from checkers.find_form_labels import find_form_labels, read_form
from checkers.page_line import PageLine

# Shares of the type size: pieces so close share a baseline; so far apart there is a blank
# between them, or the border of a cell.
_SAME_BASELINE = 0.4
_BLANK_GAP = 0.3
CELL_GAP = 1.5
# Running heads are shorter runs of lines; a page with so many steps upwards is in no order.
_FEWEST_OF_A_RUN = 4
_FEWEST_STEPS_UP = 6
_STEPS_UP_SHARE = 0.3
# In points: lines set tight overlap by this.
_TOUCH = 3.0
_CHINESE = re.compile(r"[一-鿿]")
# Numbers of lines, printed beside the text.
_LONGEST_LINE_NUMBER = 4
_FEWEST_LINE_NUMBERS = 4

_Box = tuple[float, float, float, float]  # left, right, bottom and top, in points


class Rules(Protocol):
    """What is ruled on a page, where the format shows it."""

    def part_cells(self, columns: Columns) -> bool:
        """Whether lines are ruled across what looks like columns, which makes a table."""

    def list_rows(self, columns: Columns) -> tuple[float, ...]:
        """Return the heights of the lines ruled across the left column, downwards."""


class _NoRules:
    def part_cells(self, columns: Columns) -> bool:
        return False

    def list_rows(self, columns: Columns) -> tuple[float, ...]:
        return ()


_NO_RULES = _NoRules()


def order_lines(pieces: Sequence[PageLine], *, rules: Rules = _NO_RULES) -> list[PageLine]:
    """Return the lines of a page in reading order: column by column, each from top to bottom.

    Args:
        pieces: of text, in the order in which they are drawn; none holds two cells of a row.
        rules: lines ruled on the page, which tell tables from columns.
    """
    text = _drop_line_numbers(pieces)
    columns = find_columns(text)
    if columns is not None and not rules.part_cells(columns):
        return _join_parts(read_columns(text, columns))
    form = find_form_labels(text)
    if form is not None:
        return _join_parts(read_form(text, replace(form, rules=rules.list_rows(form.columns))))
    lines = _join_neighbours(text)
    runs = _split_runs(lines)
    if len(runs) < 2:
        return lines
    if _are_mixed(runs, len(lines)):
        # Drawn by typeface, for instance: position is all there is to go by.
        return _join_neighbours(_sort_by_baseline(text))
    return _order_runs(runs)


def _join_parts(parts: Iterable[Sequence[PageLine]]) -> list[PageLine]:
    return [line for part in parts for line in _join_neighbours(_sort_by_baseline(part))]


def _drop_line_numbers(pieces: Sequence[PageLine]) -> Sequence[PageLine]:
    """Drop the counts that stand left of all text, as some offices number every line."""
    counts = [
        piece
        for piece in pieces
        if len(piece.text) < _LONGEST_LINE_NUMBER and piece.text.isascii() and piece.text.isdigit()
    ]
    if len(counts) < _FEWEST_LINE_NUMBERS:
        return pieces
    dropped = {id(piece) for piece in counts}
    rest = [piece for piece in pieces if id(piece) not in dropped]
    start = min((piece.left for piece in rest), default=0.0)
    beside = sorted(
        (piece for piece in counts if piece.right <= start), key=lambda piece: -piece.bottom
    )
    values = [int(piece.text) for piece in beside]
    if len(values) < _FEWEST_LINE_NUMBERS or any(one >= two for one, two in pairwise(values)):
        return pieces
    dropped = {id(piece) for piece in beside}
    return [piece for piece in pieces if id(piece) not in dropped]


def _split_runs(lines: Sequence[PageLine]) -> list[list[PageLine]]:
    """Split lines where the next one does not stand below the last one."""
    runs: list[list[PageLine]] = []
    for line in lines:
        if runs and line.bottom <= runs[-1][-1].top:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _are_mixed(runs: Sequence[Sequence[PageLine]], lines: int) -> bool:
    """Whether lines are drawn among lines that were drawn before, or from the bottom up.

    Text boxes stand beside each other, and a running head is few lines; neither is mixed.
    """
    if len(runs) > max(_FEWEST_STEPS_UP, lines * _STEPS_UP_SHARE):
        return True
    long = [run for run in runs if len(run) >= _FEWEST_OF_A_RUN]
    if any(_overlap(_find_box(one), _find_box(two)) for one, two in combinations(long, 2)):
        return True
    return any(_fill_gaps(run, other) for run in runs if run not in long for other in long)


def _order_runs(runs: Sequence[Sequence[PageLine]]) -> list[PageLine]:
    """Put each run before the first one that stands below it, as a head that is drawn last."""
    ordered: list[tuple[_Box, Sequence[PageLine]]] = []
    for run in runs:
        box = _find_box(run)
        below = (
            place
            for place, (other, _) in enumerate(ordered)
            if box[0] < other[1] and other[0] < box[1] and box[2] + _TOUCH > other[3]
        )
        ordered.insert(next(below, len(ordered)), (box, run))
    return [line for _, run in ordered for line in run]


def _find_box(lines: Sequence[PageLine]) -> _Box:
    first = lines[0]
    left, right, bottom, top = first.left, first.right, first.bottom, first.top
    for line in lines:
        left = line.left if line.left < left else left
        right = line.right if line.right > right else right
        bottom = line.bottom if line.bottom < bottom else bottom
        top = line.top if line.top > top else top
    return left, right, bottom, top


def _overlap(one: _Box, two: _Box) -> bool:
    return one[0] < two[1] and two[0] < one[1] and one[2] < two[3] and two[2] < one[3]


def _fill_gaps(run: Sequence[PageLine], other: Sequence[PageLine]) -> bool:
    """Whether lines stand where a longer run leaves room for them: headings drawn apart."""
    around = _find_box(other)
    return any(
        _overlap(_find_box([one]), around)
        and not any(
            line.bottom < one.top - _TOUCH and one.bottom + _TOUCH < line.top for line in other
        )
        for one in run
    )


def _sort_by_baseline(pieces: Sequence[PageLine]) -> list[PageLine]:
    rows: list[list[PageLine]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.bottom):
        if rows and abs(rows[-1][0].bottom - piece.bottom) < _SAME_BASELINE * max(piece.size, 1.0):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=lambda piece: piece.left)]


def _join_neighbours(pieces: Sequence[PageLine]) -> list[PageLine]:
    """Join pieces that stand side by side: cells of a row, a title and its page number."""
    lines: list[PageLine] = []
    for piece in pieces:
        if lines and _is_beside(lines[-1], piece):
            lines[-1] = _join_two(lines[-1], piece)
        else:
            lines.append(piece)
    return lines


def _is_beside(line: PageLine, piece: PageLine) -> bool:
    if piece.top < line.bottom:
        return False
    height = max(min(line.size, piece.size), 1.0)
    middle = (line.bottom + line.top) / 2 - (piece.bottom + piece.top) / 2
    return abs(middle) < _SAME_BASELINE * height and piece.left >= line.right - height / 2


def _join_two(line: PageLine, piece: PageLine) -> PageLine:
    gap = piece.left - line.right
    size = max(line.size, 1.0)
    between = "\t" if gap > CELL_GAP * size else " " if gap > _BLANK_GAP * size else ""
    # A number set in a Latin face says nothing of the look of the title beside it.
    shown = line if _CHINESE.search(line.text) or between == "\t" else piece
    return replace(
        shown,
        text=f"{line.text}{between}{piece.text}",
        left=line.left,
        right=max(piece.right, line.right),
        bottom=line.bottom,
        top=line.top,
    )
