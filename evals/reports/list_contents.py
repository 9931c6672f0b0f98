"""Numbered headings -> the lines of a contents page, with the noise that real ones have."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evals.reports.number_headings import NumberedNode, number_nodes
from evals.reports.report_tree import Report, Table

CONTENTS_DEPTH = 2
_FIRST_PAGE = 3
_CHARACTERS_A_PAGE = 620


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsLine:
    """A line of the contents page: level from 1, the heading, and a page number."""

    level: int
    heading: str
    page: int


Leader = Callable[[ContentsLine], str]

LEADERS: dict[str, Leader] = {
    "dots": lambda line: f"{line.heading}{'.' * (60 - 2 * len(line.heading))}{line.page}",
    "ellipsis": lambda line: f"{line.heading}{'…' * 12}{line.page}",
    "dashes": lambda line: f"{line.heading}{'-' * 24}{line.page}",
    "broken": lambda line: f"{line.heading}. .{line.page}",
    "tab": lambda line: f"{line.heading}\t{line.page}",
    "glued": lambda line: f"{line.heading}{line.page}",
}


def list_contents(report: Report) -> list[ContentsLine]:
    """The lines of the report's contents page, pages estimated from the length of the text."""
    chapters = report.contents if report.contents is not None else report.chapters
    return _list_lines(number_nodes(chapters, report.numbering))


def _list_lines(nodes: Iterable[NumberedNode]) -> list[ContentsLine]:
    lines: list[ContentsLine] = []
    written = 0
    for numbered in nodes:
        page = _FIRST_PAGE + written // _CHARACTERS_A_PAGE
        if numbered.level <= CONTENTS_DEPTH and numbered.node.is_seen:
            lines.append(ContentsLine(level=numbered.level, heading=numbered.heading, page=page))
        written += 40 + sum(
            len(block) if not isinstance(block, Table) else 30 * len(block.rows)
            for block in numbered.node.body
        )
    return lines
