"""PDF -> paragraphs in reading order, with bookmarks taken as headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from checkers.drop_running_heads import drop_running_heads
from checkers.errors import ReportUnreadable
from checkers.hold_pdfium import hold_pdfium
from checkers.join_pdf_lines import join_pdf_lines
from checkers.mark_bookmarks import Bookmark, mark_bookmarked
from checkers.paged_text import DEEPEST_BOOKMARK, MOST_BOOKMARKS, PagedText
from checkers.read_pdf_lines import PdfPage, read_page

MOST_PAGES = 3_000

# A page with fewer characters and something drawn on it is a scan with, at most, a stamp on it.
_FEWEST_CHARACTERS = 12
# Characters without a mapping to Unicode; a page full of them can't be read.
_UNMAPPED = re.compile("[\ue000-\uf8ff\ufffd\x01-\x08\x0e-\x1f]")
_GARBLED_SHARE = 0.4
_NO_TITLE = re.compile(
    r"^(?:untitled|无标题|microsoft word\b.*|.*\.(?:docx?|wps|pdf))$", re.IGNORECASE
)
_BLANKS = re.compile(r"\s+")


def read_pdf(path: Path) -> PagedText:
    """Return the text of a PDF without running heads and page numbers.

    Raises:
        ReportUnreadable: encrypted, damaged, without pages or with too many.
    """
    with hold_pdfium():
        pages, bookmarks, title = _read_all(path)
    kept = drop_running_heads(pages)
    unread = tuple(page.number for page in kept if _is_unread(page))
    readable = [page for page in kept if page.number not in set(unread)]
    return PagedText(
        blocks=tuple(mark_bookmarked(join_pdf_lines(readable), bookmarks)),
        title=title,
        pages=len(pages),
        unread_pages=unread,
    )


def _read_all(path: Path) -> tuple[list[PdfPage], list[Bookmark], str]:
    document = _open(path)
    try:
        pages = [read_page(document, number) for number in range(1, len(document) + 1)]
        return pages, _read_bookmarks(document), _read_title(document)
    except pdfium.PdfiumError:
        raise _damaged() from None
    finally:
        document.close()


def _decode(read: Callable[[], object]) -> str:
    """Return a text of the file's properties; one that is damaged is as good as none."""
    try:
        return str(read()).strip()
    except UnicodeDecodeError:
        return ""


def _read_title(document: pdfium.PdfDocument) -> str:
    """Return the title in the properties, less what programs put there by themselves."""
    title = _decode(lambda: document.get_metadata_value("Title"))
    return "" if _NO_TITLE.search(title) else title


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise ReportUnreadable(
                "encrypted", "PDF设有打开密码，无法读取；请取消密码后重新上传。"
            ) from None
        raise _damaged() from None
    count = len(document)
    if count == 0 or count > MOST_PAGES:
        document.close()
        if count == 0:
            raise _damaged()
        raise ReportUnreadable(
            "too_large", f"PDF有{count}页，超过{MOST_PAGES}页的上限，请拆分后再上传。"
        )
    return document


def _damaged() -> ReportUnreadable:
    return ReportUnreadable(
        "damaged", "PDF文件已损坏或没有传完整，无法读取；请重新导出或重新上传。"
    )


def _is_unread(page: PdfPage) -> bool:
    """Whether a page shows something but gives no usable text."""
    text = "".join(line.text for line in page.lines)
    if len(_UNMAPPED.findall(text)) > len(text) * _GARBLED_SHARE:
        return True
    return page.has_objects and len(_BLANKS.sub("", text)) < _FEWEST_CHARACTERS


def _read_bookmarks(document: pdfium.PdfDocument) -> list[Bookmark]:
    bookmarks: list[Bookmark] = []
    for entry in document.get_toc(max_depth=DEEPEST_BOOKMARK):
        target = entry.get_dest()
        index = None if target is None else target.get_index()
        title = _decode(entry.get_title)
        if index is not None and title:
            bookmarks.append(Bookmark(level=entry.level + 1, title=title, page=index + 1))
        if len(bookmarks) >= MOST_BOOKMARKS:
            break
    return bookmarks
