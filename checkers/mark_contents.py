"""Contents of a document that gets further headings -> fields marked for update."""

from __future__ import annotations

from checkers import docx_names as w
from checkers.read_docx_fields import is_contents_field

_BEGIN = "begin"


def mark_contents(document: w.Element) -> bool:
    """Mark the contents fields, so that Word updates them; False where there are none."""
    found = False
    for field in document.iter(w.FIELD_SIMPLE):
        if is_contents_field(str(field.get(w.INSTRUCTION, ""))):
            field.set(w.DIRTY, "true")
            found = True
    begins: list[w.Element] = []
    for part in document.iter(w.FIELD_CHAR, w.FIELD_INSTRUCTION):
        if part.tag == w.FIELD_INSTRUCTION:
            if begins and is_contents_field(part.text or ""):
                begins[-1].set(w.DIRTY, "true")
                found = True
        elif part.get(w.FIELD_CHAR_TYPE) == _BEGIN:
            begins.append(part)
        elif part.get(w.FIELD_CHAR_TYPE) == "end" and begins:
            begins.pop()
    return found
