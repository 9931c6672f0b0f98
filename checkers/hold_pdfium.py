"""Hold pdfium for reading text: one thread at a time, and without the system's fonts."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium_c

from checkers.placeholder_font import make_placeholder_font

# pdfium is not safe to use from two threads, and its choice of fonts is global.
_LOCK = threading.Lock()
_fonts_in_use: list[Any] = []
_PLACEHOLDER = 1  # pdfium's handle of the one font that there is; not 0, which means none


@contextmanager
def hold_pdfium() -> Iterator[None]:
    """Keep other threads out of pdfium, and the system's fonts out of its measuring.

    A PDF that embeds no Chinese font gives its own character widths; still pdfium opens a system
    font and measures the ink of each character, which takes 30 times as long (350 pages: 10 s
    against 0.4 s). With no font at all it would leave out characters drawn one by one. So every
    face is a placeholder here. Rendering needs the fonts, so they are put back; documents opened
    while holding must be closed before.
    """
    with _LOCK:
        pdfium_c.FPDF_SetSystemFontInfo(ctypes.byref(_make_font_source()))
        while _fonts_in_use:
            pdfium_c.FPDF_FreeDefaultSystemFontInfo(_fonts_in_use.pop())
        try:
            yield
        finally:
            fonts = pdfium_c.FPDF_GetDefaultSystemFontInfo()
            pdfium_c.FPDF_SetSystemFontInfo(fonts)
            _fonts_in_use.append(fonts)


def _give_font(_source: object, _font: object, table: int, buffer: int | None, size: int) -> int:
    """Write the font where pdfium has made room for it; return its length in bytes."""
    font = make_placeholder_font()
    if table:
        return 0
    if buffer and size >= len(font):
        ctypes.memmove(buffer, font, len(font))
    return len(font)


@cache
def _make_font_source() -> ctypes.Structure:
    """Return the structure by which pdfium asks for fonts; it must live as long as pdfium."""
    answers: dict[str, Callable[..., Any]] = {
        "Release": lambda _source: None,
        "EnumFonts": lambda _source, _mapper: None,
        "MapFont": lambda *_wanted: _PLACEHOLDER,
        "GetFont": lambda _source, _face: None,
        "GetFontData": _give_font,
        "GetFaceName": lambda *_asked: 0,
        "GetFontCharset": lambda _source, _font: pdfium_c.FXFONT_DEFAULT_CHARSET,
        "DeleteFont": lambda _source, _font: None,
    }
    source: ctypes.Structure = pdfium_c.FPDF_SYSFONTINFO()
    setattr(source, "version", 1)  # noqa: B010 - ctypes types know no fields
    kinds = dict(pdfium_c.FPDF_SYSFONTINFO._fields_)
    for name, answer in answers.items():
        setattr(source, name, kinds[name](answer))
    return source
