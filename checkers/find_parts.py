"""A topic's chapter -> the parts that the article names and the chapter lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checkers.finding import Topic
from checkers.grade_sentences import Sentence
from checkers.join_bodies import MarkedSection
from checkers.load_rules import CompiledMarks, CompiledPart
from checkers.mark_report import MarkedReport

FEWEST_COLUMNS = 2
FEWEST_ASPECTS = 2
CELL_MARK = "\t"
"""Stands in rows of tables only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    report: MarkedReport
    topic: Topic
    marks: CompiledMarks


def find_missing_parts(
    report: MarkedReport,
    chapter: MarkedSection,
    topic: Topic,
    parts: Sequence[CompiledPart],
    marks: CompiledMarks,
) -> tuple[str, ...]:
    """Names of the parts that the chapter does not carry out, in the article's order."""
    look = _Look(report=report, topic=topic, marks=marks)
    return tuple(
        part.part.name
        for part in parts
        # The chapter's own heading (信息资源共享分析) is no heading of a part.
        if not _says_in_body(look, chapter, part)
        and not any(
            _carries_out(look, section, part, parts)
            for child in chapter.children
            for section in child.walk()
        )
    )


def find_traces(
    report: MarkedReport,
    chapter: MarkedSection,
    parts: Sequence[CompiledPart],
    marks: CompiledMarks,
) -> tuple[str, ...]:
    """Words that may belong to one of these parts, from the chapter's text; a promise has none."""
    said = [
        sentence.text
        for sentence in report.sentences_in(chapter.start, chapter.end)
        if sentence.state == "live" and not marks.promises.search(sentence.text)
    ]
    words = (part.traces.occurs_in(text) for part in parts for text in said)
    return tuple(dict.fromkeys(word for word in words if word))


def _carries_out(
    look: _Look, section: MarkedSection, part: CompiledPart, parts: Sequence[CompiledPart]
) -> bool:
    if part.headings.occurs_in(section.title):
        return _says_anything(look.report, section)
    # A catalogue may have a column 共享类型 and is no list for that: the nearest heading decides.
    if any(other.headings.occurs_in(section.title) for other in parts if other is not part):
        return _has_aspects(look, section, part)
    return _says_in_body(look, section, part)


def _says_in_body(look: _Look, section: MarkedSection, part: CompiledPart) -> bool:
    return (
        _has_table(look.report, section, part)
        or _has_sentence(look, section, part)
        or _has_contents(look, section, part)
        or _has_concepts(look, section, part)
    )


def _says_anything(report: MarkedReport, section: MarkedSection) -> bool:
    """A heading carries a part out only if something stands below it."""
    return any(
        sentence.state == "live" and (sentence.specific or sentence.hollow == 0)
        for sentence in report.sentences_in(section.start, section.end)
    )


def _has_table(report: MarkedReport, section: MarkedSection, part: CompiledPart) -> bool:
    return any(
        _is_table_of(part, header)
        for table in report.tables
        if section.start <= table.start < section.own_end
        for header in table.headers
    )


def _is_table_of(part: CompiledPart, header: Sequence[str]) -> bool:
    if any(part.telling_columns.occurs_in(cell) for cell in header):
        return True
    return sum(1 for cell in header if part.columns.occurs_in(cell)) >= FEWEST_COLUMNS


def _list_statements(look: _Look, section: MarkedSection) -> Iterator[Sentence]:
    """The sentences of a section's own text that say what is, not what is to be written."""
    for sentence in look.report.sentences_in(section.start, section.own_end):
        if sentence.state != "live" or (sentence.hollow > 1 and not sentence.specific):
            continue
        if sentence.specific or not look.marks.promises.search(sentence.text):
            yield sentence


def _has_sentence(look: _Look, section: MarkedSection, part: CompiledPart) -> bool:
    return any(
        part.sentences.search(sentence.text) is not None
        and (sentence.specific or look.marks.actions.search(sentence.text) is not None)
        for sentence in _list_statements(look, section)
    )


def _has_contents(look: _Look, section: MarkedSection, part: CompiledPart) -> bool:
    """Whether plain text is what the part consists of, in whatever words it is called."""
    if any(
        part.contents.search(text) and _is_of(part, text) for text in _list_plain(look, section)
    ):
        return True
    return _has_aspects(look, section, part)


def _is_of(part: CompiledPart, text: str) -> bool:
    """Whether a sentence is no row of a table, and not of another part."""
    return CELL_MARK not in text and not part.unless.search(text)


def _has_aspects(look: _Look, section: MarkedSection, part: CompiledPart) -> bool:
    """The same, told from its matter alone; a list holds attributes of a catalogue as well."""
    told = [
        {number for number, aspect in enumerate(part.aspects) if aspect.search(text)}
        for text in _list_plain(look, section)
    ]
    return any(len(first | second) >= FEWEST_ASPECTS for first, second in pairwise([*told, set()]))


def _list_plain(look: _Look, section: MarkedSection) -> list[str]:
    said = (sentence.text for sentence in _list_statements(look, section))
    return [text for text in said if CELL_MARK not in text]


def _has_concepts(look: _Look, section: MarkedSection, part: CompiledPart) -> bool:
    """Whether a sentence has all concepts of a group; the rows of a catalogue are no analysis."""
    if not part.part.concepts:
        return False
    report = look.report
    said = (
        {label for label, _ in mention.concepts}
        for mention in report.mentions_in(look.topic, section.start, section.own_end)
        if mention.counts and _is_of(part, report.sentences[mention.sentence].text)
    )
    return any(labels.issuperset(group) for labels in said for group in part.part.concepts)
