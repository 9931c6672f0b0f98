"""A page of a PDF -> whether its text can be used, or stands in a picture."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from checkers.page_line import PdfPage

PageState = Literal["text", "picture", "layered", "garbled"]
"""``picture``: to be recognised, what text there is stands beside it; ``layered``: a picture with
invisible text that a scanner's own recognition put over it; ``garbled``: the text says nothing."""

# A page with fewer characters and something drawn on it is a scan with, at most, a stamp on it.
FEWEST_CHARACTERS = 12
# A picture as large as the page, and no more text than a head, a foot and a scanning app's mark.
_WHOLE_PAGE = 0.75
_FEWEST_BESIDE_PICTURE = 150
_DEEPEST_FORM = 6
_MOST_OBJECTS = 2_000
# Shares of a page's characters from which on it is garbled: without a mapping to Unicode, from
# scripts that no report is written in, rare Chinese characters, marks without letters.
_UNMAPPED = re.compile("[\ue000-\uf8ff\ufffd\x01-\x08\x0e-\x1f]")
_FOREIGN = re.compile("[¡-¦ª-¯¹-ÖØ-öø-ɏ\u0400-\u052f\u1100-\u11ff\ua000-\ua4cf\uac00-\ud7af]")
_MARK = re.compile(r"[!-/:-@\[-`{-~]")
_CHINESE = re.compile(r"[㐀-鿿]")
_BLANKS = re.compile(r"\s+")
_GARBLED_SHARE = 0.4
_COMMON_SHARE = 0.5
_MARKS_SHARE = 0.45
_FEWEST_TO_JUDGE = 30
# Recognition that knows no Chinese turns a page into Latin letters.
_CHINESE_SHARE_OF_LAYER = 0.3
# Characters of a page that are enough to judge it.
_JUDGED = 300


def tell_scan(page: PdfPage, covered: float) -> PageState:
    """Return what a page is.

    Args:
        page: without its running heads.
        covered: share of the page that pictures cover, from ``measure_cover``.
    """
    text = _take_text(page)
    if page.has_objects and len(text) < FEWEST_CHARACTERS:
        return "picture"
    if is_garbled(text):
        return "garbled"
    if page.hidden:
        chinese = len(_CHINESE.findall(text))
        is_foreign = len(text) >= _FEWEST_TO_JUDGE and chinese < len(text) * _CHINESE_SHARE_OF_LAYER
        return "garbled" if is_foreign else "layered"
    if covered >= _WHOLE_PAGE and len(text) < _FEWEST_BESIDE_PICTURE:
        return "picture"
    return "text"


def _take_text(page: PdfPage) -> str:
    """Return the first characters of a page without blanks."""
    lines: list[str] = []
    left = _JUDGED
    for line in page.lines:
        lines.append(line.text)
        left -= len(line.text)
        if left <= 0:
            break
    return _BLANKS.sub("", "".join(lines))


def may_be_scan(page: PdfPage) -> bool:
    """Whether it matters how much of a page pictures cover."""
    if not page.has_objects or page.hidden:
        return False
    return sum(len(line.text) for line in page.lines) < _FEWEST_BESIDE_PICTURE


def is_garbled(text: str) -> bool:
    """Whether a text without blanks is debris of a wrong encoding."""
    if len(_UNMAPPED.findall(text)) > len(text) * _GARBLED_SHARE:
        return True
    if len(text) < _FEWEST_TO_JUDGE:
        return False
    if len(_FOREIGN.findall(text)) > len(text) * _GARBLED_SHARE:
        return True
    chinese = _CHINESE.findall(text)
    if len(chinese) < _FEWEST_TO_JUDGE:
        return not chinese and len(_MARK.findall(text)) > len(text) * _MARKS_SHARE
    common = sum(char in _list_common() for char in chinese)
    return common < len(chinese) * _COMMON_SHARE


@cache
def _list_common() -> frozenset[str]:
    """The 3,755 characters of the first level of GB 2312, in rows 16 to 55."""
    codes = bytes(
        byte
        for row in range(0xB0, 0xD8)
        for column in range(0xA1, 0xFF)
        if (row, column) < (0xD7, 0xFA)
        for byte in (row, column)
    )
    return frozenset(codes.decode("gb2312"))


def is_hidden(text_page: pdfium.PdfTextPage, count: int) -> bool:
    """Whether the text of a page is drawn so that nobody sees it, by its first and middle ends.

    Args:
        text_page: of pdfium.
        count: of its characters.
    """
    asked = {0, count // 2, max(count - 1, 0)} if count > 0 else set()
    modes = [
        pdfium_c.FPDFTextObj_GetTextRenderMode(drawn)
        for index in sorted(asked)
        if (drawn := pdfium_c.FPDFText_GetTextObject(text_page, index))
    ]
    return bool(modes) and all(mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE for mode in modes)


def measure_cover(document: pdfium.PdfDocument, number: int) -> float:
    """Return the share of a page that pictures cover, 0 to 1; they may overlap."""
    page = document[number - 1]
    try:
        start, floor, end, ceiling = page.get_cropbox()
        covered = 0.0
        for at, drawn in enumerate(
            page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST_FORM)
        ):
            left, bottom, right, top = drawn.get_bounds()
            across = max(0.0, min(right, end) - max(left, start))
            covered += across * max(0.0, min(top, ceiling) - max(bottom, floor))
            if at >= _MOST_OBJECTS:
                break
    finally:
        page.close()
    return float(min(1.0, covered / max((end - start) * (ceiling - floor), 1.0)))
