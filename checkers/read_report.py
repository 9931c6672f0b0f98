"""A report file of any supported kind -> its outline."""

from __future__ import annotations

from pathlib import Path

from checkers.build_outline import build_outline
from checkers.detect_kind import detect_kind
from checkers.errors import ReportUnreadable
from checkers.outline import Outline


def read_report(path: Path) -> Outline:
    """Return the outline of a report file; its kind is told from the content, not the name.

    Pages that are pictures are listed in ``Outline.unread_pages``.

    Raises:
        ReportUnreadable: with a code and one Chinese sentence saying why and what to do.
    """
    kind = detect_kind(path)
    outline = _read_pdf(path) if kind == "pdf" else _read_docx(path)
    is_empty = not (outline.sections or outline.preamble or outline.contents_lines)
    if is_empty and not outline.unread_pages:
        raise ReportUnreadable(
            "no_text", "文件里没有可读的文字（可能是空白文档，或全部是图片）；请上传有文字的报告。"
        )
    return outline


def _read_pdf(path: Path) -> Outline:
    # Each reader loads only for its own format.
    from checkers.read_pdf import read_pdf

    pdf = read_pdf(path)
    return build_outline(
        pdf.blocks,
        kind="pdf",
        title=pdf.title,
        pages=pdf.pages,
        unread_pages=pdf.unread_pages,
    )


def _read_docx(path: Path) -> Outline:
    from checkers.read_docx import read_docx

    docx = read_docx(path)
    return build_outline(docx.blocks, kind="docx", title=docx.title)
