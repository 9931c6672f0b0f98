"""Recognised pages -> paragraphs, alone or among those that the file has as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checkers.drop_running_heads import drop_running_heads
from checkers.join_pdf_lines import join_pdf_lines
from checkers.outline import Place
from checkers.paged_text import PagedText
from checkers.recognised_page import RecognisedPage
from checkers.settle_scans import list_unsure, settle_scans
from checkers.source_block import SourceBlock


def join_scans(recognised: Sequence[RecognisedPage], pages: int) -> PagedText:
    """Return the text of the recognised ones out of so many pages."""
    settled = settle_scans(recognised)
    blocks = join_pdf_lines(drop_running_heads(list(settled.pages.values())))
    seen = tuple(page.number for page in recognised)
    return PagedText(
        blocks=tuple(blocks),
        title="",
        pages=pages,
        unread_pages=tuple(sorted({*range(1, pages + 1)}.difference(seen))),
        recognised_pages=seen,
        unsure_paragraphs=list_unsure(blocks, settled.unsure),
    )


def merge_scans(text: PagedText, recognised: Sequence[RecognisedPage]) -> PagedText:
    """Return a text with its unread pages put in as far as they were recognised."""
    if not recognised:
        return text
    scans = join_scans(recognised, text.pages)
    unsure = set(scans.unsure_paragraphs)
    doubtful = [block.place.paragraph in unsure for block in scans.blocks]
    marked = [(block, False) for block in text.blocks]
    marked += zip(scans.blocks, doubtful, strict=True)
    marked.sort(key=lambda pair: pair[0].place.page or 0)
    blocks = [_count(block, at) for at, (block, _) in enumerate(marked, start=1)]
    seen = set(scans.recognised_pages)
    return replace(
        text,
        blocks=tuple(blocks),
        unread_pages=tuple(page for page in text.unread_pages if page not in seen),
        recognised_pages=scans.recognised_pages,
        unsure_paragraphs=tuple(at for at, (_, doubt) in enumerate(marked, start=1) if doubt),
    )


def insert_scans(
    blocks: Sequence[SourceBlock], scans: Sequence[int], recognised: Sequence[RecognisedPage]
) -> tuple[list[SourceBlock], tuple[int, ...]]:
    """Put recognised pictures among the paragraphs of a format without pages.

    Args:
        blocks: of the file, with the counts of their paragraphs.
        scans: count of the paragraph that each picture of a page stands in.
        recognised: those of the pictures that were recognised, by their count from 1.

    Returns:
        All blocks, those of a picture with its paragraph, and the paragraphs of the pictures on
        which something was recognised badly.
    """
    text = join_scans(recognised, len(scans))
    unsure = set(text.unsure_paragraphs)
    doubtful: set[int] = set()
    marked = [(block.place.paragraph or 0, block) for block in blocks]
    for block in text.blocks:
        paragraph = scans[(block.place.page or 1) - 1]
        if block.place.paragraph in unsure:
            doubtful.add(paragraph)
        marked.append((paragraph, replace(block, place=Place(paragraph=paragraph))))
    marked.sort(key=lambda pair: pair[0])
    return [block for _, block in marked], tuple(sorted(doubtful))


def _count(block: SourceBlock, paragraph: int) -> SourceBlock:
    return replace(block, place=Place(page=block.place.page, paragraph=paragraph))
