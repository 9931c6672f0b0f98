"""Headings that stand on one line with their text (1.1 目标 本项目…) -> two blocks each.

Only forms that head parts of a report are split, and 一、 only where nothing else shows the
chapters: a list of principles (一、统筹规划。坚持…) reads the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from checkers.heading_numbers import Scheme, split_heading
from checkers.source_block import SourceBlock

_TITLE = re.compile(
    r"(?P<title>[^，。；;：:！？!?\s]{2,20})(?P<stop>[：:。]|[\s\u3000]+(?=[一-鿿]))"
)
_LONGEST_SENTENCE = 12
_FEWEST_TEXT = 15
_FEWEST = 2
_TEXT_LENGTH = 45
_PART_SCHEMES: frozenset[Scheme] = frozenset({"part", "chapter", "section"})


def split_run_in_lines(blocks: Sequence[SourceBlock]) -> list[SourceBlock]:
    """Return the blocks with headings parted from the text on their line."""
    found = {
        index: parts
        for index, block in enumerate(blocks)
        if (parts := _split_line(block)) is not None
    }
    if not found:
        return list(blocks)
    chinese = [index for index in found if _scheme_of(blocks[index]) == "chinese"]
    if len(chinese) < _FEWEST or len(chinese) < len(found) or _has_headings(blocks, chinese):
        found = {index: parts for index, parts in found.items() if index not in set(chinese)}
    return [part for index, block in enumerate(blocks) for part in found.get(index, (block,))]


def _split_line(block: SourceBlock) -> tuple[SourceBlock, SourceBlock] | None:
    """Return heading and text of a line; None where it isn't made of these."""
    if block.rows or block.role != "body" or len(block.text) < _TEXT_LENGTH // 2:
        return None
    number, rest = split_heading(block.text)
    if number is None or number.glued:
        return None
    is_deep = number.scheme == "decimal" and number.depth > 1
    if not is_deep and number.scheme not in _PART_SCHEMES | {"chinese"}:
        return None
    match = _TITLE.match(rest)
    if match is None or (match["stop"] == "。" and len(match["title"]) > _LONGEST_SENTENCE):
        return None
    if not match["stop"].strip() and number.scheme == "chinese":
        return None
    text = rest[match.end() :].strip()
    if len(text) < _FEWEST_TEXT:
        return None
    head = block.text[: len(block.text.rstrip()) - len(rest)] + match["title"]
    return replace(block, text=head), replace(block, text=text, starts_page=False)


def _scheme_of(block: SourceBlock) -> Scheme | None:
    number, _ = split_heading(block.text)
    return None if number is None else number.scheme


def _has_headings(blocks: Sequence[SourceBlock], besides: Sequence[int]) -> bool:
    """Whether other lines number the parts of the report: 第一章, 1.1, or 一、 on its own line."""
    skipped = set(besides)
    return any(_heads_part(block) for index, block in enumerate(blocks) if index not in skipped)


def _heads_part(block: SourceBlock) -> bool:
    if block.rows or len(block.text) > _TEXT_LENGTH:
        return False
    if block.role == "heading":
        return True
    number, _ = split_heading(block.text)
    if number is None or number.glued:
        return False
    return number.scheme in _PART_SCHEMES | {"chinese"} or (
        number.scheme == "decimal" and number.depth > 1
    )
