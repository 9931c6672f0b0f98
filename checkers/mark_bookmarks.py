"""Bookmarks of a paged file -> marks on the blocks that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checkers.source_block import SourceBlock

_BLANKS = re.compile(r"\s+")
_SURROUNDING = re.compile(r"^[\W_]+|[\W_]+$")
_LONGEST_HEADING = 100
_LONGEST_NUMBER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """An entry of the file's own table of contents; level and page from 1."""

    level: int
    title: str
    page: int


def mark_bookmarked(
    blocks: Sequence[SourceBlock], bookmarks: Iterable[Bookmark]
) -> list[SourceBlock]:
    """Mark the blocks that bookmarks name as headings of the bookmark's level."""
    marked = list(blocks)
    waiting: dict[int, list[int]] = {}
    for position, block in enumerate(blocks):
        if block.place.page is not None and len(block.text) <= _LONGEST_HEADING:
            waiting.setdefault(block.place.page, []).append(position)
    for bookmark in bookmarks:
        key = _key(bookmark.title)
        for position in waiting.get(bookmark.page, []):
            if key and _is_named(_key(blocks[position].text), key):
                marked[position] = replace(blocks[position], role="heading", level=bookmark.level)
                waiting[bookmark.page].remove(position)
                break
    return marked


def _key(text: str) -> str:
    return _SURROUNDING.sub("", _BLANKS.sub("", text))


def _is_named(text: str, bookmark: str) -> bool:
    """Whether a bookmark is the whole line, or the line without its automatic number."""
    return text == bookmark or (
        text.endswith(bookmark) and len(text) - len(bookmark) <= _LONGEST_NUMBER
    )
