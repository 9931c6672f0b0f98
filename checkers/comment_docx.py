"""A checked DOCX -> the same document with a comment at every place that needs work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from checkers import docx_names as w
from checkers.edit_docx import MAIN_NAMESPACE, EditableDocx, edit_docx
from checkers.errors import ReportUnreadable
from checkers.find_references import find_references
from checkers.finding import CheckResult, HeadingPlace, TopicFinding
from checkers.insert_skeleton import Skeletons, insert_skeletons
from checkers.mark_contents import mark_contents
from checkers.number_paragraphs import BodyParagraphs, number_paragraphs
from checkers.outline import Place
from checkers.place_chapter import ChapterPlace, place_chapter
from checkers.word_comments import (
    NO_ROOM,
    NO_SKELETON,
    REFERENCE_TITLE,
    CommentText,
    word_doubtful_count,
    word_further_place,
    word_reference,
    word_renumbered,
    word_rule,
    word_skeletons,
    word_summary,
    word_topic,
)

_Placed = tuple[w.Element, CommentText]

AUTHOR = "政信"
INITIALS = "政"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_W = f"{{{MAIN_NAMESPACE}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Control characters can't be written to XML.
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
# The styles of the text may have a first-line indent and a large size; comments have none of it.
_PLAIN_PARAGRAPH = (
    f'<w:pPr xmlns:w="{MAIN_NAMESPACE}"><w:spacing w:before="0" w:after="40" w:line="240" '
    'w:lineRule="auto"/><w:ind w:left="0" w:leftChars="0" w:firstLine="0" w:firstLineChars="0"/>'
    '<w:jc w:val="left"/></w:pPr>'
)


def comment_docx(
    source: bytes, result: CheckResult, *, skeleton: bool = False, now: datetime | None = None
) -> bytes:
    """Return the document with comments; all else in it stays as it was.

    Args:
        source: the DOCX that ``result`` is of.
        result: its check, with the outline.
        skeleton: whether to insert the skeletons of missing chapters.
        now: date of the comments; left out where None.

    Raises:
        ReportUnreadable: the file is no DOCX, or one that can't take comments.
    """
    if result.error is not None:
        raise ReportUnreadable("no_text", f"报告没有读成，无法写入批注：{result.error.message}")
    if result.kind != "docx" or not source.startswith(b"PK"):
        raise ReportUnreadable(
            "unsupported_type",
            "批注只能写进Word文档（.docx）；请用Word或WPS把报告另存为 .docx 后再检查。",
        )
    docx = edit_docx(source)
    paragraphs = number_paragraphs(docx.body)
    placed = _place_comments(result, paragraphs, skeleton=skeleton, docx=docx)
    if placed:
        _write_comments(docx, placed, now)
    return docx.save()


def _place_comments(
    result: CheckResult, paragraphs: BodyParagraphs, *, skeleton: bool, docx: EditableDocx
) -> list[_Placed]:
    """The comments with the paragraphs they belong to."""
    first = paragraphs.find_first_text()
    if first is None:
        return []
    if not skeleton:
        summary = word_summary(result)
        return [(first, summary), *_place_findings(result, paragraphs, first, None)]
    # A contract or minutes of a meeting are not to be filled up with chapters.
    if not result.is_feasibility_report:
        summary = word_summary(result, NO_SKELETON)
        return [(first, summary), *_place_findings(result, paragraphs, first, None)]
    skeletons = insert_skeletons(docx, result, paragraphs)
    numbering = list(_place_numbering(skeletons, result, paragraphs))
    references = sum(part.title == REFERENCE_TITLE for _, part in numbering)
    contents = _update_contents(docx, skeletons, result)
    summary = word_summary(result, *word_skeletons(skeletons, contents, references))
    found = _place_findings(result, paragraphs, first, skeletons)
    return [(first, summary), *found, *numbering]


def _place_findings(
    result: CheckResult,
    paragraphs: BodyParagraphs,
    first: w.Element,
    skeletons: Skeletons | None,
) -> Iterator[_Placed]:
    for finding in result.topics:
        if finding.falls_short or (finding.needs_person and finding.headings):
            yield from _place_topic(finding, result, paragraphs, skeletons)
    for rule in result.findings:
        anchor = _find_anchor(rule.place, rule.headings, paragraphs)
        yield first if anchor is None else anchor, word_rule(rule)


def _place_topic(
    finding: TopicFinding,
    result: CheckResult,
    paragraphs: BodyParagraphs,
    skeletons: Skeletons | None,
) -> list[_Placed]:
    anchors = [
        anchor
        for heading in finding.headings
        if (anchor := paragraphs.find(heading.place.paragraph)) is not None
    ]
    inserted = skeletons.inserted.get(finding.topic) if skeletons else None
    note = inserted.note if inserted else ""
    if anchors:
        further = word_further_place(finding)
        first = (anchors[0], word_topic(finding, inserted=note))
        return [first, *((anchor, further) for anchor in anchors[1:])]
    place = place_chapter(finding.topic, result)
    chosen = inserted.heading if inserted else _find_chapter_anchor(place, paragraphs)
    refused = NO_ROOM if skeletons and finding.topic in skeletons.refused else ""
    comment = word_topic(finding, where=place.reason + refused, inserted=note)
    return [] if chosen is None else [(chosen, comment)]


def _place_numbering(
    skeletons: Skeletons, result: CheckResult, paragraphs: BodyParagraphs
) -> Iterator[_Placed]:
    """What is to be said on the numbers behind the chapters that were inserted."""
    counts = skeletons.counts
    if skeletons.renumbered:
        yield skeletons.renumbered[0].paragraph, word_renumbered(skeletons)
    if counts.doubtful is not None:
        chapter = skeletons.chapters[counts.doubtful]
        anchor = paragraphs.find(chapter.place.paragraph)
        if anchor is not None:
            yield anchor, word_doubtful_count(counts.doubt)
    outline = result.outline
    if outline is None or not counts.moved:
        return
    moved = {counts.kept[index]: count for index, count in counts.moved.items()}
    for reference in find_references(moved, paragraphs, outline):
        yield reference.paragraph, word_reference(reference, moved)


def _update_contents(docx: EditableDocx, skeletons: Skeletons, result: CheckResult) -> str:
    """Mark the contents for update; returns what the author has to do, a sentence."""
    if not skeletons.inserted:
        return ""
    if mark_contents(docx.document):
        return "目录已标记为待更新；打开后如没有自动更新，请在目录上点右键，选“更新域”。"
    typed = result.outline is not None and result.outline.contents_lines
    return "目录是手工录入的，没有改动，请自行补上新增的章节。" if typed else ""


def _find_chapter_anchor(place: ChapterPlace, paragraphs: BodyParagraphs) -> w.Element | None:
    """The end of the chapter that precedes; else the heading of the one that follows."""
    end = place.before.place.paragraph if place.before else None
    if place.after is not None:
        return paragraphs.find_last_text(place.after.place.paragraph or 1, end)
    below = paragraphs.find(end)
    return paragraphs.find_first_text() if below is None else below


def _find_anchor(
    place: Place | None, headings: tuple[HeadingPlace, ...], paragraphs: BodyParagraphs
) -> w.Element | None:
    numbers = [place.paragraph] if place else []
    numbers += [heading.place.paragraph for heading in headings]
    found = (paragraphs.find(number) for number in numbers)
    return next((anchor for anchor in found if anchor is not None), None)


def _write_comments(docx: EditableDocx, placed: list[_Placed], now: datetime | None) -> None:
    comments = docx.open_related(
        "comments", name="comments.xml", content_type=_COMMENTS_TYPE, root="comments"
    )
    used = [int(value) for part in comments if (value := part.get(f"{_W}id", "")).isdecimal()]
    for number, (paragraph, text) in enumerate(placed, max(used, default=-1) + 1):
        comments.append(_make_comment(number, text, now))
        _mark_paragraph(paragraph, number)


def _make_comment(number: int, text: CommentText, now: datetime | None) -> w.Element:
    comment = etree.Element(f"{_W}comment", nsmap={"w": MAIN_NAMESPACE})
    comment.set(f"{_W}id", str(number))
    comment.set(f"{_W}author", AUTHOR)
    comment.set(f"{_W}initials", INITIALS)
    if now is not None:
        comment.set(f"{_W}date", now.strftime("%Y-%m-%dT%H:%M:%SZ"))
    for index, line in enumerate((text.title, *text.lines)):
        paragraph = etree.SubElement(comment, w.PARAGRAPH)
        paragraph.append(etree.fromstring(_PLAIN_PARAGRAPH))
        if index == 0:
            etree.SubElement(etree.SubElement(paragraph, w.RUN), f"{_W}annotationRef")
        _add_run(paragraph, line, bold=index == 0)
    return comment


def _add_run(paragraph: w.Element, text: str, *, bold: bool) -> None:
    run = etree.SubElement(paragraph, w.RUN)
    properties = etree.SubElement(run, w.RUN_PR)
    if bold:
        etree.SubElement(properties, w.BOLD)
    etree.SubElement(properties, w.SIZE).set(w.VALUE, "18")
    content = etree.SubElement(run, w.TEXT)
    content.text = text.translate(_CONTROL)
    content.set(_SPACE, "preserve")


def _mark_paragraph(paragraph: w.Element, number: int) -> None:
    """Put the comment's range around all runs of the paragraph."""
    start = etree.Element(f"{_W}commentRangeStart")
    start.set(f"{_W}id", str(number))
    has_properties = len(paragraph) > 0 and paragraph[0].tag == w.PARAGRAPH_PR
    paragraph.insert(1 if has_properties else 0, start)
    etree.SubElement(paragraph, f"{_W}commentRangeEnd").set(f"{_W}id", str(number))
    run = etree.SubElement(paragraph, w.RUN)
    etree.SubElement(run, f"{_W}commentReference").set(f"{_W}id", str(number))
