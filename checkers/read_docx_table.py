"""One w:tbl -> its cells, or the finding that it only lays out the page."""

from __future__ import annotations

from collections.abc import Iterator

from checkers import docx_names as w
from checkers.heading_numbers import split_heading
from checkers.read_docx_paragraph import ParagraphReader
from checkers.read_docx_styles import StyleSheet

# A cell with this many paragraphs holds running text, not a value.
_RUNNING_TEXT_PARAGRAPHS = 12
# Numbered lines in one cell from which on the table carries a report's structure.
_STRUCTURED_LINES = 2
_RUNNING_TEXT = 60
_FEWEST_HEADED_ROWS = 3
_STRONG_SCHEMES = {"chapter", "section"}


def is_layout_table(table: w.Element, styles: StyleSheet) -> bool:
    """Whether a table is there to lay out the page, so that its cells are read as paragraphs.

    It is where it only frames its text (one column), where a cell holds a heading by style,
    chapters by their numbers, or running text, and where headings stand beside their text.
    """
    if _is_frame(table) or _is_form(table):
        return True
    return any(_is_running_cell(cell, styles) for cell in table.iter(w.CELL))


def _is_frame(table: w.Element) -> bool:
    """Whether the table is a box around text: one column, of one cell or with text in it."""
    rows = [list(_iterate_inside(row, w.CELL)) for row in _iterate_inside(table, w.ROW)]
    if any(len(cells) > 1 for cells in rows):
        return False
    texts = [_plain_text(cells[0]) for cells in rows if cells]
    return len(texts) == 1 or any(len(text) >= _RUNNING_TEXT for text in texts)


def _is_form(table: w.Element) -> bool:
    """Whether a table sets headings beside their text: 一、项目概述 | 本项目…"""
    headed = 0
    for row in _iterate_inside(table, w.ROW):
        cells = [_plain_text(cell) for cell in _iterate_inside(row, w.CELL)]
        if any(len(text) >= _RUNNING_TEXT for text in cells[1:]):
            number, title = split_heading(cells[0])
            headed += number is not None and bool(title)
    return headed >= _FEWEST_HEADED_ROWS


def _plain_text(element: w.Element) -> str:
    return "".join(text.text or "" for text in element.iter(w.TEXT))


def _is_running_cell(cell: w.Element, styles: StyleSheet) -> bool:
    paragraphs = list(cell.iterfind(w.PARAGRAPH))
    if len(paragraphs) >= _RUNNING_TEXT_PARAGRAPHS:
        return True
    chapters = 0
    for paragraph in paragraphs:
        properties = paragraph.find(w.PARAGRAPH_PR)
        if styles.find(w.find_value(properties, w.PARAGRAPH_STYLE)).role == "heading":
            return True
        if len(paragraphs) > 1:
            chapters += _begins_chapter(paragraph)
    return chapters >= _STRUCTURED_LINES or (chapters > 0 and len(paragraphs) > _STRUCTURED_LINES)


def _begins_chapter(paragraph: w.Element) -> bool:
    number, _ = split_heading(_plain_text(paragraph))
    return number is not None and number.scheme in _STRONG_SCHEMES


def join_cells(table: w.Element, reader: ParagraphReader) -> tuple[tuple[str, ...], ...]:
    """Return the texts of a table's cells row by row; merged cells once, deleted rows dropped.

    The text of a nested table is part of its cell. Rows without any text are left out.
    """
    rows = (
        tuple(_join_cell(cell, reader) for cell in _iterate_inside(row, w.CELL))
        for row in _iterate_inside(table, w.ROW)
        if not _is_deleted_row(row)
    )
    return tuple(row for row in rows if any(row))


def _iterate_inside(parent: w.Element, tag: str) -> Iterator[w.Element]:
    """Yield the rows or cells of one table, also through content controls, not of nested ones."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in {w.TABLE, w.CELL, w.DELETED}:
            yield from _iterate_inside(child, tag)


def iterate_cells(table: w.Element) -> Iterator[w.Element]:
    """Yield the cells of a table in order, not of nested ones; deleted rows are left out."""
    for row in _iterate_inside(table, w.ROW):
        if not _is_deleted_row(row):
            yield from _iterate_inside(row, w.CELL)


def _is_deleted_row(row: w.Element) -> bool:
    properties = row.find(w.ROW_PR)
    return properties is not None and properties.find(w.DELETED) is not None


def _join_cell(cell: w.Element, reader: ParagraphReader) -> str:
    return "\n".join(text for text in _cell_lines(cell, reader) if text)


def _cell_lines(container: w.Element, reader: ParagraphReader) -> Iterator[str]:
    for child in container:
        if child.tag == w.PARAGRAPH:
            properties = child.find(w.PARAGRAPH_PR)
            style = reader.styles.find(w.find_value(properties, w.PARAGRAPH_STYLE))
            read = reader.read(child, style)
            yield read.text.strip()
            for box in read.text_boxes:
                yield from _cell_lines(box, reader)
        elif child.tag == w.TABLE:
            for row in join_cells(child, reader):
                yield "\t".join(row)
        elif isinstance(child.tag, str) and child.tag not in {w.DELETED, w.MOVED_AWAY}:
            yield from _cell_lines(child, reader)
