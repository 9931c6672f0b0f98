"""A report file of any supported kind -> its outline."""

from __future__ import annotations

from pathlib import Path

from checkers.build_outline import build_outline
from checkers.detect_kind import detect_kind
from checkers.outline import Outline


def read_report(path: Path) -> Outline:
    """Return the outline of a report file; its kind is told from the content, not the name.

    Pages that are pictures are listed in ``Outline.unread_pages``.

    Raises:
        ReportUnreadable: with a code and one Chinese sentence saying why and what to do.
    """
    kind = detect_kind(path)
    if kind == "pdf":
        from checkers.read_pdf import read_pdf

        pdf = read_pdf(path)
        return build_outline(
            pdf.blocks,
            kind=kind,
            title=pdf.title,
            pages=pdf.pages,
            unread_pages=pdf.unread_pages,
        )
    from checkers.read_docx import read_docx

    docx = read_docx(path)
    return build_outline(docx.blocks, kind=kind, title=docx.title)
