"""Missing chapters -> skeletons in the author's document, in its own headings and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from checkers import docx_names as w
from checkers.copy_heading_form import (
    TextForm,
    copy_body_form,
    copy_heading_form,
    count_prefix,
    read_counts,
    write_paragraph,
)
from checkers.edit_docx import EditableDocx
from checkers.finding import CheckResult, Topic, TopicFinding
from checkers.heading_numbers import parse_number
from checkers.number_paragraphs import BodyParagraphs, read_text
from checkers.outline import Section
from checkers.place_chapter import list_chapters, place_chapter, rank_topic
from checkers.skeleton_templates import (
    SkeletonSection,
    list_skeleton_sections,
    load_templates,
    word_lead,
)

_PAGE = "page"
RENUMBER = "提纲接前一章编号，请把后面各章的编号依次顺延。"
UPDATE_CONTENTS = "已按条文插入写作提纲，请在【待编写】处补写；写完后更新目录。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inserted:
    """A skeleton in the document.

    Attributes:
        heading: the paragraph of its heading, or of its first section where the chapter is there.
        note: what the author has to do about it, in Chinese.
    """

    heading: w.Element
    note: str


@dataclass(slots=True, kw_only=True)
class _Forms:
    """How this document writes chapters, sections and text."""

    chapter: TextForm
    section: TextForm
    body: TextForm
    styled_sections: bool


def insert_skeletons(
    docx: EditableDocx, result: CheckResult, paragraphs: BodyParagraphs
) -> dict[Topic, Inserted]:
    """Insert what is missing and return where it stands.

    A missing chapter comes as a whole where it belongs; a chapter without text, or without the
    parts that the article names, gets the sections that it lacks at its end.
    """
    inserted: dict[Topic, Inserted] = {}
    short = [finding for finding in result.topics if finding.falls_short]
    for finding in sorted(short, key=lambda part: rank_topic(part.topic)):
        if finding.verdict == "missing":
            inserted[finding.topic] = _insert_chapter(docx, result, paragraphs, finding, inserted)
        elif finding.verdict in ("empty", "incomplete"):
            made = _complete_chapter(docx, result, paragraphs, finding)
            if made is not None:
                inserted[finding.topic] = made
    return inserted


def _insert_chapter(
    docx: EditableDocx,
    result: CheckResult,
    paragraphs: BodyParagraphs,
    finding: TopicFinding,
    inserted: dict[Topic, Inserted],
) -> Inserted:
    place = place_chapter(finding.topic, result)
    forms = _learn_forms(result, paragraphs, place.after)
    ahead = sum(place_chapter(topic, result) == place for topic in inserted)
    count = _count_chapter(result, place.after) + ahead + 1
    template = load_templates()[finding.topic]
    prefix = count_prefix(forms.chapter.prefix, (count,))
    heading = write_paragraph(forms.chapter, prefix + template.heading)
    elements = [heading, _write_prompt(forms, word_lead(finding))]
    elements += _write_sections(forms, list_skeleton_sections(finding), chapter=count)
    _insert_before(docx, paragraphs, place.before, elements)
    collides = bool(forms.chapter.prefix) and place.before is not None
    return Inserted(heading=heading, note=UPDATE_CONTENTS + (RENUMBER if collides else ""))


def _complete_chapter(
    docx: EditableDocx, result: CheckResult, paragraphs: BodyParagraphs, finding: TopicFinding
) -> Inserted | None:
    chapters = list_chapters(result)
    places = {(heading.text, heading.place) for heading in finding.headings}
    index = next((n for n, part in enumerate(chapters) if (part.heading, part.place) in places), -1)
    if index < 0:
        return None
    chapter = chapters[index]
    titles = " ".join(part.title for part in chapter.walk())
    sections = [
        section
        for section in list_skeleton_sections(finding)
        if (section.title in finding.missing or not finding.missing) and section.title not in titles
    ]
    if not sections or (finding.verdict == "incomplete" and not finding.missing):
        return None
    forms = _learn_forms(result, paragraphs, chapter)
    elements = _write_sections(
        forms,
        sections,
        chapter=_count_chapter(result, chapter),
        first=len(chapter.children) + 1,
    )
    following = chapters[index + 1] if index + 1 < len(chapters) else None
    _insert_before(docx, paragraphs, following, elements)
    return Inserted(heading=elements[0], note="所缺的部分已在本章末尾插入写作提纲。")


def _learn_forms(result: CheckResult, paragraphs: BodyParagraphs, near: Section | None) -> _Forms:
    """Learn from the chapter ahead of the place first, then from the others in order."""
    chapters = list_chapters(result)
    ordered = ([near] if near else []) + [part for part in chapters if part is not near]
    numbered = [part for part in ordered if part.number] or ordered
    body = _learn_body(ordered, paragraphs)
    chapter = _first_form(numbered, paragraphs) or replace(body, prefix="")
    children = [child for part in ordered for child in part.children]
    section = _first_form([child for child in children if child.number] or children, paragraphs)
    return _Forms(
        chapter=chapter,
        section=section or replace(body, prefix=_guess_prefix(chapter)),
        body=body,
        styled_sections=section is not None,
    )


def _first_form(sections: Iterable[Section], paragraphs: BodyParagraphs) -> TextForm | None:
    for section in sections:
        paragraph = paragraphs.get(section.place.paragraph)
        # A section that was split off its paragraph's text is no example of a heading.
        if paragraph is not None and read_text(paragraph).strip().endswith(section.title[-4:]):
            return copy_heading_form(paragraph, section)
    return None


def _learn_body(chapters: list[Section], paragraphs: BodyParagraphs) -> TextForm:
    for block in _walk_text(chapters):
        paragraph = paragraphs.get(block)
        if paragraph is not None and paragraph.find(f"{w.PARAGRAPH_PR}/{w.NUM_PR}") is None:
            return copy_body_form(paragraph)
    return TextForm()


def _walk_text(chapters: list[Section]) -> Iterator[int]:
    for chapter in chapters:
        for section in chapter.walk():
            for block in section.body:
                if not block.is_table and block.place.paragraph is not None:
                    yield block.place.paragraph


def _guess_prefix(chapter: TextForm) -> str:
    """The number of sections where the report has none: as is usual below such chapters."""
    counts = read_counts(chapter.prefix)
    is_decimal = bool(counts) and any(char.isascii() and char.isdigit() for char in chapter.prefix)
    return "1.1 " if is_decimal and "第" not in chapter.prefix else "（一）"


def _count_chapter(result: CheckResult, chapter: Section | None) -> int:
    """The count of a chapter as printed, else its place among the chapters; 0 for none."""
    if chapter is None:
        return 0
    chapters = list_chapters(result)
    before = chapters[: chapters.index(chapter) + 1]
    for back, part in enumerate(reversed(before)):
        number = parse_number(part.number) if part.number else None
        if number is not None and number.scheme != "appendix":
            return number.values[-1] + (back if not chapter.number else 0)
    return len(before)


def _write_sections(
    forms: _Forms, sections: Iterable[SkeletonSection], *, chapter: int, first: int = 1
) -> list[w.Element]:
    elements: list[w.Element] = []
    for count, section in enumerate(sections, first):
        prefix = count_prefix(forms.section.prefix, (chapter, count))
        bold = not forms.styled_sections
        elements.append(write_paragraph(forms.section, prefix + section.title, bold=bold))
        elements += [_write_prompt(forms, prompt) for prompt in section.prompts]
    return elements


def _write_prompt(forms: _Forms, text: str) -> w.Element:
    return write_paragraph(forms.body, text, marked=True)


def _insert_before(
    docx: EditableDocx,
    paragraphs: BodyParagraphs,
    following: Section | None,
    elements: list[w.Element],
) -> None:
    """Insert ahead of a chapter's heading, or at the end of the body."""
    found = paragraphs.get(following.place.paragraph) if following else None
    if found is None:
        last = docx.body.find(w.SECTION_PR)
        for element in elements:
            if last is None:
                docx.body.append(element)
            else:
                last.addprevious(element)
        return
    # The heading may stand in a table or a content control; the chapter goes ahead of that.
    block = next(part for part in (found, *found.iterancestors()) if part.getparent() is docx.body)
    break_ahead = _is_page_break(block.getprevious())
    for element in elements:
        block.addprevious(element)
    if break_ahead:
        block.addprevious(_make_page_break())


def _is_page_break(block: w.Element | None) -> bool:
    """Whether this is a paragraph of its own that ends the page ahead of a chapter."""
    if block is None or block.tag != w.PARAGRAPH or read_text(block).strip():
        return False
    return any(part.get(w.TYPE) == _PAGE for part in block.iter(w.BREAK))


def _make_page_break() -> w.Element:
    paragraph = etree.Element(w.PARAGRAPH)
    etree.SubElement(etree.SubElement(paragraph, w.RUN), w.BREAK).set(w.TYPE, _PAGE)
    return paragraph
