"""DOCX -> blocks in reading order, with what styles, fields and numbering say of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from checkers import docx_names as w
from checkers.errors import ReportUnreadable
from checkers.open_docx import open_docx
from checkers.outline import Place
from checkers.read_docx_numbering import NumberPrinter, read_numbering
from checkers.read_docx_paragraph import FieldState, ParagraphReader, ParagraphText
from checkers.read_docx_styles import (
    ParagraphStyle,
    StyleSheet,
    apply_outline_level,
    read_styles,
)
from checkers.read_docx_table import is_layout_table, iterate_cells, join_cells
from checkers.source_block import Role, SourceBlock

_NO_LIST = "0"
# A title with a line break in it is no longer than this; longer ones are text typed with breaks.
_LONGEST_WRAPPED = 60
_CONTENTS_GALLERY = "Table of Contents"
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
    """Return the text of a DOCX: body, tables and text boxes, without headers and footers.

    Tracked changes are taken as accepted; hidden text and comments are left out.
    ``Place.paragraph`` is the number of the ``w:p`` element in the body, counted from 1 in
    document order, those in tables and text boxes included.

    Raises:
        ReportUnreadable: damaged, encrypted or too large.
    """
    parts = open_docx(path)
    body = parts.document.find(w.BODY)
    if body is None:
        raise ReportUnreadable(
            "damaged", "DOCX文件里没有正文，可能已损坏；请用Word或WPS重新保存后再上传。"
        )
    walker = _BodyWalker(styles=read_styles(parts.styles), numbers=read_numbering(parts.numbering))
    walker.number_paragraphs(body)
    walker.walk(body)
    title = None if parts.properties is None else parts.properties.findtext(_TITLE_TAG)
    return DocxText(blocks=walker.finish(), title=(title or "").strip())


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
    break_pending: bool = False
    contents_field_from: int | None = None

    def number_paragraphs(self, body: w.Element) -> None:
        """Note where each paragraph stands."""
        self.places = {element: n for n, element in enumerate(body.iter(w.PARAGRAPH), start=1)}

    def finish(self) -> tuple[SourceBlock, ...]:
        """Return the blocks; a contents field that never ended is taken back."""
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
            elif isinstance(tag, str) and tag not in {w.DELETED, w.MOVED_AWAY, w.SECTION_PR}:
                self.walk(child)

    def _take_control(self, control: w.Element) -> None:
        """Collect a content control; Word keeps its table of contents in one."""
        gallery = next(control.iter(w.DOC_PART), None)
        properties = control.find(w.SDT_PR)
        is_contents = (
            gallery is not None
            and properties is not None
            and str(gallery.get(w.VALUE, "")).startswith(_CONTENTS_GALLERY)
        )
        self.contents_depth += is_contents
        for content in control.iterfind(w.SDT_CONTENT):
            self.walk(content)
        self.contents_depth -= is_contents

    def _take_alternate(self, alternate: w.Element) -> None:
        chosen = alternate.find(w.CHOICE)
        if chosen is None:
            chosen = alternate.find(w.FALLBACK)
        if chosen is not None:
            self.walk(chosen)

    def _take_paragraph(self, paragraph: w.Element) -> None:
        properties = paragraph.find(w.PARAGRAPH_PR)
        style_id = w.find_value(properties, w.PARAGRAPH_STYLE)
        style = self._style_of(properties, style_id)
        was_in_contents = self.fields.in_contents
        read = ParagraphReader(self.styles, self.fields).read(paragraph, style)
        if self.fields.in_contents and not was_in_contents:
            self.contents_field_from = len(self.blocks)
        text = self.carried + read.text
        self.carried = ""
        if _is_mark_deleted(properties):
            # With the deletion accepted, the next paragraph continues this one.
            self.carried = text
        else:
            self._add_paragraph(paragraph, properties, style, read, text)
        self.break_pending = self.break_pending or read.page_breaks_after
        for box in read.text_boxes:
            self.walk(box)

    def _add_paragraph(
        self,
        paragraph: w.Element,
        properties: w.Element | None,
        style: ParagraphStyle,
        read: ParagraphText,
        text: str,
    ) -> None:
        starts_page = self.break_pending or read.page_breaks_before or style.page_break
        if not text.strip():
            self.break_pending = starts_page
            # Word counts an empty numbered paragraph too.
            self._number_of(properties, style)
            return
        number, listed = self._number_of(properties, style)
        own = w.find_value(properties, w.JUSTIFY)
        first, *others = _split_breaks(text.strip(), is_heading=style.role == "heading")
        self.break_pending = False
        block = SourceBlock(
            text=first,
            number=number,
            role=self._role_of(style, read),
            # Level 0 marks a contents line by style, which stays one whatever the field does.
            level=0 if style.role == "contents" else style.level,
            look=read.look(style, centred=style.centred if own is None else own == "center"),
            place=Place(paragraph=self.places.get(paragraph)),
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
        return "contents" if self.contents_depth or read.in_contents else style.role

    def _style_of(self, properties: w.Element | None, style_id: str | None) -> ParagraphStyle:
        """Return the paragraph's style with its own outline level applied."""
        style = self.styles.find(style_id)
        outline = w.find_number(properties, w.OUTLINE_LEVEL)
        if outline is not None and style.role in {"heading", "body"}:
            style = apply_outline_level(style, outline)
        return style

    def _number_of(self, properties: w.Element | None, style: ParagraphStyle) -> tuple[str, bool]:
        """Count a paragraph in its list; return its number and whether it is a list item."""
        own = None if properties is None else properties.find(w.NUM_PR)
        num_id = w.find_value(own, w.NUM_ID) or style.num_id
        if num_id is None or num_id == _NO_LIST:
            return "", False
        level = w.find_number(own, w.LEVEL_ID)
        if level is None:
            level = style.num_level
        if level is None:
            level = self.numbers.find_level(num_id, style.num_style)
        return self.numbers.print_next(num_id, min(max(level, 0), 8)), style.role != "heading"

    def _take_table(self, table: w.Element) -> None:
        """Collect a table as rows, or as paragraphs where it only lays out the page."""
        if is_layout_table(table, self.styles):
            for cell in iterate_cells(table):
                self.walk(cell)
            return
        first = next(table.iter(w.PARAGRAPH), None)
        rows = join_cells(table, ParagraphReader(self.styles, FieldState()))
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


def _is_mark_deleted(properties: w.Element | None) -> bool:
    run = None if properties is None else properties.find(w.RUN_PR)
    return run is not None and run.find(w.DELETED) is not None
