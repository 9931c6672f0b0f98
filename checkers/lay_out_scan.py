"""What was recognised on a page -> pieces of text as a page of text gives them, row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checkers.page_line import PageLine
from checkers.recognised_page import RecognisedLine, RecognisedPage

# Shares of the type size: pieces so near in height stand in one row.
_SAME_ROW = 0.45
# 1 总论 is read as 1总论: the gap in the ink tells that a blank was printed.
_GLUED = re.compile(r"^(?:第.{1,4}?[章节篇]|[\dlI]{1,2}(?:[.．]\d{1,2}){0,3})(?=[㐀-鿿])")
_DIGIT_WIDTH, _CHINESE_WIDTH = 0.5, 1.0
_GAP_WITHIN = 0.6
# Marks beside Chinese characters are full-width; recognition tells no difference.
_NARROW = re.compile(r"(?<=[㐀-鿿）》”])[(),:;?!]|[(),:;?!](?=[㐀-鿿（《“])")
_WIDE = str.maketrans("(),:;?!", "（），：；？！")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPiece:
    """A piece of a scanned line, and what tells how sure and how bold it is."""

    line: PageLine
    score: float
    weight: float


def lay_out_scan(page: RecognisedPage) -> list[ScannedPiece]:
    """Return the pieces of a page in rows from the top, each from the left."""
    return [_make_piece(page.number, piece) for row in _group_rows(page.lines) for piece in row]


def _group_rows(pieces: Sequence[RecognisedLine]) -> list[list[RecognisedLine]]:
    rows: list[list[RecognisedLine]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.middle, piece.left)):
        if rows and _is_beside(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _is_beside(row: Sequence[RecognisedLine], piece: RecognisedLine) -> bool:
    nearest = min(row, key=lambda other: abs(other.middle - piece.middle))
    size = max(min(nearest.size, piece.size), 1.0)
    if abs(nearest.middle - piece.middle) > _SAME_ROW * size:
        return False
    return all(
        piece.left >= other.right - size or other.left >= piece.right - size for other in row
    )


def _make_piece(page: int, piece: RecognisedLine) -> ScannedPiece:
    line = PageLine(
        page=page,
        text=_widen_marks(_part_number(piece)),
        left=piece.left,
        right=max(piece.left, piece.right),
        bottom=piece.middle - piece.size / 2,
        top=piece.middle + piece.size / 2,
        size=piece.size,
        bold=False,
        family="",
    )
    return ScannedPiece(line=line, score=piece.score, weight=piece.weight)


def _part_number(piece: RecognisedLine) -> str:
    """Return the text with the blank behind its number, where the ink shows one."""
    number = _GLUED.match(piece.text)
    if number is None or not piece.gap:
        return piece.text
    width = sum(
        (_DIGIT_WIDTH if char.isascii() else _CHINESE_WIDTH) * piece.size for char in number[0]
    )
    if abs(piece.gap - width) > _GAP_WITHIN * piece.size:
        return piece.text
    return f"{number[0]} {piece.text[number.end() :]}"


def _widen_marks(text: str) -> str:
    return _NARROW.sub(lambda mark: mark[0].translate(_WIDE), text)
