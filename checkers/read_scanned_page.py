"""A file and the number of a page -> what stands on that page, recognised from its picture."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium

from checkers.detect_kind import SourceKind, detect_kind
from checkers.draw_page import Drawing, draw_pdf_page, draw_picture
from checkers.errors import ReportUnreadable
from checkers.find_ofd_scan import find_ofd_scan
from checkers.read_package_xml import read_package_part
from checkers.recognise_page import recognise_page
from checkers.recognised_page import RecognisedPage

_CHINESE = re.compile(r"[㐀-鿿]")
_FEWEST_TO_COMPARE = 20


def read_scanned_page(path: Path, number: int) -> RecognisedPage | None:
    """Return what stands on a page, ``number`` from 1; None where it can't be made out.

    Raises:
        ReportUnreadable: the page can't be drawn, or nothing is installed that recognises it.
    """
    kind = detect_kind(path)
    if kind not in _DRAWERS:
        raise ReportUnreadable("unsupported_type", "这种文件的页面不能识别文字。")
    page = recognise_page(_DRAWERS[kind](path, number), number)
    if page is None or kind != "pdf":
        return page
    return replace(page, agreement=_compare_layer(page, path))


def _compare_layer(page: RecognisedPage, path: Path) -> float | None:
    """Return the share of the Chinese characters of the page that its own text has too."""
    document = pdfium.PdfDocument(path)
    try:
        text_page = document[page.number - 1].get_textpage()
        layer = Counter(_CHINESE.findall(text_page.get_text_range()))
        text_page.close()
    finally:
        document.close()
    read = Counter(_CHINESE.findall("".join(line.text for line in page.lines)))
    most = max(layer.total(), read.total())
    if not layer or most < _FEWEST_TO_COMPARE:
        return None
    return (layer & read).total() / most


def _draw_docx_scan(path: Path, number: int) -> Drawing:
    from checkers.find_docx_scans import find_docx_scans
    from checkers.open_docx import open_docx
    from checkers.read_docx import read_docx_parts

    parts = open_docx(path)
    scan = find_docx_scans(path, parts, read_docx_parts(parts).blocks)[number - 1]
    with zipfile.ZipFile(path) as package:
        content = read_package_part(package, scan.part)
    return draw_picture(BytesIO(content or b""))


_DRAWERS: dict[SourceKind, Callable[[Path, int], Drawing]] = {
    "pdf": draw_pdf_page,
    "image": draw_picture,
    "docx": _draw_docx_scan,
    "ofd": lambda path, number: draw_picture(find_ofd_scan(path, number)),
}
