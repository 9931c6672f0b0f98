"""Blocks of any reader -> the outline of the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from checkers.contents_pages import find_contents, strip_page_number
from checkers.find_headings import find_headings
from checkers.heading_levels import assign_levels
from checkers.mend_lost_dots import mend_lost_dots
from checkers.outline import Block, FileKind, Outline, Place, Section
from checkers.report_line import ReportLine, read_lines
from checkers.source_block import SourceBlock
from checkers.split_run_in_lines import split_run_in_lines

_REPORT_TITLE = re.compile(r"(?:报告|建议书|方案|规划|设计|说明书|计划书?)(?:[（(].*[)）])?$")
# 可行性研究报告（报批稿） and the like, which name no project.
_LONGEST_DOCUMENT_KIND = 14
_COVER_ENTRY = re.compile(r"[:：]|^[\W\d]*$|编号|密级|版本")
_COVER_LINES = 25
_LONGEST_COVER_LINE = 60


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
        title=_find_title(text, levels) or _find_wrapping_title(root) or title,
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
    is_title = bool(_REPORT_TITLE.search(first.title))
    same_level = first.block.level is not None and first.block.level == second.block.level
    return headings[1:] if is_title and same_level and second.number is not None else headings


def _find_title(text: Sequence[ReportLine], levels: dict[int, int]) -> str:
    """Return the title on the cover: styled so, else the largest line that ends like one."""
    cover: list[ReportLine] = []
    for line in text[:_COVER_LINES]:
        if line.index in levels:
            break
        if not line.block.rows and len(line.block.text) <= _LONGEST_COVER_LINE:
            cover.append(line)
    styled = [line for line in cover if line.block.role == "title"]
    if styled:
        return styled[0].block.text.replace("\n", "")
    titled = [line for line in cover if _REPORT_TITLE.search(line.block.text)]
    if not titled:
        return ""
    best = max(titled, key=lambda line: (line.block.look.size, -line.index))
    title = best.block.text.replace("\n", "")
    if len(title) > _LONGEST_DOCUMENT_KIND:
        return title
    # The cover gives the project on one line and the kind of document on the next.
    return _project_above(cover, best) + title


def _find_wrapping_title(root: _Draft) -> str:
    """Return the title of the only top section where it is the report's own title."""
    if len(root.children) != 1 or not _REPORT_TITLE.search(root.children[0].title):
        return ""
    return root.children[0].title


def _project_above(cover: Sequence[ReportLine], kind: ReportLine) -> str:
    """Return the line above the kind of document where it names the project."""
    above = next((line for line in cover if line.index == kind.index - 1), None)
    if above is None or _COVER_ENTRY.search(above.block.text):
        return ""
    # The first line of a wrapped title fills the page, so that only its size is that of the last.
    same = (
        above.block.look.centred == kind.block.look.centred
        or 0 < above.block.look.size == kind.block.look.size
    )
    return above.block.text.replace("\n", "") if same else ""
