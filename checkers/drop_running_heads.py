"""Pages of a PDF -> the same pages without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from checkers.page_line import PageLine, PdfPage

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
# Where the head names the chapter, so many pages have one, it is that of another page too on so
# many of them, and the text below keeps away so far, in type sizes.
_SLOT_SHARE = 0.6
_SHARED_SHARE = 0.5
_HEAD_GAP = 1.2
_FEWEST_SLOTS = 4
# Text drawn on so many pages at one place, anywhere, is a watermark or a stamp.
_WATERMARK_SHARE = 0.6
_FEWEST_WATERMARKS = 3
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
    heights = _find_head_heights(pages, near) | _find_chapter_heads(pages)
    marks = _find_watermarks(pages)
    return [_drop_from(page, near, heights, marks) for page in pages]


def _find_chapter_heads(pages: Sequence[PdfPage]) -> set[str]:
    """Return the heights at which most pages have a line of their own above all text.

    It names the chapter, or the report and the chapter by turns, and so differs from page to page.
    """
    slots: dict[str, Counter[str]] = {}
    for page in pages:
        head = _find_top_line(page)
        if head is not None:
            slots.setdefault(_height(head), Counter())[_bare(head)] += 1
    fewest = max(_FEWEST_SLOTS, len(pages) * _SLOT_SHARE)
    return {
        height
        for height, texts in slots.items()
        if texts.total() >= fewest
        and sum(n for n in texts.values() if n > 1) >= texts.total() * _SHARED_SHARE
    }


def _find_top_line(page: PdfPage) -> PageLine | None:
    """Return the line in the top margin that stands apart from the text below it."""
    by_height = sorted(page.lines, key=lambda line: -line.top)
    if len(by_height) < 2 or by_height[0].bottom <= page.height * (1 - _MARGIN):
        return None
    head, below = by_height[:2]
    gap = head.bottom - below.top
    return head if gap >= _HEAD_GAP * below.size and head.size <= below.size else None


def _find_watermarks(pages: Sequence[PdfPage]) -> dict[float, set[str]]:
    """Return by type size, other than the text's, what most pages show at one place."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    body = max(sizes, key=sizes.__getitem__, default=0.0)
    fewest = max(_FEWEST_WATERMARKS, len(pages) * _WATERMARK_SHARE)
    counts = Counter(
        (line.size, _placed(line)) for page in pages for line in page.lines if line.size != body
    )
    marks: dict[float, set[str]] = {}
    for (size, place), count in counts.items():
        if count >= fewest:
            marks.setdefault(size, set()).add(place)
    return marks


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


def _drop_from(
    page: PdfPage, near: set[tuple[str, int]], heights: set[str], marks: dict[float, set[str]]
) -> PdfPage:
    dropped = {
        id(line)
        for line in _margin_lines(page)
        if _PAGE_NUMBER.match(line.text)
        or (_fingerprint(line), page.number) in near
        or _height(line) in heights
    }
    dropped |= {
        id(line) for line in page.lines if line.size in marks and _placed(line) in marks[line.size]
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
    return f"{_bare(line)}@{_height(line)}"


def _bare(line: PageLine) -> str:
    return _TRAILING_COUNT.sub("", _BLANKS.sub("", line.text))


def _placed(line: PageLine) -> str:
    """Text with its place on the page."""
    return f"{line.text}@{_height(line)}@{round(line.left / _SAME_HEIGHT)}"


def _height(line: PageLine) -> str:
    """Where a line stands, and how large it is."""
    return f"{round(line.bottom / _SAME_HEIGHT)}/{line.size}"
