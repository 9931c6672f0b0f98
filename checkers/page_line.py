"""A line of a page and a page of lines, as the readers of PDF, OFD and scans give them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """A line as printed. Lengths are in points, from the lower left corner of the page.

    Attributes:
        page: from 1.
        text: without blanks at the ends; a tab stands for a gap as wide as between cells.
        left, right, bottom, top: box around the characters.
        size: type size as it appears on the page.
        bold: whether it is set in a bold face or drawn bold.
        family: typeface, without subset prefix and style.
        column: left and right end of the column that it stands in; None where the page, or its
            part of the page, has one column.
    """

    page: int
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool
    family: str
    column: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPage:
    """A page: its lines in reading order, and whether it shows anything.

    Attributes:
        number: from 1.
        width: in points.
        height: in points.
        lines: empty on a scan.
        has_objects: whether the page draws anything at all; an empty page doesn't.
        hidden: whether its text is drawn so that nobody sees it, as scanners put it over a page.
    """

    number: int
    width: float
    height: float
    lines: tuple[PageLine, ...]
    has_objects: bool
    hidden: bool = False
