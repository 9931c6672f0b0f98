"""CheckResult -> a check report as a DOCX document."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from checkers.change import Changes
from checkers.finding import CheckResult, RuleFinding, Severity, TopicFinding
from checkers.list_rectifications import (
    URGENCY_NAMES,
    URGENCY_NOTES,
    Rectification,
    group_rectifications,
)
from checkers.mark_outline import HeadingKey, OutlineMark, key_of, mark_outline
from checkers.outline import Outline, Section
from checkers.place_chapter import name_topic_places
from checkers.render_badge import (
    SEVERITY_NAMES,
    Badge,
    choose_badge,
    count_findings,
    name_badge,
    name_evidence,
    name_rule_places,
)
from checkers.verdict_names import (
    LEVEL_NAMES,
    group_quotes,
    list_source_notes,
    name_place,
    name_places,
    summarize_result,
)
from checkers.word_changes import group_changes, summarize_changes

BODY_FONT = "宋体"
HEADING_FONT = "黑体"
BLUE = RGBColor(0x1F, 0x4E, 0x8C)
GREY = RGBColor(0x5B, 0x67, 0x75)
_GREEN, _AMBER, _RED = (
    RGBColor(0x1D, 0x7A, 0x46),
    RGBColor(0x8A, 0x52, 0x00),
    RGBColor(0xB3, 0x26, 0x1E),
)
INKS: dict[Badge | Severity, RGBColor] = {
    "present": _GREEN,
    "subsection": _AMBER,
    "incomplete": _AMBER,
    "warning": _AMBER,
    "empty": _RED,
    "missing": _RED,
    "error": _RED,
}
Marks = dict[HeadingKey, tuple[OutlineMark, ...]]
SHADES: dict[Badge, str] = {
    "present": "DDF1E4",
    "subsection": "FCEBCF",
    "incomplete": "FCEBCF",
    "empty": "F8D9D6",
    "missing": "F8D9D6",
    "unreadable": "E3E7EC",
    "unregulated": "E3E7EC",
}
SEVERITY_SHADES: dict[Severity, str] = {"error": "F8D9D6", "warning": "FCEBCF", "note": "E3E7EC"}
CHAPTER_NUMERALS = "一二三四五六"
HEADER_SHADE = "E9EEF5"
OVERVIEW_WIDTHS = (Cm(4), Cm(2.4), Cm(2.8), Cm(8))
COLUMN_WIDTHS = (Cm(2.7), Cm(2.5), Cm(5.6), Cm(6.4))
RULE_WIDTHS = (Cm(2.9), Cm(5.4), Cm(4.1), Cm(4.8))
DEEPEST_LEVEL = 3
MOST_SECTIONS = 400
# Control characters can't be written to XML; a heading read from a PDF may carry them.
CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def render_docx(result: CheckResult) -> bytes:
    """The document as bytes: verdicts, what to mend, and the outline of the report."""
    document = _open_document()
    _write_head(document, result)
    for numeral, (title, write) in zip(CHAPTER_NUMERALS, _list_parts(result), strict=False):
        _add_heading(document, f"{numeral}、{title}")
        write(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _list_parts(result: CheckResult) -> list[tuple[str, Callable[[DocumentType], None]]]:
    """The parts that this result has, each with what writes it."""
    parts: list[tuple[str, Callable[[DocumentType], None]]] = []
    if result.topics:
        parts.append(("结论一览", partial(_write_overview, result=result)))
        parts.append(("整改清单", partial(_write_rectifications, result=result)))
    if result.changes is not None:
        parts.append(("与上一版比较", partial(_write_changes, changes=result.changes)))
    if result.topics:
        parts.append(("逐项依据", partial(_write_table, findings=result.topics)))
    if result.findings:
        parts.append(("其他检查", partial(_write_rules, findings=result.findings)))
    if result.outline is not None and result.outline.sections:
        marks = mark_outline(result)
        parts.append(("报告结构", partial(_write_outline, outline=result.outline, marks=marks)))
    return parts


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
        ("其他检查", count_findings(result)),
    ]
    facts += [("注意", note) for note in result.notes]
    for name, value in facts:
        if value:
            paragraph = _add_text(document.add_paragraph(), f"{name}：", bold=True)
            _add_text(paragraph, value, bold=name == "结论")


def _write_overview(document: DocumentType, result: CheckResult) -> None:
    table = _add_table(document, ("主题", "要求", "结论", "报告中的位置"))
    for finding in result.topics:
        topic, level, verdict, places = _add_row(table).cells
        _add_text(topic.paragraphs[0], finding.name, bold=True)
        _add_text(level.paragraphs[0], LEVEL_NAMES[finding.level])
        _shade(verdict, SHADES[choose_badge(finding)])
        _add_text(verdict.paragraphs[0], name_badge(finding), bold=True)
        _add_text(places.paragraphs[0], "；".join(name_topic_places(finding, result)) or "—")
    _set_widths(table, OVERVIEW_WIDTHS)


def _write_table(document: DocumentType, findings: tuple[TopicFinding, ...]) -> None:
    table = _add_table(document, ("主题", "结论", "报告里写了什么", "条文"))
    for finding in findings:
        row = _add_row(table)
        _write_row(row.cells, finding)
    _set_widths(table, COLUMN_WIDTHS)


def _write_rules(document: DocumentType, findings: tuple[RuleFinding, ...]) -> None:
    table = _add_table(document, ("检查项", "发现的问题", "怎么改", "条文"))
    for finding in findings:
        row = _add_row(table)
        _write_rule_row(row.cells, finding)
    _set_widths(table, RULE_WIDTHS)


def _write_rule_row(cells: tuple[_Cell, ...], finding: RuleFinding) -> None:
    name, problem, remedy, law = cells
    _shade(name, SEVERITY_SHADES[finding.severity])
    _add_text(name.paragraphs[0], finding.name, bold=True)
    _add_text(name.add_paragraph(), SEVERITY_NAMES[finding.severity], color=GREY)
    _add_text(problem.paragraphs[0], finding.message)
    for place in name_rule_places(finding):
        _add_text(problem.add_paragraph(), place, bold=True)
    if quoted := name_evidence(finding):
        _add_text(problem.add_paragraph(), quoted, color=GREY, size=9.5)
    _add_text(remedy.paragraphs[0], finding.remedy or "—")
    _write_law(law, finding)


def _write_changes(document: DocumentType, changes: Changes) -> None:
    _add_text(document.add_paragraph(), summarize_changes(changes))
    for group in group_changes(changes):
        _add_text(document.add_paragraph(), group.title, bold=True)
        for line in group.lines:
            _add_text(document.add_paragraph(), line).paragraph_format.left_indent = Cm(0.9)


def _add_table(document: DocumentType, header: tuple[str, ...]) -> Table:
    table: Table = document.add_table(rows=1, cols=len(header), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, header, strict=True):
        _shade(cell, HEADER_SHADE)
        _add_text(cell.paragraphs[0], name, bold=True)
    _mark_row(table.rows[0], "w:tblHeader")
    return table


def _add_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _mark_row(row, "w:cantSplit")
    return row


def _set_widths(table: Table, widths: tuple[Length, ...]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
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
    if finding.citations:
        _write_law(law, finding)
    else:
        _add_text(law.paragraphs[0], finding.requirement)


def _write_law(law: _Cell, finding: TopicFinding | RuleFinding) -> None:
    if not finding.citations:
        return
    for label, quotes in group_quotes(finding).items():
        _add_text(law.add_paragraph(), label, color=BLUE, size=9.5)
        for quote in quotes:
            _add_text(law.add_paragraph(), f"“{quote}”", size=9.5)
    for note in list_source_notes(finding):
        _add_text(law.add_paragraph(), f"条文说明：{note}", color=GREY, size=9)
    _drop_first_paragraph(law)


def _write_rectifications(document: DocumentType, result: CheckResult) -> None:
    groups = group_rectifications(result)
    if not groups:
        _add_text(document.add_paragraph(), "没有需要整改的内容。")
    number = 0
    for urgency, parts in groups:
        title = f"{URGENCY_NAMES[urgency]}（{len(parts)}项）"
        paragraph = _add_text(document.add_paragraph(), title, bold=True, size=12)
        _add_text(paragraph, f"　{URGENCY_NOTES[urgency]}", color=GREY, size=9.5)
        paragraph.paragraph_format.keep_with_next = True
        for part in parts:
            number += 1
            _write_todo(document, part, number)


def _write_todo(document: DocumentType, part: Rectification, number: int) -> None:
    lead = _add_text(document.add_paragraph(), f"□ {number}．{part.name}", bold=True)
    _add_text(lead, f"（{part.status}）", bold=True, color=INKS.get(part.kind, GREY))
    _add_text(lead, part.problem)
    lead.paragraph_format.keep_with_next = True
    lines = [f"位置：{'；'.join(part.places)}" if part.places else "", part.remedy]
    lines += [f"{count}. {step}" for count, step in enumerate(part.steps, 1)]
    for line in filter(None, lines):
        _add_text(document.add_paragraph(), line).paragraph_format.left_indent = Cm(0.9)
    if part.basis:
        basis = f"依据：{'；'.join(part.basis)}"
        source = _add_text(document.add_paragraph(), basis, color=GREY, size=9.5)
        source.paragraph_format.left_indent = Cm(0.9)


def _write_outline(document: DocumentType, outline: Outline, marks: Marks) -> None:
    sections = [(1, part) for part in outline.sections]
    written = 0
    while sections and written < MOST_SECTIONS:
        depth, section = sections.pop(0)
        _write_outline_line(document, section, depth, marks.get(key_of(section), ()))
        written += 1
        if depth < DEEPEST_LEVEL:
            sections[:0] = [(depth + 1, child) for child in section.children]
    if sections:
        _add_text(document.add_paragraph(), "（以下从略）", color=GREY)


def _write_outline_line(
    document: DocumentType, section: Section, depth: int, marks: tuple[OutlineMark, ...]
) -> None:
    paragraph = _add_text(document.add_paragraph(), section.heading, bold=depth == 1)
    paragraph.paragraph_format.left_indent = Cm(0.75 * (depth - 1))
    paragraph.paragraph_format.space_after = Pt(0)
    place = name_place(section.place)
    if place:
        _add_text(paragraph, f"　{place}", color=GREY, size=9)
    for mark in marks:
        text = f"　◆{mark.subject}：{mark.word}"
        _add_text(paragraph, text, bold=True, color=INKS.get(mark.kind, GREY), size=9)


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
