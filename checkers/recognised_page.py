"""What was recognised on a scanned page, and the same as plain tuples to send and keep."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from typing import cast

PackedLine = tuple[str, float, float, float, float, float, float, float]
PackedPage = tuple[int, float, float, list[PackedLine], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedLine:
    """A piece of a line as detected; the page is turned upright and straightened before.

    Attributes:
        text: as recognised.
        score: 0 to 1, how sure the recogniser is.
        left, right: where the ink begins and ends, in points.
        middle: height of the middle of the line above the lower edge of the page, in points.
        size: type size by the height of the ink, in points; off by some 5 %.
        weight: thickness of the strokes, as a share of the type size.
        gap: where the first wide gap in the ink begins, in points from ``left``; 0 for none.
    """

    text: str
    score: float
    left: float
    right: float
    middle: float
    size: float
    weight: float
    gap: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedPage:
    """A page that was read from its picture.

    Attributes:
        number: from 1.
        width, height: in points, as it stands upright.
        lines: in the order in which they were detected; empty on a blank page.
        agreement: share of what the file itself has as text for the page that was recognised too,
            0 to 1; None where it has none.
    """

    number: int
    width: float
    height: float
    lines: tuple[RecognisedLine, ...]
    agreement: float | None = None


def pack_page(page: RecognisedPage) -> PackedPage:
    """Return a page as tuples, lists, strings and numbers."""
    lines = [cast("PackedLine", astuple(line)) for line in page.lines]
    return page.number, page.width, page.height, lines, page.agreement


def unpack_page(packed: object) -> RecognisedPage:
    """Return the page that was packed.

    Raises:
        TypeError, ValueError: it was none.
    """
    number, width, height, lines, agreement = cast("PackedPage", packed)
    return RecognisedPage(
        number=int(number),
        width=_require_length(width),
        height=_require_length(height),
        lines=tuple(_unpack_line(line) for line in lines),
        agreement=None if agreement is None else _require_length(agreement),
    )


def _unpack_line(packed: PackedLine) -> RecognisedLine:
    text, *numbers = packed
    if not isinstance(text, str):
        raise TypeError("the text of a line is a string")
    score, left, right, middle, size, weight, gap = map(_require_length, numbers)
    return RecognisedLine(
        text=text,
        score=score,
        left=left,
        right=right,
        middle=middle,
        size=size,
        weight=weight,
        gap=gap,
    )


def _require_length(value: object) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError("a length is a finite number")
    return float(value)
