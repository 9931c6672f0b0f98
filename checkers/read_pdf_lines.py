"""One PDF page -> its lines with position, type size and typeface."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_FONT_NAME_LENGTH = 128
_SUBSET_PREFIX = re.compile(r"^[A-Z]{6}\+")
_STYLE_SUFFIX = re.compile(r"[-,](?:Bold|Regular|Medium|Italic|Light|Identity).*$", re.I)
_BOLD_NAME = re.compile(r"bold|black|heavy|simhei|heiti|黑体|yahei.*bd", re.I)
_BOLD_WEIGHT = 600
_LINE_END = re.compile(r"\r\n|\r|\n")
# pdfium marks a hyphen at a line's end, a missing mapping, and a byte order mark like this.
_DEBRIS = "\x00\x02\x03\ufeff\ufffe\uffff\u200b\xad"
_DROP_DEBRIS = str.maketrans("", "", _DEBRIS)
_DEBRIS_AND_BLANKS = _DEBRIS + " \t\r\n\u3000\xa0"
_BLANK = re.compile(r"\s+")
_CHINESE = re.compile(r"[一-鿿]")
# Shares of the type size: lines so close share a baseline; cells so far apart are tabbed.
_SAME_BASELINE = 0.4
_CELL_GAP = 1.5


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPage:
    """A page: its lines in the order in which they are drawn, and whether it shows anything.

    Attributes:
        number: from 1.
        width: in points.
        height: in points.
        lines: empty on a scan.
        has_objects: whether the page draws anything at all; an empty page doesn't.
    """

    number: int
    width: float
    height: float
    lines: tuple[PageLine, ...]
    has_objects: bool


def read_page(document: pdfium.PdfDocument, number: int) -> PdfPage:
    """Return a page of an open document, ``number`` from 1."""
    page = document[number - 1]
    text_page = page.get_textpage()
    try:
        width, height = page.get_size()
        lines = tuple(_join_baselines(_read_lines(text_page, number)))
        has_objects = pdfium_c.FPDFPage_CountObjects(page) > 0
    finally:
        text_page.close()
        page.close()
    return PdfPage(number=number, width=width, height=height, lines=lines, has_objects=has_objects)


def _read_lines(text_page: pdfium.PdfTextPage, number: int) -> Iterator[PageLine]:
    count = pdfium_c.FPDFText_CountChars(text_page)
    if count <= 0:
        return
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", errors="replace")
    start = 0
    for end, following in _line_bounds(text):
        raw = text[start:end]
        if raw.strip(_DEBRIS_AND_BLANKS):
            first = start + len(raw) - len(raw.lstrip())
            last = start + len(raw.rstrip()) - 1
            yield _measure(text_page, text, first, last, number)
        start = following


def _line_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Yield the end of each line and the start of the next one."""
    for match in _LINE_END.finditer(text):
        yield match.start(), match.end()
    yield len(text), len(text)


def _measure(
    text_page: pdfium.PdfTextPage, text: str, first: int, last: int, number: int
) -> PageLine:
    """Measure a line by its first and last character; asking for each would take seconds."""
    left, _, bottom, top = _char_box(text_page, first)
    _, right, last_bottom, last_top = _char_box(text_page, last)
    # Digits stand in a Latin face; the last Chinese character shows the face of the title.
    shown = next((i for i in range(last, first - 1, -1) if _CHINESE.match(text, i)), last)
    name = _font_name(text_page, shown)
    size = _type_size(text_page, shown)
    return PageLine(
        page=number,
        text=_tab_gaps(text_page, text, first, last, size),
        left=left,
        right=max(right, left),
        bottom=min(bottom, last_bottom),
        top=max(top, last_top),
        size=size,
        bold=_is_bold(text_page, shown, name),
        family=_STYLE_SUFFIX.sub("", name),
    )


def _char_box(text_page: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Return left, right, bottom, top of a character with the space that its face gives it.

    The ink alone would shift a line that begins with a full-width bracket by half a character.
    """
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(text_page, index, box)
    return float(box.left), float(box.right), float(box.bottom), float(box.top)


def _tab_gaps(text_page: pdfium.PdfTextPage, text: str, first: int, last: int, size: float) -> str:
    """Return the line with a tab for each blank that is as wide as between cells of a table."""
    pieces: list[str] = []
    start = first
    for match in _BLANK.finditer(text, first, last + 1):
        before, after = match.start() - 1, match.end()
        if before < first or after > last:
            continue
        gap = _char_box(text_page, after)[0] - _char_box(text_page, before)[1]
        if gap > _CELL_GAP * size:
            pieces.append(text[start : match.start()])
            start = after
    pieces.append(text[start : last + 1])
    return "\t".join(piece.strip() for piece in pieces).translate(_DROP_DEBRIS).strip()


def _type_size(text_page: pdfium.PdfTextPage, index: int) -> float:
    """Return the size as seen: some writers set size 1 and scale the text matrix."""
    size = float(pdfium_c.FPDFText_GetFontSize(text_page, index))
    matrix = pdfium_c.FS_MATRIX()
    if pdfium_c.FPDFText_GetMatrix(text_page, index, matrix):
        scale = math.hypot(matrix.c, matrix.d)
        size *= scale or 1.0
    return round(size * 2) / 2


def _font_name(text_page: pdfium.PdfTextPage, index: int) -> str:
    buffer = ctypes.create_string_buffer(_FONT_NAME_LENGTH)
    pdfium_c.FPDFText_GetFontInfo(text_page, index, buffer, _FONT_NAME_LENGTH, None)
    return _SUBSET_PREFIX.sub("", buffer.value.decode("utf-8", errors="replace"))


def _is_bold(text_page: pdfium.PdfTextPage, index: int, name: str) -> bool:
    if _BOLD_NAME.search(name):
        return True
    if pdfium_c.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT:
        return True
    # Word draws bold SimSun by filling and stroking the plain face.
    drawn = pdfium_c.FPDFText_GetTextObject(text_page, index)
    if not drawn:
        return False
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(drawn)
    return bool(mode == pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE)


def _join_baselines(lines: Iterator[PageLine]) -> Iterator[PageLine]:
    """Join pieces that stand side by side: cells of a row, a title and its page number."""
    current: PageLine | None = None
    for line in lines:
        if current is not None and _is_beside(current, line):
            gap = "\t" if line.left - current.right > _CELL_GAP * current.size else " "
            current = replace(current, text=f"{current.text}{gap}{line.text}", right=line.right)
            continue
        if current is not None:
            yield current
        current = line
    if current is not None:
        yield current


def _is_beside(current: PageLine, line: PageLine) -> bool:
    height = max(min(current.size, line.size), 1.0)
    middle = (current.bottom + current.top) / 2 - (line.bottom + line.top) / 2
    return abs(middle) < _SAME_BASELINE * height and line.left >= current.right - height / 2
