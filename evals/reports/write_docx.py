"""A report -> a DOCX file, in the ways that Word and WPS users really build headings."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph

from evals.reports.docx_markup import (
    add_comment,
    add_field,
    add_numbering,
    add_split_text,
    mark_paragraph_revision,
    mark_table_revision,
    number_paragraph,
    number_style,
    set_outline_level,
    unlink_style,
)
from evals.reports.list_contents import LEADERS, list_contents
from evals.reports.number_headings import SCHEMES, NumberedNode, number_nodes
from evals.reports.report_tree import Node, Report, Table

HeadingMake = Literal[
    "builtin", "based_on_builtin", "own_with_level", "localized", "direct_level", "bold", "plain"
]
NumberMake = Literal["typed", "style_list", "direct_list"]
ContentsMake = Literal["typed", "field", "heading_styled", "none"]

_LEVELS = (1, 2, 3, 4)
_SIZES = {1: 16.0, 2: 15.0, 3: 14.0, 4: 12.0}
_BODY_SIZE = 12.0
_BUILTIN_IDS = {1: "2", 2: "3", 3: "4", 4: "5"}  # as WPS numbers them
_BASED_NAMES = {1: "章标题", 2: "节标题", 3: "条标题", 4: "款标题"}
_OWN_NAMES = {1: "方案一级", 2: "方案二级", 3: "方案三级", 4: "方案四级"}
_CONTENTS_FIELD = 'TOC \\o "1-2" \\h \\z \\u'
_LOCAL_NAMES = {level: f"标题 {level}" for level in _LEVELS}
_FIXED_ZIP_DATE = (2025, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxMake:
    """How a DOCX file is built.

    Attributes:
        heading: what makes a paragraph a heading.
        number: whether its number is typed, or set by a list of the style or of the paragraph.
        contents: how the contents page is made.
        leader: of the contents lines, see ``list_contents.LEADERS``.
        font: of the body.
        wps: whether style ids are numbers, as WPS and Chinese Word write them.
    """

    heading: HeadingMake
    number: NumberMake = "typed"
    contents: ContentsMake = "typed"
    leader: str = "dots"
    font: str = "仿宋"
    wps: bool = False

    @property
    def is_styled(self) -> bool:
        """Whether headings can be told without looking at their text or looks."""
        return self.heading not in {"bold", "plain"}


DOCX_MAKES: dict[str, DocxMake] = {
    "styled": DocxMake(heading="builtin", contents="field", leader="tab"),
    "wps": DocxMake(heading="builtin", contents="field", leader="tab", font="宋体", wps=True),
    "custom": DocxMake(heading="based_on_builtin", leader="ellipsis"),
    "own_styles": DocxMake(heading="own_with_level", contents="none", font="宋体"),
    "localized": DocxMake(heading="localized", leader="dashes", font="宋体"),
    "outline_level": DocxMake(heading="direct_level", leader="dashes"),
    "auto_numbered": DocxMake(
        heading="builtin", number="style_list", contents="field", leader="tab"
    ),
    "auto_unstyled": DocxMake(heading="bold", number="direct_list", contents="none"),
    "toc_as_headings": DocxMake(heading="builtin", contents="heading_styled", leader="broken"),
    "bold": DocxMake(heading="bold", leader="dots", font="宋体"),
    "plain": DocxMake(heading="plain", leader="glued"),
}


def write_docx(report: Report, make: DocxMake, path: Path) -> Path:
    """Write the report; the same report and make give the same bytes."""
    if report.unstyled is not None:
        make = replace(make, heading=report.unstyled, number="typed", contents="typed", wps=False)
    writer = _DocxWriter(report, make)
    writer.write_cover()
    writer.write_contents()
    writer.write_chapters()
    writer.document.save(str(path))
    fix_zip_dates(path)
    return path


class _DocxWriter:
    """Holds the document while it is filled from top to bottom."""

    def __init__(self, report: Report, make: DocxMake) -> None:
        self.report = report
        self.make = make
        self._bookmarks = 0
        self.document: Document = docx.Document()
        self.document.core_properties.title = report.title
        self.document.core_properties.author = report.owner
        self._set_styles()
        self._list_id = self._add_list()
        self._set_header_and_footer()

    def _set_styles(self) -> None:
        self._normal: ParagraphStyle = self.document.styles["Normal"]
        _set_font(self._normal, self.make.font, _BODY_SIZE)
        self._heading_styles = {level: self._make_heading_style(level) for level in _LEVELS}
        self._contents_ids = {level: self._make_contents_style(level) for level in (1, 2)}

    def _make_contents_style(self, level: int) -> str:
        style = self._add_style(f"toc {level}")
        style.base_style = self._normal
        return style.style_id

    def _add_style(self, name: str) -> ParagraphStyle:
        style: ParagraphStyle = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        return style

    def _make_heading_style(self, level: int) -> ParagraphStyle:
        styles = self.document.styles
        builtin: ParagraphStyle = styles[f"Heading {level}"]
        _set_font(builtin, "黑体", _SIZES[level])
        if self.make.wps:
            unlink_style(builtin)
            builtin.element.set(qn("w:styleId"), _BUILTIN_IDS[level])
        if self.make.heading == "based_on_builtin":
            style = self._add_style(_BASED_NAMES[level])
            style.base_style = builtin
            return style
        if self.make.heading == "own_with_level":
            style = self._make_style_of_our_own(_OWN_NAMES[level], level)
            set_outline_level(style.element.get_or_add_pPr(), level - 1)
            return style
        if self.make.heading == "localized":
            return self._make_style_of_our_own(_LOCAL_NAMES[level], level)
        return builtin if self.make.heading == "builtin" else self._normal

    def _make_style_of_our_own(self, name: str, level: int) -> ParagraphStyle:
        style = self._add_style(name)
        style.base_style = self._normal
        _set_font(style, "黑体", _SIZES[level])
        return style

    def _add_list(self) -> int | None:
        if self.make.number == "typed":
            return None
        patterns = SCHEMES[self.report.numbering]
        list_id = add_numbering(self.document, patterns)
        if self.make.number == "style_list":
            first = 2 if self.report.wrapped else 1
            for level in range(first, len(_LEVELS) + 1):
                number_style(self._heading_styles[level], list_id, level - first)
        return list_id

    def _set_header_and_footer(self) -> None:
        section = self.document.sections[0]
        section.header.paragraphs[0].text = self.report.title
        add_field(section.footer.paragraphs[0], "PAGE", "1")

    def write_cover(self) -> None:
        """The cover: title, owner, date."""
        for _ in range(3):
            self.document.add_paragraph()
        if self.report.wrapped:
            self._add_heading(self.report.title, 1)
        else:
            self._add_centred(self.report.title, 22.0)
        for _ in range(4):
            self.document.add_paragraph()
        self._add_centred(f"建设单位：{self.report.owner}", 15.0)
        self._add_centred(self.report.date, 15.0)
        self._break_page()

    def _add_centred(self, text: str, size: float) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold = True
        run.font.size = Pt(size)

    def _break_page(self) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def write_contents(self) -> None:
        """The contents page, unless the make has none; a contents trap always has one."""
        if self.make.contents == "none" and self.report.contents is None:
            return
        self._add_centred("目  录", 16.0)
        is_field = self.make.contents == "field"
        for position, line in enumerate(list_contents(self.report)):
            paragraph = self._add_styled(self._choose_contents_style(line.level))
            if is_field and position == 0:
                add_field(paragraph, _CONTENTS_FIELD, None)
            paragraph.add_run(LEADERS[self.make.leader](line))
        if is_field:
            add_field(self.document.add_paragraph(), None, None)
        self._break_page()

    def _choose_contents_style(self, level: int) -> str:
        if self.make.contents == "heading_styled":
            return self._heading_styles[level].style_id
        return self._contents_ids[level] if self.make.contents == "field" else self._normal.style_id

    def write_chapters(self) -> None:
        """All chapters with headings and bodies."""
        for numbered in number_nodes(self.report.chapters, self.report.numbering):
            self._write_heading(numbered)
            self._write_body(numbered.node)

    def _write_heading(self, numbered: NumberedNode) -> None:
        level = min(numbered.level + self.report.wrapped, len(_LEVELS))
        text = numbered.heading if self.make.number == "typed" else numbered.node.title
        if numbered.node.unstyled:
            # Pasted from elsewhere: the number is typed, the looks are set by hand.
            paragraph = self._add_bold_line(numbered.heading, level)
            _mark_paragraph(paragraph, numbered.node)
            return
        paragraph = self._add_heading(text, level)
        if self.make.heading == "plain":
            paragraph.paragraph_format.first_line_indent = Pt(2 * _BODY_SIZE)
        if self.make.number == "direct_list" and self._list_id is not None:
            number_paragraph(paragraph, self._list_id, numbered.level - 1)
        if numbered.node.comment:
            add_comment(self.document, paragraph, numbered.node.comment)
        _mark_paragraph(paragraph, numbered.node)

    def _add_heading(self, text: str, level: int) -> Paragraph:
        paragraph = self._add_styled(self._heading_styles[level].style_id)
        if self.make.wps:
            self._bookmarks += 1
            add_split_text(paragraph, text, self._bookmarks)
            return paragraph
        run = paragraph.add_run(text)
        if self.make.heading in {"direct_level", "bold"}:
            run.bold = True
            run.font.size = Pt(_SIZES[level])
        if self.make.heading == "direct_level":
            set_outline_level(paragraph._p.get_or_add_pPr(), level - 1)
        return paragraph

    def _add_bold_line(self, text: str, level: int) -> Paragraph:
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(text)
        run.bold = True
        run.font.size = Pt(_SIZES[level])
        return paragraph

    def _add_styled(self, style_id: str) -> Paragraph:
        # python-docx searches all styles whenever it sets one, half of the time of a file.
        paragraph = self.document.add_paragraph()
        if style_id != self._normal.style_id:
            paragraph._p.style = style_id
        return paragraph

    def _write_body(self, node: Node) -> None:
        texts = [block for block in node.body if isinstance(block, str)]
        if node.boxed and texts:
            table = self._add_table(((texts[0],),))
            for text in texts[1:]:
                table.cell(0, 0).add_paragraph(text)
            _mark_table(table, node)
        for block in node.body:
            if isinstance(block, Table):
                _mark_table(self._add_table(block.rows), node)
                self.document.add_paragraph()
            elif not node.boxed:
                paragraph = self.document.add_paragraph(block)
                paragraph.paragraph_format.first_line_indent = Pt(2 * _BODY_SIZE)
                _mark_paragraph(paragraph, node)

    def _add_table(self, rows: tuple[tuple[str, ...], ...]) -> DocxTable:
        table: DocxTable = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        table.style = "Table Grid"
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].text = text
        return table


def _mark_paragraph(paragraph: Paragraph, node: Node) -> None:
    for run in paragraph.runs if node.hidden else ():
        run.font.hidden = True
    mark_paragraph_revision(paragraph, node.revision)


def _mark_table(table: DocxTable, node: Node) -> None:
    for row in table.rows if node.hidden else ():
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                _mark_paragraph(paragraph, node)
    mark_table_revision(table, node.revision)


def _set_font(style: ParagraphStyle, east_asian: str, size: float) -> None:
    style.font.name = "Times New Roman"
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    fonts.set(qn("w:eastAsia"), east_asian)


def fix_zip_dates(path: Path) -> None:
    """Date every part of a package alike, so that the same content gives the same bytes."""
    with zipfile.ZipFile(path) as packed:
        members = [(name, packed.read(name)) for name in packed.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name, content in members:
            fixed.writestr(zipfile.ZipInfo(name, _FIXED_ZIP_DATE), content, zipfile.ZIP_DEFLATED)
