"""Outline -> marked report: one text, its sentences, and what each of them is worth.

All patterns run once over the whole text; sections are slices of it. So the time grows with the
length of the report only, not with the number of sections.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from checkers.compile_terms import mask_terms, normalize_text
from checkers.load_rules import CompiledMarks, CompiledTopic, Rules
from checkers.outline import Block, Outline, Section
from checkers.finding import Topic

SentenceState = Literal["live", "placeholder", "deferred", "negated", "background"]

SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
REPORT_SUFFIX = re.compile(
    r"(可行性研究报告|可行性研究|可研报告|项目建议书|初步设计.*|建设方案|实施方案|报告|方案)+.*$"
)
WRAPPER_TITLE = re.compile(r"(可行性研究报告|可研报告|项目建议书|报告书?|正文)$")
DEEPEST_WRAPPER = 3
VOLUME = re.compile(r"第.{1,4}(篇|编|卷|部分|部)$|[上中下]篇$")
CHAPTER = re.compile(r"第.{1,4}章")
SHORTEST_PROJECT_NAME = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence or a table row of the normalised text.

    Attributes:
        start: offset in the text.
        end: offset behind it.
        text: without traps and project name.
        state: only ``live`` sentences say something about this project.
        hollow: how many words of it could stand in any report.
        specific: whether it has figures, standards or is a row of a table.
    """

    start: int
    end: int
    text: str
    state: SentenceState
    hollow: int
    specific: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What one sentence says on one topic.

    Attributes:
        sentence: index of the sentence.
        names: words that name the topic.
        concepts: label and words of each concrete thing.
    """

    sentence: int
    names: tuple[str, ...]
    concepts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedTable:
    """A table with entries, and the offset where it stands."""

    start: int
    header: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSection:
    """A section with its slice of the text.

    Attributes:
        section: as read.
        title: normalised, without the project name and traps.
        start: offset of the body.
        own_end: offset behind its own body.
        end: offset behind its last child.
        children: marked likewise.
    """

    section: Section
    title: str
    start: int
    own_end: int
    end: int
    children: tuple[MarkedSection, ...]

    def walk(self) -> Iterator[MarkedSection]:
        """This section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedReport:
    """A report ready for the rules.

    Attributes:
        outline: as read.
        chapters: the effective top level.
        sentences: all, by offset.
        mentions: of each topic, by sentence.
        tables: those with entries, by offset.
    """

    outline: Outline
    chapters: tuple[MarkedSection, ...]
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    mentions: dict[Topic, tuple[Mention, ...]]
    mention_starts: dict[Topic, tuple[int, ...]]
    tables: tuple[MarkedTable, ...]

    def sentences_in(self, start: int, end: int) -> tuple[Sentence, ...]:
        """The sentences of a slice of the text."""
        return self.sentences[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def mentions_in(self, topic: Topic, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions of a topic in a slice of the text."""
        starts = self.mention_starts[topic]
        return self.mentions[topic][bisect_left(starts, start) : bisect_left(starts, end)]


@dataclass(slots=True)
class _Writer:
    """Collects the text of the bodies while the sections are walked."""

    marks: CompiledMarks
    project: str
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    rows: set[int] = field(default_factory=set)
    tables: list[MarkedTable] = field(default_factory=list)

    def clean(self, text: str) -> str:
        text = normalize_text(text)
        if self.project:
            text = text.replace(self.project, "□" * len(self.project))
        return mask_terms(text, self.marks.traps)

    def write(self, text: str) -> None:
        self.pieces.append(text + "\n")
        self.length += len(text) + 1

    def write_block(self, block: Block) -> None:
        if block.is_table:
            self._write_table(block)
        else:
            self.write(self.clean(block.text))

    def _write_table(self, block: Block) -> None:
        rows = [tuple(self.clean(cell).strip() for cell in row) for row in block.rows]
        filled = [row for row in rows if self._is_filled(row)]
        # A table of headings without entries says nothing.
        if len(filled) < 2:
            return
        self.tables.append(MarkedTable(start=self.length, header=filled[0]))
        for number, row in enumerate(filled):
            if number:
                self.rows.add(self.length)
            self.write("\t".join(row).replace("\n", " ").replace("。", " ").replace(";", " "))

    def _is_filled(self, row: tuple[str, ...]) -> bool:
        cells = [cell for cell in row if not self._is_blank(cell)]
        return len(cells) >= min(2, len(row))

    def _is_blank(self, cell: str) -> bool:
        return bool(self.marks.fillers.search(cell) or self.marks.placeholders.search(cell))


def mark_report(outline: Outline, rules: Rules) -> MarkedReport:
    """The report as one marked text; nothing of the outline is changed."""
    writer = _Writer(marks=rules.marks, project=find_project_name(outline))
    chapters = tuple(_mark_section(part, writer) for part in effective_chapters(outline))
    text = "".join(writer.pieces)
    sentences = tuple(
        _mark_sentence(match.start(), match[0], match.start() in writer.rows, rules.marks)
        for match in SENTENCE.finditer(text)
    )
    mentions = {topic: _find_mentions(text, sentences, rules.topics[topic]) for topic in rules.topics}
    return MarkedReport(
        outline=outline,
        chapters=chapters,
        sentences=sentences,
        starts=tuple(sentence.start for sentence in sentences),
        mentions=mentions,
        mention_starts={
            topic: tuple(sentences[mention.sentence].start for mention in found)
            for topic, found in mentions.items()
        },
        tables=tuple(writer.tables),
    )


def find_project_name(outline: Outline) -> str:
    """Name of the project as normalised, or an empty text.

    A heading that carries the project's own name (智慧政务数据共享平台概况) is not about its words.
    """
    name = REPORT_SUFFIX.sub("", normalize_text(outline.title)).strip()
    return name if len(name) >= SHORTEST_PROJECT_NAME else ""


def effective_chapters(outline: Outline) -> tuple[Section, ...]:
    """The chapters of the report: below a title that wraps them all, and below its 篇."""
    sections = outline.sections
    for _ in range(DEEPEST_WRAPPER):
        wrapped = sum(len(part.children) for part in sections)
        unwrapped = [_unwrap(part, alone=len(sections) == 1, most=wrapped) for part in sections]
        sections = tuple(part for parts in unwrapped for part in parts)
    return sections


def _unwrap(section: Section, *, alone: bool, most: int) -> tuple[Section, ...]:
    """The children of a title or 篇 that wraps chapters, else the section itself."""
    if len(section.children) < 2:
        return (section,)
    titled = WRAPPER_TITLE.search(section.title) and len(section.children) * 2 > most
    return section.children if alone or titled or _is_volume(section) else (section,)


def _is_volume(section: Section) -> bool:
    return bool(VOLUME.match(section.number)) and all(
        CHAPTER.match(child.number) for child in section.children
    )


def _mark_section(section: Section, writer: _Writer) -> MarkedSection:
    start = writer.length
    for block in section.body:
        writer.write_block(block)
    own_end = writer.length
    children = tuple(_mark_section(child, writer) for child in section.children)
    return MarkedSection(
        section=section,
        title=writer.clean(section.title),
        start=start,
        own_end=own_end,
        end=writer.length,
        children=children,
    )


def _mark_sentence(start: int, text: str, in_table: bool, marks: CompiledMarks) -> Sentence:
    return Sentence(
        start=start,
        end=start + len(text),
        text=text,
        state=_tell_state(text, marks),
        hollow=sum(1 for _ in marks.hollow.find(text)),
        specific=in_table or marks.figures.search(text) is not None,
    )


def _tell_state(text: str, marks: CompiledMarks) -> SentenceState:
    if marks.fillers.search(text) or marks.placeholders.search(text):
        return "placeholder"
    if marks.deferrals.search(text):
        return "deferred"
    if marks.negations.search(text):
        return "negated"
    if marks.backgrounds.search(text):
        return "background"
    return "live"


def _find_mentions(
    text: str, sentences: tuple[Sentence, ...], topic: CompiledTopic
) -> tuple[Mention, ...]:
    starts = [sentence.start for sentence in sentences]
    names: dict[int, list[str]] = {}
    concepts: dict[int, list[tuple[str, str]]] = {}
    for offset, words, label in topic.words.find(text):
        index = bisect_left(starts, offset + 1) - 1
        if label:
            concepts.setdefault(index, []).append((label, words))
        else:
            names.setdefault(index, []).append(words)
    return tuple(
        Mention(
            sentence=index,
            names=tuple(names.get(index, ())),
            concepts=tuple(concepts.get(index, ())),
        )
        for index in sorted(names.keys() | concepts.keys())
    )
