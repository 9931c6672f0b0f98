"""The outline of a report: what every reader produces and every rule reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# Numbers that stand directly before their title: 一、, （一）, 1).
_CLOSED = ("、", "）", ")")

FileKind = Literal["docx", "pdf", "doc", "wps", "ofd", "markdown", "text", "image", "unknown"]
UnreadReason = Literal[
    "not_wanted", "not_installed", "not_running", "stopped", "failed", "not_supported"
]
"""Why pages are unread: recognition was switched off, is not installed, can't run here, was
stopped, gave nothing for them, or is not offered for this format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in the file.

    Attributes:
        page: from 1; None where the format has no pages (DOCX).
        paragraph: from 1, counted over the body (DOCX: ``w:p`` of the body in order; PDF: lines
            joined to paragraphs, in reading order).
    """

    page: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph or a table of a section's body.

    Attributes:
        text: of a paragraph; of a table, its cells joined with tabs and line ends.
        rows: cells of a table, row by row; empty for a paragraph.
        place: where it begins.
    """

    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    place: Place = Place()

    @property
    def is_table(self) -> bool:
        """Whether the block is a table."""
        return bool(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, the body up to the next heading, and the sections below it.

    Attributes:
        level: 1 for a chapter (top-level section) of the report.
        number: as printed or as Word would print it, e.g. ``第三章``, ``3.1``, ``（一）``; empty
            where there is none.
        title: heading text without the number.
        place: of the heading.
        body: blocks between this heading and the next one of any level.
        children: sections one level or more below.
    """

    level: int
    number: str = ""
    title: str
    place: Place = Place()
    body: tuple[Block, ...] = ()
    children: tuple[Section, ...] = ()

    @property
    def heading(self) -> str:
        """The heading as a reader sees it: number and title."""
        if self.number.endswith(_CLOSED):
            return f"{self.number}{self.title}"
        return f"{self.number} {self.title}".strip()

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A report as the rules see it.

    Attributes:
        kind: type by content, not by name.
        title: of the report, as far as it can be told from the cover or the properties.
        preamble: what stands before the first heading, less the contents pages.
        sections: chapters in reading order.
        contents_lines: lines of the report's own contents pages; they are no sections.
        pages: number of pages; None where the format has none.
        unread_pages: pages that gave no text (scans), from 1; in a DOCX, which has no pages, the
            pictures of whole pages count from 1. So do the next two.
        unread_reason: why; None where every page is read.
        recognised_pages: pages whose text comes from a picture (OCR), from 1.
        layered_pages: pictures of pages with invisible text that a scanner put over them.
        unsure_paragraphs: counts (``Place.paragraph``) of those that were recognised badly.
    """

    kind: FileKind
    title: str = ""
    preamble: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    contents_lines: tuple[str, ...] = ()
    pages: int | None = None
    unread_pages: tuple[int, ...] = ()
    unread_reason: UnreadReason | None = None
    recognised_pages: tuple[int, ...] = ()
    layered_pages: tuple[int, ...] = ()
    unsure_paragraphs: tuple[int, ...] = ()

    def walk(self) -> Iterator[Section]:
        """All sections in reading order."""
        for section in self.sections:
            yield from section.walk()
