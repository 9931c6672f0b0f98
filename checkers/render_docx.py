"""CheckResult -> a check report as a DOCX document."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from checkers.finding import CheckResult, TopicFinding
from checkers.outline import Outline, Section
from checkers.render_badge import Badge, choose_badge, list_advice, name_badge
from checkers.verdict_names import (
    LEVEL_NAMES,
    group_quotes,
    list_rectifications,
    list_source_notes,
    name_place,
    name_places,
    summarize_result,
)

BODY_FONT = "宋体"
HEADING_FONT = "黑体"
BLUE = RGBColor(0x1F, 0x4E, 0x8C)
GREY = RGBColor(0x5B, 0x67, 0x75)
SHADES: dict[Badge, str] = {
    "present": "DDF1E4",
    "subsection": "FCEBCF",
    "incomplete": "FCEBCF",
    "empty": "F8D9D6",
    "missing": "F8D9D6",
    "unreadable": "E3E7EC",
    "unregulated": "E3E7EC",
}
HEADER_SHADE = "E9EEF5"
COLUMN_WIDTHS = (Cm(2.7), Cm(2.5), Cm(5.6), Cm(6.4))
DEEPEST_LEVEL = 3
MOST_SECTIONS = 400
# Control characters can't be written to XML; a heading read from a PDF may carry them.
CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def render_docx(result: CheckResult) -> bytes:
    """The document as bytes: verdicts, what to mend, and the outline of the report."""
    document = _open_document()
    _write_head(document, result)
    if result.topics:
        _add_heading(document, "一、逐项结论")
        _write_table(document, result.topics)
        _add_heading(document, "二、整改清单")
        _write_rectifications(document, result)
    if result.outline is not None and result.outline.sections:
        _add_heading(document, "三、报告结构")
        _write_outline(document, result.outline)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _open_document() -> DocumentType:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.9)
    page.top_margin = page.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(2)
    normal.paragraph_format.line_spacing = 1.25
    return document


def _write_head(document: DocumentType, result: CheckResult) -> None:
    title = _add_text(document.add_paragraph(), "可行性研究报告检查结果", size=20, heading=True)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    facts = [
        ("文件", result.file),
        ("题名", result.title),
        ("检查口径", result.profile_name),
        ("文种", result.report_evidence),
        ("结论", summarize_result(result)),
    ]
    facts += [("注意", note) for note in result.notes]
    for name, value in facts:
        if value:
            paragraph = _add_text(document.add_paragraph(), f"{name}：", bold=True)
            _add_text(paragraph, value, bold=name == "结论")


def _write_table(document: DocumentType, findings: tuple[TopicFinding, ...]) -> None:
    table = document.add_table(rows=1, cols=len(COLUMN_WIDTHS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    header = ("主题", "结论", "报告中的位置和依据", "条文")
    for cell, name in zip(table.rows[0].cells, header, strict=True):
        _shade(cell, HEADER_SHADE)
        _add_text(cell.paragraphs[0], name, bold=True)
    _mark_row(table.rows[0], "w:tblHeader")
    for finding in findings:
        row = table.add_row()
        _mark_row(row, "w:cantSplit")
        _write_row(row.cells, finding)
    for column, width in zip(table.columns, COLUMN_WIDTHS, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _write_row(cells: tuple[_Cell, ...], finding: TopicFinding) -> None:
    topic, verdict, evidence, law = cells
    _add_text(topic.paragraphs[0], finding.name, bold=True)
    _add_text(topic.add_paragraph(), LEVEL_NAMES[finding.level], color=GREY)
    _shade(verdict, SHADES[choose_badge(finding)])
    _add_text(verdict.paragraphs[0], name_badge(finding), bold=True)
    _add_text(verdict.add_paragraph(), f"把握{finding.confidence:.0%}", color=GREY, size=9)
    for place in name_places(finding):
        _add_text(evidence.add_paragraph(), place, bold=True)
    _add_text(evidence.add_paragraph(), finding.evidence)
    if finding.needs_person:
        _add_text(evidence.add_paragraph(), f"需人工复核：{finding.needs_person}", color=GREY)
    _drop_first_paragraph(evidence)
    if not finding.citations:
        _add_text(law.paragraphs[0], finding.requirement)
        return
    for label, quotes in group_quotes(finding).items():
        _add_text(law.add_paragraph(), label, color=BLUE, size=9.5)
        for quote in quotes:
            _add_text(law.add_paragraph(), f"“{quote}”", size=9.5)
    for note in list_source_notes(finding):
        _add_text(law.add_paragraph(), f"原文说明：{note}", color=GREY, size=9)
    _drop_first_paragraph(law)


def _write_rectifications(document: DocumentType, result: CheckResult) -> None:
    short = list_rectifications(result)
    if not short:
        _add_text(document.add_paragraph(), "没有需要整改的内容。")
    for number, finding in enumerate(short, 1):
        lead = f"□ {number}．{finding.name}（{name_badge(finding)}）"
        first, *rest = list_advice(finding) or ("",)
        paragraph = _add_text(document.add_paragraph(), lead, bold=True)
        paragraph.paragraph_format.keep_with_next = True
        _add_text(paragraph, f"：{first}")
        for line in rest:
            item = _add_text(document.add_paragraph(), line)
            item.paragraph_format.left_indent = Cm(0.9)
        basis = "；".join(dict.fromkeys(citation.label for citation in finding.citations))
        source = _add_text(document.add_paragraph(), f"依据：{basis}", color=GREY, size=9.5)
        source.paragraph_format.left_indent = Cm(0.9)


def _write_outline(document: DocumentType, outline: Outline) -> None:
    sections = [(1, part) for part in outline.sections]
    written = 0
    while sections and written < MOST_SECTIONS:
        depth, section = sections.pop(0)
        _write_outline_line(document, section, depth)
        written += 1
        if depth < DEEPEST_LEVEL:
            sections[:0] = [(depth + 1, child) for child in section.children]
    if sections:
        _add_text(document.add_paragraph(), "（以下从略）", color=GREY)


def _write_outline_line(document: DocumentType, section: Section, depth: int) -> None:
    paragraph = _add_text(document.add_paragraph(), section.heading, bold=depth == 1)
    paragraph.paragraph_format.left_indent = Cm(0.75 * (depth - 1))
    paragraph.paragraph_format.space_after = Pt(0)
    place = name_place(section.place)
    if place:
        _add_text(paragraph, f"　{place}", color=GREY, size=9)


def _add_heading(document: DocumentType, text: str) -> None:
    paragraph = document.add_paragraph(style="Heading 1")
    paragraph.paragraph_format.space_before = Pt(14)
    paragraph.paragraph_format.space_after = Pt(6)
    _add_text(paragraph, text, size=14, heading=True)


def _add_text(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    heading: bool = False,
    size: float | None = None,
    color: RGBColor | None = None,
) -> Paragraph:
    run = paragraph.add_run(text.translate(CONTROL))
    run.bold = bold or heading
    if size is not None:
        run.font.size = Pt(size)
    if color is not None or heading:
        run.font.color.rgb = color or BLUE
    font = HEADING_FONT if bold or heading else BODY_FONT
    run.font.name = "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return paragraph


def _drop_first_paragraph(cell: _Cell) -> None:
    first = cell.paragraphs[0]._element
    first.getparent().remove(first)


def _shade(cell: _Cell, fill: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), fill)
    cell._tc.get_or_add_tcPr().append(shade)


def _mark_row(row: _Row, tag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(tag))
