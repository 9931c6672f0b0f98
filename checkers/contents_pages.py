"""Lines of a report -> which of them belong to its contents pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from checkers.heading_numbers import HeadingNumber, Scheme
from checkers.report_line import ReportLine, may_end_in_leaders

_CONTENTS_TITLE = re.compile(
    r"^(?:图表|插图|附图|附表|图|表)?目\s*[录次]$|^(?:table of )?contents$", re.I
)
_LEADERS = re.compile(
    r"(?:[.…·・•．。_]\s*){2,}[-—]?\s*(?:\d{1,4}|[ivxIVX]{1,5})?\s*[-—]?$"
    r"|[-—－]{3,}\s*\d{1,4}$"
    r"|\t+\s*[-—]?\s*(?:\d{1,4}|[ivxIVX]{1,5})\s*[-—]?$"
)
_DOTTED = re.compile(r"(?:[.…·・•．。_]\s*){3,}\s*\d{1,4}\s*$|…{2,}\s*\d{1,4}\s*$")
_PAGE_NUMBER = re.compile(r"(?P<title>.*?[一-鿿A-Za-z）)》”])\s*(?P<page>\d{1,3})$")
_DEBRIS = re.compile(r"[\s.…·・•．。_\-—－]+")
# Lines between two lines with leaders that still belong to the contents (a wrapped title).
_WIDEST_GAP = 3
_FEWEST_LINES = 3
_FEWEST_REPEATED = 4
_ENOUGH = 0.6
_LONGEST_LINE = 80
# Leaders set as ". . ." take two characters each; beyond this a line of dots is an attack.
_LONGEST_WITH_LEADERS = 400
# Contents without a title above them still stand in the first part of a report.
_FRONT_SHARE = 0.34
_LIST_SCHEMES: frozenset[Scheme] = frozenset({"arabic_paren", "half_paren", "circled"})


def find_contents(lines: Sequence[ReportLine]) -> frozenset[int]:
    """Return the block indexes of contents lines and of the titles above them.

    Evidence is, in this order: styles and fields of the file; leaders and page numbers; the
    title 目录 with short lines below it up to where they begin again; adjacent headings without
    text between them that all come again later.
    """
    found = {line.index for line in lines if line.block.role in {"contents", "contents_title"}}
    found |= _find_leaders(lines)
    found |= _find_below_title(lines, found)
    found |= _find_repeated(lines, found)
    return frozenset(found)


def strip_page_number(text: str) -> str:
    """Return a contents line without leaders and page number."""
    match = _PAGE_NUMBER.match(_LEADERS.sub("", text).strip())
    return match["title"] if match else _LEADERS.sub("", text).strip()


def is_contents_title(line: ReportLine) -> bool:
    """Whether a line is the title of contents pages."""
    return bool(_CONTENTS_TITLE.match(line.block.text.strip()))


def _has_leaders(line: ReportLine) -> bool:
    text = line.block.text.strip()
    if line.block.rows or len(text) > _LONGEST_WITH_LEADERS or not may_end_in_leaders(text):
        return False
    match = _LEADERS.search(text)
    return match is not None and match.start() <= _LONGEST_LINE


def _find_leaders(lines: Sequence[ReportLine]) -> set[int]:
    """Find the stretches of lines with leaders or tabbed page numbers."""
    marked = [position for position, line in enumerate(lines) if _has_leaders(line)]
    found = {
        lines[position].index
        for position in marked
        if lines[position].number is not None and _DOTTED.search(lines[position].block.text)
    }
    for group in _group(marked, _WIDEST_GAP):
        if len(group) < _FEWEST_LINES:
            continue
        between = range(group[0], group[-1] + 1)
        found |= {lines[p].index for p in between if p in group or _is_short(lines[p])}
        for position in range(group[-1] + 1, len(lines)):
            if not _ends_in_page_number(lines[position]):
                break
            found.add(lines[position].index)
        if group[0] and is_contents_title(lines[group[0] - 1]):
            found.add(lines[group[0] - 1].index)
    return found


def _group(positions: Sequence[int], widest: int) -> Iterator[list[int]]:
    """Split ascending positions where the gap is wider than allowed."""
    group: list[int] = []
    for position in positions:
        if group and position - group[-1] > widest:
            yield group
            group = []
        group.append(position)
    if group:
        yield group


def _is_short(line: ReportLine) -> bool:
    text = line.block.text
    if _has_leaders(line):
        return True
    return not line.block.rows and len(text) <= _LONGEST_LINE and not text.endswith(("。", "；"))


def _ends_in_page_number(line: ReportLine) -> bool:
    return line.number is not None and bool(_PAGE_NUMBER.match(line.block.text.strip()))


def _key(line: ReportLine) -> str:
    """The line as it would read in the body: no leaders, page number or blanks."""
    number = "" if line.number is None else line.number.printed
    return _DEBRIS.sub("", number + strip_page_number(line.title))


def _find_below_title(lines: Sequence[ReportLine], found: set[int]) -> set[int]:
    """Find the short lines below a contents title, up to where the report itself begins."""
    below: set[int] = set()
    for position, line in enumerate(lines):
        if not is_contents_title(line) or line.index in below:
            continue
        below.add(line.index)
        end = _find_end(lines, position + 1, found)
        below |= {lines[p].index for p in range(position + 1, end)}
    return below


def _find_end(lines: Sequence[ReportLine], start: int, found: set[int]) -> int:
    """Return the position of the first line that is no longer contents."""
    keys: set[str] = set()
    first: HeadingNumber | None = None
    for position in range(start, len(lines)):
        line = lines[position]
        if line.index in found:
            keys.add(_key(line))
            continue
        is_again = _key(line) in keys and _may_restart(line, lines[start], first)
        if not _is_short(line) or is_again:
            return _step_back(lines, start, position, found)
        if keys and _begins_new_part(line):
            return position
        if first is not None and line.number is not None and _counts_alike(line.number, first):
            return position
        first = first or line.number
        keys.add(_key(line))
    return start


def _may_restart(line: ReportLine, top: ReportLine, first: HeadingNumber | None) -> bool:
    """Whether a line that comes again begins the report: a chapter does, a section need not.

    Contents may list the same section (小结) below each chapter.
    """
    if first is None:
        return _key(line) == _key(top)
    return line.number is not None and line.number.key == first.key


def _begins_new_part(line: ReportLine) -> bool:
    """Whether a page break was set before the line; in a PDF every page begins somewhere."""
    block = line.block
    return block.starts_page and block.place.page is None and not _ends_in_page_number(line)


def _counts_alike(number: HeadingNumber, first: HeadingNumber) -> bool:
    return number.key == first.key and number.values == first.values


def _step_back(lines: Sequence[ReportLine], start: int, end: int, found: set[int]) -> int:
    """Give back the heading right above the first text, which is no contents line."""
    if end < len(lines) and _key(lines[end]) in {_key(line) for line in lines[start:end]}:
        return end
    last = end - 1
    if last >= start and lines[last].index not in found and not _ends_in_page_number(lines[last]):
        return last
    return end


def _find_repeated(lines: Sequence[ReportLine], found: set[int]) -> set[int]:
    """Find adjacent numbered lines that all come again, or that all end in a page number."""
    candidates = [
        position
        for position, line in enumerate(lines)
        if line.number is not None
        and line.number.scheme not in _LIST_SCHEMES
        and line.index not in found
        and _is_short(line)
    ]
    last_seen = {_key(lines[position]): position for position in candidates}
    repeated: set[int] = set()
    for group in _group(candidates, 1):
        if len(group) < _FEWEST_REPEATED or group[0] > len(lines) * _FRONT_SHARE:
            continue
        end = _find_restart(lines, group)
        part = [p for p in group if p < end]
        if len(part) >= _FEWEST_REPEATED and (
            _all_come_again(lines, part, last_seen) or _count_pages(lines, part)
        ):
            repeated |= {lines[position].index for position in part}
    return repeated


def _find_restart(lines: Sequence[ReportLine], group: Sequence[int]) -> int:
    """Return where a stretch of adjacent numbered lines begins again, else its end."""
    first = _key(lines[group[0]])
    for position in group[1:]:
        if _key(lines[position]) == first:
            return position
    return group[-1] + 1


def _all_come_again(
    lines: Sequence[ReportLine], group: Sequence[int], last_seen: Mapping[str, int]
) -> bool:
    again = sum(last_seen[_key(lines[position])] > group[-1] for position in group)
    return again >= len(group) * _ENOUGH


def _count_pages(lines: Sequence[ReportLine], group: Sequence[int]) -> bool:
    """Whether nearly all lines end in numbers that never fall, as page numbers do."""
    pages: list[int] = []
    for position in group:
        match = _PAGE_NUMBER.match(lines[position].block.text.strip())
        if match:
            pages.append(int(match["page"]))
    rising = all(one <= two for one, two in pairwise(pages))
    return len(pages) >= len(group) * _ENOUGH and rising
