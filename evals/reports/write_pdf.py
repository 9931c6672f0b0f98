"""A report -> a text PDF with running heads, a contents page and, if asked for, bookmarks."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as TableFlowable

from evals.reports.list_contents import LEADERS, list_contents
from evals.reports.number_headings import NumberedNode, number_nodes
from evals.reports.pdf_makes import BODY_SIZE, PdfMake
from evals.reports.report_tree import Content, Report, Table

_FONT = "STSong-Light"
_LEADING = 1.5
_MARGIN = 72.0


def write_pdf(report: Report, make: PdfMake, path: Path) -> Path:
    """Write the report; the same report and make give the same bytes."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    document = _ReportTemplate(report, make, path)
    flowables = [*_write_cover(report, make), *_write_contents(report, make)]
    flowables.insert(-1, NextPageTemplate("body"))  # before the break that ends the front matter
    for numbered in number_nodes(report.chapters, report.numbering):
        flowables.extend(_write_section(report, make, numbered))
    document.build(flowables)
    return path


class _ReportTemplate(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """Pages with a running head and a page number; headings become bookmarks where asked for."""

    def __init__(self, report: Report, make: PdfMake, path: Path) -> None:
        super().__init__(
            str(path), pagesize=A4, invariant=1, title=report.title, author=report.owner
        )
        self._report = report
        self._make = make
        self._keys: list[str] = []
        self.addPageTemplates([self._make_page("front", 1), self._make_page("body", make.columns)])

    def _make_page(self, name: str, columns: int) -> PageTemplate:
        width = (A4[0] - 2 * _MARGIN) / columns
        frames = [
            Frame(_MARGIN + place * width, _MARGIN, width, A4[1] - 2 * _MARGIN)
            for place in range(columns)
        ]
        return PageTemplate(id=name, frames=frames, onPage=self._draw_margins)

    def _draw_margins(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont(_FONT, 9)
        if self._make.running_head and document.page > 1:
            canvas.drawCentredString(A4[0] / 2, A4[1] - 45, self._report.title)
        canvas.drawCentredString(A4[0] / 2, 40, str(document.page))

    def afterFlowable(self, flowable: Flowable) -> None:
        """Add a bookmark for a heading that was just set."""
        level = getattr(flowable, "heading_level", None)
        if level is None or not self._make.bookmarks:
            return
        key = f"heading-{len(self._keys)}"
        self._keys.append(key)
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(flowable.getPlainText(), key, level=level, closed=False)


def _write_cover(report: Report, make: PdfMake) -> list[Flowable]:
    title = _set_text(report.title, max(22.0, make.sizes[0] + 4), centred=True)
    if report.wrapped:
        title.heading_level = 0
    return [
        Spacer(1, 150),
        title,
        Spacer(1, 200),
        _set_text(f"建设单位：{report.owner}", 15.0, centred=True),
        _set_text(report.date, 15.0, centred=True),
        PageBreak(),
    ]


def _write_contents(report: Report, make: PdfMake) -> list[Flowable]:
    if not make.contents and report.contents is None:
        return []
    lines = [
        _set_text(LEADERS[make.leader](line), BODY_SIZE, indent=12.0 * (line.level - 1))
        for line in list_contents(report)
    ]
    return [_set_text("目  录", 16.0, centred=True), Spacer(1, 12), *lines, PageBreak()]


def _write_section(report: Report, make: PdfMake, numbered: NumberedNode) -> list[Flowable]:
    size = make.sizes[min(numbered.level, len(make.sizes)) - 1]
    heading = _set_text(numbered.heading, size, keep=True)
    heading.heading_level = numbered.level - 1 + report.wrapped
    return [heading, *(_set_block(block, make.columns) for block in numbered.node.body)]


def _set_block(block: Content, columns: int) -> Flowable:
    if isinstance(block, str):
        return _set_text(block, BODY_SIZE, first_indent=2 * BODY_SIZE)
    return _set_table(block, columns)


def _set_table(table: Table, page_columns: int) -> Flowable:
    columns = len(table.rows[0])
    width = ((A4[0] - 2 * _MARGIN) / page_columns - 12) / columns
    cells = [[_set_text(cell, 10.5) for cell in row] for row in table.rows]
    flowable = TableFlowable(cells, colWidths=[width] * columns, spaceBefore=6, spaceAfter=10)
    flowable.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    return flowable


def _set_text(
    text: str,
    size: float,
    *,
    centred: bool = False,
    indent: float = 0.0,
    first_indent: float = 0.0,
    keep: bool = False,
) -> Paragraph:
    style = ParagraphStyle(
        name="text",
        fontName=_FONT,
        fontSize=size,
        leading=size * _LEADING,
        alignment=1 if centred else 0,
        leftIndent=indent,
        firstLineIndent=first_indent,
        spaceBefore=size / 2 if keep else 0,
        spaceAfter=4,
        keepWithNext=1 if keep else 0,
        wordWrap="CJK",
    )
    return Paragraph(escape(text), style)
