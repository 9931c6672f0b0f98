"""Write long reports of realistic make, to measure how long a check takes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

import docx
from docx.document import Document

# Measured with LibreOffice: so many paragraphs of this text fill a page.
_PARAGRAPHS_A_PAGE = 10
_SECTIONS_A_CHAPTER = 8
_PARAGRAPHS_A_SECTION = 16
_PARAGRAPHS_A_TABLE = 40
_LINE_CHARACTERS = 38
_LINES_A_PDF_PAGE = 30
_PAGE_WIDTH, _PAGE_HEIGHT = 595.0, 842.0

_CHAPTERS = (
    "项目概述", "项目单位概况", "业务现状与存在问题", "项目建设必要性", "需求分析", "总体设计",
    "应用系统建设方案", "数据资源建设方案", "信息资源共享开放", "网络安全设计", "密码应用方案",
    "人工智能应用", "基础设施与云资源", "项目实施进度", "运行维护方案", "投资估算", "效益分析",
    "风险分析与对策",
)  # fmt: skip
_SECTIONS = (
    "建设目标",
    "现状分析",
    "业务流程",
    "功能设计",
    "接口设计",
    "部署方案",
    "实施要求",
    "小结",
)
_SENTENCES = (
    "本项目依托县级政务云平台部署，分为基础设施层、数据资源层、应用支撑层和业务应用层。",
    "各部门业务数据经前置机采集、清洗和比对后，进入人口、法人和空间地理等基础库。",
    "系统按照网络安全等级保护第三级的要求设计，定级备案后每年开展一次等级测评。",
    "项目建设周期为十八个月，由县数据主管部门牵头，财政和发展改革部门配合。",
    "群众通过统一身份认证登录后，可以查询办件进度，并在线提交补正材料。",
    "预计每年受理事项12.6万件，平均办理时限由7个工作日压缩到3个工作日。",
)
_COLUMNS = ("序号", "数据项名称", "提供部门", "共享类型", "更新周期")
_DEPARTMENTS = ("县公安局", "县民政局", "县自然资源局", "县市场监管局")

Piece = tuple[Literal["chapter", "section", "text", "table"], str]


def iterate_pieces(paragraphs: int) -> Iterator[Piece]:
    """Yield headings, paragraphs and tables of a report with so many paragraphs of text."""
    written, chapter, section = 0, 0, 0
    while written < paragraphs:
        if section % _SECTIONS_A_CHAPTER == 0:
            chapter, section = chapter + 1, 0
            yield "chapter", f"第{chapter}章 {_CHAPTERS[(chapter - 1) % len(_CHAPTERS)]}"
        section += 1
        yield "section", f"{chapter}.{section} {_SECTIONS[section - 1]}"
        for _ in range(min(_PARAGRAPHS_A_SECTION, paragraphs - written)):
            written += 1
            first = written % len(_SENTENCES)
            yield "text", "".join(_SENTENCES[first:] + _SENTENCES[:first])[:150]
            if written % _PARAGRAPHS_A_TABLE == 0:
                yield "table", f"表{chapter}-{section} 信息资源目录"


def write_large_docx(path: Path, pages: int = 350) -> None:
    """Write a DOCX of about so many pages, with heading styles, contents lines and tables."""
    document: Document = docx.Document()
    document.add_paragraph("某县一体化政务服务平台项目可行性研究报告", style="Title")
    for kind, text in iterate_pieces(pages * _PARAGRAPHS_A_PAGE):
        if kind in {"chapter", "section"}:
            document.add_heading(text, level=1 if kind == "chapter" else 2)
        elif kind == "table":
            document.add_paragraph(text)
            _add_table(document)
        else:
            document.add_paragraph(text)
    document.save(str(path))


def _add_table(document: Document) -> None:
    table = document.add_table(rows=0, cols=len(_COLUMNS))
    for row in _table_rows():
        # Cells are asked for once a row; asking by coordinates is quadratic in python-docx.
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _table_rows() -> Iterator[tuple[str, ...]]:
    yield _COLUMNS
    for count, department in enumerate(_DEPARTMENTS, start=1):
        yield str(count), f"{department}登记信息", department, "有条件共享", "每日"


def write_large_pdf(path: Path, pages: int = 350) -> None:
    """Write a PDF of exactly so many pages, with running heads, page numbers and tables.

    The face is named and not embedded, as in PDFs from many Chinese offices. Reading it then takes
    pdfium ten times as long as an embedded one unless it is kept from the fonts of the system.
    """
    # reportlab is a development tool; the program itself never writes PDF.
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=(_PAGE_WIDTH, _PAGE_HEIGHT))
    lines = _pdf_lines(pages * _LINES_A_PDF_PAGE)
    for page in range(1, pages + 1):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(90, _PAGE_HEIGHT - 50, "某县一体化政务服务平台项目可行性研究报告")
        canvas.drawCentredString(_PAGE_WIDTH / 2, 40, f"- {page} -")
        for row in range(_LINES_A_PDF_PAGE):
            size, cells = next(lines)
            canvas.setFont("STSong-Light", size)
            for column, text in enumerate(cells):
                left = 90 + column * 90 + (24 if size == 12 and text.startswith("　") else 0)
                canvas.drawString(left, _PAGE_HEIGHT - 90 - row * 22, text.lstrip("　"))
        canvas.showPage()
    canvas.save()


def _pdf_lines(lines: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield type size and cells of each line; a line of running text has one cell."""
    for kind, text in iterate_pieces(lines):
        if kind == "chapter":
            yield 18, (text,)
        elif kind == "section":
            yield 15, (text,)
        elif kind == "table":
            yield 11, (text,)
            for row in _table_rows():
                yield 12, row
        else:
            yield 12, ("　" + text[: _LINE_CHARACTERS - 2],)
            for start in range(_LINE_CHARACTERS - 2, len(text), _LINE_CHARACTERS):
                yield 12, (text[start : start + _LINE_CHARACTERS],)


def list_headings(file_format: Literal["docx", "pdf"], pages: int) -> Iterator[tuple[int, str]]:
    """Yield level and text of the headings that a report of so many pages has."""
    if file_format == "docx":
        for kind, text in iterate_pieces(pages * _PARAGRAPHS_A_PAGE):
            if kind in {"chapter", "section"}:
                yield 1 if kind == "chapter" else 2, text
        return
    levels = {18: 1, 15: 2}
    lines = pages * _LINES_A_PDF_PAGE
    for size, cells in islice(_pdf_lines(lines), lines):
        if size in levels:
            yield levels[size], cells[0]


def main() -> None:
    """Write both reports into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=350)
    arguments = parser.parse_args()
    write_large_docx(arguments.folder / "large.docx", arguments.pages)
    write_large_pdf(arguments.folder / "large.pdf", arguments.pages)


if __name__ == "__main__":
    main()
