"""Marked report -> an index that the rules ask: what says it, and where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from checkers.compile_checks import CompiledChecks
from checkers.compile_terms import CueKey, Match, normalize_text
from checkers.grade_sentences import Sentence
from checkers.join_bodies import MarkedSection
from checkers.mark_report import MarkedReport
from checkers.outline import Block, Place

LONGEST_EVIDENCE = 60


class Margin(NamedTuple):
    """A line beside the bodies: of the cover, or a cell of a table; ``text`` is normalised."""

    text: str
    raw: str
    place: Place


SectionPath = tuple[MarkedSection, ...]
"""A section behind those around it, outermost first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIndex:
    """A report with the words of all rules found in it.

    Attributes:
        paths: of all sections in reading order.
        starts: offsets of their bodies.
        block_starts: offsets of the blocks.
        cues: sentences, by index, that hold a word of a group.
        headings: the same for sections.
        margins: the same for lines of the cover and cells of tables.
    """

    report: MarkedReport
    paths: tuple[SectionPath, ...]
    starts: tuple[int, ...]
    block_starts: tuple[int, ...]
    cues: Mapping[CueKey, tuple[int, ...]]
    headings: Mapping[CueKey, tuple[int, ...]]
    margins: Mapping[CueKey, tuple[Margin, ...]]

    def sentences(self, cue: CueKey) -> Iterator[Sentence]:
        """The sentences with a word of a group, in order; nothing in them is blotted out."""
        for index in self.cues.get(cue, ()):
            sentence = self.report.sentences[index]
            end = sentence.start + len(sentence.text)
            yield sentence._replace(text=self.report.plain[sentence.start : end])

    def titled(self, cue: CueKey) -> Iterator[SectionPath]:
        """The sections with a word of a group in their heading."""
        for index in self.headings.get(cue, ()):
            yield self.paths[index]

    def path_at(self, offset: int) -> SectionPath:
        """The section that an offset lies in, with those around it."""
        # Of several that begin there, only the last one has a body of its own.
        return self.paths[max(bisect_right(self.starts, offset) - 1, 0)]

    def block_at(self, offset: int) -> Block:
        """The paragraph or table that an offset lies in."""
        return self.report.blocks[bisect_right(self.block_starts, offset) - 1][1]

    def says_anything(self, section: MarkedSection) -> bool:
        """Whether a heading has live text below it."""
        totals = self.report.totals.counts["live"]
        first, behind = self.report.bounds(section.start, section.end)
        return totals[behind] > totals[first]

    def quote(self, sentence: Sentence, start: int = 0, end: int | None = None) -> str:
        """A sentence, or a slice of one, as the author wrote it, cut where it is long."""
        block = self.block_at(sentence.start)
        if block.is_table:
            return shorten(_quote_row(block, sentence.text))
        offset = sentence.start - self.report.blocks[self._block_index(sentence.start)][0]
        plain = normalize_text(block.text)
        text = block.text if len(plain) == len(block.text) else plain
        behind = len(sentence.text) if end is None else end
        return shorten(text[offset + start : offset + behind])

    def _block_index(self, offset: int) -> int:
        return bisect_right(self.block_starts, offset) - 1


def index_report(report: MarkedReport, checks: CompiledChecks) -> ReportIndex:
    """The index of a report; every text is searched once for the words of all rules."""
    paths = tuple(path for chapter in report.chapters for path in _walk_paths(chapter, ()))
    return ReportIndex(
        report=report,
        paths=paths,
        starts=tuple(path[-1].start for path in paths),
        block_starts=tuple(start for start, _ in report.blocks),
        cues=_list_lines(
            checks, report.plain, report.starts, report.searched.match(checks.cues, report.plain)
        ),
        headings=_find_titles(checks, paths),
        margins=_find_margins(checks, report),
    )


def shorten(text: str) -> str:
    """A text of at most ``LONGEST_EVIDENCE`` characters on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_EVIDENCE else line[: LONGEST_EVIDENCE - 1] + "…"


def _walk_paths(section: MarkedSection, above: SectionPath) -> Iterator[SectionPath]:
    path = (*above, section)
    yield path
    for child in section.children:
        yield from _walk_paths(child, path)


def _find_lines(
    checks: CompiledChecks, text: str, starts: tuple[int, ...]
) -> dict[CueKey, tuple[int, ...]]:
    return _list_lines(checks, text, starts, checks.cues.match(text))


def _list_lines(
    checks: CompiledChecks, text: str, starts: tuple[int, ...], matches: list[Match]
) -> dict[CueKey, tuple[int, ...]]:
    found = checks.cues.find_lines(text, starts, matches)
    return {cue: tuple(dict.fromkeys(lines)) for cue, lines in found.items()}


def _find_titles(
    checks: CompiledChecks, paths: tuple[SectionPath, ...]
) -> dict[CueKey, tuple[int, ...]]:
    titles = [normalize_text(path[-1].section.title) for path in paths]
    return _find_lines(checks, "\n".join(titles), _line_starts(titles))


def _find_margins(checks: CompiledChecks, report: MarkedReport) -> dict[CueKey, tuple[Margin, ...]]:
    margins = tuple(_list_margins(report))
    texts = [margin.text for margin in margins]
    found = _find_lines(checks, "\n".join(texts), _line_starts(texts))
    return {cue: tuple(margins[index] for index in lines) for cue, lines in found.items()}


def _list_margins(report: MarkedReport) -> Iterator[Margin]:
    """Lines of the cover and cells of all tables: empty forms are no part of the bodies."""
    tables = [block for _, block in report.blocks if block.is_table]
    read: dict[str, str] = {}
    for block in (*report.outline.preamble, *tables):
        cells = [cell for row in block.rows for cell in row] or [block.text]
        for raw in dict.fromkeys(cells):
            text = read.get(raw)
            if text is None:
                text = read[raw] = normalize_text(raw).replace("\n", " ").strip()
            if text:
                yield Margin(text, raw.strip(), block.place)


def _line_starts(lines: list[str]) -> tuple[int, ...]:
    starts, offset = [], 0
    for line in lines:
        starts.append(offset)
        offset += len(line) + 1
    return tuple(starts)


def _quote_row(block: Block, text: str) -> str:
    """The row of a table that a sentence was made of."""
    words = [piece.strip() for piece in text.split("\t") if piece.strip()]
    for row in block.rows:
        line = normalize_text("\t".join(row))
        if all(word in line for word in words):
            return " ".join(cell for cell in row if cell.strip())
    return " ".join(words)
