"""What a reader of a format with pages hands on: blocks, title, pages."""

from __future__ import annotations

from dataclasses import dataclass

from checkers.source_block import SourceBlock

# Bookmarks below this level, and behind so many, say nothing of the outline.
DEEPEST_BOOKMARK = 9
MOST_BOOKMARKS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedText:
    """What a PDF, an OFD or a file of pictures says.

    Attributes:
        blocks: paragraphs in reading order; those that a bookmark names are headings.
        title: from the file's properties.
        pages: number of pages.
        unread_pages: pages that show something but give no text, from 1.
        recognised_pages: pages whose text comes from a picture, from 1.
        layered_pages: pictures of pages with invisible text over them, from 1.
        unsure_paragraphs: counts of the blocks that were recognised badly.
    """

    blocks: tuple[SourceBlock, ...]
    title: str
    pages: int
    unread_pages: tuple[int, ...]
    recognised_pages: tuple[int, ...] = ()
    layered_pages: tuple[int, ...] = ()
    unsure_paragraphs: tuple[int, ...] = ()
