"""Pages of a PDF -> the same pages without running heads and page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from checkers.read_pdf_lines import PageLine, PdfPage

# Running heads and page numbers stand in these shares of the height, top and bottom.
_MARGIN = 0.11
# A head comes again on the next page, or on every other one where left and right pages differ.
_ALTERNATING = 2
# Heights, in points, that count as the same.
_SAME_HEIGHT = 3
# Lines that may stand in a margin one above the other.
_DEEPEST = 3
_BLANKS = re.compile(r"\s+")
_TRAILING_COUNT = re.compile(r"第?(?:\d+|[ivxIVX]+)页?(?:共\d+页)?$")
_PAGE_NUMBER = re.compile(
    r"^[-—–~·\s]*(?:第|page\s*)?\s*(?:\d{1,4}|[ivx]{1,6}|[一二三四五六七八九十百]{1,4})\s*页?"
    r"(?:\s*[,，/／共of]*\s*\d{1,4}\s*页?)?[-—–~·\s]*$",
    re.IGNORECASE,
)


def drop_running_heads(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """Return the pages without the lines that repeat in their margins, and without page numbers."""
    seen: dict[str, list[int]] = {}
    for page in pages:
        for line in _margin_lines(page):
            seen.setdefault(_fingerprint(line), []).append(page.number)
    near = {(text, number) for text, numbers in seen.items() for number in _select_heads(numbers)}
    return [_drop_from(page, near) for page in pages]


def _select_heads(numbers: Sequence[int]) -> set[int]:
    """Return the pages on which a line is a running head.

    The same words at the same height far from here are a heading that happens to stand there.
    """
    heads: set[int] = set()
    for one, two in pairwise(numbers):
        if two - one == 1:
            heads |= {one, two}
    for one, two, three in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if three - two == two - one == _ALTERNATING:
            heads |= {one, two, three}
    return heads


def _drop_from(page: PdfPage, near: set[tuple[str, int]]) -> PdfPage:
    dropped = {
        id(line)
        for line in _margin_lines(page)
        if _PAGE_NUMBER.match(line.text) or (_fingerprint(line), page.number) in near
    }
    if not dropped:
        return page
    return replace(page, lines=tuple(line for line in page.lines if id(line) not in dropped))


def _margin_lines(page: PdfPage) -> list[PageLine]:
    """Return the outermost lines, as far as they stand in the margins."""
    by_height = sorted(page.lines, key=lambda line: -line.top)
    high, low = page.height * (1 - _MARGIN), page.height * _MARGIN
    head = [line for line in by_height[:_DEEPEST] if line.bottom > high]
    foot = [line for line in by_height[-_DEEPEST:] if line.top < low]
    return head + foot


def _fingerprint(line: PageLine) -> str:
    """Text without a page count at its end, and the height at which it stands."""
    text = _TRAILING_COUNT.sub("", _BLANKS.sub("", line.text))
    return f"{text}@{round(line.bottom / _SAME_HEIGHT)}"
