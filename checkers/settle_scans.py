"""Recognised pages -> pages of text: sizes settled, bold told, running heads and shifts removed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import median

from checkers.lay_out_scan import ScannedPiece, lay_out_scan
from checkers.mend_scanned_contents import mend_scanned_contents
from checkers.mend_scanned_numbers import mend_scanned_numbers
from checkers.order_lines import order_lines
from checkers.page_line import PageLine, PdfPage
from checkers.recognised_page import RecognisedPage
from checkers.source_block import SourceBlock

UNSURE_SCORE = 0.85
"""Lines recognised with less are shown to a person."""
# Sizes measured on a scan vary by so much around the true one; the running text by more, for its
# lines hold all kinds of characters.
_SIZE_VARIES = 0.05
_BODY_VARIES = 0.08
_SAME_AS_TEXT = 0.12
# Strokes of bold type against those of the running text.
_BOLD_WEIGHT = 1.32
_LONGEST_BOLD = 40
# Shares of the height in which running heads stand.
_HEAD_MARGIN = 0.12
_SAME_HEAD = 0.75
_SAME_HEIGHT = 14.0
_STEPS = (1, 2)
_FEWEST_IN_A_ROW = 3
_FEW_PAGES = 4
_DIGITS_AND_MARKS = re.compile(r"[\W\d_]+")
# Dashes beside a page number are also read as 一.
_PAGE_NUMBER = re.compile(
    r"^[\W_一]*(?:第)?\s*\d{1,4}\s*(?:页)?(?:[\W共of]*\d{1,4}\s*页?)?[\W_一]*$"
)
# Feeders shift paper sideways by up to so many points.
_WIDEST_SHIFT = 36.0
_SAME_LEFT = 3.0
_FEWEST_AT_LEFT = 3
_SAME_WIDTH = 0.06
_BLANKS = re.compile(r"\s+")
_LONGEST_MENDED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledScans:
    """Scanned pages as pages of text.

    Attributes:
        pages: by number.
        unsure: page and text of the pieces that were recognised badly, before mending.
    """

    pages: Mapping[int, PdfPage]
    unsure: frozenset[tuple[int, str]]


def settle_scans(
    recognised: Sequence[RecognisedPage], text_pages: Sequence[PdfPage] = ()
) -> SettledScans:
    """Return recognised pages in the shape of text pages.

    Args:
        recognised: in order.
        text_pages: the pages of the file that hold text; they show size and running heads.
    """
    laid = {page.number: lay_out_scan(page) for page in recognised}
    laid = _drop_heads(recognised, laid, text_pages)
    laid = _settle_sizes(laid, _find_body_size(text_pages))
    laid = _tell_bold(laid)
    shifts = _find_shifts(laid)
    ordered = [
        line
        for number, pieces in laid.items()
        for line in order_lines([_shift(s.line, shifts[number]) for s in pieces])
    ]
    lines = mend_scanned_contents(mend_scanned_numbers(ordered))
    by_page: dict[int, list[PageLine]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    widths = _settle_widths(recognised, {round(page.width) for page in text_pages})
    return SettledScans(
        pages={
            page.number: PdfPage(
                number=page.number,
                width=widths[page.number],
                height=page.height,
                lines=tuple(by_page.get(page.number, ())),
                has_objects=True,
            )
            for page in recognised
        },
        unsure=frozenset(
            (number, s.line.text)
            for number, pieces in laid.items()
            for s in pieces
            if s.score < UNSURE_SCORE
        ),
    )


def list_unsure(
    blocks: Sequence[SourceBlock], unsure: Iterable[tuple[int, str]]
) -> tuple[int, ...]:
    """Return the counts of the blocks that hold a piece that was recognised badly."""
    by_page: dict[int, list[str]] = {}
    for number, text in unsure:
        # The number at its beginning may have been mended.
        by_page.setdefault(number, []).append(_BLANKS.sub("", text)[_LONGEST_MENDED:])
    found: list[int] = []
    for block in blocks:
        texts = by_page.get(block.place.page or 0, ())
        plain = _BLANKS.sub("", block.text) if texts else ""
        if block.place.paragraph is not None and any(text and text in plain for text in texts):
            found.append(block.place.paragraph)
    return tuple(found)


def _find_body_size(pages: Iterable[PdfPage]) -> float:
    """Return the size of most characters; 0 where there are none."""
    weights: dict[float, int] = {}
    for page in pages:
        for line in page.lines:
            weights[line.size] = weights.get(line.size, 0) + len(line.text)
    return max(weights, key=weights.__getitem__, default=0.0)


Laid = dict[int, list[ScannedPiece]]


def _settle_sizes(laid: Laid, text_size: float) -> Laid:
    """Give lines of one type one size, that of the text pages where it is so near."""
    left = sorted(
        (s.line.size, len(s.line.text)) for lines in laid.values() for s in lines if s.line.size > 0
    )
    settled: dict[float, float] = {}
    varies, factor = _BODY_VARIES, 1.0
    while left:
        centre = _find_heaviest(left, varies)
        if not settled and abs(text_size - centre) < text_size * _SAME_AS_TEXT:
            factor = text_size / centre
        size = round(centre * factor * 2) / 2
        near = {raw for raw, _ in left if abs(raw - centre) <= centre * varies}
        settled.update(dict.fromkeys(near, size))
        left = [(raw, weight) for raw, weight in left if raw not in near]
        varies = _SIZE_VARIES
    return {
        number: [
            replace(s, line=replace(s.line, size=settled.get(s.line.size, s.line.size)))
            for s in lines
        ]
        for number, lines in laid.items()
    }


def _find_heaviest(sizes: Sequence[tuple[float, int]], varies: float) -> float:
    """Return the mean of the span of sizes that holds most characters.

    Args:
        sizes: in ascending order, with the characters of each.
        varies: how far a span reaches from its middle, as a share of it.
    """
    best, heaviest = sizes[0][0], 0
    start, weight, total = 0, 0, 0.0
    for size, characters in sizes:
        weight += characters
        total += size * characters
        while sizes[start][0] < size * (1 - varies) / (1 + varies):
            weight -= sizes[start][1]
            total -= sizes[start][0] * sizes[start][1]
            start += 1
        if weight > heaviest:
            best, heaviest = total / weight, weight
    return best


def _tell_bold(laid: Laid) -> Laid:
    """Mark short lines as bold whose strokes are clearly thicker than those of the same size."""
    weights: dict[float, list[float]] = {}
    for lines in laid.values():
        for s in lines:
            weights.setdefault(s.line.size, []).extend([s.weight] * len(s.line.text))
    usual = {size: median(values) for size, values in weights.items() if values}
    body = max(weights, key=lambda size: len(weights[size]), default=0.0)
    return {
        number: [
            replace(s, line=replace(s.line, bold=True))
            if s.line.size == body
            and len(s.line.text) <= _LONGEST_BOLD
            and s.weight > usual[body] * _BOLD_WEIGHT
            else s
            for s in lines
        ]
        for number, lines in laid.items()
    }


def _drop_heads(recognised: Sequence[RecognisedPage], laid: Laid, text: Sequence[PdfPage]) -> Laid:
    """Drop running heads: recognised a little differently, and shifted, from page to page."""
    margins = {page.number: list(_list_margin(page.lines, page.height)) for page in text}
    for page in recognised:
        lines = [s.line for s in laid[page.number]]
        margins[page.number] = list(_list_margin(lines, page.height))
    fewest = _FEWEST_IN_A_ROW if len(margins) > _FEW_PAGES else _FEWEST_IN_A_ROW - 1
    return {
        number: [s for s in lines if not _is_head(s.line, margins, fewest)]
        for number, lines in laid.items()
    }


def _list_margin(lines: Iterable[PageLine], height: float) -> Iterable[PageLine]:
    high, low = height * (1 - _HEAD_MARGIN), height * _HEAD_MARGIN
    return (line for line in lines if line.bottom > high or line.top < low)


def _is_head(line: PageLine, margins: Mapping[int, list[PageLine]], fewest: int) -> bool:
    if line not in margins[line.page]:
        return False
    if _PAGE_NUMBER.match(line.text):
        return True
    return any(
        1 + _count_along(line, margins, step) + _count_along(line, margins, -step) >= fewest
        for step in _STEPS
    )


def _count_along(line: PageLine, margins: Mapping[int, list[PageLine]], step: int) -> int:
    """Return on how many pages in a row the line comes again, up to as many as matter."""
    count, number = 0, line.page + step
    while count < _FEWEST_IN_A_ROW and any(
        _is_same_head(line, other) for other in margins.get(number, ())
    ):
        count, number = count + 1, number + step
    return count


def _is_same_head(line: PageLine, other: PageLine) -> bool:
    if abs(line.bottom - other.bottom) > _SAME_HEIGHT:
        return False
    first, second = (_DIGITS_AND_MARKS.sub("", text) for text in (line.text, other.text))
    if first == second:
        return bool(first) and (line.text == other.text or _numbers_follow(line, other))
    match = SequenceMatcher(None, first, second, autojunk=False)
    return bool(first and second) and match.quick_ratio() >= _SAME_HEAD <= match.ratio()


def _numbers_follow(line: PageLine, other: PageLine) -> bool:
    """Whether two lines differ in a page number at their end alone, not in that of a heading."""
    first, second = (re.sub(r"[\W\d_]+$", "", text) for text in (line.text, other.text))
    return first == second


def _find_shifts(laid: Laid) -> dict[int, float]:
    """Return how far each page has to move so that its text begins where most pages' does."""
    lefts = {number: _find_left([s.line for s in lines]) for number, lines in laid.items()}
    known = [left for left in lefts.values() if left is not None]
    usual = median(known) if known else 0.0
    return {
        number: usual - left if left is not None and abs(usual - left) <= _WIDEST_SHIFT else 0.0
        for number, left in lefts.items()
    }


def _find_left(lines: Sequence[PageLine]) -> float | None:
    """Return where the leftmost lines of a page begin together."""
    lefts = sorted(line.left for line in lines)
    for start, left in enumerate(lefts):
        together = [other for other in lefts[start:] if other - left <= _SAME_LEFT]
        if len(together) >= _FEWEST_AT_LEFT:
            return median(together)
    return None


def _shift(line: PageLine, by: float) -> PageLine:
    return replace(line, left=line.left + by, right=line.right + by) if by else line


def _settle_widths(recognised: Sequence[RecognisedPage], taken: set[int]) -> dict[int, float]:
    """Give scans of one paper one width, apart from that of text pages with other margins."""
    widths: dict[int, float] = {}
    groups: list[float] = []
    for page in recognised:
        near = [width for width in groups if abs(width - page.width) <= width * _SAME_WIDTH]
        if not near:
            groups.append(page.width)
        width = near[0] if near else page.width
        while round(width) in taken:
            width -= 1
        widths[page.number] = width
    return widths
