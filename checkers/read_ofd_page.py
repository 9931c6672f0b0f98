"""One OFD page -> its lines with position, type size and typeface."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from checkers.order_lines import CELL_GAP, order_lines
from checkers.page_line import PageLine, PdfPage
from checkers.read_package_xml import Element, local_name

_POINTS_A_MILLIMETRE = 72 / 25.4
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|simhei|heiti|黑体", re.IGNORECASE)
_SHOWN = frozenset({"TextObject", "ImageObject", "PathObject", "CompositeObject"})
_BLANKS = re.compile(r"\s+")
# Share of the type size: so far apart there is a blank between characters.
_BLANK_GAP = 0.6
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_LARGEST_NUMBER = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFace:
    """A typeface of the file: its name, and whether it is said to be bold."""

    name: str = ""
    is_bold: bool = False


_NO_FONT = FontFace()


def read_ofd_page(
    content: Element, *, number: int, box: str, fonts: Mapping[str, FontFace]
) -> PdfPage:
    """Return the lines of a page.

    Args:
        content: root of the page's part.
        number: of the page, from 1.
        box: left, top, width and height in millimetres, as the file writes it.
        fonts: typefaces by id.
    """
    _, _, width, height = (*_read_numbers(box), *_IDENTITY)[:4]
    page = PdfPage(
        number=number,
        width=width * _POINTS_A_MILLIMETRE,
        height=height * _POINTS_A_MILLIMETRE,
        lines=(),
        has_objects=any(local_name(element) in _SHOWN for element in content.iter()),
    )
    pieces = [
        piece
        for element in content.iter()
        if local_name(element) == "TextObject" and element.get("Visible") != "false"
        for piece in _read_text_object(element, page, fonts)
    ]
    return replace(page, lines=tuple(order_lines(pieces)))


def _read_numbers(text: str | None) -> tuple[float, ...]:
    """Return the numbers in an attribute; what is none, or no size of anything, counts as 0."""
    numbers = []
    for word in (text or "").replace(",", " ").split():
        try:
            value = float(word)
        except ValueError:
            value = 0.0
        numbers.append(value if abs(value) < _LARGEST_NUMBER else 0.0)
    return tuple(numbers)


def _read_text_object(
    element: Element, page: PdfPage, fonts: Mapping[str, FontFace]
) -> Iterator[PageLine]:
    """Yield the pieces of a text object, placed on the page."""
    left, top = (*_read_numbers(element.get("Boundary")), 0.0, 0.0)[:2]
    matrix = _read_numbers(element.get("CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == len(_IDENTITY) else _IDENTITY
    size = (*_read_numbers(element.get("Size")), 0.0)[0]
    height = size * (math.hypot(c, d) or 1.0) * _POINTS_A_MILLIMETRE
    font = fonts.get(str(element.get("Font", "")), _NO_FONT)
    weight = (*_read_numbers(element.get("Weight")), 0.0)[0]
    x, y = 0.0, 0.0
    for code in element:
        if local_name(code) != "TextCode":
            continue
        # A code without a position of its own goes on where the one before began.
        x = (*_read_numbers(code.get("X")), x)[0]
        y = (*_read_numbers(code.get("Y")), y)[0]
        text, width = _space_text(code, size)
        if not text.strip():
            continue
        start = left + a * x + c * y + e
        base = page.height - (top + b * x + d * y + f) * _POINTS_A_MILLIMETRE
        yield PageLine(
            page=page.number,
            text=text.strip(),
            left=start * _POINTS_A_MILLIMETRE,
            right=(start + abs(a or 1.0) * width) * _POINTS_A_MILLIMETRE,
            bottom=base,
            top=base + height,
            size=round(height * 2) / 2,
            bold=font.is_bold or weight >= _BOLD_WEIGHT or bool(_BOLD_NAME.search(font.name)),
            family=font.name,
        )


def _space_text(code: Element, size: float) -> tuple[str, float]:
    """Return a text with blanks and tabs for its wide gaps, and its width."""
    text = _BLANKS.sub(" ", code.text or "")
    deltas = _expand_deltas(str(code.get("DeltaX", "")), most=len(text))
    pieces: list[str] = []
    width = 0.0
    for index, char in enumerate(text):
        pieces.append(char)
        own = size * _char_width(char)
        advance = deltas[index] if index < len(deltas) else own
        if index == len(text) - 1:
            width += own
            break
        width += advance
        gap = advance - own
        if gap > CELL_GAP * size:
            pieces.append("\t")
        elif gap > _BLANK_GAP * size and char != " ":
            pieces.append(" ")
    return "".join(pieces), width


def _expand_deltas(deltas: str, *, most: int) -> list[float]:
    """Return the advances; ``g 5 3.5`` stands for five times 3.5."""
    words = deltas.split()
    expanded: list[float] = []
    position = 0
    while position < len(words) and len(expanded) < most:
        if words[position] == "g" and position + 2 < len(words):
            count, advance = _read_numbers(" ".join(words[position + 1 : position + 3]))
            expanded.extend([advance] * min(max(int(count), 0), most))
            position += 3
        else:
            expanded.extend(_read_numbers(words[position]))
            position += 1
    return expanded


def _char_width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.5
