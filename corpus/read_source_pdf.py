"""PDF -> source text: lines in reading order, pages parted by a form feed, indents kept."""

from __future__ import annotations

from collections import Counter

import pypdfium2

from corpus.clean_source import PAGE_BREAK
from corpus.errors import SourceUnreadable

# A line that starts at least this many character widths right of the margin is indented.
INDENT_WIDTHS = 1.2
INDENT = "\u3000\u3000"
# Left edges are compared to the nearest so many points.
EDGE_STEP = 2.0
# A centred heading starts further right than this many character widths and is no indent.
FARTHEST_INDENT_WIDTHS = 4.5


def read_pdf_text(content: bytes, name: str) -> str:
    """Read the text of all pages.

    Raises:
        SourceUnreadable: the file is encrypted, damaged, or its pages hold images only.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceUnreadable(f"文件“{name}”设有密码，请取消密码后再添加。") from error
        raise SourceUnreadable(f"文件“{name}”已损坏或不完整，请重新获取后再添加。") from error
    try:
        pages = [_read_page(page) for page in document]
    except pypdfium2.PdfiumError as error:
        raise SourceUnreadable(f"文件“{name}”已损坏或不完整，请重新获取后再添加。") from error
    finally:
        document.close()
    if not any(line for page in pages for line, _, _ in page):
        raise SourceUnreadable(
            f"文件“{name}”是扫描件，没有可以读取的文字，请先做文字识别，存成TXT或DOCX后再添加。"
        )
    margin = _left_margin(pages)
    return f"\n{PAGE_BREAK}\n".join(
        "\n".join(_with_indent(line, margin) for line in page) for page in pages
    )


# A line's text, its left edge and the width of its first character, in points.
_Line = tuple[str, float, float]


def _read_page(page: pypdfium2.PdfPage) -> list[_Line]:
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    lines: list[_Line] = []
    offset = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            first = offset + len(line) - len(line.lstrip())
            left, _, right, _ = text_page.get_charbox(first)
            lines.append((stripped, left, right - left))
        offset += len(line) + 1
    text_page.close()
    return lines


def _left_margin(pages: list[list[_Line]]) -> float:
    """The leftmost edge at which many lines start."""
    edges = Counter(round(left / EDGE_STEP) for page in pages for _, left, _ in page)
    common = [edge for edge, count in edges.items() if count * 10 >= edges.total()]
    return min(common, default=min(edges)) * EDGE_STEP


def _with_indent(line: _Line, margin: float) -> str:
    text, left, width = line
    widths = (left - margin) / width if width > 0 else 0.0
    return INDENT + text if INDENT_WIDTHS <= widths <= FARTHEST_INDENT_WIDTHS else text
