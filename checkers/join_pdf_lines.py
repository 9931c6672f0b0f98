"""Lines of PDF pages -> paragraphs as blocks, in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checkers.find_columns import find_right_end, holds_sentences
from checkers.heading_numbers import split_heading
from checkers.outline import Place
from checkers.page_line import PageLine, PdfPage
from checkers.source_block import Look, SourceBlock

# In type sizes: a line that ends so near to the margin is full; one that begins so far from it
# is indented; lines farther apart than this are paragraphs of their own.
_FULL_WITHIN = 2.2
_INDENT = 1.2
_WIDEST_PITCH = 2.6
_PITCH_VARIES = 0.5
_TITLE_PITCH = 2.0
_CENTRED_WITHIN = 1.5
_WIDEST_NUMBER = 5.0
_MOST_TITLE_LINES = 3
_SAME_SIZE = 0.6
_FEWEST_AT_MARGIN = 0.03
# A page has narrower margins, by so many type sizes at one end, where nearly all of its lines
# keep them and many end right there; in points.
_SET_IN = 3.0
_INSIDE_SHARE = 0.85
_FLUSH = 4.0
_FLUSH_SHARE = 0.4
_FEWEST_SET_IN = 8
_FEWEST_ROWS = 2
_WRAPPED_CELL_LINES = 1
_CONTENTS_ROW = re.compile(r"^[^\t]*\t[-—]?\s*(?:\d{1,4}|[ivxIVX]{1,5})\s*[-—]?$")
_LONGEST_LEADERS = 40
# A contents line is as wide as the page, but the next one does not go on with it.
_LEADERS_AT_END = re.compile(r"(?:[.…·・•．_\-—－]\s*){3,}\d{0,4}$")
_PART_SCHEMES = frozenset({"part", "chapter", "section"})
_LEADER_ENDS = frozenset(".…·・•．_-—－ 0123456789")
_SENTENCE_END = tuple("。：:；;！？!?")
_BRACKETS = (("（", "）"), ("(", ")"), ("《", "》"), ("“", "”"), ("【", "】"))
_JOINING = tuple("、和与及的暨")
_LATIN = re.compile(r"[A-Za-z0-9,.;:)]")
_LATIN_START = re.compile(r"^[A-Za-z0-9(]")
# pdfium puts a blank where the face changes between Chinese and Latin characters. A blank behind
# the number of a heading and before a page number has a meaning and stays.
_FACE_BLANK = re.compile(
    r"(?<=[一-鿿]) (?=[A-Za-z0-9])(?!\d{1,3}$)|(?<=[A-Za-z0-9%）]) (?=[一-鿿])"
)
# A line with so many blanks, and so large a share of them, is stretched.
_FEWEST_STRETCHED = 4
_STRETCHED_SHARE = 0.25
_STRETCHED = re.compile(r"(?<=[一-鿿，。、；：（）《》]) (?=[一-鿿，。、；：（）《》])")
_LEADING_NUMBER = re.compile(r"^[\d.．。、()（）]+\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Margins:
    """Where the running text begins and ends, the width of the page, and the type size."""

    left: float
    right: float
    width: float
    size: float


def join_pdf_lines(pages: Sequence[PdfPage]) -> list[SourceBlock]:
    """Return the paragraphs and tables of a document; ``Place.paragraph`` counts them from 1."""
    margins = _find_margins(pages)
    blocks: list[SourceBlock] = []
    page = -1
    for group, rows in _group_lines(pages, margins):
        make = _make_table if rows else _make_paragraph
        blocks.append(make(group, margins[group[0].page], len(blocks) + 1, page))
        page = group[-1].page
    return blocks


def _group_lines(
    pages: Sequence[PdfPage], margins: dict[int, _Margins]
) -> Iterator[tuple[list[PageLine], bool]]:
    """Yield the lines of each paragraph, and of each table with True."""
    lines = [line for page in pages for line in page.lines]
    paragraph: list[PageLine] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        end = find_table_end(lines, position) if "\t" in line.text else position
        if paragraph and (end > position or not _continues(paragraph, line, margins[line.page])):
            yield paragraph, False
            paragraph = []
        if end > position:
            yield lines[position:end], True
            position = end
            continue
        paragraph.append(line)
        position += 1
    if paragraph:
        yield paragraph, False


def find_table_end(lines: Sequence[PageLine], start: int) -> int:
    """Return the position behind a table that begins here; ``start`` where none does.

    A table is two or more lines of cells, with at most one line between that wraps a cell.
    Lines that only end in a page number are contents, not a table.
    """
    end, rows = start, 0
    for position in range(start, len(lines)):
        if "\t" in lines[position].text:
            rows += 1
            end = position + 1
        elif position - end >= _WRAPPED_CELL_LINES or not _may_wrap(
            lines[position], lines[end - 1]
        ):
            break
    if rows < _FEWEST_ROWS or all(_CONTENTS_ROW.search(line.text) for line in lines[start:end]):
        return start
    return end


def _may_wrap(line: PageLine, row: PageLine) -> bool:
    """Whether a line without cells may be the second line of a cell."""
    return line.size == row.size and line.bold == row.bold and split_heading(line.text)[0] is None


def _find_margins(pages: Sequence[PdfPage]) -> dict[int, _Margins]:
    """Return for each page the margins that many lines on pages of its width keep."""
    by_width: dict[int, list[PdfPage]] = {}
    for page in pages:
        by_width.setdefault(round(page.width), []).append(page)
    margins: dict[int, _Margins] = {}
    for group in by_width.values():
        shared = _measure_margins(group)
        margins.update({page.number: _narrow_margins(page, shared) for page in group})
    return margins


def _narrow_margins(page: PdfPage, shared: _Margins) -> _Margins:
    """Return the margins of a page whose text is narrower throughout, as in the cell of a form."""
    lines = [line for line in page.lines if line.column is None]
    room = _SET_IN * shared.size
    near, far = shared.left + room, shared.right - room
    if any(line.left <= near and line.right >= far for line in lines):
        return shared
    if len(lines) < _FEWEST_SET_IN or not holds_sentences(lines):
        return shared
    left = Counter(round(line.left) for line in lines).most_common(1)[0][0]
    right = find_right_end(lines)
    if left <= near and right >= far:
        return shared
    inside = sum(left - 1 <= line.left and line.right <= right + shared.size for line in lines)
    flush = sum(abs(line.right - right) <= _FLUSH for line in lines)
    if inside < len(lines) * _INSIDE_SHARE or flush < len(lines) * _FLUSH_SHARE:
        return shared
    return replace(shared, left=left, right=right)


def _measure_margins(pages: Sequence[PdfPage]) -> _Margins:
    lines = [line for page in pages for line in page.lines]
    width = pages[0].width
    if not lines:
        return _Margins(left=0.0, right=width, width=width, size=0.0)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    lefts = Counter(round(line.left) for line in lines)
    rights = Counter(round(line.right / 4) * 4 for line in lines)
    fewest = max(2, len(lines) * _FEWEST_AT_MARGIN)
    left = min((x for x, count in lefts.items() if count >= fewest), default=min(lefts))
    right = max((x for x, count in rights.items() if count >= fewest), default=max(rights))
    return _Margins(left=left, right=right, width=width, size=sizes.most_common(1)[0][0])


def _continues(paragraph: Sequence[PageLine], line: PageLine, margins: _Margins) -> bool:
    """Whether a line goes on with the paragraph above it."""
    last = paragraph[-1]
    size = max(last.size, 1.0)
    if abs(last.size - line.size) > _SAME_SIZE or last.bold != line.bold:
        return False
    if last.text[-1:] in _LEADER_ENDS and _LEADERS_AT_END.search(last.text[-_LONGEST_LEADERS:]):
        return False
    here = margins if last.column is None else _margins_of(last, margins)
    there = margins if line.column is None else _margins_of(line, margins)
    if _is_wrapped_title(paragraph, line, here):
        return True
    is_full = last.right >= here.right - _FULL_WITHIN * size
    if not is_full or "\t" in last.text or "\t" in line.text:
        return False
    if (last.column is None) != (line.column is None):
        return False
    if _begins_new_paragraph(paragraph, line, here, there):
        return False
    if last.text.endswith(_SENTENCE_END) and split_heading(line.text)[0] is not None:
        return False
    if last.page == line.page and last.column == line.column:
        return 0 < last.bottom - line.bottom <= _find_widest_pitch(paragraph, size)
    return not _heads_part(line, there)


def _heads_part(line: PageLine, margins: _Margins) -> bool:
    """Whether the first line of a page or column is a heading; text that goes on fills it."""
    number, title = split_heading(line.text)
    if number is None or not title or line.right >= margins.right - _INDENT * line.size:
        return False
    is_part = number.scheme in _PART_SCHEMES or number.depth > 1
    return is_part and not title.endswith(_SENTENCE_END)


def _margins_of(line: PageLine, margins: _Margins) -> _Margins:
    """Return the margins of the column that a line stands in, else those of the page."""
    if line.column is None:
        return margins
    return replace(margins, left=line.column[0], right=line.column[1])


def _begins_new_paragraph(
    paragraph: Sequence[PageLine], line: PageLine, here: _Margins, there: _Margins
) -> bool:
    """Whether the left end of a line, below a full one, is that of a first line."""
    last = paragraph[-1]
    size = max(last.size, 1.0)
    indent, last_indent = line.left - there.left, last.left - here.left
    if indent <= _INDENT * size:
        return False
    if indent > last_indent + _INDENT * size / 2:
        return not _hangs(paragraph, line, indent - last_indent, here)
    if len(paragraph) == 1 and abs(indent - last_indent) < size / 2:
        # Both begin at the indent of first lines: two paragraphs, the first one exactly full.
        return last.text.endswith(_SENTENCE_END) or split_heading(line.text)[0] is not None
    return False


def _hangs(paragraph: Sequence[PageLine], line: PageLine, deeper: float, margins: _Margins) -> bool:
    """Whether a line is the second one of a title, set in behind the number of the first."""
    first = paragraph[0]
    return (
        len(paragraph) == 1
        and (first.bold or first.size > margins.size + _SAME_SIZE)
        and deeper <= _WIDEST_NUMBER * first.size
        and split_heading(first.text)[0] is not None
        and split_heading(line.text)[0] is None
    )


def _find_widest_pitch(paragraph: Sequence[PageLine], size: float) -> float:
    """Return how far below its last line a paragraph may go on; its own pitch tells best."""
    if len(paragraph) > 1:
        above, last = paragraph[-2:]
        if above.page == last.page and above.column == last.column:
            return above.bottom - last.bottom + _PITCH_VARIES * size
    return _WIDEST_PITCH * size


def _is_wrapped_title(paragraph: Sequence[PageLine], line: PageLine, margins: _Margins) -> bool:
    """Whether centred lines are one title, set on several lines for its length.

    It begins with a number, or what stands above has not come to its end.
    """
    first, last = paragraph[0], paragraph[-1]
    return (
        len(paragraph) < _MOST_TITLE_LINES
        and first.page == line.page
        and first.size > margins.size + _SAME_SIZE
        and 0 < last.bottom - line.bottom <= _TITLE_PITCH * first.size
        and _is_centred(line, margins)
        and (_is_centred(first, margins) or first.right - first.left >= line.right - line.left)
        and (split_heading(first.text)[0] is not None or _is_unfinished(paragraph))
        and split_heading(line.text)[0] is None
    )


def _is_unfinished(lines: Sequence[PageLine]) -> bool:
    """Whether a bracket is open at the end, or the last word joins two others."""
    text = "".join(line.text for line in lines)
    is_open = any(text.count(one) > text.count(two) for one, two in _BRACKETS)
    return is_open or text.endswith(_JOINING)


def _make_table(
    lines: Sequence[PageLine], margins: _Margins, count: int, page_started: int
) -> SourceBlock:
    rows = tuple(tuple(line.text.split("\t")) for line in lines)
    return SourceBlock(
        text="\n".join(line.text for line in lines),
        rows=rows,
        place=Place(page=lines[0].page, paragraph=count),
        starts_page=lines[0].page != page_started,
    )


def _make_paragraph(
    paragraph: Sequence[PageLine], margins: _Margins, count: int, page_started: int
) -> SourceBlock:
    first = paragraph[0]
    return SourceBlock(
        text=clean_blanks(_join_texts(line.text for line in paragraph)),
        look=Look(
            size=first.size,
            bold=first.bold,
            centred=len(paragraph) == 1 and _is_centred(first, _margins_of(first, margins)),
            family=first.family,
        ),
        place=Place(page=first.page, paragraph=count),
        starts_page=first.page != page_started,
    )


def _join_texts(texts: Iterable[str]) -> str:
    joined = ""
    for printed in texts:
        text = _close_up(printed)
        blank = " " if _LATIN.match(joined[-1:]) and _LATIN_START.match(text) else ""
        joined += blank + text
    return joined


def _close_up(line: str) -> str:
    """Drop the blanks of a line that was stretched to the margin: 采 用 统 一 标 准."""
    if line.count(" ") < max(_FEWEST_STRETCHED, len(line) * _STRETCHED_SHARE):
        return line
    return _STRETCHED.sub("", line)


def clean_blanks(text: str) -> str:
    """Drop the blanks between Chinese and Latin characters, save behind a leading number."""
    if " " not in text:
        return text
    leading = _LEADING_NUMBER.match(text)
    start = leading.end() if leading else 0
    return text[:start] + _FACE_BLANK.sub("", text[start:])


def _is_centred(line: PageLine, margins: _Margins) -> bool:
    size = max(line.size, 1.0)
    middle = (line.left + line.right) / 2
    indented = line.left > margins.left + 2 * size and line.right < margins.right - 2 * size
    centre = (margins.left + margins.right) / 2
    near = min(abs(middle - centre), abs(middle - margins.width / 2))
    return indented and near < _CENTRED_WITHIN * size
