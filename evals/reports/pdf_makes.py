"""The ways a PDF file is built, known without the library that builds it."""

from __future__ import annotations

from dataclasses import dataclass

BODY_SIZE = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfMake:
    """How a PDF file is built: heading sizes by level, bookmarks, contents page, head, columns."""

    sizes: tuple[float, float, float, float] = (18.0, 15.0, 13.0, 12.0)
    bookmarks: bool = False
    contents: bool = True
    leader: str = "dots"
    running_head: bool = True
    columns: int = 1


PDF_MAKES: dict[str, PdfMake] = {
    "bookmarked": PdfMake(bookmarks=True, leader="ellipsis"),
    "sized": PdfMake(),
    "flat": PdfMake(sizes=(BODY_SIZE,) * 4, leader="broken"),
    "bare": PdfMake(sizes=(16.0, 14.0, 12.0, 12.0), contents=False, running_head=False),
}
# Rarer ones, of which the plan takes a few a base.
RARE_PDF_MAKES: dict[str, PdfMake] = {
    "two_columns": PdfMake(sizes=(15.0, 13.0, 12.0, 11.0), columns=2),
    "glued_contents": PdfMake(sizes=(16.0, 14.0, 12.0, 12.0), leader="glued"),
    "dashed_flat": PdfMake(sizes=(BODY_SIZE,) * 4, leader="dashes", running_head=False),
}
SCAN_SOURCE = PdfMake(sizes=(16.0, 14.0, 13.0, 12.0))
