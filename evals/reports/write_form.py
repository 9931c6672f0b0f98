"""A report -> a DOCX in which it fills a form: all chapters stand in the cells of a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import docx
from docx.document import Document
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from evals.reports.number_headings import NumberedNode, number_nodes
from evals.reports.report_tree import Report, Table
from evals.reports.write_docx import fix_zip_dates

FormMake = Literal["cells", "rows", "labels"]

_HEADING_SIZE = 14.0
_LABEL_WIDTH, _TEXT_WIDTH = Cm(3.2), Cm(12.8)


def write_form(report: Report, path: Path, *, make: FormMake) -> Path:
    """Write the form; the same report and make give the same bytes.

    Args:
        report: to be written.
        path: of the file.
        make: ``cells``: a cell a chapter, the heading being its first line; ``rows``: a row a
            chapter, the heading on the left and the text on the right; ``labels``: the same, with
            no numbers on the left.
    """
    document: Document = docx.Document()
    document.core_properties.title = report.title
    document.add_paragraph().add_run(report.title).bold = True
    _fill_top(document, report)
    chapters = list(_group_chapters(report))
    form = document.add_table(rows=len(chapters), cols=1 if make == "cells" else 2)
    form.style = "Table Grid"
    for row, sections in zip(form.rows, chapters, strict=True):
        if make == "cells":
            _fill_cell(row.cells[0], sections)
        else:
            label, text = row.cells
            label.width, text.width = _LABEL_WIDTH, _TEXT_WIDTH
            heading = sections[0].node.title if make == "labels" else sections[0].heading
            label.paragraphs[0].add_run(heading).bold = True
            _fill_body(text, sections[0])
            _fill_cell(text, sections[1:])
            _drop_first_line(text)
    document.save(str(path))
    fix_zip_dates(path)
    return path


def _fill_top(document: Document, report: Report) -> None:
    told = (("项目名称", report.title), ("申报单位", report.owner), ("填报日期", report.date))
    table = document.add_table(rows=len(told), cols=2)
    table.style = "Table Grid"
    for row, (label, text) in zip(table.rows, told, strict=True):
        row.cells[0].paragraphs[0].add_run(label)
        row.cells[1].paragraphs[0].add_run(text)
    document.add_paragraph()


def _group_chapters(report: Report) -> Iterator[list[NumberedNode]]:
    """Each chapter with the sections below it, in reading order."""
    chapter: list[NumberedNode] = []
    for numbered in number_nodes(report.chapters, report.numbering):
        if numbered.level == 1 and chapter:
            yield chapter
            chapter = []
        chapter.append(numbered)
    yield chapter


def _fill_cell(cell: _Cell, sections: list[NumberedNode]) -> None:
    for numbered in sections:
        paragraph = _add_line(cell)
        run = paragraph.add_run(numbered.heading)
        run.bold = True
        if numbered.level == 1:
            run.font.size = Pt(_HEADING_SIZE)
        _fill_body(cell, numbered)


def _fill_body(cell: _Cell, numbered: NumberedNode) -> None:
    for block in numbered.node.body:
        if isinstance(block, Table):
            _add_table(cell, block)
        else:
            _add_line(cell).add_run(block)


def _add_line(cell: _Cell) -> Paragraph:
    """The empty line that every new cell begins with, or a further one."""
    first: Paragraph = cell.paragraphs[0]
    if len(cell.paragraphs) == 1 and not first.text:
        return first
    added: Paragraph = cell.add_paragraph()
    return added


def _add_table(cell: _Cell, table: Table) -> None:
    inner = cell.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    inner.style = "Table Grid"
    for row, texts in zip(inner.rows, table.rows, strict=True):
        for place, text in zip(row.cells, texts, strict=True):
            place.paragraphs[0].add_run(text)


def _drop_first_line(cell: _Cell) -> None:
    first = cell.paragraphs[0]
    if not first.text and len(cell.paragraphs) > 1:
        first._p.getparent().remove(first._p)
