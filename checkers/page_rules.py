"""A PDF page -> the lines ruled on it, which tell tables and forms from columns of text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from checkers.find_columns import Columns

# So many rules over the gutter between columns make them a table; in points, where it ends.
_FEWEST_RULES = 3
_WITHIN = 3.0
_WIDEST_BETWEEN_CELLS = 15.0
_THICKEST = 3.0
# A drawing of more paths than this is no table.
_MOST_OBJECTS = 20_000

Box = tuple[float, float, float, float]
"""Left, right, bottom and top, in points."""


def find_bounds(page: pdfium.PdfPage) -> Box:
    """Return the ends of the part of a page that is shown; its corner need not be at 0."""
    box = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDF_GetPageBoundingBox(page, box):
        width, height = page.get_size()
        return 0.0, width, 0.0, height
    return float(box.left), float(box.right), float(box.bottom), float(box.top)


@dataclass(frozen=True, slots=True)
class PageRules:
    """The rules of a page that is open; none where the page is None."""

    page: pdfium.PdfPage | None

    def part_cells(self, columns: Columns) -> bool:
        """Whether several lines are ruled over or inside the gutter, as around cells."""
        found = 0
        start, end = columns.left[1] - _WITHIN, columns.right[0] + _WITHIN
        # A table inside a column may end in a wide gutter; between cells there is little room.
        is_narrow = columns.right[0] - columns.left[1] < _WIDEST_BETWEEN_CELLS
        for left, right, bottom, top in self._list_paths():
            is_beside = columns.bottom < top and bottom < columns.top
            # A coloured area behind all of the text, or a rule between columns, is one long object.
            is_low = top - bottom < (columns.top - columns.bottom) / 2
            is_over = left < start and right > end
            is_inside = is_narrow and left >= start and right <= end
            found += is_beside and is_low and (is_over or is_inside)
            if found >= _FEWEST_RULES:
                return True
        return False

    def list_rows(self, columns: Columns) -> tuple[float, ...]:
        """Return the heights of the lines ruled across the left column, downwards."""
        heights: set[float] = set()
        for left, right, bottom, top in self._list_paths():
            if left <= columns.left[0] and right >= columns.left[1]:
                heights.update((bottom,) if top - bottom < _THICKEST else (bottom, top))
        return tuple(sorted(heights, reverse=True))

    def _list_paths(self) -> Iterator[Box]:
        if self.page is None:
            return
        origin_x, _, origin_y, _ = find_bounds(self.page)
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        for index in range(min(pdfium_c.FPDFPage_CountObjects(self.page), _MOST_OBJECTS)):
            drawn = pdfium_c.FPDFPage_GetObject(self.page, index)
            if pdfium_c.FPDFPageObj_GetType(drawn) == pdfium_c.FPDF_PAGEOBJ_PATH:
                pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
                yield (
                    left.value - origin_x,
                    right.value - origin_x,
                    bottom.value - origin_y,
                    top.value - origin_y,
                )
