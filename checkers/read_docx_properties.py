"""w:pPr -> what a paragraph sets for itself, read in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from checkers import docx_names as w

_CONTINUOUS = "continuous"
_GONE = (w.DELETED, w.MOVED_AWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphProperties:
    """What a paragraph sets beside its style; None where it leaves it to the style.

    Attributes:
        style_id: of its style.
        num_id: id of its list; ``0`` switches the numbering of the style off.
        num_level: level in the list, from 0.
        outline: outline level, from 0; 9 means body text.
        alignment: ``center`` and others.
        page_break: whether it begins a new page.
        ends_section: whether a new page begins behind it, with a new section.
        is_mark_gone: whether its end is deleted or moved away, so that the next one continues it.
        is_mark_hidden: whether its end is hidden text.
    """

    style_id: str | None = None
    num_id: str | None = None
    num_level: int | None = None
    outline: int | None = None
    alignment: str | None = None
    page_break: bool | None = None
    ends_section: bool = False
    is_mark_gone: bool = False
    is_mark_hidden: bool = False


NO_PROPERTIES = ParagraphProperties()


def read_properties(paragraph: w.Element) -> ParagraphProperties:
    """Return the paragraph's own properties."""
    # They stand first. A search for them takes ten times as long, and most paragraphs have none.
    element = paragraph[0] if len(paragraph) else None
    if element is None or element.tag != w.PARAGRAPH_PR or not len(element):
        return NO_PROPERTIES
    # A dictionary costs a third of a search for each of the properties.
    children = {child.tag: child for child in element}
    style = children.get(w.PARAGRAPH_STYLE)
    if style is not None and len(children) == 1:
        return _only_styled(style.get(w.VALUE))
    numbering, mark = children.get(w.NUM_PR), children.get(w.RUN_PR)
    alignment, section = children.get(w.JUSTIFY), children.get(w.SECTION_PR)
    return ParagraphProperties(
        style_id=None if style is None else style.get(w.VALUE),
        num_id=w.find_value(numbering, w.NUM_ID),
        num_level=w.find_number(numbering, w.LEVEL_ID),
        outline=w.find_number(element, w.OUTLINE_LEVEL) if w.OUTLINE_LEVEL in children else None,
        alignment=None if alignment is None else alignment.get(w.VALUE),
        page_break=w.find_switch(element, w.PAGE_BREAK_BEFORE)
        if w.PAGE_BREAK_BEFORE in children
        else None,
        ends_section=section is not None and w.find_value(section, w.TYPE) != _CONTINUOUS,
        is_mark_gone=mark is not None and any(mark.find(name) is not None for name in _GONE),
        is_mark_hidden=bool(w.find_switch(mark, w.VANISH)),
    )


@lru_cache(maxsize=256)
def _only_styled(style_id: str | None) -> ParagraphProperties:
    return ParagraphProperties(style_id=style_id)
