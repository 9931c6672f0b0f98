"""Plain text -> blocks: paragraphs as typed, tables where cells are told apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from checkers.heading_numbers import split_heading
from checkers.outline import Place
from checkers.source_block import SourceBlock

_RULE = re.compile(r"^[\s=\-—_*~#+|─━═]{3,}$")
_CELLS = re.compile(r"\t+| *\| *| *│ *")
_FEWEST_ROWS = 2
_INDENT = re.compile(r"^(?:\u3000|\s{2,}|\t)")
_LATIN_END = re.compile(r"[A-Za-z0-9,.;)]$")
_LATIN_START = re.compile(r"^[A-Za-z0-9(]")
_SENTENCE_END = tuple("。！？；：!?;:")
# Editors break lines at up to so many columns; a full line ends within the width of a word of it.
_WIDEST_COLUMN = 120
_NARROWEST_COLUMN = 40
_FULL_WITHIN = 6
# Where a text is broken at a column, so many of its longer lines are full.
_FULL_SHARE = 0.4
_FEWEST_FULL = 4


def read_text(text: str) -> tuple[SourceBlock, ...]:
    """Return the paragraphs and tables of a text.

    ``Place.paragraph`` counts the blocks from 1. Lines that an editor broke at a column are
    joined again.
    """
    pages = text.split("\f")
    column = _find_column([line for page in pages for line in page.split("\n")])
    blocks: list[SourceBlock] = []
    for page_index, page in enumerate(pages):
        starts_page = page_index > 0
        for lines, is_table in _group_lines(page.split("\n"), column):
            block = _make_table(lines) if is_table else SourceBlock(text=_join(lines))
            blocks.append(_place(block, len(blocks) + 1, starts_page=starts_page))
            starts_page = False
    return tuple(blocks)


def _place(block: SourceBlock, count: int, *, starts_page: bool) -> SourceBlock:
    return SourceBlock(
        text=block.text,
        rows=block.rows,
        place=Place(paragraph=count),
        starts_page=starts_page,
    )


def _group_lines(lines: Sequence[str], column: int | None) -> Iterator[tuple[list[str], bool]]:
    """Yield the lines of each paragraph, and of each table with True."""
    position = 0
    while position < len(lines):
        end = _find_table_end(lines, position)
        if end > position:
            yield list(lines[position:end]), True
        elif not lines[position].strip() or _RULE.match(lines[position]):
            end = position + 1
        else:
            end = position + 1
            while end < len(lines) and _goes_on(lines[end - 1], lines[end], column):
                end += 1
            yield list(lines[position:end]), False
        position = end


def _find_table_end(lines: Sequence[str], start: int) -> int:
    """Return the position behind a table that begins here; ``start`` where none does."""
    end = start
    while end < len(lines) and (
        len(_split_cells(lines[end])) > 1 or (end > start and _RULE.match(lines[end]))
    ):
        end += 1
    rows = sum(not _RULE.match(line) for line in lines[start:end])
    return end if rows >= _FEWEST_ROWS else start


def _split_cells(line: str) -> tuple[str, ...]:
    if _RULE.match(line):
        return ()
    return tuple(cell.strip() for cell in _CELLS.split(line.strip().strip("|│")))


def _make_table(lines: Sequence[str]) -> SourceBlock:
    rows = tuple(_split_cells(line) for line in lines if not _RULE.match(line))
    return SourceBlock(text="\n".join("\t".join(row) for row in rows), rows=rows)


def _find_column(lines: Sequence[str]) -> int | None:
    """Return the column at which an editor broke the lines; None where it did not."""
    widths = [_width(line) for line in lines if line.strip()]
    longest = max(widths, default=0)
    if not _NARROWEST_COLUMN <= longest <= _WIDEST_COLUMN:
        return None
    full = sum(width >= longest - _FULL_WITHIN for width in widths)
    longer = sum(width >= longest / 2 for width in widths)
    return longest if full >= max(_FEWEST_FULL, longer * _FULL_SHARE) else None


def _width(line: str) -> int:
    counts = Counter(unicodedata.east_asian_width(char) in "WF" for char in line.rstrip())
    return counts[False] + 2 * counts[True]


def _goes_on(line: str, following: str, column: int | None) -> bool:
    """Whether a line that an editor broke goes on in the next one."""
    if column is None or not following.strip() or _RULE.match(following):
        return False
    if _width(line) < column - _FULL_WITHIN or _INDENT.match(following):
        return False
    begins_anew = split_heading(following)[0] is not None
    return not (begins_anew and line.rstrip().endswith(_SENTENCE_END))


def _join(lines: Sequence[str]) -> str:
    joined = ""
    for line in lines:
        piece = line.strip()
        blank = " " if _LATIN_END.search(joined) and _LATIN_START.match(piece) else ""
        joined += blank + piece
    return joined
