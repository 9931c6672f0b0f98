"""Builders for files that are made to harm whoever reads them."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from make_docx import TEXT, p, write_docx

from checkers.read_report import MOST_BLOCKS

_CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
_FORM_PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    " /Resources << /XObject << /F 5 0 R >> >> >>"
)
_FORM = (
    "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    " /Resources << /XObject << /F 5 0 R >> >> /Length 11 >>\nstream\n/F Do /F Do\nendstream"
)
_DRAW_FORM = "<< /Length 5 >>\nstream\n/F Do\nendstream"
_EMPTY = "<< /Length 2 >>\nstream\nq \nendstream"


def write_raw_pdf(path: Path, *objects: str | bytes) -> Path:
    """Write a PDF of the objects given, the first of which is the catalogue."""
    content = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        raw = body.encode() if isinstance(body, str) else body
        content += b"%d 0 obj\n%s\nendobj\n" % (number, raw)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, entries)
    content += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    path.write_bytes(content + b"startxref\n%d\n%%%%EOF" % table)
    return path


def write_page_tree_in_a_ring(path: Path) -> Path:
    """Write a PDF whose pages contain themselves."""
    return write_raw_pdf(
        path,
        _CATALOG,
        "<< /Type /Pages /Kids [3 0 R] /Count 100 >>",
        "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 100 >>",
    )


def write_form_in_a_ring(path: Path) -> Path:
    """Write a PDF with a drawing that draws itself twice; pdfium runs out of stack over it."""
    return write_raw_pdf(path, _CATALOG, _PAGES, _FORM_PAGE, _DRAW_FORM, _FORM)


def write_bookmarks_in_a_ring(path: Path) -> Path:
    """Write a PDF whose bookmark follows and contains itself."""
    return write_raw_pdf(
        path,
        "<< /Type /Catalog /Pages 2 0 R /Outlines 5 0 R >>",
        _PAGES,
        _PAGE,
        _EMPTY,
        "<< /First 6 0 R /Last 6 0 R /Count 1 >>",
        "<< /Title (A) /Next 6 0 R /First 6 0 R /Dest [3 0 R /Fit] >>",
    )


def write_many_pages(path: Path) -> Path:
    """Write a PDF of 10,000 pages that are one and the same."""
    kids = " ".join(["3 0 R"] * 10_000)
    return write_raw_pdf(
        path, _CATALOG, f"<< /Type /Pages /Kids [{kids}] /Count 10000 >>", _PAGE, _EMPTY
    )


def write_stream_bomb(path: Path) -> Path:
    """Write a PDF whose page unpacks to a thousand times its size."""
    packed = zlib.compress(b"q Q " * (8 * 1024 * 1024), 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    return write_raw_pdf(path, _CATALOG, _PAGES, _PAGE, stream)


def write_macros(path: Path) -> Path:
    """Write a DOCX with macros."""
    write_docx(path, p("第一章 总论") + p(TEXT))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return path


def write_many_paragraphs(path: Path) -> Path:
    """Write a DOCX of more paragraphs than 3,000 pages hold, in a small file."""
    return write_docx(path, p("x") * (MOST_BLOCKS + 1))


def write_many_page_breaks(path: Path) -> Path:
    """Write a DOCX of 10,000 pages with a line on each."""
    break_ = '<w:r><w:br w:type="page"/></w:r>'
    return write_docx(path, p(TEXT, inner=break_) * 10_000)


def write_ofd_bomb(path: Path) -> Path:
    """Write an OFD one part of which unpacks to 100 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("OFD.xml", "<a><DocBody><DocRoot>D.xml</DocRoot></DocBody></a>")
        package.writestr("D.xml", b"<a>" + b" " * (100 * 1024 * 1024) + b"</a>")
    return path


def write_entities(path: Path, declaration: str) -> Path:
    """Write an OFD whose document declares an entity and uses it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("OFD.xml", "<a><DocBody><DocRoot>D.xml</DocRoot></DocBody></a>")
        package.writestr("D.xml", f"<!DOCTYPE a [{declaration}]><a>&b;</a>")
    return path
