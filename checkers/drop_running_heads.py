"""Pages of a PDF -> the same pages without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from checkers.read_pdf_lines import PageLine, PdfPage

# Running heads and page numbers stand in these shares of the height, top and bottom.
_MARGIN = 0.11
# A head comes again on the next page, or on every other one where left and right pages differ.
_STEPS = (1, 2)
# Two headings in a row can stand alike on two pages; in a short file two are all there is.
_FEWEST_IN_A_ROW = 3
_FEW_PAGES = 4
# Heights, in points, that count as the same.
_SAME_HEIGHT = 3
_HEADED_SHARE = 0.5
_FEWEST_HEADS = 3
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
    fewest = _FEWEST_IN_A_ROW if len(pages) > _FEW_PAGES else _FEWEST_IN_A_ROW - 1
    near = {
        (text, number)
        for text, numbers in seen.items()
        for number in _select_heads(numbers, fewest)
    }
    heights = _find_head_heights(pages, near)
    return [_drop_from(page, near, heights) for page in pages]


def _select_heads(numbers: Sequence[int], fewest: int) -> set[int]:
    """Return the pages on which a line is a running head: on each page, or on every other one.

    The same words at the same height far from here are a heading that happens to stand there.
    """
    heads: set[int] = set()
    for step in _STEPS:
        chain: list[int] = []
        for number in numbers:
            if chain and number - chain[-1] != step:
                chain = []
            chain.append(number)
            if len(chain) >= fewest:
                heads.update(chain)
    return heads


def _find_head_heights(pages: Sequence[PdfPage], near: set[tuple[str, int]]) -> set[str]:
    """Return the heights at which most pages have a running head.

    A head that names the chapter stands there only once where the chapter fills one page.
    """
    heights = Counter(
        _height(line)
        for page in pages
        for line in _margin_lines(page)
        if (_fingerprint(line), page.number) in near
    )
    fewest = max(_FEWEST_HEADS, len(pages) * _HEADED_SHARE)
    return {height for height, count in heights.items() if count >= fewest}


def _drop_from(page: PdfPage, near: set[tuple[str, int]], heights: set[str]) -> PdfPage:
    dropped = {
        id(line)
        for line in _margin_lines(page)
        if _PAGE_NUMBER.match(line.text)
        or (_fingerprint(line), page.number) in near
        or _height(line) in heights
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
    return f"{text}@{_height(line)}"


def _height(line: PageLine) -> str:
    """Where a line stands, and how large it is."""
    return f"{round(line.bottom / _SAME_HEIGHT)}/{line.size}"
