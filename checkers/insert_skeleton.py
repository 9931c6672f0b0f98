"""Missing chapters -> skeletons in the author's document, in its own headings and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from checkers import docx_names as w
from checkers.copy_heading_form import count_prefix, write_paragraph
from checkers.edit_docx import EditableDocx
from checkers.find_spot import Spot, extend_chapter, find_spot, insert_blocks
from checkers.finding import CheckResult, Topic, TopicFinding, Verdict
from checkers.learn_forms import DocumentForms, learn_forms
from checkers.number_paragraphs import BodyParagraphs
from checkers.outline import Section
from checkers.place_chapter import list_chapters, place_chapter, rank_topic
from checkers.renumber_chapters import (
    ChapterCounts,
    Renumbered,
    count_chapters,
    renumber_chapters,
)
from checkers.skeleton_templates import (
    SkeletonSection,
    list_skeleton_sections,
    load_templates,
    word_lead,
)

CHAPTER_NOTE = "已在这里插入写作提纲，请在【待编写】处补写。"
SECTIONS_NOTE = "已在本章末尾插入所缺部分的写作提纲，请在【待编写】处补写。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inserted:
    """A skeleton in the document.

    Attributes:
        heading: the paragraph of its heading, or of its first section where the chapter is there.
        is_chapter: whether it is a whole chapter.
        note: what the author has to do about it, in Chinese.
    """

    heading: w.Element
    is_chapter: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeletons:
    """All that was inserted into a document, and what that does to the numbers.

    Attributes:
        inserted: by topic.
        refused: topics whose chapter is missing and finds no room in the document.
        chapters: of the report as it was.
        counts: numbers of the chapters before and after.
        renumbered: headings behind the insertions, whose numbers were counted on.
    """

    inserted: dict[Topic, Inserted]
    refused: frozenset[Topic]
    chapters: tuple[Section, ...]
    counts: ChapterCounts
    renumbered: tuple[Renumbered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """One document to be filled up."""

    body: w.Element
    paragraphs: BodyParagraphs
    chapters: tuple[Section, ...]
    counts: ChapterCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """Where a missing chapter goes: ahead of which chapter, and the spot in the document."""

    cut: int
    spot: Spot


def insert_skeletons(
    docx: EditableDocx, result: CheckResult, paragraphs: BodyParagraphs
) -> Skeletons:
    """Insert what is missing and count on the numbers behind it.

    A missing chapter comes as a whole where it belongs; a chapter without text, or without the
    parts that the article names, gets the sections that it lacks at its end.
    """
    chapters = list_chapters(result)
    missing = _list_short(result, "missing")
    gaps = _find_gaps(missing, result, docx.body, paragraphs)
    counts = count_chapters(chapters, Counter(gap.cut for gap in gaps.values()), paragraphs)
    work = _Work(body=docx.body, paragraphs=paragraphs, chapters=chapters, counts=counts)
    # Sections that end a chapter come ahead of a chapter that follows it.
    completed = {
        finding.topic: _complete_chapter(work, finding)
        for finding in _list_short(result, "empty", "incomplete")
    }
    made = {topic: part for topic, part in completed.items() if part is not None}
    return Skeletons(
        inserted=made | _insert_chapters(work, missing, gaps),
        refused=frozenset(part.topic for part in missing) - gaps.keys(),
        chapters=chapters,
        counts=counts,
        renumbered=renumber_chapters(chapters, counts, paragraphs),
    )


def _list_short(result: CheckResult, *verdicts: Verdict) -> list[TopicFinding]:
    """The findings with one of these verdicts, in the usual order of their chapters."""
    short = [part for part in result.topics if part.falls_short and part.verdict in verdicts]
    return sorted(short, key=lambda part: rank_topic(part.topic))


def _find_gaps(
    missing: Iterable[TopicFinding],
    result: CheckResult,
    body: w.Element,
    paragraphs: BodyParagraphs,
) -> dict[Topic, _Gap]:
    chapters = list_chapters(result)
    gaps = {}
    for finding in missing:
        place = place_chapter(finding.topic, result)
        cut = len(chapters) if place.before is None else chapters.index(place.before)
        spot = find_spot(body, chapters, cut, paragraphs)
        if spot is not None:
            gaps[finding.topic] = _Gap(cut=cut, spot=spot)
    return gaps


def _insert_chapters(
    work: _Work, missing: Iterable[TopicFinding], gaps: dict[Topic, _Gap]
) -> dict[Topic, Inserted]:
    inserted: dict[Topic, Inserted] = {}
    taken: Counter[int] = Counter()
    for finding in missing:
        gap = gaps.get(finding.topic)
        if gap is not None:
            taken[gap.cut] += 1
            count = work.counts.count_ahead(gap.cut) + taken[gap.cut]
            inserted[finding.topic] = _insert_chapter(work, finding, gap, count)
    return inserted


def _insert_chapter(work: _Work, finding: TopicFinding, gap: _Gap, count: int) -> Inserted:
    near = work.chapters[max(gap.cut - 1, 0)] if work.chapters else None
    forms = learn_forms(work.chapters, near, work.paragraphs)
    template = load_templates()[finding.topic]
    prefix = count_prefix(forms.chapter.prefix, (count,))
    heading = write_paragraph(forms.chapter, prefix + template.heading)
    elements = [heading, _write_prompt(forms, word_lead(finding))]
    elements += _write_sections(forms, list_skeleton_sections(finding), chapter=count)
    insert_blocks(gap.spot, elements)
    return Inserted(heading=heading, is_chapter=True, note=CHAPTER_NOTE)


def _complete_chapter(work: _Work, finding: TopicFinding) -> Inserted | None:
    chapters = work.chapters
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
    spot = find_spot(work.body, chapters, index + 1, work.paragraphs)
    if spot is None:
        return None
    elements = _write_sections(
        learn_forms(chapters, chapter, work.paragraphs),
        sections,
        chapter=work.counts.count_at(index),
        first=len(chapter.children) + 1,
    )
    extend_chapter(spot, elements)
    return Inserted(heading=elements[0], is_chapter=False, note=SECTIONS_NOTE)


def _write_sections(
    forms: DocumentForms, sections: Iterable[SkeletonSection], *, chapter: int, first: int = 1
) -> list[w.Element]:
    elements: list[w.Element] = []
    for count, section in enumerate(sections, first):
        prefix = count_prefix(forms.section.prefix, (chapter, count))
        bold = not forms.styled_sections
        elements.append(write_paragraph(forms.section, prefix + section.title, bold=bold))
        elements += [_write_prompt(forms, prompt) for prompt in section.prompts]
    return elements


def _write_prompt(forms: DocumentForms, text: str) -> w.Element:
    return write_paragraph(forms.body, text, marked=True)
