"""PDF pages -> pictures as a scanner makes them: turned, grey, noisy, squeezed; in a PDF again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evals.reports.scan_makes import ScanMake

_POINTS_AN_INCH = 72
_SEAL_COLOUR = (0.85, 0.1, 0.1)
_SEAL_RADIUS = 58
_STAR_RADIUS, _STAR_TIPS = 18, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feed:
    """How one sheet went through the scanner."""

    degrees: float
    noise: float
    blur: float
    paper: int
    quality: int
    seed: int


def scan_pdf(source: Path, target: Path, make: ScanMake, random: Random) -> Path:
    """Write a PDF whose pages, or every second one of them, are pictures of the source's.

    The same source, make and state of ``random`` give the same pictures.
    """
    document = pypdfium2.PdfDocument(source)
    lean = random.choice((-1, 1)) * random.uniform(0.5, 1) * make.degrees
    pictures = [
        _photograph_page(page, make.dots_an_inch, _draw_feed(make, lean, random))
        for page in document
    ]
    document.close()
    _write_pictures(pictures, target, has_seal=make.has_seal)
    if make.is_mixed:
        _put_back_text(source, target)
    return target


def _draw_feed(make: ScanMake, lean: float, random: Random) -> _Feed:
    """Sheets of one pile lean alike, but not quite."""
    degrees = lean + random.uniform(-0.4, 0.4) if make.degrees else 0.0
    return _Feed(
        degrees=max(-make.degrees, min(make.degrees, degrees)),
        noise=random.uniform(4, make.noise),
        blur=random.uniform(0.2, 0.6),
        paper=random.randrange(228, 250),
        quality=random.randrange(make.quality, make.quality + 15),
        seed=random.randrange(2**32),
    )


def _photograph_page(page: pypdfium2.PdfPage, dots_an_inch: int, feed: _Feed) -> BytesIO:
    picture = page.render(scale=dots_an_inch / _POINTS_AN_INCH, grayscale=True).to_pil()
    if feed.degrees:
        picture = picture.rotate(feed.degrees, Image.Resampling.BICUBIC, fillcolor=255)
    picture = picture.filter(ImageFilter.GaussianBlur(feed.blur))
    stored = BytesIO()
    _soil(picture, feed).save(stored, format="JPEG", quality=feed.quality)
    stored.seek(0)
    return stored


def _soil(picture: Image.Image, feed: _Feed) -> Image.Image:
    """Grey paper, grey ink, grain, and specks of dust."""
    dice = np.random.default_rng(feed.seed)
    levels = np.asarray(picture, dtype=np.float32)
    ink = 35.0
    levels = ink + levels * ((feed.paper - ink) / 255)
    levels += dice.normal(0, feed.noise, levels.shape).astype(np.float32)
    specks = dice.integers(0, levels.size, levels.size // 20_000)
    levels.reshape(-1)[specks] = 60
    return Image.fromarray(levels.clip(0, 255).astype(np.uint8))


def _write_pictures(pictures: list[BytesIO], target: Path, *, has_seal: bool) -> None:
    canvas = Canvas(str(target), pagesize=A4, invariant=1)
    for number, picture in enumerate(pictures):
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        if has_seal and number == 0:
            _stamp_seal(canvas)
        canvas.showPage()
    canvas.save()


def _stamp_seal(canvas: Canvas) -> None:
    """A round red seal with a star across the lower part of the page, as on a cover."""
    canvas.setStrokeColorRGB(*_SEAL_COLOUR)
    canvas.setFillColorRGB(*_SEAL_COLOUR)
    canvas.setLineWidth(4)
    x, y = A4[0] * 0.62, A4[1] * 0.36
    canvas.circle(x, y, _SEAL_RADIUS, stroke=1, fill=0)
    star = canvas.beginPath()
    for tip in range(_STAR_TIPS):
        # Every second tip of a pentagon, from the top.
        angle = math.pi / 2 + 4 * math.pi * tip / _STAR_TIPS
        corner = x + _STAR_RADIUS * math.cos(angle), y + _STAR_RADIUS * math.sin(angle)
        (star.lineTo if tip else star.moveTo)(*corner)
    star.close()
    canvas.drawPath(star, stroke=0, fill=1)


def _put_back_text(source: Path, target: Path) -> None:
    """Give every second page its text back: a file put together from print and scan."""
    printed, scanned = PdfReader(source), PdfReader(target)
    writer = PdfWriter()
    for number, pages in enumerate(zip(printed.pages, scanned.pages, strict=True)):
        writer.add_page(pages[number % 2])
    with BytesIO() as stored:
        writer.write(stored)
        target.write_bytes(stored.getvalue())
