"""Blocks of any reader -> the outline of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from checkers.contents_pages import find_contents, strip_page_number
from checkers.find_headings import find_headings
from checkers.find_title import (
    REPORT_TITLE,
    clean_property_title,
    find_named_project,
    find_title,
)
from checkers.heading_levels import assign_levels
from checkers.mend_lost_dots import mend_lost_dots
from checkers.outline import Block, FileKind, Outline, Place, Section
from checkers.report_line import ReportLine, read_lines
from checkers.source_block import SourceBlock
from checkers.split_run_in_lines import split_run_in_lines


@dataclass(slots=True)
class _Draft:
    """A section while its body and children are being collected."""

    level: int
    number: str
    title: str
    place: Place
    body: list[Block] = field(default_factory=list)
    children: list[_Draft] = field(default_factory=list)

    def freeze(self) -> Section:
        """Return the finished section."""
        return Section(
            level=self.level,
            number=self.number,
            title=self.title,
            place=self.place,
            body=tuple(self.body),
            children=tuple(child.freeze() for child in self.children),
        )


def build_outline(
    blocks: Sequence[SourceBlock],
    *,
    kind: FileKind,
    title: str = "",
    pages: int | None = None,
    unread_pages: tuple[int, ...] = (),
) -> Outline:
    """Return the outline of a report.

    Args:
        blocks: all paragraphs and tables in reading order.
        kind: type of the file, by content.
        title: from the file's properties, taken where the cover shows none.
        pages: number of pages; None where the format has none.
        unread_pages: pages that gave no text, from 1.
    """
    lines = read_lines(split_run_in_lines(blocks))
    contents = find_contents(lines)
    text = mend_lost_dots([line for line in lines if line.index not in contents])
    headings = _drop_report_title(find_headings(text))
    levels = dict(zip((line.index for line in headings), assign_levels(headings), strict=True))
    root = _nest(text, levels)
    return Outline(
        kind=kind,
        title=find_title(text, levels)
        or _find_wrapping_title(root)
        or clean_property_title(title)
        or find_named_project(text),
        preamble=tuple(root.body),
        sections=tuple(child.freeze() for child in root.children),
        contents_lines=tuple(
            strip_page_number(_joined(line)) for line in lines if line.index in contents
        ),
        pages=pages,
        unread_pages=unread_pages,
    )


def _joined(line: ReportLine) -> str:
    return f"{line.block.number} {line.block.text}".strip()


def _nest(text: Sequence[ReportLine], levels: dict[int, int]) -> _Draft:
    """Collect bodies under their headings, and headings under those of a higher level."""
    root = _Draft(level=0, number="", title="", place=Place())
    stack = [root]
    for line in text:
        level = levels.get(line.index)
        if level is None:
            stack[-1].body.append(_make_block(line))
            continue
        while stack[-1].level >= level:
            stack.pop()
        draft = _Draft(
            level=level,
            number=line.block.number if line.number is None else line.number.printed,
            title=line.title.rstrip("：:"),
            place=line.block.place,
        )
        stack[-1].children.append(draft)
        stack.append(draft)
    return root


def _make_block(line: ReportLine) -> Block:
    block = line.block
    text = f"{block.number} {block.text}" if block.number and not block.rows else block.text
    return Block(text=text, rows=block.rows, place=block.place)


def _drop_report_title(headings: list[ReportLine]) -> list[ReportLine]:
    """Drop the report's own title where it carries a heading style but heads no chapters."""
    if len(headings) < 2 or headings[0].number is not None:
        return headings
    first, second = headings[0], headings[1]
    is_title = bool(REPORT_TITLE.search(first.title))
    same_level = first.block.level is not None and first.block.level == second.block.level
    return headings[1:] if is_title and same_level and second.number is not None else headings


def _find_wrapping_title(root: _Draft) -> str:
    """Return the title of the only top section where it is the report's own title."""
    if len(root.children) != 1 or not REPORT_TITLE.search(root.children[0].title):
        return ""
    return root.children[0].title
