"""Body of a DOCX -> its paragraphs by the numbers that places in the outline give."""

from __future__ import annotations

from dataclasses import dataclass

from checkers import docx_names as w

_GONE = frozenset({w.DELETED, w.MOVED_AWAY})


@dataclass(frozen=True, slots=True)
class BodyParagraphs:
    """All ``w:p`` of a body in document order, those in tables and text boxes included.

    What is found is always a paragraph that can take a comment: for one inside a text box, the
    paragraph that the box hangs on.
    """

    elements: tuple[w.Element, ...]

    def get(self, number: int | None) -> w.Element | None:
        """The paragraph itself, counted from 1; None where there is no such number."""
        if number is None or not 1 <= number <= len(self.elements):
            return None
        return self.elements[number - 1]

    def find(self, number: int | None) -> w.Element | None:
        """The paragraph of a number, counted from 1; None where there is none."""
        found = self.get(number)
        return None if found is None else _find_host(found)

    def find_first_text(self) -> w.Element | None:
        """The first paragraph with text; None in a blank document."""
        return next((_find_host(p) for p in self.elements if read_text(p).strip()), None)

    def find_last_text(self, start: int, end: int | None) -> w.Element | None:
        """The last paragraph with text from ``start`` to before ``end`` (None: the last)."""
        span = self.elements[start - 1 : None if end is None else end - 1]
        return next((_find_host(p) for p in reversed(span) if read_text(p).strip()), None)


def number_paragraphs(body: w.Element) -> BodyParagraphs:
    """Return the paragraphs as ``Place.paragraph`` counts them."""
    return BodyParagraphs(tuple(body.iter(w.PARAGRAPH)))


def read_text(paragraph: w.Element) -> str:
    """The text as it is with all changes accepted, without that of text boxes inside."""
    return "".join(part.text or "" for part in list_texts(paragraph))


def list_texts(paragraph: w.Element) -> list[w.Element]:
    """The ``w:t`` that the text of the paragraph itself is in, in order."""
    return [part for part in paragraph.iter(w.TEXT) if _belongs(part, paragraph)]


def list_runs(paragraph: w.Element) -> list[w.Element]:
    """The runs of the paragraph itself, without deleted ones and those of text boxes."""
    return [run for run in paragraph.iter(w.RUN) if _belongs(run, paragraph)]


def _belongs(part: w.Element, paragraph: w.Element) -> bool:
    for above in part.iterancestors():
        if above is paragraph:
            return True
        if above.tag in _GONE or above.tag in (w.PARAGRAPH, w.TEXT_BOX):
            return False
    return False


def _find_host(paragraph: w.Element) -> w.Element:
    """The outermost paragraph around this one; Word takes no comments in text boxes."""
    hosts = list(paragraph.iterancestors(w.PARAGRAPH))
    return hosts[-1] if hosts else paragraph
