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
    """Whether a document is a feasibility report, and a Chinese sentence that says why."""

    is_feasibility_report: bool
    evidence: str


def tell_feasibility_report(outline: Outline, marks: ReportMarks) -> ReportKind:
    """The kind of document; in doubt the chapters outweigh the title."""
    titles = _title_lines(outline)
    headings = _upper_headings(outline)
    named = _first_match(marks.titles, titles)
    other = None if named else _first_match(marks.other_titles, titles)
    chapters = _count_matches(marks.chapters, headings)
    strange = _count_matches(marks.other_chapters, headings)
    points = chapters + (TITLE_WEIGHT if named else 0) - 2 * strange - (3 if other else 0)
    is_report = chapters >= 1 and points >= marks.fewest_chapters
    told = f"题名“{named or other}”，" if named or other else "题名未写明文种，"
    found = f"章节中有{chapters}类可行性研究报告常见内容"
    foreign = f"，另有{strange}类不属于可研报告的内容" if strange else ""
    verdict = "按可行性研究报告检查" if is_report else "看来不是可行性研究报告"
    return ReportKind(
        is_feasibility_report=is_report, evidence=f"{told}{found}{foreign}，{verdict}。"
    )


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


def _first_match(patterns: tuple[str, ...], lines: list[str]) -> str | None:
    return next(
        (line for line in lines if any(re.search(pattern, line) for pattern in patterns)), None
    )


def _count_matches(patterns: tuple[str, ...], headings: list[str]) -> int:
    return sum(any(re.search(pattern, line) for line in headings) for pattern in patterns)
