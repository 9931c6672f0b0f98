"""Lines of a report -> which of them are headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkers.decimal_chapters import (
    count_other_chapters,
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
# In points: so much larger than the text a title may be longer.
_MUCH_LARGER = 3.0
_LONGEST_LARGE = 40
# A look that only one line has is a cover line or an emphasis.
_FEWEST_OF_A_LOOK = 2
# A paragraph of text is at least so long; a line of a cover is shorter.
_TEXT_LENGTH = 30
# A skeleton without any text has at least so many chapters.
_FEWEST_BARE = 3
# Fewer short lines above text are salutations and labels, no chapters.
_FEWEST_LEADS = 4
_COLON = ("：", ":")


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
        self._drop_stray_chapter(accepted)
        self._accept_unnumbered(accepted)
        if not accepted:
            self._accept_bare(accepted)
        if not accepted:
            self._accept_leads(accepted)
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

    def _heads_text(self, line: ReportLine) -> bool:
        """Whether a table or running text follows at once."""
        position = self.positions[line.index] + 1
        if position >= len(self.lines):
            return False
        block = self.lines[position].block
        return bool(block.rows) or len(block.text) >= _TEXT_LENGTH

    def _begins_count(self, line: ReportLine) -> bool:
        """Whether the next line is a first chapter, as in a document that is appended."""
        position = self.positions[line.index] + 1
        if position >= len(self.lines):
            return False
        following = self.lines[position]
        return (
            following.can_head
            and following.number is not None
            and following.number.depth == 1
            and following.number.values[-1] == 1
        )

    def stands_out(self, line: ReportLine) -> bool:
        """Whether the line looks unlike the running text."""
        return stands_out(line, self.body)

    def _may_go_unnumbered(self, line: ReportLine) -> bool:
        """Whether a line is short for its size, and no smaller than the text as a cell is."""
        size, text_size = line.block.look.size, self.body.size
        is_large = bool(text_size) and size >= text_size + _MUCH_LARGER
        longest = _LONGEST_LARGE if is_large else _LONGEST_UNNUMBERED
        return len(line.title) <= longest and not 0 < size < text_size

    def _accept_chapters(self, accepted: dict[int, ReportLine]) -> None:
        for line in self.lines:
            if not line.can_head or line.number is None:
                continue
            is_annex = line.number.scheme == "appendix" and (
                line.block.starts_page
                or self.stands_out(line)
                or self._heads_text(line)
                or self._begins_count(line)
            )
            if line.number.scheme in _CHAPTER_SCHEMES or is_annex:
                accepted.setdefault(line.index, line)

    def _accept_decimals(self, accepted: dict[int, ReportLine]) -> None:
        """Accept 1.1 and deeper where they count on, stand out or have text below them."""
        last: tuple[int, ...] = ()
        for line in self.lines:
            number = line.number
            if (
                number is None
                or number.scheme != "decimal"
                or number.depth < 2
                or not line.can_head
            ):
                continue
            if (
                line.index in accepted
                or _counts_on(last, number.values)
                or self.stands_out(line)
                or self.has_text_below(line)
            ):
                accepted.setdefault(line.index, line)
                last = number.values

    def _accept_decimal_chapters(self, accepted: dict[int, ReportLine]) -> bool:
        """Accept the chapters 1, 2, 3 of the sections 1.1, 2.1; return whether there are any.

        Where there are, all other lines that begin with a single count are list items. Where
        chapters of another form are there, 1, 2, 3 count inside them and are judged as runs.
        """
        if not list_sections(accepted):
            return False
        if have_other_chapters(accepted):
            return True
        if count_other_chapters(accepted) >= _FEWEST_OF_A_LOOK:
            return False
        chapters = find_decimal_chapters(self.lines, accepted, self.stands_out)
        accepted.update({line.index: line for line in chapters})
        return len(chapters) >= _FEWEST_OF_A_LOOK

    def _accept_runs(self, scheme: Scheme, accepted: dict[int, ReportLine]) -> None:
        """Accept the runs of one form that are headings.

        Where styles use the form for chapters, other lines of it only fill gaps; the rest are
        list items.
        """
        members = [line for line in self.lines if self._may_count(line, scheme, accepted)]
        boundaries = [
            index
            for index, line in sorted(accepted.items())
            if line.number is None or line.number.key != (scheme, 1)
        ]
        stated = Counter(line.block.level for line in members if line.index in accepted)
        is_taken = bool(stated) and stated.most_common(1)[0][0] == 1
        for run in split_runs(members, boundaries):
            if any(line.index in accepted for line in run.lines) or (
                not is_taken
                and is_run_of_headings(
                    run, has_text_below=self.has_text_below, stands_out=self.stands_out
                )
            ):
                accepted.update({line.index: line for line in run.lines})

    def _may_count(self, line: ReportLine, scheme: Scheme, accepted: dict[int, ReportLine]) -> bool:
        if line.number is None or line.number.key != (scheme, 1):
            return False
        if line.index in accepted:
            return True
        return line.can_head and not (line.number.glued and not self.stands_out(line))

    def _accept_bare(self, accepted: dict[int, ReportLine]) -> None:
        """Accept the first run of 一、 二、 三、 of a report that is nothing but headings."""
        members = [line for line in self.lines if self._may_count(line, "chinese", accepted)]
        for run in split_runs(members, ()):
            if len(run.lines) >= _FEWEST_BARE:
                accepted.update({line.index: line for line in run.lines})
                return

    def _accept_leads(self, accepted: dict[int, ReportLine]) -> None:
        """Accept the short lines right above text, where nothing else shows the headings.

        They have no number, or one of a form that is rare or means a list item elsewhere.
        """
        leads = [
            line
            for line in self.lines
            if line.can_head
            and line.block.role != "title"
            and len(line.title) <= _LONGEST_UNNUMBERED
            and not line.title.endswith(_COLON)
            and self._heads_text(line)
        ]
        if len(leads) >= _FEWEST_LEADS:
            accepted.update({line.index: line for line in leads})

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
            and self._looks_like_heading(position)
            and (line.index > first or self._stands_above(line, first))
        ]
        counts = Counter(line.block.look for line in candidates)
        for line in candidates:
            look = line.block.look
            if look in known or counts[look] >= _FEWEST_OF_A_LOOK:
                accepted[line.index] = line

    def _stands_above(self, line: ReportLine, first: int) -> bool:
        """Whether a line before the first heading heads text or that heading, not the cover."""
        following = self.lines[self.positions[line.index] + 1]
        return following.index == first or len(following.block.text) >= _TEXT_LENGTH

    def _drop_stray_chapter(self, accepted: dict[int, ReportLine]) -> None:
        """Drop a lone 第三章 in plain type behind other headings: it is a reference."""
        for scheme in _CHAPTER_SCHEMES:
            found = [
                line for line in accepted.values() if line.number and line.number.scheme == scheme
            ]
            if len(found) != 1 or found[0].is_stated or self.stands_out(found[0]):
                continue
            if (
                sum(index < found[0].index for index in accepted) > 0
                and len(accepted) > _FEWEST_BARE
            ):
                del accepted[found[0].index]

    def _looks_like_heading(self, position: int) -> bool:
        line = self.lines[position]
        if line.number is not None or not line.can_head or line.block.role == "title":
            return False
        if not self.stands_out(line) or not self._may_go_unnumbered(line):
            return False
        if position + 1 >= len(self.lines):
            return False
        following = self.lines[position + 1]
        if following.block.rows or not following.can_head or following.number is not None:
            return True
        if following.is_stated or following.block.look != line.block.look:
            return True
        # A chapter right above its first section, both set alike; more in a row are a list.
        return self._heads_text(following)


def _counts_on(last: tuple[int, ...], values: tuple[int, ...]) -> bool:
    """Whether a decimal number may follow another one."""
    if not last:
        return values[-1] <= 1
    if values[-1] == 1:
        return values[:-1] >= last[: len(values) - 1]
    depth = len(values)
    return (
        last[: depth - 1] == values[:-1]
        and len(last) >= depth
        and (0 < values[-1] - last[depth - 1] <= 2)
    )


def find_headings(lines: Sequence[ReportLine]) -> list[ReportLine]:
    """Return the headings among the lines of a report (less its contents pages), in order."""
    positions = {line.index: position for position, line in enumerate(lines)}
    return HeadingFinder(lines, find_body_look(lines), positions).find()
