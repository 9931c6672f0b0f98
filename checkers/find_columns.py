"""Pieces of text on a page -> its two columns, where it has them, and their reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checkers.page_line import PageLine

# Where the right column may begin, in shares of the width of the text.
_NEAREST, _FARTHEST = 0.35, 0.7
_FEWEST_LINES = 5
# Lengths in points: left and right ends that count as the same, and the narrowest gutter.
_SAME_LEFT = 2.5
_SAME_END = 4.0
_NARROWEST_GUTTER = 7.0
# Share of the lines at the most common left end that make another one an end of the column.
_OFTEN = 0.3
# Text fills its column, cells of a table don't: so wide is a full line, and so much of the text
# on each side stands in full lines.
_FULL = 0.8
_FULL_SHARE = 0.45
_FEWEST_FULL = 3
_LONGEST_CELL = 10
# The widest line may be a table that runs over; so many are no wider than the column.
_WIDEST = 0.9
# Lines across the gutter beside lines of a column tell of a table or of a picture.
_MOST_CROSSING_SHARE = 0.1
# In type sizes: the widest pitch of a paragraph, and the room for a heading between columns.
_PITCH = 2.2
_ALONE = 2.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Two columns of a page, in points: where each begins and ends.

    Attributes:
        left: ends of the left column.
        right: ends of the right column.
        bottom, top: of the lines in the right column.
    """

    left: tuple[float, float]
    right: tuple[float, float]
    bottom: float
    top: float


def find_columns(pieces: Sequence[PageLine]) -> Columns | None:
    """Return the two columns of a page; None where it has one, or a table."""
    if len(pieces) < 2 * _FEWEST_LINES:
        return None
    start = min(piece.left for piece in pieces)
    end = max(piece.right for piece in pieces)
    near, far = start + _NEAREST * (end - start), start + _FARTHEST * (end - start)
    starts = Counter(round(piece.left) for piece in pieces if near < piece.left < far)
    if starts.total() < _FEWEST_LINES:
        return None
    often = max(starts.values()) * _OFTEN
    # The first lines of paragraphs begin farther in.
    edge_left = min(edge for edge, count in starts.items() if count >= often) - _SAME_LEFT
    right = [piece for piece in pieces if piece.left >= edge_left]
    # A page number in the middle belongs to neither.
    left = [piece for piece in pieces if piece.right < edge_left and piece.left < near]
    if len(left) < _FEWEST_LINES or len(right) < _FEWEST_LINES:
        return None
    columns = Columns(
        left=(start, max(piece.right for piece in left)),
        right=(edge_left, find_right_end(right)),
        bottom=min(piece.bottom for piece in right),
        top=max(piece.top for piece in right),
    )
    fits = (
        columns.right[0] + _SAME_LEFT - columns.left[1] >= _NARROWEST_GUTTER
        and holds_sentences(left)
        and holds_sentences(right)
        and not _is_crossed(pieces, right, columns)
    )
    return columns if fits else None


def find_right_end(lines: Sequence[PageLine]) -> float:
    """Return where most of the text of a column ends; a table may run over."""
    ends: Counter[float] = Counter()
    for line in lines:
        ends[round(line.right / _SAME_END) * _SAME_END] += len(line.text)
    return max(ends.items(), key=lambda item: (item[1], item[0]))[0]


def holds_sentences(lines: Sequence[PageLine]) -> bool:
    """Whether much of the text stands in lines of a sentence's length, as wide as the column."""
    widths = sorted(line.right - line.left for line in lines)
    widest = widths[int(len(widths) * _WIDEST)]
    full = [
        len(line.text)
        for line in lines
        if line.right - line.left >= _FULL * widest and len(line.text) >= _LONGEST_CELL
    ]
    return len(full) >= _FEWEST_FULL and sum(full) >= _FULL_SHARE * sum(
        len(line.text) for line in lines
    )


def _crosses(piece: PageLine, columns: Columns) -> bool:
    """Whether a piece stands in the gutter, if only in part."""
    return columns.left[1] < piece.right and piece.left < columns.right[0]


def _is_crossed(pieces: Sequence[PageLine], right: Sequence[PageLine], columns: Columns) -> bool:
    """Whether lines run across the gutter right beside lines of the right column."""
    across = [piece for piece in pieces if _crosses(piece, columns)]
    beside = sum(any(_stand_beside(piece, line) for line in right) for piece in across)
    return beside > _MOST_CROSSING_SHARE * len(right)


def _stand_beside(one: PageLine, two: PageLine) -> bool:
    """Whether two lines share a good part of their height."""
    shared = min(one.top, two.top) - max(one.bottom, two.bottom)
    return shared > min(one.size, two.size, 2.0) / 2


def read_columns(pieces: Sequence[PageLine], columns: Columns) -> Iterator[list[PageLine]]:
    """Yield the pieces of a page in the order in which they are read.

    Lines across both columns part the page: above each, first the left column is read and then
    the right one. Lines of a column carry its ends.
    """
    beside = [piece for piece in pieces if piece.left >= columns.right[0]]
    crossing = [piece for piece in pieces if _crosses(piece, columns)]
    left: list[PageLine] = []
    right: list[PageLine] = []
    across: list[PageLine] = []
    for piece in sorted(pieces, key=lambda piece: -piece.bottom):
        if piece.left < columns.right[0] and (
            piece in crossing or _stands_alone(piece, across, beside, crossing, columns)
        ):
            yield from (part for part in (left, right) if part)
            left, right = [], []
            across.append(piece)
            continue
        if across:
            yield across
            across = []
        if piece.left >= columns.right[0]:
            right.append(replace(piece, column=columns.right))
        else:
            left.append(replace(piece, column=columns.left))
    yield from (part for part in (across, left, right) if part)


def _stands_alone(
    piece: PageLine,
    across: Sequence[PageLine],
    right: Sequence[PageLine],
    crossing: Sequence[PageLine],
    columns: Columns,
) -> bool:
    """Whether a short line at the left belongs to the whole page, with nothing at its right.

    It is the end of a paragraph across the page, a heading between columns, or what stands above
    them.
    """
    if any(_stand_beside(piece, line) for line in right):
        return False
    if across and across[-1].bottom - piece.bottom < _PITCH * piece.size:
        return across[-1].size == piece.size
    above = [line.bottom for line in right if line.bottom >= piece.top]
    below = [line.top for line in right if line.top <= piece.bottom]
    if not below or not above:
        return not above
    if any(max(below) < line.top <= piece.bottom for line in crossing):
        # What follows is across the page: this one ends the left column.
        return False
    is_full = piece.right - piece.left >= _FULL * (columns.left[1] - columns.left[0])
    # The space of a heading in the right column is less than that for a line with its own space.
    return not is_full and min(above) - max(below) > _ALONE * piece.size
