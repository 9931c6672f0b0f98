"""A PDF -> an OFD (GB/T 33190) with the same characters at the same places."""

from __future__ import annotations

import ctypes
import math
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_MILLIMETRES_A_POINT = 25.4 / 72
_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FONT_NAME_LENGTH = 128
_BOLD_WEIGHT = 600
# Characters whose baselines differ by less, in points, stand on one line.
_SAME_BASELINE = 0.5


@dataclass(slots=True)
class _Run:
    """Characters of one face and size on one line; lengths in points, from the lower left."""

    left: float
    bottom: float
    size: float
    font: str
    bold: bool
    text: str = ""
    places: list[float] = field(default_factory=list)

    def fits(self, bottom: float, size: float, font: str) -> bool:
        return (
            abs(self.bottom - bottom) < _SAME_BASELINE and self.size == size and self.font == font
        )


def convert_to_ofd(pdf: Path, target: Path, *, bookmarks: bool = True) -> Path:
    """Write an OFD with the text of a PDF; return where it is."""
    document = pdfium.PdfDocument(pdf)
    fonts: dict[str, int] = {}
    pages = [_write_page(page, fonts) for page in document]
    outlines = _write_outlines(document) if bookmarks else ""
    document.close()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "OFD.xml",
            f'{_DECLARATION}<ofd:OFD {_NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody>'
            "<ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        package.writestr("Doc_0/Document.xml", _write_document(len(pages), outlines))
        package.writestr("Doc_0/PublicRes.xml", _write_fonts(fonts))
        for index, page in enumerate(pages):
            package.writestr(f"Doc_0/Pages/Page_{index}/Content.xml", page)
    return target


def _write_document(pages: int, outlines: str) -> str:
    listed = "".join(
        f'<ofd:Page ID="{1000 + index}" BaseLoc="Pages/Page_{index}/Content.xml"/>'
        for index in range(pages)
    )
    return (
        f"{_DECLARATION}<ofd:Document {_NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>9999999"
        "</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        "</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{outlines}</ofd:Document>"
    )


def _write_fonts(fonts: dict[str, int]) -> str:
    listed = "".join(
        f'<ofd:Font ID="{number}" FontName={quoteattr(name)} FamilyName={quoteattr(name)}/>'
        for name, number in fonts.items()
    )
    return f"{_DECLARATION}<ofd:Res {_NAMESPACE}><ofd:Fonts>{listed}</ofd:Fonts></ofd:Res>"


def _write_outlines(document: pdfium.PdfDocument) -> str:
    """Return the bookmarks, nested as in the PDF."""
    pieces: list[str] = []
    depth = -1
    for entry in document.get_toc():
        target = entry.get_dest()
        index = None if target is None else target.get_index()
        if index is None:
            continue
        level = min(entry.level, depth + 1)
        pieces.extend(["</ofd:OutlineElem>"] * (depth - level + 1))
        depth = level
        pieces.append(
            f"<ofd:OutlineElem Title={quoteattr(str(entry.get_title()))}><ofd:Actions>"
            f'<ofd:Action Event="CLICK"><ofd:Goto><ofd:Dest Type="XYZ" PageID="{1000 + index}"/>'
            "</ofd:Goto></ofd:Action></ofd:Actions>"
        )
    pieces.extend(["</ofd:OutlineElem>"] * (depth + 1))
    return f"<ofd:Outlines>{''.join(pieces)}</ofd:Outlines>" if pieces else ""


def _write_page(page: pdfium.PdfPage, fonts: dict[str, int]) -> str:
    width, height = page.get_size()
    text_page = page.get_textpage()
    objects = [
        _write_run(run, number, height, fonts)
        for number, run in enumerate(_read_runs(text_page), start=1)
    ]
    if not objects and pdfium_c.FPDFPage_CountObjects(page) > 0:
        objects.append('<ofd:ImageObject ID="1" Boundary="0 0 210 297" ResourceID="2"/>')
    text_page.close()
    box = f"0 0 {width * _MILLIMETRES_A_POINT:.2f} {height * _MILLIMETRES_A_POINT:.2f}"
    return (
        f"{_DECLARATION}<ofd:Page {_NAMESPACE}><ofd:Area><ofd:PhysicalBox>{box}"
        f'</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID="1" Type="Body">'
        f"{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def _write_run(run: _Run, number: int, height: float, fonts: dict[str, int]) -> str:
    size = run.size * _MILLIMETRES_A_POINT
    left = run.left * _MILLIMETRES_A_POINT
    top = (height - run.bottom - run.size) * _MILLIMETRES_A_POINT
    advances = _write_advances(run.places)
    font = fonts.setdefault(run.font, len(fonts) + 1)
    weight = ' Weight="700"' if run.bold else ""
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{left:.3f} {top:.3f} 200 {size * 1.2:.3f}"'
        f' Font="{font}" Size="{size:.4f}"{weight}><ofd:TextCode X="0" Y="{size:.3f}"'
        f' DeltaX="{advances}">{escape(run.text)}</ofd:TextCode></ofd:TextObject>'
    )


def _write_advances(places: Sequence[float]) -> str:
    """Return the advances between characters; equal ones in a row are counted (``g 5 3.5``)."""
    steps = [
        f"{(later - earlier) * _MILLIMETRES_A_POINT:.2f}" for earlier, later in pairwise(places)
    ]
    words: list[str] = []
    start = 0
    while start < len(steps):
        end = start
        while end < len(steps) and steps[end] == steps[start]:
            end += 1
        words.append(f"g {end - start} {steps[start]}" if end - start > 1 else steps[start])
        start = end
    return " ".join(words)


def _read_runs(text_page: pdfium.PdfTextPage) -> Iterator[_Run]:
    current: _Run | None = None
    for index in range(pdfium_c.FPDFText_CountChars(text_page)):
        char = chr(pdfium_c.FPDFText_GetUnicode(text_page, index))
        if char.isspace() or not char.isprintable():
            continue
        left, bottom = _find_origin(text_page, index)
        size, font = _find_size(text_page, index), _find_font(text_page, index)
        is_bold = pdfium_c.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT
        if current is None or not current.fits(bottom, size, font):
            if current is not None:
                yield current
            current = _Run(left=left, bottom=bottom, size=size, font=font, bold=is_bold)
        current.text += char
        current.places.append(left)
    if current is not None:
        yield current


def _find_origin(text_page: pdfium.PdfTextPage, index: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(text_page, index, x, y)
    return x.value, y.value


def _find_size(text_page: pdfium.PdfTextPage, index: int) -> float:
    size = float(pdfium_c.FPDFText_GetFontSize(text_page, index))
    matrix = pdfium_c.FS_MATRIX()
    if pdfium_c.FPDFText_GetMatrix(text_page, index, matrix):
        size *= math.hypot(matrix.c, matrix.d) or 1.0
    return round(size * 2) / 2


def _find_font(text_page: pdfium.PdfTextPage, index: int) -> str:
    buffer = ctypes.create_string_buffer(_FONT_NAME_LENGTH)
    pdfium_c.FPDFText_GetFontInfo(text_page, index, buffer, _FONT_NAME_LENGTH, None)
    return buffer.value.decode("utf-8", errors="replace").partition("+")[2] or "SimSun"
