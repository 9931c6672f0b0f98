"""The WordprocessingML that python-docx has no calls for: lists, levels, fields, revisions."""

from __future__ import annotations

import re
from typing import cast

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from evals.reports.report_tree import Revision

_LIST_ID = 77
_AUTHOR = {"w:id": "901", "w:author": "审核人", "w:date": "2025-01-01T00:00:00Z"}
_COUNTER = re.compile(r"\{([cn])(\d)\}")


def add_numbering(document: Document, patterns: tuple[str, ...]) -> int:
    """Add a multilevel list that prints the patterns; return its id for ``numPr``."""
    numbering = document.part.numbering_part.element
    is_chinese = "{c1}" in patterns[0]
    levels = "".join(
        _write_level(level, pattern, is_chinese) for level, pattern in enumerate(patterns)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LIST_ID}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    first_num = numbering.find(qn("w:num"))
    if first_num is None:
        numbering.append(abstract)
    else:
        first_num.addprevious(abstract)
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{_LIST_ID}">'
            f'<w:abstractNumId w:val="{_LIST_ID}"/></w:num>'
        )
    )
    return _LIST_ID


def _write_level(level: int, pattern: str, is_chinese_above: bool) -> str:
    kinds = [kind for kind, _ in _COUNTER.findall(pattern)]
    if not kinds:
        number_format = "none"
    else:
        number_format = "chineseCountingThousand" if kinds[-1] == "c" else "decimal"
    # Word prints 三.1 for 3.1 below 第三章 unless the level asks for Arabic numerals throughout.
    is_legal = is_chinese_above and len(kinds) > 1 and "c" not in kinds
    text = _COUNTER.sub(r"%\2", pattern).strip()
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f"{'<w:isLgl/>' if is_legal else ''}"
        f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
    )


def number_style(style: ParagraphStyle, list_id: int, level: int) -> None:
    """Give a paragraph style a place in a list."""
    _append_list_place(style.element.get_or_add_pPr(), list_id, level)


def number_paragraph(paragraph: Paragraph, list_id: int, level: int) -> None:
    """Give one paragraph a place in a list."""
    _append_list_place(paragraph._p.get_or_add_pPr(), list_id, level)


def _append_list_place(properties: CT_PPr, list_id: int, level: int) -> None:
    place = properties.get_or_add_numPr()  # type: ignore[attr-defined]  # made at run time
    place.get_or_add_ilvl().val = level
    place.get_or_add_numId().val = list_id


def set_outline_level(properties: CT_PPr, level: int) -> None:
    """Set ``outlineLvl`` (from 0) in the properties of a paragraph or a style."""
    outline = _make_element("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    properties.append(outline)


def unlink_style(style: ParagraphStyle) -> None:
    """Remove the link to a character style, so that the style's id can be changed."""
    for link in style.element.findall(qn("w:link")):
        style.element.remove(link)


def add_field(paragraph: Paragraph, instruction: str | None, shown: str | None) -> None:
    """Add a field; ``shown=None`` leaves it open, ``instruction=None`` closes an open one."""
    if instruction is not None:
        _add_field_mark(paragraph, "begin")
        code = _make_element("w:instrText")
        code.set(qn("xml:space"), "preserve")
        code.text = f" {instruction} "
        paragraph.add_run()._r.append(code)
        _add_field_mark(paragraph, "separate")
    if shown is not None:
        paragraph.add_run(shown)
    if shown is not None or instruction is None:
        _add_field_mark(paragraph, "end")


def _add_field_mark(paragraph: Paragraph, kind: str) -> None:
    mark = _make_element("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def mark_paragraph_revision(paragraph: Paragraph, revision: Revision | None) -> None:
    """Make a whole paragraph, its mark included, a tracked insertion or deletion."""
    if revision is None:
        return
    tag = "w:ins" if revision == "inserted" else "w:del"
    run_properties = _make_element("w:rPr")
    run_properties.append(_make_revision(tag))
    paragraph._p.get_or_add_pPr().append(run_properties)
    for run in paragraph._p.findall(qn("w:r")):
        change = _make_revision(tag)
        run.addprevious(change)
        change.append(run)
        if revision == "deleted":
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")


def mark_table_revision(table: Table, revision: Revision | None) -> None:
    """Make every row of a table, and the text in it, a tracked insertion or deletion."""
    if revision is None:
        return
    for row in table.rows:
        row._tr.get_or_add_trPr().append(
            _make_revision("w:ins" if revision == "inserted" else "w:del")
        )
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                mark_paragraph_revision(paragraph, revision)


def add_comment(document: Document, paragraph: Paragraph, text: str) -> None:
    """Comment on a whole paragraph, dated so that the file is the same each time."""
    comment = document.add_comment(paragraph.runs, text=text, author=_AUTHOR["w:author"])
    comment._comment_elm.set(qn("w:date"), _AUTHOR["w:date"])


def add_split_text(paragraph: Paragraph, text: str, bookmark: int) -> None:
    """Add a text as several runs inside a contents bookmark, as editing leaves it."""
    start, end = _make_element("w:bookmarkStart"), _make_element("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(bookmark))
    start.set(qn("w:name"), f"_Toc{190000000 + bookmark}")
    paragraph._p.append(start)
    for cut in range(0, len(text), 3):
        paragraph.add_run(text[cut : cut + 3])
    paragraph._p.append(end)


def _make_revision(tag: str) -> BaseOxmlElement:
    element = _make_element(tag)
    for name, value in _AUTHOR.items():
        element.set(qn(name), value)
    return element


def _make_element(tag: str) -> BaseOxmlElement:
    return cast(BaseOxmlElement, OxmlElement(tag))
