"""Outline -> whether the document is a feasibility report, told from its title and chapters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkers.compile_terms import normalize_text
from checkers.join_bodies import effective_chapters
from checkers.outline import Outline
from checkers.rule_files import ReportMarks

PREAMBLE_LINES = 12
LONGEST_TITLE_LINE = 50
TITLE_WEIGHT = 2
"""A title that says 可行性研究报告 stands for this many chapters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """Whether a document is a feasibility report, and a Chinese sentence that says why.

    Attributes:
        is_feasibility_report: whether it is known to be one.
        is_told: False where pages are unread and what was read says neither.
        evidence: the sentence.
    """

    is_feasibility_report: bool
    is_told: bool = True
    evidence: str


def tell_feasibility_report(outline: Outline, marks: ReportMarks) -> ReportKind:
    """The kind of document; in doubt the chapters outweigh the title."""
    titles = _title_lines(outline)
    headings = _upper_headings(outline)
    named, other = _name_kind(marks, titles)
    chapters = _count_matches(marks.chapters, headings)
    strange = _count_matches(marks.other_chapters, headings)
    points = chapters + (TITLE_WEIGHT if named else 0) - 2 * strange - (3 if other else 0)
    # A title that says so is believed where no chapter speaks against it: short reports have
    # headings of their own (花多少钱), and those of a scan may be unread.
    believed = named is not None and strange == 0 and bool(headings or outline.unread_pages)
    is_report = believed or (chapters >= 1 and points >= marks.fewest_chapters)
    is_told = is_report or not outline.unread_pages or other is not None or strange > 0
    told = f"题名“{named or other}”，" if named or other else "题名未写明文种，"
    found = f"章节中有{chapters}类可行性研究报告常见内容"
    foreign = f"，另有{strange}类不属于可研报告的内容" if strange else ""
    unit = "张整页图片" if outline.kind == "docx" else "页"
    unread = f"，还有{len(outline.unread_pages)}{unit}没有读到" if outline.unread_pages else ""
    return ReportKind(
        is_feasibility_report=is_report,
        is_told=is_told,
        evidence=f"{told}{found}{foreign}{unread}，{_word_verdict(is_report, is_told)}。",
    )


def _word_verdict(is_report: bool, is_told: bool) -> str:
    if not is_told:
        return "暂不能判断是不是可行性研究报告"
    return "按可行性研究报告检查" if is_report else "看来不是可行性研究报告"


def _title_lines(outline: Outline) -> list[str]:
    lines = [outline.title]
    lines += [block.text for block in outline.preamble[:PREAMBLE_LINES] if not block.is_table]
    lines += [part.title for part in outline.sections[:1]]
    tidy = (normalize_text(line).strip() for line in lines)
    return [line for line in tidy if 0 < len(line) <= LONGEST_TITLE_LINE]


def _upper_headings(outline: Outline) -> list[str]:
    chapters = effective_chapters(outline)
    below = [child for chapter in chapters for child in chapter.children]
    return [normalize_text(part.title) for part in (*chapters, *below)]


def _name_kind(marks: ReportMarks, lines: list[str]) -> tuple[str | None, str | None]:
    """The first line that names a kind of document: as a feasibility report, or as another one.

    Within a line the other kind counts: 可行性研究报告评审会会议纪要 is a set of minutes.
    """
    for line in lines:
        if _matches(marks.other_titles, line):
            return None, line
        if _matches(marks.titles, line):
            return line, None
    return None, None


def _matches(patterns: tuple[str, ...], line: str) -> bool:
    return any(re.search(pattern, line) for pattern in patterns)


def _count_matches(patterns: tuple[str, ...], headings: list[str]) -> int:
    return sum(any(_matches((pattern,), line) for line in headings) for pattern in patterns)
