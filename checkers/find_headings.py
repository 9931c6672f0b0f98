"""Lines of a report -> which of them are headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkers.decimal_chapters import (
    find_decimal_chapters,
    have_other_chapters,
    list_sections,
)
from checkers.heading_numbers import Scheme
from checkers.number_runs import is_run_of_headings, split_runs
from checkers.report_line import ReportLine, find_body_look, stands_out
from checkers.source_block import Look

# Forms whose lines are judged by their runs, in the order in which they stand in each other.
_RUN_SCHEMES: tuple[Scheme, ...] = ("article", "chinese", "chinese_paren")
# Forms that are list items unless they stand out.
_LIST_SCHEMES: frozenset[Scheme] = frozenset({"arabic_paren", "half_paren", "circled"})
_CHAPTER_SCHEMES: frozenset[Scheme] = frozenset({"part", "chapter", "section"})
_LONGEST_UNNUMBERED = 25
# A look that only one line has is a cover line or an emphasis.
_FEWEST_OF_A_LOOK = 2
_TEXT_LENGTH = 30


@dataclass(frozen=True, slots=True)
class HeadingFinder:
    """The lines of a report with what is needed to judge each of them."""

    lines: Sequence[ReportLine]
    body: Look
    positions: Mapping[int, int]

    def find(self) -> list[ReportLine]:
        """Return the headings in reading order."""
        accepted = {line.index: line for line in self.lines if line.is_stated}
        self._accept_chapters(accepted)
        self._accept_decimals(accepted)
        for scheme in _RUN_SCHEMES:
            self._accept_runs(scheme, accepted)
        if not self._accept_decimal_chapters(accepted):
            self._accept_runs("decimal", accepted)
            self._accept_runs("enumerated", accepted)
        self._accept_lists(accepted)
        self._accept_unnumbered(accepted)
        return [accepted[index] for index in sorted(accepted)]

    def has_text_below(self, line: ReportLine) -> bool:
        """Whether something other than a line of the same form follows."""
        position = self.positions[line.index] + 1
        if position >= len(self.lines):
            return False
        following = self.lines[position]
        if following.number is None or line.number is None:
            return True
        return not following.can_head or following.number.key != line.number.key

    def stands_out(self, line: ReportLine) -> bool:
        """Whether the line looks unlike the running text."""
        return stands_out(line, self.body)

    def _accept_chapters(self, accepted: dict[int, ReportLine]) -> None:
        for line in self.lines:
            if not line.can_head or line.number is None:
                continue
            is_annex = line.number.scheme == "appendix" and (
                line.block.starts_page or self.stands_out(line)
            )
            if line.number.scheme in _CHAPTER_SCHEMES or is_annex:
                accepted.setdefault(line.index, line)

    def _accept_decimals(self, accepted: dict[int, ReportLine]) -> None:
        """Accept 1.1 and deeper where they count on, and the chapters 1, 2, 3 above them."""
        last: tuple[int, ...] = ()
        for line in self.lines:
            number = line.number
            if number is None or number.scheme != "decimal" or number.depth < 2 or not line.can_head:
                continue
            if line.index in accepted or _counts_on(last, number.values) or self.stands_out(line):
                accepted.setdefault(line.index, line)
                last = number.values

    def _accept_decimal_chapters(self, accepted: dict[int, ReportLine]) -> bool:
        """Accept the chapters 1, 2, 3 of the sections 1.1, 2.1; return whether there are any.

        Where there are, all other lines that begin with a single count are list items.
        """
        if not list_sections(accepted) or have_other_chapters(accepted):
            return False
        chapters = find_decimal_chapters(self.lines, accepted, self.stands_out)
        accepted.update({line.index: line for line in chapters})
        return len(chapters) >= _FEWEST_OF_A_LOOK

    def _accept_runs(self, scheme: Scheme, accepted: dict[int, ReportLine]) -> None:
        """Accept the runs of one form that are headings."""
        members = [line for line in self.lines if self._may_count(line, scheme, accepted)]
        boundaries = [
            index
            for index, line in sorted(accepted.items())
            if line.number is None or line.number.key != (scheme, 1)
        ]
        for run in split_runs(members, boundaries):
            if any(line.index in accepted for line in run.lines) or is_run_of_headings(
                run, has_text_below=self.has_text_below, stands_out=self.stands_out
            ):
                accepted.update({line.index: line for line in run.lines})

    def _may_count(
        self, line: ReportLine, scheme: Scheme, accepted: dict[int, ReportLine]
    ) -> bool:
        if line.number is None or line.number.key != (scheme, 1):
            return False
        if line.index in accepted:
            return True
        return line.can_head and not (line.number.glued and not self.stands_out(line))

    def _accept_lists(self, accepted: dict[int, ReportLine]) -> None:
        for line in self.lines:
            if (
                line.can_head
                and line.number is not None
                and line.number.scheme in _LIST_SCHEMES
                and self.stands_out(line)
                and self.has_text_below(line)
            ):
                accepted.setdefault(line.index, line)

    def _accept_unnumbered(self, accepted: dict[int, ReportLine]) -> None:
        """Accept lines without a number that look as headings do, and have text below."""
        first = min(accepted, default=-1)
        known = {line.block.look for line in accepted.values()}
        candidates = [
            line
            for position, line in enumerate(self.lines)
            if line.index not in accepted
            and line.index > first
            and self._looks_like_heading(position)
        ]
        counts = Counter(line.block.look for line in candidates)
        for line in candidates:
            look = line.block.look
            if look in known or counts[look] >= _FEWEST_OF_A_LOOK:
                accepted[line.index] = line

    def _looks_like_heading(self, position: int) -> bool:
        line = self.lines[position]
        if line.number is not None or not line.can_head or line.block.role == "title":
            return False
        if len(line.title) > _LONGEST_UNNUMBERED or not self.stands_out(line):
            return False
        if position + 1 >= len(self.lines):
            return False
        following = self.lines[position + 1]
        if following.block.rows or not following.can_head or following.number is not None:
            return True
        return following.is_stated or following.block.look != line.block.look


def _counts_on(last: tuple[int, ...], values: tuple[int, ...]) -> bool:
    """Whether a decimal number may follow another one."""
    if not last:
        return values[-1] <= 1
    if values[-1] == 1:
        return values[:-1] >= last[: len(values) - 1]
    depth = len(values)
    return last[: depth - 1] == values[:-1] and len(last) >= depth and (
        0 < values[-1] - last[depth - 1] <= 2
    )


def find_headings(lines: Sequence[ReportLine]) -> list[ReportLine]:
    """Return the headings among the lines of a report (less its contents pages), in order."""
    positions = {line.index: position for position, line in enumerate(lines)}
    return HeadingFinder(lines, find_body_look(lines), positions).find()
