"""An outline <-> plain tuples, to send it from one process to another.

Pickling the dataclasses takes four times as long as this, and reading pickled classes back would
let the process that sent them choose what code runs here.
"""

from __future__ import annotations

from typing import cast, get_args

from checkers.outline import Block, FileKind, Outline, Place, Section, UnreadReason

PackedBlock = tuple[str, tuple[tuple[str, ...], ...], int | None, int | None]
PackedSection = tuple[
    int, str, str, int | None, int | None, list[PackedBlock], list["PackedSection"]
]
PackedOutline = tuple[
    str,
    str,
    list[PackedBlock],
    list[PackedSection],
    tuple[str, ...],
    int | None,
    tuple[int, ...],
    str | None,
    tuple[int, ...],
    tuple[int, ...],
    tuple[int, ...],
]


def pack_outline(outline: Outline) -> PackedOutline:
    """Return an outline as tuples, lists, strings and numbers."""
    return (
        outline.kind,
        outline.title,
        [_pack_block(block) for block in outline.preamble],
        [_pack_section(section) for section in outline.sections],
        outline.contents_lines,
        outline.pages,
        outline.unread_pages,
        outline.unread_reason,
        outline.recognised_pages,
        outline.layered_pages,
        outline.unsure_paragraphs,
    )


def unpack_outline(packed: PackedOutline) -> Outline:
    """Return the outline that was packed.

    Raises:
        ValueError: it was none.
    """
    kind, title, preamble, sections, contents, pages, unread, reason, *scanned = packed
    recognised, layered, unsure = scanned
    if kind not in get_args(FileKind):
        raise ValueError(f"no kind of file: {kind!r}")
    return Outline(
        kind=cast("FileKind", kind),
        title=title,
        preamble=tuple([_unpack_block(block) for block in preamble]),
        sections=tuple([_unpack_section(section) for section in sections]),
        contents_lines=contents,
        pages=pages,
        unread_pages=unread,
        unread_reason=cast("UnreadReason | None", reason),
        recognised_pages=recognised,
        layered_pages=layered,
        unsure_paragraphs=unsure,
    )


def _pack_block(block: Block) -> PackedBlock:
    return block.text, block.rows, block.place.page, block.place.paragraph


def _unpack_block(packed: PackedBlock) -> Block:
    text, rows, page, paragraph = packed
    return Block(text=text, rows=rows, place=Place(page=page, paragraph=paragraph))


def _pack_section(section: Section) -> PackedSection:
    return (
        section.level,
        section.number,
        section.title,
        section.place.page,
        section.place.paragraph,
        [_pack_block(block) for block in section.body],
        [_pack_section(child) for child in section.children],
    )


def _unpack_section(packed: PackedSection) -> Section:
    level, number, title, page, paragraph, body, children = packed
    return Section(
        level=level,
        number=number,
        title=title,
        place=Place(page=page, paragraph=paragraph),
        body=tuple([_unpack_block(block) for block in body]),
        children=tuple([_unpack_section(child) for child in children]),
    )
