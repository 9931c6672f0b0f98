"""Outline -> a tree in plain text, for people."""

from __future__ import annotations

from collections.abc import Iterator

from checkers.outline import Outline, Place, Section

_INDENT = "  "


def format_outline(outline: Outline) -> str:
    """Return the outline as an indented tree: level, heading, place, size of the body."""
    lines = [f"【{outline.kind}】{outline.title or '（无标题）'}"]
    if outline.pages is not None:
        lines.append(f"共{outline.pages}页，未读出文字{len(outline.unread_pages)}页")
    lines.append(f"正文前{len(outline.preamble)}段，目录{len(outline.contents_lines)}行")
    for section in outline.sections:
        lines.extend(_format_section(section, 0))
    return "\n".join(lines)


def _format_section(section: Section, depth: int) -> Iterator[str]:
    characters = sum(len(block.text) for block in section.body)
    tables = sum(block.is_table for block in section.body)
    size = f"{characters}字" + (f"，{tables}表" if tables else "")
    place = _format_place(section.place)
    yield f"{_INDENT * depth}[{section.level}] {section.heading}（{place}{size}）"
    for child in section.children:
        yield from _format_section(child, depth + 1)


def _format_place(place: Place) -> str:
    if place.page is not None:
        return f"第{place.page}页，"
    return "" if place.paragraph is None else f"第{place.paragraph}段，"
