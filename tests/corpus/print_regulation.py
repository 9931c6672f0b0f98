"""A regulation's lines -> DOCX and PDF files as an office would print them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from corpus.regulation import Article, Regulation

FONT = "STSong-Light"
_NUMBER = re.compile(r"^第[一二三四五六七八九十百]+(条|章)\s*")


def regulation_lines(regulation: Regulation) -> list[str]:
    """Title, chapters and articles, one paragraph or item a line."""
    lines = [regulation.title]
    titles = {chapter.number: chapter for chapter in regulation.chapters}
    current: int | None = None
    for article in regulation.articles:
        if article.chapter != current and article.chapter is not None:
            current = article.chapter
            lines.append(
                f"第{'〇一二三四五六七八九'[current]}章 {titles[current].title or ''}".strip()
            )
        lines += _article_lines(article)
    return lines


def _article_lines(article: Article) -> list[str]:
    first, *rest = article.text.split("\n")
    return [f"{article.label} {first}", *rest]


def write_docx(lines: Iterable[str], path: Path, *, automatic_numbers: bool = False) -> Path:
    """Write one Word paragraph a line; numbers as text or as Word's automatic numbering."""
    document = docx.Document()
    numbers = _add_numbering(document) if automatic_numbers else {}
    for line in lines:
        match = _NUMBER.match(line)
        if match and automatic_numbers:
            paragraph = document.add_paragraph(line[match.end() :])
            _set_number(paragraph._p.get_or_add_pPr(), numbers[match.group(1)])
        else:
            document.add_paragraph(line)
    document.save(str(path))
    return path


def _add_numbering(document: Document) -> dict[str, int]:
    """Two lists, 第%1章 and 第%1条, each counting through the whole document."""
    root = document.part.numbering_part.element
    numbers = {}
    for number, unit in ((901, "章"), (902, "条")):
        abstract = _element("w:abstractNum", {"w:abstractNumId": str(number)})
        level = _element("w:lvl", {"w:ilvl": "0"})
        for tag, value in (
            ("w:start", "1"),
            ("w:numFmt", "chineseCountingThousand"),
            ("w:lvlText", f"第%1{unit}"),
        ):
            level.append(_element(tag, {"w:val": value}))
        abstract.append(level)
        root.insert(0, abstract)
        entry = _element("w:num", {"w:numId": str(number)})
        entry.append(_element("w:abstractNumId", {"w:val": str(number)}))
        root.append(entry)
        numbers[unit] = number
    return numbers


def _set_number(properties: OxmlElement, number: int) -> None:
    entry = OxmlElement("w:numPr")
    entry.append(_element("w:ilvl", {"w:val": "0"}))
    entry.append(_element("w:numId", {"w:val": str(number)}))
    properties.append(entry)


def _element(tag: str, attributes: dict[str, str]) -> OxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element


def write_pdf(lines: Iterable[str], path: Path, *, indent: bool = True) -> Path:
    """Write wrapped paragraphs with a running header and page numbers."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle(
        "body",
        fontName=FONT,
        fontSize=12,
        leading=20,
        firstLineIndent=24 if indent else 0,
        wordWrap="CJK",
    )
    title = ParagraphStyle("title", parent=style, alignment=1, firstLineIndent=0)
    story = [
        Paragraph(line, title if index == 0 or "章" in line[:5] else style)
        for index, line in enumerate(lines)
    ]
    template = SimpleDocTemplate(str(path), pagesize=A4)
    template.build(story, onFirstPage=_print_edges, onLaterPages=_print_edges)
    return path


def _print_edges(canvas: Canvas, template: SimpleDocTemplate) -> None:
    canvas.saveState()
    canvas.setFont(FONT, 9)
    canvas.drawString(80, 800, "规范性文件汇编")
    canvas.drawCentredString(300, 30, f"— {template.page} —")
    canvas.restoreState()
