"""Source text -> text less debris: named steps, each of which finds spans to take away.

A step is a pure function from a text to spans in it. It never changes or adds a character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal

from corpus.traced_text import Debris, Ledger, TextSpan, TracedText

CleaningStep = Literal[
    "invisible_characters",
    "source_lines",
    "markdown_marks",
    "html_marks",
    "page_numbers",
    "running_headers",
    "page_marks",
    "list_leaders",
]

PAGE_BREAK = "\f"

# A document-sharing site numbers its pages in one sequence from 1; three in a row and most of them
# in mid-sentence can't be a list of the regulation itself.
FEWEST_PAGE_MARKS = 3
MID_SENTENCE_SHARE = 0.5

# A line repeated at the same edge of at least so many pages, and of this share of all pages.
FEWEST_HEADER_PAGES = 2
HEADER_PAGE_SHARE = 0.5
# So many lines at the top and at the bottom of a page may be its header and footer.
EDGE_LINES = 2

_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u2060\u00ad\u202a-\u202e\x00-\x08\x0b\x0e-\x1f\r]+")
_SOURCE_LINE = re.compile(r"^(?:SOURCE|Source|URL|来源网址|原文链接)[ \t]*[:：].*$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(?:.*\n)*?---[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKDOWN = re.compile(
    r"^[ \t]*(?:#{1,6}(?=[ \t]|第)|>)[ \t]*|\*\*|__|^[ \t]*[-*_]{3,}[ \t]*$", re.M
)
_HTML = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|&(?:nbsp|emsp|ensp|thinsp|#160);")
_PAGE_NUMBER = re.compile(
    r"^[ \t\u3000]*(?:[-—–－·•~～]+[ \t]*\d{1,4}[ \t]*[-—–－·•~～]+"
    r"|第[ \t]*\d{1,4}[ \t]*页(?:[ \t,，/]*共[ \t]*\d{1,4}[ \t]*页)?|\d{1,4}[ \t]*/[ \t]*\d{1,4}"
    r"|(?P<bare>\d{1,4}))[ \t\u3000]*$",
    re.MULTILINE,
)
_PAGE_MARK = re.compile(r"\n(\d{1,4})、")
_LIST_LEADER = re.compile(
    r"^[ \t\u3000]*[-–—*•·●■◆▪][ \t\u3000]*(?=第|[（(][一二三四五六七八九十])", re.M
)
_SENTENCE_ENDS = "。；：！？;:"


def clean_source(source: TracedText, steps: Iterable[CleaningStep], ledger: Ledger) -> TracedText:
    """Take the debris away step by step and account for it in the ledger."""
    for step in steps:
        name, find_spans = _STEPS[step]
        source = ledger.remove(source, find_spans(source.text), name)
    return source


def _spans_of(pattern: re.Pattern[str]) -> Callable[[str], list[TextSpan]]:
    return lambda text: [match.span() for match in pattern.finditer(text) if match.group()]


def _find_markdown(text: str) -> list[TextSpan]:
    front_matter = _FRONT_MATTER.match(text.lstrip("\n"))
    blank = len(text) - len(text.lstrip("\n"))
    spans = [(blank, blank + front_matter.end())] if front_matter else []
    for pattern in (_COMMENT, _MARKDOWN):
        spans += [match.span() for match in pattern.finditer(text) if match.group()]
    return _without_overlaps(spans)


def _without_overlaps(spans: list[TextSpan]) -> list[TextSpan]:
    kept: list[TextSpan] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _find_page_numbers(text: str) -> list[TextSpan]:
    """Lines that hold a page number only; bare numbers have to count up from 1."""
    spans: list[TextSpan] = []
    page = 1
    for match in _PAGE_NUMBER.finditer(text):
        if match["bare"] is not None:
            if int(match["bare"]) != page:
                continue
            page += 1
        spans.append(match.span())
    return spans


def _find_page_marks(text: str) -> list[TextSpan]:
    r"""Marks ``\\nN、`` that run from 1 through the whole source, mostly in mid-sentence."""
    marks: list[re.Match[str]] = []
    for match in _PAGE_MARK.finditer(text):
        if int(match.group(1)) == len(marks) + 1:
            marks.append(match)
    cuts = [mark for mark in marks if text[: mark.start()][-1:] not in _SENTENCE_ENDS]
    if len(marks) < FEWEST_PAGE_MARKS or len(cuts) < len(marks) * MID_SENTENCE_SHARE:
        return []
    # The first mark stands between the site's own words and the title: its line end stays, so
    # that the title begins a line.
    first = marks[0]
    return [(first.start() + 1, first.end()), *(mark.span() for mark in marks[1:])]


def _find_running_headers(text: str) -> list[TextSpan]:
    """First and last lines that are the same, but for digits, on most pages."""
    if PAGE_BREAK not in text:
        return []
    by_page = [_edge_lines(text, page) for page in _page_spans(text)]
    edges = [edge for page in by_page for edge in page]
    pages = len(by_page)
    counts = Counter(key for page in by_page for key in {_header_key(text, e) for e in page})
    needed = max(FEWEST_HEADER_PAGES, pages * HEADER_PAGE_SHARE)
    return sorted({edge for edge in edges if counts[_header_key(text, edge)] >= needed})


def _page_spans(text: str) -> list[TextSpan]:
    starts = [0, *(match.end() for match in re.finditer(PAGE_BREAK, text))]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    return list(zip(starts, ends, strict=True))


def _edge_lines(text: str, page: TextSpan) -> list[TextSpan]:
    lines = [
        (page[0] + match.start(), page[0] + match.end())
        for match in re.finditer(r"[^\n]*\S[^\n]*", text[page[0] : page[1]])
    ]
    return sorted({*lines[:EDGE_LINES], *lines[-EDGE_LINES:]})


def _header_key(text: str, span: TextSpan) -> str:
    return re.sub(r"[\s\d]+", "", text[span[0] : span[1]])


_STEPS: dict[CleaningStep, tuple[Debris, Callable[[str], list[TextSpan]]]] = {
    "invisible_characters": ("invisible_character", _spans_of(_INVISIBLE)),
    "source_lines": ("source_line", _spans_of(_SOURCE_LINE)),
    "markdown_marks": ("markdown_mark", _find_markdown),
    "html_marks": ("html_mark", _spans_of(_HTML)),
    "page_numbers": ("page_number", _find_page_numbers),
    "running_headers": ("running_header", _find_running_headers),
    "page_marks": ("page_mark", _find_page_marks),
    "list_leaders": ("list_leader", _spans_of(_LIST_LEADER)),
}
GENERAL_STEPS: tuple[CleaningStep, ...] = tuple(_STEPS)
