"""A builder for the outline tests: blocks from lines in a short notation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from make_docx import TEXT

from checkers.build_outline import build_outline
from checkers.outline import Outline, Place
from checkers.source_block import Look, SourceBlock

PLAIN, BOLD, LARGE = Look(size=12), Look(size=12, bold=True), Look(size=16, bold=True)


def make_block(line: str) -> SourceBlock:
    """Return the block of a line.

    ``.`` is a paragraph of text, ``|a|b`` a row of a table, ``#1 x`` a heading by style of level
    1, ``*x`` a bold line, ``!x`` a large bold line; anything else is a plain paragraph.
    """
    if line == ".":
        return SourceBlock(text=TEXT, look=PLAIN)
    if line.startswith("|"):
        return SourceBlock(text=line[1:], rows=(tuple(line[1:].split("|")),))
    if line.startswith("#"):
        return SourceBlock(text=line[3:], role="heading", level=int(line[1]), look=LARGE)
    if line.startswith("*"):
        return SourceBlock(text=line[1:], look=BOLD)
    if line.startswith("!"):
        return SourceBlock(text=line[1:], look=LARGE)
    return SourceBlock(text=line, look=PLAIN)


def outline_of(lines: str | Iterable[str]) -> Outline:
    """Return the outline of lines, given as a list or one below the other."""
    if isinstance(lines, str):
        lines = [line.strip() for line in lines.strip().splitlines()]
    blocks = [make_block(line) for line in lines]
    return build_outline([_number(b, n) for n, b in enumerate(blocks, start=1)], kind="docx")


def _number(block: SourceBlock, count: int) -> SourceBlock:
    return replace(block, place=Place(paragraph=count))


def tree(outline: Outline) -> str:
    """Return the headings one a line, indented by two blanks a level."""
    return "\n".join("  " * (s.level - 1) + s.heading for s in outline.walk())
