"""Report index -> what a template left in headings, text, tables and on the cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checkers.compile_checks import CompiledCheck
from checkers.compile_terms import normalize_text
from checkers.index_report import ReportIndex, SectionPath, shorten
from checkers.observation import Observation
from checkers.outline import Place

MOST_PLACES = 8


class _Line(NamedTuple):
    text: str
    place: Place
    path: SectionPath | None
    raw: str


def look_for_leftovers(index: ReportIndex, check: CompiledCheck) -> list[Observation]:
    """The first places with something left over; each tells how many there are in all."""
    spared = _spare_names(index, check)
    found = {(line.place, line.text): line for line in _list_lines(index, check, spared)}
    return [
        Observation(
            evidence=_cut_around(check, line, spared),
            paths=(line.path,) if line.path else (),
            place=line.place,
            count=len(found),
        )
        for line in list(found.values())[:MOST_PLACES]
    ]


def _spare_names(index: ReportIndex, check: CompiledCheck) -> str:
    """What stands for names that were left out on purpose: the title has it too."""
    title = normalize_text(index.report.outline.title)
    match = check.anonymous.search(title)
    return match[0] if match else ""


def _list_lines(index: ReportIndex, check: CompiledCheck, spared: str) -> Iterator[_Line]:
    """The lines of cover, tables, headings and text that hold a leftover."""
    cue = (check.id, 0)
    for margin in index.margins.get(cue, ()):
        if _has_leftover(check, margin.text, spared):
            yield _Line(margin.text, margin.place, None, margin.raw)
    for path in index.titled(cue):
        section = path[-1].section
        title = normalize_text(section.title)
        if _has_leftover(check, title, spared):
            yield _Line(title, section.place, path, section.heading)
    for sentence in index.sentences(cue):
        if not _has_leftover(check, sentence.text, spared):
            continue
        block = index.block_at(sentence.start)
        # The cells of tables have been listed with the margins.
        if not block.is_table:
            path = index.path_at(sentence.start)
            yield _Line(sentence.text, block.place, path, index.quote(sentence))


def _leftovers(check: CompiledCheck, text: str, spared: str) -> Iterator[re.Match[str]]:
    for match in check.leftovers.finditer(text):
        if not spared or match[0] != spared:
            yield match


def _has_leftover(check: CompiledCheck, text: str, spared: str) -> bool:
    if check.ignored.search(text):
        return False
    return any(True for _ in _leftovers(check, text, spared))


def _cut_around(check: CompiledCheck, line: _Line, spared: str) -> str:
    """The words around what was left over, where the line is long."""
    match = next(_leftovers(check, normalize_text(line.raw), spared), None)
    start = max(0, match.start() - 20) if match else 0
    return shorten(line.raw[start:])
