"""DOCX -> blocks in reading order, with what styles, fields and numbering say of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from checkers import docx_names as w
from checkers.errors import ReportUnreadable
from checkers.open_docx import DocxParts, open_docx
from checkers.outline import Place
from checkers.read_docx_boxes import choose_alternate
from checkers.read_docx_fields import FieldState
from checkers.read_docx_numbering import NumberPrinter, read_numbering
from checkers.read_docx_paragraph import ParagraphReader, ParagraphText
from checkers.read_docx_properties import ParagraphProperties, read_properties
from checkers.read_docx_styles import (
    ParagraphStyle,
    StyleSheet,
    apply_outline_level,
    read_styles,
)
from checkers.read_docx_table import (
    find_cells,
    find_form_numbers,
    holds_report,
    is_chapter_row,
    is_label_row,
    is_layout_table,
    is_plain_row,
    join_cells,
    join_row,
    list_rows,
)
from checkers.source_block import Role, SourceBlock

_NO_LIST = "0"
_DEEPEST_LIST_LEVEL = 8
# A title with a line break in it is no longer than this; longer ones are text typed with breaks.
_LONGEST_WRAPPED = 60
_CONTENTS_GALLERY = "Table of Contents"
_SKIPPED = frozenset({w.DELETED, w.MOVED_AWAY, w.SECTION_PR})
_TITLE_TAG = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxText:
    """What a DOCX says.

    Attributes:
        blocks: paragraphs and tables in reading order.
        title: from the file's properties; often empty or left over from a template.
    """

    blocks: tuple[SourceBlock, ...]
    title: str = ""


def read_docx(path: Path) -> DocxText:
    """Return the text of a DOCX, as ``read_docx_parts`` does."""
    return read_docx_parts(open_docx(path))


def read_docx_parts(parts: DocxParts) -> DocxText:
    """Return the text of a DOCX: body, tables and text boxes, without headers and footers.

    Tracked changes are taken as accepted; hidden text and comments are left out.
    ``Place.paragraph`` is the number of the ``w:p`` element in the body, counted from 1 in
    document order, those in tables and text boxes included.

    Raises:
        ReportUnreadable: damaged, encrypted, too large, or with text that stands in other files.
    """
    body = parts.document.find(w.BODY)
    if body is None:
        raise ReportUnreadable(
            "damaged", "DOCX文件里没有正文，可能已损坏；请用Word或WPS重新保存后再上传。"
        )
    _require_own_text(body)
    styles = read_styles(parts.styles)
    numbers = read_numbering(parts.numbering, styles.lists)
    walker = _BodyWalker(styles=styles, numbers=numbers)
    walker.number_paragraphs(body)
    walker.walk(body)
    title = None if parts.properties is None else parts.properties.findtext(_TITLE_TAG)
    return DocxText(blocks=walker.finish(), title=(title or "").strip())


def _require_own_text(body: w.Element) -> None:
    """Refuse a body that Word puts together from other files: what they say would be missed."""
    if next(body.iter(w.ALT_CHUNK, w.SUB_DOCUMENT), None) is not None:
        raise ReportUnreadable(
            "unsupported_type",
            "文件里有一部分正文是嵌入或链接的其他文件（主控文档、附加片段），读不到；"
            "请用Word打开后另存为普通的DOCX，再重新上传。",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReadParagraph:
    """A paragraph with all that its block is made from."""

    element: w.Element
    properties: ParagraphProperties
    style: ParagraphStyle
    read: ParagraphText


@dataclass(slots=True)
class _BodyWalker:
    """Walks the body and collects its blocks."""

    styles: StyleSheet
    numbers: NumberPrinter
    blocks: list[SourceBlock] = field(default_factory=list)
    fields: FieldState = field(default_factory=FieldState)
    places: dict[w.Element, int] = field(default_factory=dict)
    contents_depth: int = 0
    carried: str = ""
    carried_from: _ReadParagraph | None = None
    break_pending: bool = False
    contents_field_from: int | None = None

    def number_paragraphs(self, body: w.Element) -> None:
        """Note where each paragraph stands."""
        self.places = {element: n for n, element in enumerate(body.iter(w.PARAGRAPH), start=1)}

    def finish(self) -> tuple[SourceBlock, ...]:
        """Return the blocks; a contents field that never ended is taken back."""
        self._add_carried()
        if self.fields.in_contents and self.contents_field_from is not None:
            for index in range(self.contents_field_from, len(self.blocks)):
                block = self.blocks[index]
                if block.role == "contents" and block.level != 0:
                    role: Role = "body" if block.level is None else "heading"
                    self.blocks[index] = replace(block, role=role)
        return tuple(
            replace(block, level=None) if block.role == "contents" else block
            for block in self.blocks
        )

    def walk(self, container: w.Element) -> None:
        """Collect the blocks of a container, in order."""
        for child in container:
            tag = child.tag
            if tag == w.PARAGRAPH:
                self._take_paragraph(child)
            elif tag == w.TABLE:
                self._take_table(child)
            elif tag == w.SDT:
                self._take_control(child)
            elif tag == w.ALTERNATE:
                self._take_alternate(child)
            elif isinstance(tag, str) and tag not in _SKIPPED:
                self.walk(child)

    def _take_control(self, control: w.Element) -> None:
        """Collect a content control; Word keeps its table of contents in one."""
        properties = control.find(w.SDT_PR)
        gallery = None if properties is None else next(properties.iter(w.DOC_PART), None)
        is_contents = gallery is not None and _CONTENTS_GALLERY in str(gallery.get(w.VALUE, ""))
        self.contents_depth += is_contents
        for content in control.iterfind(w.SDT_CONTENT):
            self.walk(content)
        self.contents_depth -= is_contents

    def _take_alternate(self, alternate: w.Element) -> None:
        self.walk(choose_alternate(alternate, w.TEXT))

    def _take_paragraph(self, paragraph: w.Element) -> None:
        properties = read_properties(paragraph)
        style = self._style_of(properties)
        was_in_contents = self.fields.in_contents
        read = ParagraphReader(self.styles, self.fields).read(paragraph, style)
        if not was_in_contents and self.fields.in_contents:
            self.contents_field_from = len(self.blocks)
        taken = _ReadParagraph(element=paragraph, properties=properties, style=style, read=read)
        text = self.carried + read.text
        self.carried = ""
        if properties.is_mark_gone:
            # With the deletion accepted, the next paragraph continues this one.
            self.carried, self.carried_from = text, taken
        else:
            self._add_paragraph(taken, text)
        self.break_pending = self.break_pending or read.page_breaks_after or properties.ends_section
        for box in read.text_boxes:
            self.walk(box)

    def _add_carried(self) -> None:
        """Add the text of a paragraph whose end is deleted, but that nothing can continue."""
        if self.carried.strip() and self.carried_from is not None:
            self._add_paragraph(self.carried_from, self.carried)
        self.carried = ""

    def _add_paragraph(self, taken: _ReadParagraph, text: str) -> None:
        properties, style, read = taken.properties, taken.style, taken.read
        own_break = properties.page_break
        breaks = style.page_break if own_break is None else own_break
        starts_page = self.break_pending or read.page_breaks_before or breaks
        text = text.strip()
        if not text:
            self.break_pending = starts_page
            if not properties.is_mark_hidden:
                # Word counts an empty numbered paragraph too.
                self._number_of(properties, style)
            return
        number, listed = self._number_of(properties, style)
        own = properties.alignment
        first, *others = _split_breaks(text, is_heading=style.role == "heading")
        self.break_pending = False
        block = SourceBlock(
            text=first,
            number=number,
            role=self._role_of(style, read),
            # Level 0 marks a contents line by style, which stays one whatever the field does.
            level=0 if style.role == "contents" else style.level,
            look=read.look(style, centred=style.centred if own is None else own == "center"),
            place=Place(paragraph=self.places.get(taken.element)),
            starts_page=starts_page,
            listed=listed,
        )
        self.blocks.append(block)
        role: Role = "body" if block.role == "heading" else block.role
        self.blocks.extend(
            replace(block, text=other, number="", role=role, level=None, starts_page=False)
            for other in others
        )

    def _role_of(self, style: ParagraphStyle, read: ParagraphText) -> Role:
        if style.role == "contents_title":
            return style.role
        return "contents" if self.contents_depth or read.is_contents_line else style.role

    def _style_of(self, properties: ParagraphProperties) -> ParagraphStyle:
        """Return the paragraph's style with its own outline level applied."""
        style = self.styles.find(properties.style_id)
        if properties.outline is not None and style.role in {"heading", "body"}:
            return apply_outline_level(style, properties.outline)
        return style

    def _number_of(
        self, properties: ParagraphProperties, style: ParagraphStyle
    ) -> tuple[str, bool]:
        """Count a paragraph in its list; return its number and whether it is a list item."""
        num_id = properties.num_id or style.num_id
        if num_id is None or num_id == _NO_LIST:
            return "", False
        level = properties.num_level
        if level is None:
            level = style.num_level
        if level is None:
            level = self.numbers.find_level(num_id, style.num_style)
        level = min(max(level, 0), _DEEPEST_LIST_LEVEL)
        number = self.numbers.print_next(num_id, level)
        return number, style.role != "heading" and self.numbers.shows_mark(num_id, level)

    def _take_table(self, table: w.Element) -> None:
        """Collect a table as rows, or as paragraphs where it only lays out the page."""
        self._add_carried()
        is_report = holds_report(table, self.styles)
        if not is_report and not is_layout_table(table, self.styles):
            self._add_rows(table, join_cells(table, self._cell_reader()))
            return
        numbers = find_form_numbers(table, self.styles)
        plain: list[w.Element] = []
        for row in list_rows(table):
            has_title = is_chapter_row(row, self.styles, numbers) or (
                is_report and is_label_row(row, self.styles)
            )
            if not has_title and is_plain_row(row, self.styles):
                plain.append(row)
                continue
            self._add_plain_rows(plain)
            plain = []
            self._walk_row(row, has_title=has_title)
        self._add_plain_rows(plain)

    def _walk_row(self, row: w.Element, *, has_title: bool) -> None:
        """Collect the cells of a row; the first may be the title of the chapter in the others."""
        for cell in find_cells(row):
            begin = len(self.blocks)
            self.walk(cell)
            if has_title and len(self.blocks) > begin:
                self.blocks[begin] = replace(self.blocks[begin], role="heading", level=1)
                has_title = False

    def _cell_reader(self) -> ParagraphReader:
        return ParagraphReader(self.styles, FieldState())

    def _add_plain_rows(self, rows: list[w.Element]) -> None:
        """Add the rows of a form that hold entries, between those that hold the report."""
        if rows:
            reader = self._cell_reader()
            self._add_rows(rows[0], tuple(join_row(row, reader) for row in rows))

    def _add_rows(self, place: w.Element, rows: tuple[tuple[str, ...], ...]) -> None:
        first = next(place.iter(w.PARAGRAPH), None)
        if rows:
            self.break_pending = False
            self.blocks.append(
                SourceBlock(
                    text="\n".join("\t".join(row) for row in rows),
                    rows=rows,
                    place=Place(paragraph=None if first is None else self.places.get(first)),
                )
            )


def _split_breaks(text: str, *, is_heading: bool) -> list[str]:
    """Split a paragraph that is several by its line breaks; short ones are one wrapped line."""
    if "\n" not in text or len(text) <= _LONGEST_WRAPPED:
        return [text]
    pieces = [piece.strip() for piece in text.split("\n") if piece.strip()]
    return [pieces[0], "\n".join(pieces[1:])] if is_heading and len(pieces) > 1 else pieces
