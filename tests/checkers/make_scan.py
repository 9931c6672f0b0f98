"""A builder for the reader tests: pages of a PDF as a scanner would give them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

_FACE = "STSong-Light"
_INVISIBLE = 3


@dataclass(frozen=True)
class Scanner:
    """How pages come out.

    Attributes:
        dots: an inch.
        degrees: by which the paper lies crooked.
        turned: quarters of a turn, counter-clockwise.
        noise: standard deviation of the shades.
        blur: radius in pixels.
        layer: invisible text that the scanner's own recognition puts over each page.
    """

    dots: int = 150
    degrees: float = 0.0
    turned: int = 0
    noise: float = 0.0
    blur: float = 0.0
    layer: str = ""


CLEAN = Scanner()


def scan_pdf(
    source: Path, target: Path, scanner: Scanner = CLEAN, *, only: Collection[int] = ()
) -> Path:
    """Write the pages of a PDF as pictures; those not in ``only`` stay text, where it is given."""
    document = pypdfium2.PdfDocument(source)
    canvas = Canvas(str(target), invariant=1)
    for page in document:
        width, height = page.get_size()
        if scanner.turned % 2:
            width, height = height, width
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(photograph(page, scanner)), 0, 0, width, height)
        if scanner.layer:
            _write_layer(canvas, scanner.layer, height)
        canvas.showPage()
    canvas.save()
    if only:
        _put_back_text(document, target, only)
    document.close()
    return target


def photograph(page: pypdfium2.PdfPage, scanner: Scanner = CLEAN) -> BytesIO:
    """Return a page as a JPEG."""
    picture = page.render(scale=scanner.dots / 72, grayscale=True).to_pil()
    if scanner.degrees:
        picture = picture.rotate(scanner.degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if scanner.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(scanner.blur))
    shades = np.asarray(picture).astype(np.float32)
    shades += np.random.default_rng(1).normal(0, scanner.noise, shades.shape)
    picture = Image.fromarray(shades.clip(0, 255).astype(np.uint8))
    stored = BytesIO()
    turned = picture.rotate(90 * scanner.turned, expand=True)
    turned.save(stored, "JPEG", quality=65, dpi=(scanner.dots, scanner.dots))
    stored.seek(0)
    return stored


def _write_layer(canvas: Canvas, layer: str, height: float) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FACE))
    text = canvas.beginText(90, height - 110)
    text.setFont(_FACE, 12)
    text.setTextRenderMode(_INVISIBLE)
    text.textLines(layer)
    canvas.drawText(text)


def _put_back_text(source: pypdfium2.PdfDocument, target: Path, scanned: Collection[int]) -> None:
    pictures = pypdfium2.PdfDocument(target)
    mixed = pypdfium2.PdfDocument.new()
    for number in range(1, len(source) + 1):
        mixed.import_pages(pictures if number in scanned else source, [number - 1])
    content = BytesIO()
    mixed.save(content)
    mixed.close()
    pictures.close()
    target.write_bytes(content.getvalue())


def has_chinese_font(source: Path) -> bool:
    """Whether a page of text comes out with ink on it: this machine has a Chinese typeface."""
    document = pypdfium2.PdfDocument(source)
    shades = document[0].render(scale=1, grayscale=True).to_numpy()
    document.close()
    return bool((shades < 128).mean() > 0.005)
