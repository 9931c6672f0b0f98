"""A topic's chapter -> the parts that the article names and the chapter lacks."""

from __future__ import annotations

from collections.abc import Sequence

from checkers.join_bodies import MarkedSection
from checkers.load_rules import CompiledMarks, CompiledPart
from checkers.mark_report import MarkedReport

FEWEST_COLUMNS = 2


def find_missing_parts(
    report: MarkedReport,
    chapter: MarkedSection,
    parts: Sequence[CompiledPart],
    marks: CompiledMarks,
) -> tuple[str, ...]:
    """Names of the parts that the chapter does not carry out, in the article's order."""
    return tuple(
        part.part.name
        for part in parts
        # The chapter's own heading (信息资源共享分析) is no heading of a part.
        if not _says_in_body(report, chapter, part, marks)
        and not any(
            _carries_out(report, section, part, parts, marks)
            for child in chapter.children
            for section in child.walk()
        )
    )


def _carries_out(
    report: MarkedReport,
    section: MarkedSection,
    part: CompiledPart,
    parts: Sequence[CompiledPart],
    marks: CompiledMarks,
) -> bool:
    if part.headings.occurs_in(section.title):
        return _says_anything(report, section)
    # A catalogue may have a column 共享类型 and is no list for that: the nearest heading decides.
    if any(other.headings.occurs_in(section.title) for other in parts if other is not part):
        return False
    return _says_in_body(report, section, part, marks)


def _says_in_body(
    report: MarkedReport, section: MarkedSection, part: CompiledPart, marks: CompiledMarks
) -> bool:
    return _has_table(report, section, part) or _has_sentence(report, section, part, marks)


def _says_anything(report: MarkedReport, section: MarkedSection) -> bool:
    """A heading carries a part out only if something stands below it."""
    return any(
        sentence.state == "live" and (sentence.specific or sentence.hollow == 0)
        for sentence in report.sentences_in(section.start, section.end)
    )


def _has_table(report: MarkedReport, section: MarkedSection, part: CompiledPart) -> bool:
    return any(
        _count_columns(part, header) >= FEWEST_COLUMNS
        for table in report.tables
        if section.start <= table.start < section.own_end
        for header in table.headers
    )


def _count_columns(part: CompiledPart, header: Sequence[str]) -> int:
    return sum(1 for cell in header if part.columns.occurs_in(cell))


def _has_sentence(
    report: MarkedReport, section: MarkedSection, part: CompiledPart, marks: CompiledMarks
) -> bool:
    return any(
        sentence.state == "live"
        and part.sentences.search(sentence.text) is not None
        and (sentence.specific or marks.actions.search(sentence.text) is not None)
        and (sentence.specific or sentence.hollow < 2)
        for sentence in report.sentences_in(section.start, section.own_end)
    )
