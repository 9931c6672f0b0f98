"""One w:tbl -> its cells, or the finding that it only lays out the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checkers import docx_names as w
from checkers.find_form_chapters import find_chapter_numbers, number_of_title
from checkers.heading_numbers import HeadingNumber, Scheme, split_heading
from checkers.match_form_words import is_attribute, is_placeholder
from checkers.read_docx_paragraph import ParagraphReader
from checkers.read_docx_properties import read_properties
from checkers.read_docx_styles import BODY_TEXT_LEVEL, StyleSheet

# A cell with this many paragraphs holds running text, not a value.
_RUNNING_TEXT_PARAGRAPHS = 12
# Numbered lines in one cell from which on the table carries a report's structure.
_STRUCTURED_LINES = 2
_RUNNING_TEXT = 60
_FEWEST_HEADED_ROWS = 3
# Of these, so many have text beside them; the others may still be to be written.
_FEWEST_WRITTEN_ROWS = 2
# Chapters by number need less of the document: a form may be several tables, one a page.
_SHARE_OF_NUMBERED = 0.3
_SHORTEST_TITLE = 2
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_STRONG_SCHEMES = {"chapter", "section"}
# Forms that number the parts of a report in the cells of a form; 1、 and （1） number its entries.
_PART_SCHEMES = {"part", "chapter", "section", "chinese"}
_LONGEST_PART_TITLE = 30
# Such parts from which on a form is one that holds a report: 一、项目概述, and its text below.
_FEWEST_PARTS = 2
_NOT_ENTERED = frozenset(
    {w.TABLE, w.CELL, w.DELETED, w.CELL_PR, w.ROW_PR, w.TABLE_PR, w.TABLE_GRID}
)
_CELL_SKIPPED = frozenset({w.DELETED, w.MOVED_AWAY, w.CELL_PR})
# Cells of a form that are merged in its other rows may stay empty beside a title and its text.
_MOST_CELLS_OF_A_LABEL_ROW = 4
_SHARE_OF_REPORT = 0.6
_SENTENCE_END = ("。", "；")
# A label and its entry; a row with more cells is one of a table.
_MOST_CELLS_OF_A_FORM = 2


@dataclass(slots=True)
class _CellText:
    """What tells whether a cell holds running text.

    Attributes:
        lines: text of its paragraphs, as far as they have any.
        paragraphs: how many it has.
        has_heading: whether one of them is a heading by its style.
        has_running_cell: whether a table inside it holds running text.
    """

    lines: list[str] = field(default_factory=list)
    paragraphs: int = 0
    has_heading: bool = False
    has_running_cell: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it holds a heading by style, chapters by their numbers, or long text."""
        if self.has_heading or self.has_running_cell:
            return True
        if self.paragraphs >= _RUNNING_TEXT_PARAGRAPHS:
            return True
        if self.paragraphs < _STRUCTURED_LINES:
            return False
        chapters = sum(_begins(line, _STRONG_SCHEMES) for line in self.lines)
        return chapters >= _STRUCTURED_LINES or (
            chapters > 0 and self.paragraphs > _STRUCTURED_LINES
        )

    @property
    def text(self) -> str:
        """All of its text on one line."""
        return self.lines[0] if len(self.lines) == 1 else "".join(self.lines)


def is_layout_table(table: w.Element, styles: StyleSheet) -> bool:
    """Whether a table is there to lay out the page, so that its cells are read as paragraphs.

    It is where it only frames its text (one column), where a cell holds a heading by style,
    chapters by their numbers, or running text, and where headings stand beside or above their
    text.
    """
    rows = [[_read_cell(cell, styles) for cell in find_cells(row)] for row in list_rows(table)]
    if any(cell.is_running for row in rows for cell in row):
        return True
    if _is_frame(rows) or _is_form(rows) or _holds_parts(rows):
        return True
    texts = [[cell.text for cell in cells] for cells in rows]
    return find_chapter_numbers(texts) is not None and (
        _share_of_document(table) > _SHARE_OF_NUMBERED
    )


def _read_cell(cell: w.Element, styles: StyleSheet) -> _CellText:
    into = _CellText()
    _collect_cell(cell, styles, into)
    return into


def _collect_cell(container: w.Element, styles: StyleSheet, into: _CellText) -> None:
    for child in container:
        tag = child.tag
        if tag == w.PARAGRAPH:
            text = _plain_text(child)
            into.paragraphs += 1
            into.has_heading = into.has_heading or _is_heading(child, styles)
            if text:
                into.lines.append(text)
        elif tag == w.TABLE:
            cells = (_read_cell(cell, styles) for cell in child.iter(w.CELL))
            into.has_running_cell = into.has_running_cell or any(c.is_running for c in cells)
        elif tag in {w.SDT, w.SDT_CONTENT}:
            _collect_cell(child, styles, into)


def _is_heading(paragraph: w.Element, styles: StyleSheet) -> bool:
    properties = read_properties(paragraph)
    if properties.outline is not None:
        return properties.outline < BODY_TEXT_LEVEL
    return styles.find(properties.style_id).role == "heading"


def _plain_text(element: w.Element) -> str:
    return "".join([text.text or "" for text in element.iter(w.TEXT)]).strip()


def _is_frame(rows: list[list[_CellText]]) -> bool:
    """Whether the table is a box around text: one column, of one cell or with text in it."""
    if any(len(cells) > 1 for cells in rows):
        return False
    texts = [cells[0].text for cells in rows if cells]
    return len(texts) == 1 or any(len(text) >= _RUNNING_TEXT for text in texts)


def _is_form(rows: list[list[_CellText]]) -> bool:
    """Whether a table sets headings beside their text: 一、项目概述 | 本项目…"""
    headed = 0
    for cells in rows:
        if any(len(cell.text) >= _RUNNING_TEXT for cell in cells[1:]):
            number, title = split_heading(cells[0].text)
            headed += number is not None and bool(title)
    return headed >= _FEWEST_HEADED_ROWS


def _holds_parts(rows: list[list[_CellText]]) -> bool:
    """Whether wide cells of a form hold the parts of a report, each a title above its text."""
    parts, text, is_open = 0, 0, False
    for line in _list_wide_lines(rows):
        if len(line) <= _LONGEST_PART_TITLE and _begins(line, _PART_SCHEMES):
            text, is_open = 0, True
        elif is_open:
            text += len(line)
            if text >= _RUNNING_TEXT:
                parts, is_open = parts + 1, False
    return parts >= _FEWEST_PARTS


def _list_wide_lines(rows: list[list[_CellText]]) -> Iterator[str]:
    for cells in rows:
        filled = [cell for cell in cells if cell.lines]
        if 0 < len(filled) <= _MOST_CELLS_OF_A_FORM:
            yield from filled[-1].lines


def _begins(line: str, schemes: Iterable[str]) -> bool:
    number: HeadingNumber | None
    number, title = split_heading(line)
    return number is not None and bool(title) and number.scheme in schemes


def is_plain_row(row: w.Element, styles: StyleSheet) -> bool:
    """Whether a row of a form holds short entries (项目名称 | …), and nothing of the report."""
    if next(row.iter(w.TABLE), None) is not None or next(row.iter(w.NUM_PR), None) is not None:
        return False
    filled = _list_filled(row, styles)
    if len(filled) < _MOST_CELLS_OF_A_FORM or any(map(_says_something, filled)):
        return False
    return split_heading(filled[0].text)[0] is None


def _list_filled(row: w.Element, styles: StyleSheet) -> list[_CellText]:
    cells = (_read_cell(cell, styles) for cell in find_cells(row))
    return [cell for cell in cells if cell.lines]


def _says_something(cell: _CellText) -> bool:
    """Whether a cell holds more than an entry: long text, or a sentence."""
    return cell.is_running or len(cell.text) >= _RUNNING_TEXT or cell.text.endswith(_SENTENCE_END)


def is_label_row(row: w.Element, styles: StyleSheet) -> bool:
    """Whether a row sets a title without a number beside its text: 项目概述 | 本项目…

    The text may still be missing (待补充, or an empty cell) beside what is no mere entry.
    """
    return _is_written_row(row, styles) or _is_unwritten_row(row, styles)


def _is_written_row(row: w.Element, styles: StyleSheet) -> bool:
    filled = _list_filled(row, styles)
    return (
        len(filled) == _MOST_CELLS_OF_A_FORM
        and _begins_with_label(row, filled[0])
        and _says_something(filled[1])
    )


def _is_unwritten_row(row: w.Element, styles: StyleSheet) -> bool:
    cells = [_read_cell(cell, styles) for cell in find_cells(row)]
    filled = [cell for cell in cells if cell.lines]
    if len(cells) < _MOST_CELLS_OF_A_FORM or not cells[0].lines:
        return False
    if len(filled) > _MOST_CELLS_OF_A_FORM or not _begins_with_label(row, cells[0]):
        return False
    label = cells[0].text
    if is_attribute(label) or is_placeholder(label):
        return False
    return all(is_placeholder(cell.text) for cell in filled[1:])


def _begins_with_label(row: w.Element, first: _CellText) -> bool:
    """Whether a row of a form, not of a wider table, begins with a title without a number."""
    if sum(1 for _ in find_cells(row)) > _MOST_CELLS_OF_A_LABEL_ROW or len(first.lines) != 1:
        return False
    if len(_CHINESE.findall(first.text)) < _SHORTEST_TITLE:
        return False
    return len(first.text) <= _LONGEST_PART_TITLE and split_heading(first.text)[0] is None


def holds_report(table: w.Element, styles: StyleSheet) -> bool:
    """Whether a form whose rows are titles beside their text is most of the document.

    Elsewhere such a table lists modules or measures, whose names are no headings.
    """
    rows = list_rows(table)
    written = sum(_is_written_row(row, styles) for row in rows)
    if written < _FEWEST_WRITTEN_ROWS:
        return False
    if written + sum(_is_unwritten_row(row, styles) for row in rows) < _FEWEST_HEADED_ROWS:
        return False
    return _share_of_document(table) > _SHARE_OF_REPORT


def find_form_numbers(table: w.Element, styles: StyleSheet) -> tuple[Scheme, int] | None:
    """Return the form of the numbers of a form's chapters where it is most of the document."""
    rows = [[_read_cell(cell, styles).text for cell in find_cells(row)] for row in list_rows(table)]
    found = find_chapter_numbers(rows)
    if found is None or found[1] > 1 or _share_of_document(table) <= _SHARE_OF_REPORT:
        return None
    return found


def is_chapter_row(row: w.Element, styles: StyleSheet, key: tuple[Scheme, int] | None) -> bool:
    """Whether a row begins with a title on one line, with a number of the given form."""
    cells = [_read_cell(cell, styles) for cell in find_cells(row)]
    if key is None or len(cells) < _MOST_CELLS_OF_A_FORM or len(cells[0].lines) != 1:
        return False
    number = number_of_title(cells[0].text)
    return number is not None and number.key == key


def _share_of_document(table: w.Element) -> float:
    """Return the part of the document's text that stands in a table, 0 to 1."""
    own = sum(len(text.text or "") for text in table.iter(w.TEXT))
    root = table.getroottree().getroot()
    return own / max(1, sum(len(text.text or "") for text in root.iter(w.TEXT)))


def join_cells(table: w.Element, reader: ParagraphReader) -> tuple[tuple[str, ...], ...]:
    """Return the texts of a table's cells row by row; merged cells once, deleted rows dropped.

    The text of a nested table is part of its cell. Rows without any text are left out.
    """
    rows = (join_row(row, reader) for row in list_rows(table))
    return tuple([row for row in rows if any(row)])


def join_row(row: w.Element, reader: ParagraphReader) -> tuple[str, ...]:
    """Return the texts of a row's cells."""
    return tuple([_join_cell(cell, reader) for cell in find_cells(row)])


def list_rows(table: w.Element) -> list[w.Element]:
    """Return the rows of a table, not of nested ones; deleted and hidden rows are left out."""
    return [row for row in _iterate_inside(table, w.ROW) if not _is_gone(row)]


def find_cells(row: w.Element) -> Iterator[w.Element]:
    """Yield the cells of a row, not of nested tables; deleted cells are left out."""
    for cell in _iterate_inside(row, w.CELL):
        if not _is_deleted_cell(cell):
            yield cell


def _is_deleted_cell(cell: w.Element) -> bool:
    properties = cell[0] if len(cell) else None
    if properties is None or properties.tag != w.CELL_PR:
        return False
    return next(properties.iterchildren(w.CELL_DELETED), None) is not None


def _iterate_inside(parent: w.Element, tag: str) -> Iterator[w.Element]:
    """Yield the rows or cells of one table, also through content controls, not of nested ones."""
    for child in parent:
        found = child.tag
        if found == tag:
            yield child
        elif isinstance(found, str) and found not in _NOT_ENTERED:
            yield from _iterate_inside(child, tag)


def _is_gone(row: w.Element) -> bool:
    properties = row.find(w.ROW_PR)
    if properties is None:
        return False
    return properties.find(w.DELETED) is not None or bool(w.find_switch(properties, w.HIDDEN_ROW))


def _join_cell(cell: w.Element, reader: ParagraphReader) -> str:
    return "\n".join([text for text in _cell_lines(cell, reader) if text])


def _cell_lines(container: w.Element, reader: ParagraphReader) -> Iterator[str]:
    for child in container:
        tag = child.tag
        if tag == w.PARAGRAPH:
            read = reader.read(child, reader.styles.find(read_properties(child).style_id))
            yield read.text.strip()
            for box in read.text_boxes:
                yield from _cell_lines(box, reader)
        elif tag == w.TABLE:
            for row in join_cells(child, reader):
                yield "\t".join(row)
        elif isinstance(tag, str) and tag not in _CELL_SKIPPED:
            yield from _cell_lines(child, reader)
