"""Shapes of a paragraph -> the text boxes in them, each once."""

from __future__ import annotations

from collections.abc import Iterator

from checkers import docx_names as w


def find_text_boxes(element: w.Element) -> Iterator[w.Element]:
    """Yield the outermost text boxes below an element, each once.

    Word writes a box twice, for new and for old readers; the second writing (mc:Fallback) only
    counts where the first holds no box.
    """
    if element.tag == w.TEXT_BOX:
        yield element
        return
    if element.tag == w.ALTERNATE:
        element = choose_alternate(element, w.TEXT_BOX)
    for child in element:
        if isinstance(child.tag, str):
            yield from find_text_boxes(child)


def choose_alternate(alternate: w.Element, wanted: str) -> w.Element:
    """Return the writing of mc:AlternateContent that holds a wanted element, the newer first.

    Where none holds one it is the first; where there is none it is the element itself.
    """
    writings = [*alternate.iterfind(w.CHOICE), *alternate.iterfind(w.FALLBACK)]
    held = (part for part in writings if next(part.iter(wanted), None) is not None)
    return next(held, writings[0] if writings else alternate)
