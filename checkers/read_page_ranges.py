"""The pages of a long PDF, read by two processes at once where there is a processor for each."""

from __future__ import annotations

import marshal
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import cast

import pypdfium2 as pdfium

from checkers.page_line import PageLine, PdfPage
from checkers.read_pdf_lines import read_page

# Below this, starting the second process takes longer than it saves.
_FEWEST_PAGES = 80

# Names of the values in the order in which they are sent; lines go beside those of a page.
_LINE_VALUES = tuple(value.name for value in fields(PageLine))
_PAGE_VALUES = tuple(value.name for value in fields(PdfPage) if value.name != "lines")
_read_line_values = attrgetter(*_LINE_VALUES)
_read_page_values = attrgetter(*_PAGE_VALUES)

_Packed = tuple[tuple[object, ...], list[tuple[object, ...]]]


def read_pages(path: Path, document: pdfium.PdfDocument) -> list[PdfPage]:
    """Return all pages of an open document; ``path`` is its file.

    Raises:
        pdfium.PdfiumError: a page is damaged.
    """
    count = len(document)
    middle = count // 2 + 1
    helper = _start_helper(path, range(middle, count + 1)) if _may_share(count) else None
    if helper is None:
        return [read_page(document, number) for number in range(1, count + 1)]
    try:
        pages = [read_page(document, number) for number in range(1, middle)]
    finally:
        # Also where a page here is damaged: the helper would wait for its reader for good.
        rest = _take_answer(*helper)
    # A helper that failed has met what this process will meet too, and can explain.
    return pages + (rest or [read_page(document, number) for number in range(middle, count + 1)])


def _may_share(pages: int) -> bool:
    """Whether a second process helps, and can be split off: beside threads it could hang."""
    if pages < _FEWEST_PAGES or not hasattr(os, "fork") or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1 if hasattr(os, "sched_getaffinity") else True


def _start_helper(path: Path, numbers: Iterable[int]) -> tuple[int, int] | None:
    """Split off a process that reads pages; return its id and the end of the pipe to read."""
    source, target = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(source)
        os.close(target)
        return None
    if process:
        os.close(target)
        return process, source
    # The helper shares every buffer and exit hook with its parent, and must run none of them.
    status = 1
    try:
        os.close(source)
        # pdfium keeps the place in a file that it has open, which two processes can't share.
        document = pdfium.PdfDocument(path)
        packed = marshal.dumps([_pack_page(read_page(document, number)) for number in numbers])
        with os.fdopen(target, "wb") as pipe:
            pipe.write(packed)
        status = 0
    finally:
        os._exit(status)


def _take_answer(process: int, source: int) -> list[PdfPage]:
    """Return the pages that a helper has read; none where it failed."""
    with os.fdopen(source, "rb") as pipe:
        packed = pipe.read()
    _, status = os.waitpid(process, 0)
    if status or not packed:
        return []
    return [_unpack_page(page) for page in cast("list[_Packed]", marshal.loads(packed))]


def _pack_page(page: PdfPage) -> _Packed:
    return _read_page_values(page), [_read_line_values(line) for line in page.lines]


def _unpack_page(packed: _Packed) -> PdfPage:
    values, lines = packed
    make_line = cast("Callable[..., PageLine]", PageLine)
    make_page = cast("Callable[..., PdfPage]", PdfPage)
    return make_page(
        lines=tuple([make_line(**dict(zip(_LINE_VALUES, line, strict=True))) for line in lines]),
        **dict(zip(_PAGE_VALUES, values, strict=True)),
    )
