"""One PDF page -> its lines with position, type size and typeface, in reading order."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from checkers.order_lines import CELL_GAP, order_lines
from checkers.page_line import PageLine, PdfPage
from checkers.page_rules import Box, PageRules, find_bounds
from checkers.tell_scans import is_hidden

_FONT_NAME_LENGTH = 128
_FONT_NAMES_KEPT = 512
_SUBSET_PREFIX = re.compile(r"^[A-Z]{6}\+")
_STYLE_SUFFIX = re.compile(r"[-,](?:Bold|Regular|Medium|Italic|Light|Identity).*$", re.I)
_BOLD_NAME = re.compile(r"bold|black|heavy|simhei|heiti|黑体|yahei.*bd", re.I)
_BOLD_WEIGHT = 600
_LINE_END = re.compile(r"\r\n|\r|\n")
# pdfium marks a hyphen at a line's end, a missing mapping, and a byte order mark like this.
_DEBRIS = "\x00\x02\x03\ufeff\ufffe\uffff\u200b\xad"
_HAS_DEBRIS = re.compile(f"[{_DEBRIS}]")
_DEBRIS_AND_BLANKS = _DEBRIS + " \t\r\n\u3000\xa0"
_BLANK = re.compile(r"\s+")
_FIRST_CHINESE, _LAST_CHINESE = "一", "鿿"
# Text leans so much, as a tangent, before it is a watermark; a crooked scan leans less.
_UPRIGHT = math.tan(math.radians(8))
_QUARTER = 90  # degrees


def read_page(document: pdfium.PdfDocument, number: int) -> PdfPage:
    """Return a page of an open document, ``number`` from 1.

    A page whose text is drawn sideways is turned until it is upright.
    """
    page = document[number - 1]
    text_page = page.get_textpage()
    try:
        bounds = find_bounds(page)
        width, height = bounds[1] - bounds[0], bounds[3] - bounds[2]
        reader = _TextReader(text_page.raw, number, bounds)
        pieces = list(reader.read())
        quarter = reader.find_quarter() if pieces else page.get_rotation() // _QUARTER
        if quarter % 2:
            width, height = height, width
        lines = order_lines(
            [piece for turn, piece in pieces if turn == quarter],
            rules=PageRules(page if quarter == 0 else None),
        )
        has_objects = pdfium_c.FPDFPage_CountObjects(page) > 0
        hidden = is_hidden(text_page, len(reader.text))
    finally:
        text_page.close()
        page.close()
    return PdfPage(
        number=number,
        width=width,
        height=height,
        lines=tuple(lines),
        has_objects=has_objects,
        hidden=hidden,
    )


@lru_cache(maxsize=_FONT_NAMES_KEPT)
def _read_font_name(name: bytes) -> tuple[str, bool]:
    """Return the family of a typeface, and whether its name says that it is bold."""
    printed = _SUBSET_PREFIX.sub("", name.decode("utf-8", errors="replace"))
    return _STYLE_SUFFIX.sub("", printed), bool(_BOLD_NAME.search(printed))


@dataclass(slots=True)
class _TextReader:
    """Reads the pieces of text of a page; none holds two cells of a row.

    Attributes:
        raw: the text page of pdfium.
        number: of the page, from 1.
        bounds: of the page.
        turns: characters by the direction in which they are drawn, in quarters of a turn.
    """

    raw: pdfium_c.FPDF_TEXTPAGE
    number: int
    bounds: Box
    turns: Counter[int] = field(default_factory=Counter)
    text: str = ""
    # Asking for new ones for every character takes as long as the answers.
    _rect: pdfium_c.FS_RECTF = field(default_factory=pdfium_c.FS_RECTF)
    _matrix: pdfium_c.FS_MATRIX = field(default_factory=pdfium_c.FS_MATRIX)
    _name: ctypes.Array[ctypes.c_char] = field(
        default_factory=lambda: ctypes.create_string_buffer(_FONT_NAME_LENGTH)
    )

    def read(self) -> Iterator[tuple[int, PageLine]]:
        """Yield the pieces as they are drawn, each with its direction; oblique ones are left out.

        Boxes are given as they are when the page is turned until the piece is upright.
        """
        self.text = self._read_text()
        start = 0
        for end, following in _line_bounds(self.text):
            raw = self.text[start:end]
            if raw.strip(_DEBRIS_AND_BLANKS):
                first = start + len(raw) - len(raw.lstrip())
                last = start + len(raw.rstrip()) - 1
                yield from self._measure(first, last)
            start = following

    def find_quarter(self) -> int:
        """Return the direction of most of the text that was read."""
        return self.turns.most_common(1)[0][0] if self.turns else 0

    def _read_text(self) -> str:
        count = pdfium_c.FPDFText_CountChars(self.raw)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium_c.FPDFText_GetText(self.raw, 0, count, buffer)
        return bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", errors="replace")

    def _measure(self, first: int, last: int) -> Iterator[tuple[int, PageLine]]:
        """Measure a line by its first and last character; asking for each would take seconds."""
        shown = self._find_shown(first, last)
        size, turn = self._read_size(shown)
        if turn is None:
            return
        name_bold, family = self._read_font(shown)
        bold = name_bold or self._is_drawn_bold(shown)
        for begin, end in self._split_cells(first, last, size, turn):
            text = self.text[begin : end + 1]
            if _HAS_DEBRIS.search(text):
                text = _HAS_DEBRIS.sub("", text).strip()
            if not text:
                continue
            left, right, bottom, top = self._box(begin, end, turn)
            self.turns[turn] += len(text)
            line = PageLine(
                page=self.number,
                text=text,
                left=left,
                right=right,
                bottom=bottom,
                top=top,
                size=size,
                bold=bold,
                family=family,
            )
            yield turn, line

    def _box(self, begin: int, end: int, turn: int) -> Box:
        """Return the box around the first and the last character of a piece."""
        one = self._char_box(begin, turn)
        if end == begin:
            return one
        two = self._char_box(end, turn)
        # Comparing here takes a third of the time of min and max.
        return (
            one[0] if one[0] < two[0] else two[0],
            one[1] if one[1] > two[1] else two[1],
            one[2] if one[2] < two[2] else two[2],
            one[3] if one[3] > two[3] else two[3],
        )

    def _find_shown(self, first: int, last: int) -> int:
        """Return the character that shows the face of a title: digits stand in a Latin one."""
        for index in range(last, first - 1, -1):
            if _FIRST_CHINESE <= self.text[index] <= _LAST_CHINESE:
                return index
        return last

    def _char_box(self, index: int, turn: int) -> Box:
        """Return the box of a character with the space that its face gives it.

        The ink alone would shift a line that begins with a full-width bracket by half a character.
        """
        rect = self._rect
        pdfium_c.FPDFText_GetLooseCharBox(self.raw, index, rect)
        left, right, bottom, top = self.bounds
        if turn == 0:
            return rect.left - left, rect.right - left, rect.bottom - bottom, rect.top - bottom
        if turn == 1:
            return rect.bottom - bottom, rect.top - bottom, right - rect.right, right - rect.left
        if turn == 2:
            return right - rect.right, right - rect.left, top - rect.top, top - rect.bottom
        return top - rect.top, top - rect.bottom, rect.left - left, rect.right - left

    def _split_cells(
        self, first: int, last: int, size: float, turn: int
    ) -> Iterator[tuple[int, int]]:
        """Yield first and last character of each piece between gaps as wide as between cells.

        pdfium takes lines set so close that they overlap for one line that goes back.
        """
        start = first
        for match in _BLANK.finditer(self.text, first, last + 1):
            before, after = match.start() - 1, match.end()
            if before < first or after > last:
                continue
            gap = self._char_box(after, turn)[0] - self._char_box(before, turn)[1]
            if gap > CELL_GAP * size or gap < -size:
                yield start, before
                start = after
        yield start, last

    def _read_size(self, index: int) -> tuple[float, int | None]:
        """Return the size as seen, and the direction in quarters of a turn; None where oblique.

        Some writers set size 1 and scale the text matrix.
        """
        size = float(pdfium_c.FPDFText_GetFontSize(self.raw, index))
        matrix = self._matrix
        if not pdfium_c.FPDFText_GetMatrix(self.raw, index, matrix):
            return round(size * 2) / 2, 0
        a, b, d = matrix.a, matrix.b, matrix.d
        if a > 0 and b == 0 and d > 0:
            return round(size * d * 2) / 2, 0
        size = round(size * (math.hypot(matrix.c, d) or 1.0) * 2) / 2
        return size, _find_turn(a, b)

    def _read_font(self, index: int) -> tuple[bool, str]:
        """Return whether the typeface is bold by its name, and its family."""
        self._name[0] = b"\0"
        pdfium_c.FPDFText_GetFontInfo(self.raw, index, self._name, _FONT_NAME_LENGTH, None)
        family, is_bold = _read_font_name(self._name.value)
        return is_bold, family

    def _is_drawn_bold(self, index: int) -> bool:
        if pdfium_c.FPDFText_GetFontWeight(self.raw, index) >= _BOLD_WEIGHT:
            return True
        # Word draws bold SimSun by filling and stroking the plain face.
        drawn = pdfium_c.FPDFText_GetTextObject(self.raw, index)
        if not drawn:
            return False
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(drawn)
        return bool(mode == pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE)


def _find_turn(a: float, b: float) -> int | None:
    """Return the direction of a baseline in quarters of a turn; None where it is oblique."""
    along, across = abs(a), abs(b)
    if across <= along * _UPRIGHT:
        return 0 if a >= 0 else 2
    if along <= across * _UPRIGHT:
        return 1 if b > 0 else 3
    return None


def _line_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Yield the end of each line and the start of the next one."""
    for match in _LINE_END.finditer(text):
        yield match.start(), match.end()
    yield len(text), len(text)
