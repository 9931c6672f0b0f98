"""Checklists -> text to copy (Markdown) and a document to print (DOCX)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from assistant.answer import Checklist, ChecklistEntry
from assistant.number_citations import name_place

_BODY_FONT, _HEADING_FONT, _LATIN_FONT = "宋体", "黑体", "Times New Roman"
_BOX = "☐"
_BOX_WIDTH = Cm(0.8)
_GREY = RGBColor(0x5B, 0x67, 0x75)
_TITLE_SIZE, _ENTRY_SIZE, _SOURCE_SIZE = Pt(18), Pt(12), Pt(9)
_HINT = (
    "逐项核对后打勾；每项下方是所依据的条文。"
    "本清单摘自条文原文，列举未尽的以条文和主管部门要求为准。"
)
# Control characters can't be written to XML; an added regulation may carry them.
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def render_checklist_markdown(checklists: Sequence[Checklist]) -> str:
    """The checklists as Markdown task lists, ``- [ ] 财务报告（第十八条）``."""
    parts = []
    for checklist in checklists:
        lines = [f"## {checklist.title}", ""]
        if checklist.introduction is not None:
            lines += [_with_place(checklist.introduction), ""]
        lines += [f"- [ ] {_with_place(entry)}" for entry in checklist.entries]
        parts.append("\n".join([*lines, "", f"依据：《{name_regulation(checklist)}》"]))
    return "\n\n".join(parts) + "\n"


def render_checklist_docx(checklists: Sequence[Checklist]) -> bytes:
    """The checklists as an A4 document, each on a page of its own."""
    document = _open_document()
    for number, checklist in enumerate(checklists):
        _write_checklist(document, checklist, on_new_page=number > 0)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def name_regulation(checklist: Checklist) -> str:
    """The title of the regulation that a checklist is taken from, without 《》."""
    return checklist.entries[0].citation.label.partition("》")[0].removeprefix("《")


def _open_document() -> DocumentType:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(2.3)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _LATIN_FONT, _ENTRY_SIZE
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY_FONT)
    language = normal.element.rPr.makeelement(qn("w:lang"), {qn("w:eastAsia"): "zh-CN"})
    normal.element.rPr.append(language)
    normal.paragraph_format.line_spacing = 1.25
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(2)
    return document


def _write_checklist(document: DocumentType, checklist: Checklist, *, on_new_page: bool) -> None:
    title = document.add_paragraph()
    title.paragraph_format.page_break_before = on_new_page
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_run(title, checklist.title, size=_TITLE_SIZE, font=_HEADING_FONT)
    source = document.add_paragraph()
    source.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_run(source, f"依据《{name_regulation(checklist)}》", size=_SOURCE_SIZE, color=_GREY)
    if checklist.introduction is not None:
        _add_run(document.add_paragraph(), _with_place(checklist.introduction))
    for entry in checklist.entries:
        _write_entry(document, entry)
    hint = document.add_paragraph()
    hint.paragraph_format.space_before = Pt(14)
    _add_run(hint, _HINT, size=_SOURCE_SIZE, color=_GREY)


def _write_entry(document: DocumentType, entry: ChecklistEntry) -> None:
    line = document.add_paragraph()
    line.paragraph_format.left_indent = _BOX_WIDTH
    line.paragraph_format.first_line_indent = -_BOX_WIDTH
    line.paragraph_format.tab_stops.add_tab_stop(_BOX_WIDTH)
    line.paragraph_format.space_before = Pt(8)
    line.paragraph_format.keep_with_next = True
    _add_run(line, f"{_BOX}\t{_one_line(entry.text)}")
    place = document.add_paragraph()
    place.paragraph_format.left_indent = _BOX_WIDTH
    _add_run(place, f"依据：{name_place(entry.citation)}", size=_SOURCE_SIZE, color=_GREY)


def _add_run(
    paragraph: Paragraph,
    text: str,
    *,
    size: Pt = _ENTRY_SIZE,
    font: str = _BODY_FONT,
    color: RGBColor | None = None,
) -> None:
    run = paragraph.add_run(text.translate(_CONTROL))
    run.font.size = size
    run.font.name = _LATIN_FONT
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    run.bold = font == _HEADING_FONT
    if color is not None:
        run.font.color.rgb = color


def _with_place(entry: ChecklistEntry) -> str:
    return f"{_one_line(entry.text)}（{name_place(entry.citation)}）"


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
