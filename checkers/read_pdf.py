"""PDF -> paragraphs in reading order, with bookmarks taken as headings; scans as recognised."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from checkers.drop_running_heads import drop_running_heads
from checkers.errors import ReportUnreadable
from checkers.hold_pdfium import hold_pdfium
from checkers.join_pdf_lines import join_pdf_lines
from checkers.mark_bookmarks import Bookmark, mark_bookmarked
from checkers.page_line import PdfPage
from checkers.paged_text import DEEPEST_BOOKMARK, MOST_BOOKMARKS, PagedText
from checkers.read_page_ranges import read_pages
from checkers.recognised_page import RecognisedPage
from checkers.settle_scans import SettledScans, list_unsure, settle_scans
from checkers.tell_scans import (
    FEWEST_CHARACTERS,
    PageState,
    may_be_scan,
    measure_cover,
    tell_scan,
)

MOST_PAGES = 3_000

_NO_SCANS = SettledScans(pages={}, unsure=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What stands in the file; ``covers`` has the share of a page that pictures cover."""

    pages: list[PdfPage]
    covers: Mapping[int, float]
    bookmarks: list[Bookmark]
    title: str


def read_pdf(path: Path, recognised: Sequence[RecognisedPage] = ()) -> PagedText:
    """Return the text of a PDF without running heads and page numbers.

    Args:
        path: of the file.
        recognised: pages that were read from their pictures; they take the place of the file's.

    Raises:
        ReportUnreadable: encrypted, damaged, without pages or with too many.
    """
    with hold_pdfium():
        content = _read_all(path)
    kept = drop_running_heads(content.pages)
    states = {page.number: _tell(page, content) for page in kept}
    seen = {page.number for page in recognised}
    settled = _NO_SCANS
    if seen:
        text = [p for p in content.pages if p.number not in seen and states[p.number] == "text"]
        settled = settle_scans(recognised, text)
        kept = drop_running_heads([settled.pages.get(p.number, p) for p in content.pages])
    blocks = join_pdf_lines([p for p in kept if p.number in seen or _is_of_use(p, states)])
    return PagedText(
        blocks=tuple(mark_bookmarked(blocks, content.bookmarks)),
        title=content.title,
        pages=len(content.pages),
        unread_pages=tuple(
            page.number
            for page in content.pages
            if page.number not in seen and states[page.number] in {"picture", "garbled"}
        ),
        recognised_pages=tuple(page.number for page in recognised),
        layered_pages=tuple(number for number, state in states.items() if state == "layered"),
        unsure_paragraphs=list_unsure(blocks, settled.unsure),
    )


def _tell(page: PdfPage, content: _Content) -> PageState:
    return tell_scan(page, content.covers.get(page.number, 0.0))


def _is_of_use(page: PdfPage, states: Mapping[int, PageState]) -> bool:
    """Whether the text of a page that was not recognised is worth reading."""
    state = states[page.number]
    if state == "picture":
        return sum(len(line.text) for line in page.lines) >= FEWEST_CHARACTERS
    return state != "garbled"


def _read_all(path: Path) -> _Content:
    document = _open(path)
    try:
        pages = read_pages(path, document)
        return _Content(
            pages=pages,
            covers={p.number: measure_cover(document, p.number) for p in pages if may_be_scan(p)},
            bookmarks=_read_bookmarks(document),
            title=_read_title(document),
        )
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
    """Return the title in the properties as it stands there."""
    return _decode(lambda: document.get_metadata_value("Title"))


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
