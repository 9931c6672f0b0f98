"""A place between chapters -> where in the XML of a document blocks can be inserted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from checkers import docx_names as w
from checkers.number_paragraphs import BodyParagraphs, read_text
from checkers.outline import Section

_PAGE = "page"
_CONTAINERS = frozenset({w.BODY, w.CELL, w.SDT_CONTENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where blocks go.

    Attributes:
        container: body, table cell or content control.
        before: its child ahead of which they go; None for its end.
    """

    container: w.Element
    before: w.Element | None


def find_spot(
    body: w.Element,
    chapters: Sequence[Section],
    cut: int,
    paragraphs: BodyParagraphs,
) -> Spot | None:
    """Find the spot ahead of the chapter at an index, or behind the last one.

    A report may be written into one cell of a form: then the spot is in that cell. None where each
    chapter has a table row of its own, between which there is no room for text.
    """
    headings = [paragraphs.get(part.place.paragraph) for part in chapters]
    at_end = cut >= len(chapters)
    anchor = (headings[-1] if headings else None) if at_end else headings[cut]
    if anchor is None:
        return Spot(container=body, before=body.find(w.SECTION_PR))
    others = [part for part in headings if part is not None and part is not anchor]
    container = _find_container(anchor, others, body)
    child = next(part for part in _climb(anchor) if part.getparent() is container)
    if child.tag == w.TABLE and any(part in others for part in child.iter(w.PARAGRAPH)):
        return None
    before = container.find(w.SECTION_PR) if at_end else child
    return Spot(container=container, before=before)


def insert_blocks(spot: Spot, blocks: Iterable[w.Element]) -> None:
    """Insert in order; the page or section break that stood ahead of the next chapter is kept up.

    The blocks get the paper of the chapter ahead, or of the next one where that ahead lies across.
    """
    if spot.before is None:
        spot.container.extend(list(blocks))
        return
    ahead = spot.before.getprevious()
    for block in blocks:
        spot.before.addprevious(block)
    closing = None if spot.before.tag == w.SECTION_PR else _copy_break(ahead, spot.before)
    if closing is not None:
        spot.before.addprevious(closing)


def extend_chapter(spot: Spot, blocks: Sequence[w.Element]) -> None:
    """Insert what ends the chapter ahead: before the page or section break that closes it."""
    ahead = None if spot.before is None else spot.before.getprevious()
    if spot.before is None or ahead is None or ahead.tag != w.PARAGRAPH:
        insert_blocks(spot, blocks)
        return
    section = ahead.find(f"{w.PARAGRAPH_PR}/{w.SECTION_PR}")
    has_text = bool(read_text(ahead).strip())
    closes = not has_text and (section is not None or _is_page_break(ahead))
    for block in blocks:
        (ahead if closes else spot.before).addprevious(block)
    if section is not None and has_text:
        _own_properties(blocks[-1]).append(section)


def _own_properties(paragraph: w.Element) -> w.Element:
    found = paragraph.find(w.PARAGRAPH_PR)
    if found is None:
        found = etree.Element(w.PARAGRAPH_PR)
        paragraph.insert(0, found)
    return found


def _copy_break(ahead: w.Element | None, following: w.Element) -> w.Element | None:
    """The break that ends what stands ahead once more, so that both chapters have theirs."""
    if ahead is None or ahead.tag != w.PARAGRAPH:
        return None
    section = ahead.find(f"{w.PARAGRAPH_PR}/{w.SECTION_PR}")
    if section is not None:
        return _make_section_break(section, following)
    return _make_page_break() if _is_page_break(ahead) else None


def _make_section_break(section: w.Element, following: w.Element) -> w.Element:
    rest = (part for part in following.itersiblings() for part in part.iter(w.SECTION_PR))
    next_one = next(following.iter(w.SECTION_PR), None)
    next_one = next(rest, None) if next_one is None else next_one
    across = _lies_across(section) and next_one is not None and not _lies_across(next_one)
    copy = deepcopy(next_one if across and next_one is not None else section)
    for part in copy.findall(w.PAGE_NUMBERS):
        part.attrib.pop(w.START, "")  # Page numbers would begin anew.
    paragraph = etree.Element(w.PARAGRAPH)
    etree.SubElement(paragraph, w.PARAGRAPH_PR).append(copy)
    return paragraph


def _lies_across(section: w.Element) -> bool:
    size = section.find(w.PAGE_SIZE)
    return size is not None and size.get(w.ORIENTATION) == "landscape"


def _find_container(anchor: w.Element, others: list[w.Element], body: w.Element) -> w.Element:
    """The innermost container that holds another chapter's heading as well."""
    for above in anchor.iterancestors():
        if above is body:
            break
        if above.tag in _CONTAINERS and any(part in others for part in above.iter(w.PARAGRAPH)):
            return above
    return body


def _climb(element: w.Element) -> Iterable[w.Element]:
    yield element
    yield from element.iterancestors()


def _is_page_break(block: w.Element) -> bool:
    """Whether this is a paragraph of its own that ends the page ahead of a chapter."""
    if read_text(block).strip():
        return False
    return any(part.get(w.TYPE) == _PAGE for part in block.iter(w.BREAK))


def _make_page_break() -> w.Element:
    paragraph = etree.Element(w.PARAGRAPH)
    etree.SubElement(etree.SubElement(paragraph, w.RUN), w.BREAK).set(w.TYPE, _PAGE)
    return paragraph
