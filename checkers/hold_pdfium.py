"""Hold pdfium for reading text: one thread at a time, and without the system's fonts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium_c

# pdfium is not safe to use from two threads, and its choice of fonts is global.
_LOCK = threading.Lock()
_fonts_in_use: list[Any] = []


@contextmanager
def hold_pdfium() -> Iterator[None]:
    """Keep other threads out of pdfium, and the system's fonts out of its measuring.

    A PDF that embeds no Chinese font gives its own character widths; still pdfium opens a system
    font and measures the ink of each character, which takes 30 times as long (350 pages: 10 s
    against 0.4 s). Rendering needs the fonts, so they are put back.
    """
    with _LOCK:
        pdfium_c.FPDF_SetSystemFontInfo(None)
        while _fonts_in_use:
            pdfium_c.FPDF_FreeDefaultSystemFontInfo(_fonts_in_use.pop())
        try:
            yield
        finally:
            fonts = pdfium_c.FPDF_GetDefaultSystemFontInfo()
            pdfium_c.FPDF_SetSystemFontInfo(fonts)
            _fonts_in_use.append(fonts)
