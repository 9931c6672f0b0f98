"""A document with chapters -> how it writes headings and text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checkers import docx_names as w
from checkers.copy_heading_form import TextForm, copy_body_form, copy_heading_form, read_counts
from checkers.number_paragraphs import BodyParagraphs, read_text
from checkers.outline import Section

# Of text that shows how this document is written: not a caption, not a line on its own.
_TELLING_LENGTH = 20
_CENTRED = frozenset({"center", "right", "end", "distribute"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentForms:
    """How a document writes chapters, sections and text.

    Attributes:
        chapter: form of a chapter's heading.
        section: form of a section's heading.
        body: form of running text.
        styled_sections: whether ``section`` is taken from a heading; else from running text.
    """

    chapter: TextForm
    section: TextForm
    body: TextForm
    styled_sections: bool


def learn_forms(
    chapters: Sequence[Section], near: Section | None, paragraphs: BodyParagraphs
) -> DocumentForms:
    """Learn from one chapter first, then from the others in order.

    Args:
        chapters: of the report.
        near: the chapter beside the place to be filled.
        paragraphs: of the document.
    """
    ordered = ([near] if near else []) + [part for part in chapters if part is not near]
    numbered = [part for part in ordered if part.number] or ordered
    body = _learn_body(ordered, paragraphs)
    chapter = _first_form(numbered, paragraphs)
    if chapter is None:
        chapter = replace(body, prefix=_read_run_in_prefix(numbered, paragraphs))
    children = [child for part in ordered for child in part.children]
    section = _first_form([part for part in children if part.number] or children, paragraphs)
    return DocumentForms(
        chapter=chapter,
        section=section or replace(body, prefix=_guess_prefix(chapter)),
        body=body,
        styled_sections=section is not None,
    )


def _first_form(sections: Iterable[Section], paragraphs: BodyParagraphs) -> TextForm | None:
    for section in sections:
        paragraph = paragraphs.get(section.place.paragraph)
        # A section that was split off its paragraph's text is no example of a heading.
        if paragraph is not None and read_text(paragraph).strip().endswith(section.title[-4:]):
            return copy_heading_form(paragraph, section)
    return None


def _read_run_in_prefix(sections: Iterable[Section], paragraphs: BodyParagraphs) -> str:
    """The typed number of a heading that runs on into its text; empty where there is none."""
    examples = ((paragraphs.get(part.place.paragraph), part) for part in sections)
    forms = (copy_heading_form(found, part) for found, part in examples if found is not None)
    return next((form.prefix for form in forms if form.prefix), "")


def _learn_body(chapters: list[Section], paragraphs: BodyParagraphs) -> TextForm:
    """The form of the first paragraph that looks like running text, else of the first at all."""
    found = map(paragraphs.get, _walk_text(chapters))
    plain = [part for part in found if part is not None and not _is_listed(part)]
    telling = (part for part in plain if _is_running_text(part))
    example = next(telling, plain[0] if plain else None)
    return TextForm() if example is None else copy_body_form(example)


def _is_listed(paragraph: w.Element) -> bool:
    return paragraph.find(f"{w.PARAGRAPH_PR}/{w.NUM_PR}") is not None


def _is_running_text(paragraph: w.Element) -> bool:
    justified = w.find_value(paragraph.find(w.PARAGRAPH_PR), w.JUSTIFY)
    in_table = next(paragraph.iterancestors(w.CELL), None) is not None
    is_long = len(read_text(paragraph).strip()) >= _TELLING_LENGTH
    return is_long and not in_table and justified not in _CENTRED


def _walk_text(chapters: list[Section]) -> Iterator[int]:
    for chapter in chapters:
        for section in chapter.walk():
            for block in section.body:
                if not block.is_table and block.place.paragraph is not None:
                    yield block.place.paragraph


def _guess_prefix(chapter: TextForm) -> str:
    """The number of sections where the report has none: as is usual below such chapters."""
    counts = read_counts(chapter.prefix)
    is_decimal = bool(counts) and any(char.isascii() and char.isdigit() for char in chapter.prefix)
    return "1.1 " if is_decimal and "第" not in chapter.prefix else "（一）"
