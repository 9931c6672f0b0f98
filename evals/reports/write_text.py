"""A report -> Markdown or plain text, as people type it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from evals.reports.list_contents import LEADERS, list_contents
from evals.reports.number_headings import NumberedNode, number_nodes
from evals.reports.report_tree import Content, Report

Encoding = Literal["utf-8", "utf-8-sig", "gb18030", "utf-16"]

_TEXT_LEADER = "dots"
_DEEPEST_MARK = 6
_LINE_CHARACTERS = 40


def write_markdown(report: Report, path: Path) -> Path:
    """Write Markdown: the title above the chapters where the report is wrapped, else as text."""
    title = f"# {report.title}" if report.wrapped else f"**{report.title}**"
    lines = [title, "", f"{report.owner}　{report.date}", ""]
    for numbered in number_nodes(report.chapters, report.numbering):
        marks = "#" * min(numbered.level + report.wrapped, _DEEPEST_MARK)
        lines += [f"{marks} {numbered.heading.strip()}", ""]
        for block in numbered.node.body:
            lines += [*_print_markdown(block), ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write_text(report: Report, path: Path, *, encoding: Encoding, is_wrapped: bool) -> Path:
    """Write plain text with typed numbers and a contents page.

    Args:
        report: to be written.
        path: of the file.
        encoding: of the file.
        is_wrapped: whether lines are broken after 40 characters, as in a text taken from a PDF.
    """
    lines = [report.title, f"编制单位：{report.owner}", report.date, "", "目  录"]
    lines += [LEADERS[_TEXT_LEADER](line) for line in list_contents(report)]
    for numbered in number_nodes(report.chapters, report.numbering):
        lines += _print_section(numbered, is_wrapped=is_wrapped)
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def _print_section(numbered: NumberedNode, *, is_wrapped: bool) -> Iterator[str]:
    if numbered.level == 1:
        yield ""
    yield numbered.heading
    for block in numbered.node.body:
        if isinstance(block, str):
            yield from _break_lines(f"　　{block}") if is_wrapped else (f"    {block}",)
        else:
            yield from ("\t".join(row) for row in block.rows)


def _break_lines(paragraph: str) -> Iterator[str]:
    for start in range(0, len(paragraph), _LINE_CHARACTERS):
        yield paragraph[start : start + _LINE_CHARACTERS]


def _print_markdown(block: Content) -> Iterator[str]:
    if isinstance(block, str):
        yield block
        return
    head, *rows = block.rows
    yield _print_row(head)
    yield _print_row(("---",) * len(head))
    yield from map(_print_row, rows)


def _print_row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
