"""Renumbered chapters -> the paragraphs of running text that name them by their old numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checkers import docx_names as w
from checkers.heading_numbers import count_of
from checkers.number_paragraphs import BodyParagraphs, read_text
from checkers.outline import Outline

MOST_REFERENCES = 20
"""Of more, the first are shown; the author searches for the others."""

# A chapter of another document (《办法》第六章) stays what it is.
_NAMED = re.compile(
    r"(?<![》”])第(?P<chapter>[一二三四五六七八九十百零\u30070-9]{1,4})(?:[章篇]|部分)"
)
_DECIMAL = re.compile(
    r"(?:(?<=见)|(?<=照)|(?<=如)|(?<=按)|第|[图表])\s*"
    r"(?P<number>\d{1,2})(?:[.．\-–—－]\d{1,3})+\s*[节章]?"
)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Words of the running text that name a chapter, a section, a figure or a table by number.

    Attributes:
        paragraph: where they stand.
        words: as they stand there.
        chapters: old numbers of the chapters that they name, each once.
    """

    paragraph: w.Element
    words: tuple[str, ...]
    chapters: tuple[int, ...]


def find_references(
    chapters: Iterable[int], paragraphs: BodyParagraphs, outline: Outline
) -> tuple[Reference, ...]:
    """Find where the text names one of the chapters, at most ``MOST_REFERENCES`` paragraphs.

    Args:
        chapters: their old numbers.
        paragraphs: of the document.
        outline: of the report before; neither its headings nor lines of its contents, which begin
            with the words of a heading, are references.
    """
    wanted = frozenset(chapters)
    sections = tuple(outline.walk())
    headings = {part.place.paragraph for part in sections}
    heads = tuple(_squeeze(part.heading) for part in sections if part.number)
    contents = {_squeeze(line) for line in outline.contents_lines}
    found: list[Reference] = []
    for number, paragraph in enumerate(paragraphs.elements, 1):
        text = read_text(paragraph)
        named = dict(_list_words(text, wanted))
        squeezed = _squeeze(text) if named else ""
        is_contents = squeezed in contents or squeezed.startswith(heads)
        if named and number not in headings and not is_contents:
            numbers = tuple(dict.fromkeys(named.values()))
            found.append(Reference(paragraph=paragraph, words=tuple(named), chapters=numbers))
        if len(found) == MOST_REFERENCES:
            break
    return tuple(found)


def _squeeze(text: str) -> str:
    return _BLANKS.sub("", text)


def _list_words(text: str, chapters: frozenset[int]) -> Iterator[tuple[str, int]]:
    """The words that name one of the chapters, with its number."""
    for match in _NAMED.finditer(text):
        if (count := count_of(match["chapter"])) in chapters:
            yield match[0], count
    for match in _DECIMAL.finditer(text):
        if (count := int(match["number"])) in chapters:
            yield match[0].strip(), count
