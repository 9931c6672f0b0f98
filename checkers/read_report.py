"""A report file of any supported kind -> its outline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from checkers.build_outline import build_outline
from checkers.detect_kind import SourceKind, detect_kind
from checkers.errors import ReportUnreadable
from checkers.outline import FileKind, Outline
from checkers.paged_text import PagedText
from checkers.recognised_page import RecognisedPage
from checkers.source_block import SourceBlock

if TYPE_CHECKING:
    from checkers.find_docx_scans import DocxScan
    from checkers.read_docx import DocxText

# Some 10 paragraphs fill a page, 25 where they are short; a report of 3,000 pages is none.
MOST_BLOCKS = 80_000
MOST_PAGES = 3_000


def read_report(path: Path, recognised: Sequence[RecognisedPage] = ()) -> Outline:
    """Return the outline of a report file; its kind is told from the content, not the name.

    Pages that are pictures are listed in ``Outline.unread_pages``. The file is read in this very
    process; ``read_isolated`` reads files of strangers, and recognises pages.

    Args:
        path: of the file.
        recognised: pages that were recognised from their pictures, in order.

    Raises:
        ReportUnreadable: with a code and one Chinese sentence saying why and what to do.
    """
    kind = detect_kind(path)
    if kind in _SCAN_READERS:
        outline = _SCAN_READERS[kind](path, recognised)
    else:
        outline = _READERS[kind](path)
    is_empty = not (outline.sections or outline.preamble or outline.contents_lines)
    if is_empty and not outline.unread_pages:
        raise ReportUnreadable(
            "no_text", "文件里没有可读的文字（可能是空白文档，或全部是图片）；请上传有文字的报告。"
        )
    return outline


def _require_size(blocks: Sequence[SourceBlock]) -> Sequence[SourceBlock]:
    """Refuse what is longer than any report; formats without pages have no other limit."""
    if len(blocks) > MOST_BLOCKS:
        raise _too_long(f"文件有{len(blocks)}段，超过{MOST_BLOCKS}段的上限")
    pages = sum(block.starts_page for block in blocks)
    if pages > MOST_PAGES:
        raise _too_long(f"文件有{pages}页以上，超过{MOST_PAGES}页的上限")
    return blocks


def _too_long(reason: str) -> ReportUnreadable:
    return ReportUnreadable("too_large", f"{reason}，不像一份报告；请拆分后再上传。")


# Each reader loads only for its own format.


def _read_pdf(path: Path, recognised: Sequence[RecognisedPage]) -> Outline:
    from checkers.read_pdf import read_pdf

    return _build_paged(read_pdf(path, recognised), "pdf")


def _read_pictures(path: Path, recognised: Sequence[RecognisedPage]) -> Outline:
    from checkers.read_pictures import read_pictures

    return _build_paged(read_pictures(path, recognised), "image")


def _build_paged(text: PagedText, kind: FileKind) -> Outline:
    outline = build_outline(
        _require_size(text.blocks),
        kind=kind,
        title=text.title,
        pages=text.pages,
        unread_pages=text.unread_pages,
    )
    return replace(
        outline,
        recognised_pages=text.recognised_pages,
        layered_pages=text.layered_pages,
        unsure_paragraphs=text.unsure_paragraphs,
    )


def _open_docx(path: Path) -> tuple[DocxText, tuple[DocxScan, ...]]:
    """Return the text and the pictures of pages; the trees, which are large, are given up."""
    from checkers.find_docx_scans import find_docx_scans
    from checkers.open_docx import open_docx
    from checkers.read_docx import read_docx_parts

    parts = open_docx(path)
    docx = read_docx_parts(parts)
    return docx, find_docx_scans(path, parts, docx.blocks)


def _read_docx(path: Path, recognised: Sequence[RecognisedPage] = ()) -> Outline:
    docx, scans = _open_docx(path)
    if not scans:
        return build_outline(_require_size(docx.blocks), kind="docx", title=docx.title)
    from checkers.merge_scans import insert_scans

    blocks, unsure = insert_scans(docx.blocks, [scan.paragraph for scan in scans], recognised)
    seen = tuple(page.number for page in recognised)
    unread = sorted({*range(1, len(scans) + 1)}.difference(seen))
    outline = build_outline(
        _require_size(blocks),
        kind="docx",
        title=docx.title,
        unread_pages=tuple(unread),
    )
    return replace(outline, recognised_pages=seen, unsure_paragraphs=unsure)


def _read_ofd(path: Path, recognised: Sequence[RecognisedPage]) -> Outline:
    from checkers.merge_scans import merge_scans
    from checkers.read_ofd import read_ofd

    return _build_paged(merge_scans(read_ofd(path), recognised), "ofd")


def _read_legacy(path: Path, kind: FileKind) -> Outline:
    from checkers.convert_legacy import convert_legacy

    with convert_legacy(path) as converted:
        outline = _read_docx(converted)
    return replace(outline, kind=kind)


def _read_markdown(path: Path) -> Outline:
    from checkers.read_markdown import read_markdown

    markdown = read_markdown(_read_characters(path))
    return build_outline(_require_size(markdown.blocks), kind="markdown", title=markdown.title)


def _read_text(path: Path) -> Outline:
    from checkers.read_text import read_text

    return build_outline(_require_size(read_text(_read_characters(path))), kind="text")


def _read_characters(path: Path) -> str:
    from checkers.decode_text import decode_text

    text = decode_text(path.read_bytes())
    if text is None:
        raise ReportUnreadable("damaged", "文件不是文字，或编码认不出来；请另存为UTF-8后再上传。")
    return text


def _refuse_archive(_path: Path) -> Outline:
    raise ReportUnreadable(
        "archive", "这是压缩包，这里一次只检查一份报告；请解压后上传其中的报告。"
    )


_SCAN_READERS: dict[SourceKind, Callable[[Path, Sequence[RecognisedPage]], Outline]] = {
    "docx": _read_docx,
    "pdf": _read_pdf,
    "ofd": _read_ofd,
    "image": _read_pictures,
}
"""Formats whose pages may be pictures."""
_READERS: dict[SourceKind, Callable[[Path], Outline]] = {
    "doc": lambda path: _read_legacy(path, "doc"),
    "wps": lambda path: _read_legacy(path, "wps"),
    "markdown": _read_markdown,
    "text": _read_text,
    "zip": _refuse_archive,
}
