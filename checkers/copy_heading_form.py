"""Headings of a DOCX -> the form in which a further heading of that level is written."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from checkers import docx_names as w
from checkers.heading_numbers import count_of, split_heading
from checkers.number_paragraphs import list_runs, read_text
from checkers.outline import Section
from checkers.print_numerals import count_in_chinese

_W = w.NAMESPACE_PREFIX
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What belongs to the one paragraph, not to its form: breaks, sections, tracked changes.
_OWN_PARAGRAPH = ("sectPr", "pPrChange", "rPr", "framePr")
_OWN_RUN = ("rPrChange", "ins", "del", "moveFrom", "moveTo", "vanish", "highlight")
_NUMERAL = re.compile(r"[0-9]+|[\uff10-\uff19]+|[〇零一二三四五六七八九十百]+|[①-⑳⑴-⒇]")
_FULL_WIDTH = {digit: 0xFF10 + digit - 0x30 for digit in range(0x30, 0x3A)}
_RANGES = ("①", "⑴")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm:
    """How a paragraph is written.

    Attributes:
        paragraph: ``w:pPr`` to be copied; None for none.
        run: ``w:rPr`` to be copied; None for none.
        prefix: the typed number with what separates it from the title, as in the example; empty
            where the number is automatic or there is none.
    """

    paragraph: w.Element | None = None
    run: w.Element | None = None
    prefix: str = ""


def copy_heading_form(paragraph: w.Element, section: Section) -> TextForm:
    """The form of a heading of the report."""
    text = read_text(paragraph)
    number, title = split_heading(text)
    typed = number is not None and number.printed == section.number
    prefix = text.rstrip()[: -len(title)] if typed and title else ""
    return TextForm(paragraph=_copy_paragraph(paragraph), run=_copy_run(paragraph), prefix=prefix)


def copy_body_form(paragraph: w.Element) -> TextForm:
    """The form of a paragraph of text, without its place in a list."""
    properties = _copy_paragraph(paragraph)
    if properties is not None:
        _drop(properties, ("numPr", "outlineLvl", "pageBreakBefore", "keepNext"))
    return TextForm(paragraph=properties, run=_copy_run(paragraph))


def write_paragraph(
    form: TextForm, text: str, *, bold: bool = False, marked: bool = False
) -> w.Element:
    """A paragraph in that form; ``marked`` text is highlighted."""
    paragraph = etree.Element(w.PARAGRAPH)
    if form.paragraph is not None:
        paragraph.append(deepcopy(form.paragraph))
    run = etree.SubElement(paragraph, w.RUN)
    properties = etree.Element(w.RUN_PR) if form.run is None else deepcopy(form.run)
    run.append(properties)
    if bold and properties.find(w.BOLD) is None:
        _insert_bold(properties)
    if marked:
        _insert_highlight(properties)
    content = etree.SubElement(run, w.TEXT)
    content.text = text
    content.set(_SPACE, "preserve")
    return paragraph


def count_prefix(prefix: str, counts: tuple[int, ...]) -> str:
    """The typed number of an example with other counts, in the same kind of numerals.

    ``第三章 `` with (4,) is ``第四章 ``, ``3.1 `` with (4, 2) is ``4.2 ``. The last numeral takes
    the last count; numerals beyond the counts stay as they are.
    """
    found = list(_NUMERAL.finditer(prefix))
    pairs = list(zip(reversed(found), reversed(counts), strict=False))
    for match, count in pairs:
        prefix = prefix[: match.start()] + _print_like(match[0], count) + prefix[match.end() :]
    return prefix


def list_numerals(prefix: str) -> list[tuple[int, int, str]]:
    """The numerals of a typed number: where each begins and ends, and itself."""
    return [(found.start(), found.end(), found[0]) for found in _NUMERAL.finditer(prefix)]


def read_counts(prefix: str) -> tuple[int, ...]:
    """The counts of a typed number, outermost first."""
    return tuple(count_of(numeral) for numeral in _NUMERAL.findall(prefix))


def _print_like(example: str, count: int) -> str:
    if example[0].isascii():
        return str(count)
    if example[0].isdecimal():
        return str(count).translate(_FULL_WIDTH)
    for first in _RANGES:
        if len(example) == 1 and 0 <= ord(example) - ord(first) < 20:
            return chr(ord(first) + count - 1) if count <= 20 else str(count)
    return count_in_chinese(count)


def _copy_paragraph(paragraph: w.Element) -> w.Element | None:
    found = paragraph.find(w.PARAGRAPH_PR)
    if found is None:
        return None
    copy = deepcopy(found)
    _drop(copy, _OWN_PARAGRAPH)
    return copy


def _copy_run(paragraph: w.Element) -> w.Element | None:
    """The properties of the run with most of the text."""
    runs = list_runs(paragraph)
    if not runs:
        return None
    longest = max(runs, key=lambda run: sum(len(part.text or "") for part in run.iter(w.TEXT)))
    found = longest.find(w.RUN_PR)
    if found is None:
        return None
    copy = deepcopy(found)
    _drop(copy, _OWN_RUN)
    return copy


def _drop(properties: w.Element, names: tuple[str, ...]) -> None:
    for name in names:
        for part in properties.findall(_W + name):
            properties.remove(part)


def _insert_bold(properties: w.Element) -> None:
    # The schema wants the style and the fonts first.
    index = sum(part.tag in (w.RUN_STYLE, w.FONTS) for part in properties)
    properties.insert(index, etree.Element(w.BOLD))


_AFTER_HIGHLIGHT = frozenset(
    _W + name
    for name in (
        "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
        "eastAsianLayout", "specVanish", "oMath",
    )
)  # fmt: skip


def _insert_highlight(properties: w.Element) -> None:
    highlight = etree.Element(f"{_W}highlight")
    highlight.set(w.VALUE, "yellow")
    index = next(
        (n for n, part in enumerate(properties) if part.tag in _AFTER_HIGHLIGHT), len(properties)
    )
    properties.insert(index, highlight)
