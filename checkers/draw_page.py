"""A page of a PDF, or a picture -> its pixels in shades of grey, no larger than needed."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from checkers.errors import ReportUnreadable

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

POINTS_AN_INCH = 72.0
# An A4 page of 200 dots an inch; from there on the recogniser reads no better.
MOST_PIXELS_A_SIDE = 2_340
# An A0 drawing of 300 dots an inch has 139 million; unpacked, one shade takes one byte.
MOST_PICTURE_PIXELS = 200_000_000
# Red seals lie across text: red counts most towards white, so that they fade and blue ink stays.
_RED, _GREEN, _BLUE = 0.6, 0.3, 0.1
_A4_WIDTH, _A4_HEIGHT = 595.0, 842.0
# A picture gives its size on paper as dots an inch; screens and cameras give senseless ones.
_FEWEST_DOTS, _MOST_DOTS = 90.0, 1_300.0
_DEEPEST_FORM = 6
_MOST_FRAMES = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A page as pixels.

    Attributes:
        pixels: shades of grey, rows from the top, 255 is white.
        width, height: of the page in points.
    """

    pixels: NDArray[np.uint8]
    width: float
    height: float


def draw_pdf_page(path: Path, number: int) -> Drawing:
    """Draw a page of a PDF, ``number`` from 1.

    Raises:
        ReportUnreadable: the file or its page is damaged, or a picture on it is too large.
    """
    try:
        document = pdfium.PdfDocument(path)
        try:
            page = document[number - 1]
            _refuse_huge_pictures(page)
            width, height = page.get_size()
            # Clamped also where a page is a kilometre long.
            scale = MOST_PIXELS_A_SIDE / max(width, height, 1.0)
            bitmap = page.render(scale=scale, rev_byteorder=False)
            pixels = _fade_red(bitmap.to_numpy())
            page.close()
        finally:
            document.close()
    except pdfium.PdfiumError:
        raise _damaged() from None
    return Drawing(pixels=pixels, width=width, height=height)


def _refuse_huge_pictures(page: pdfium.PdfPage) -> None:
    pixels = 0
    width, height = pdfium_c.c_uint(), pdfium_c.c_uint()
    for drawn in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST_FORM):
        if pdfium_c.FPDFImageObj_GetImagePixelSize(drawn, width, height):
            pixels += width.value * height.value
    if pixels > MOST_PICTURE_PIXELS:
        raise _too_large(pixels)


def _fade_red(drawn: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return blue-green-red pixels (or grey ones) in shades of grey."""
    if drawn.ndim == 2 or drawn.shape[2] == 1:
        return np.ascontiguousarray(drawn.reshape(drawn.shape[:2]))
    shades = drawn[..., :3].astype(np.float32) @ np.array([_BLUE, _GREEN, _RED], np.float32)
    return shades.astype(np.uint8)


def count_pictures(source: Path | IO[bytes]) -> int:
    """Return the number of pictures in a file: pages of a TIFF, else 1.

    Raises:
        ReportUnreadable: damaged, or with more pages than any report.
    """
    with _open_picture(source) as picture, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            frames = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
        except (OSError, EOFError, ValueError, SyntaxError, IndexError, KeyError, TypeError):
            # The pages of a TIFF are chained, and the chain may be broken.
            raise _damaged() from None
    if frames > _MOST_FRAMES:
        raise ReportUnreadable(
            "too_large", f"图片有{frames}页，超过{_MOST_FRAMES}页的上限，请拆分后再上传。"
        )
    return frames


def draw_picture(source: Path | IO[bytes], number: int = 1) -> Drawing:
    """Draw a page of a picture file, ``number`` from 1.

    Raises:
        ReportUnreadable: damaged or too large.
    """
    with _open_picture(source) as picture:
        try:
            picture.seek(number - 1)
            return _draw(picture)
        except (OSError, EOFError, ValueError, SyntaxError, IndexError, KeyError, TypeError):
            # What Pillow raises on damaged files depends on the format.
            raise _damaged() from None


def _open_picture(source: Path | IO[bytes]) -> Image.Image:
    # Pillow loads only where a picture is read.
    from PIL import Image

    # The limit stands below, in the project's own words.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(source, formats=("PNG", "JPEG", "TIFF", "BMP"))
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError):
        raise _damaged() from None


def _draw(picture: Image.Image) -> Drawing:
    from PIL import Image, ImageOps

    pixels = picture.size[0] * picture.size[1]
    if pixels > MOST_PICTURE_PIXELS:
        raise _too_large(pixels)
    dots = _find_dots(picture)
    full = max(picture.size)
    # A JPEG is unpacked at a half, a quarter or an eighth of its size where that is enough.
    picture.draft(None, (MOST_PIXELS_A_SIDE, MOST_PIXELS_A_SIDE))
    picture.load()
    factor = max(1, max(picture.size) // MOST_PIXELS_A_SIDE)
    small = picture.reduce(factor) if factor > 1 and picture.mode != "P" else picture
    upright = ImageOps.exif_transpose(small) or small
    shades = np.asarray(_flatten(upright))
    if max(shades.shape) > MOST_PIXELS_A_SIDE:
        scale = MOST_PIXELS_A_SIDE / max(shades.shape)
        size = max(1, round(shades.shape[1] * scale)), max(1, round(shades.shape[0] * scale))
        shades = np.asarray(Image.fromarray(shades).resize(size, Image.Resampling.LANCZOS))
    width, height = _find_paper(shades.shape[1], shades.shape[0], full, dots)
    return Drawing(pixels=np.ascontiguousarray(shades), width=width, height=height)


def _flatten(picture: Image.Image) -> Image.Image:
    """Return a picture of any mode in shades of grey, on white where it is transparent."""
    from PIL import Image

    if picture.mode.startswith("I") or picture.mode == "F":
        values = np.asarray(picture, dtype=np.float64)
        most = max(float(values.max(initial=1.0)), 1.0)
        return Image.fromarray((values / most * 255).clip(0, 255).astype(np.uint8))
    if picture.mode == "1":
        return picture.convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture.convert("RGBA"))
    if picture.mode == "L":
        return picture
    red, green, blue = picture.convert("RGB").split()
    reversed_bands = np.stack([np.asarray(blue), np.asarray(green), np.asarray(red)], axis=2)
    return Image.fromarray(_fade_red(reversed_bands))


def _find_dots(picture: Image.Image) -> float:
    """Return the dots an inch that the file states; 0 where it states none of use."""
    stated = picture.info.get("dpi", (0, 0))
    try:
        dots = float(stated[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0
    return dots if _FEWEST_DOTS <= dots <= _MOST_DOTS else 0.0


def _find_paper(width: int, height: int, full: int, dots: float) -> tuple[float, float]:
    """Return width and height in points; without dots an inch, those of A4 as near as can be."""
    if dots:
        scale = full / max(width, height) * POINTS_AN_INCH / dots
        if width * scale < 4 * _A4_HEIGHT and height * scale < 4 * _A4_HEIGHT:
            return width * scale, height * scale
    paper = (_A4_WIDTH, _A4_HEIGHT) if height >= width else (_A4_HEIGHT, _A4_WIDTH)
    scale = min(paper[0] / width, paper[1] / height)
    return width * scale, height * scale


def _damaged() -> ReportUnreadable:
    return ReportUnreadable(
        "damaged", "图片或扫描页已损坏，或没有传完整，无法读取；请重新扫描或重新上传。"
    )


def _too_large(pixels: int) -> ReportUnreadable:
    return ReportUnreadable(
        "too_large",
        f"图片有{pixels // 1_000_000}百万像素，超过{MOST_PICTURE_PIXELS // 1_000_000}百万的上限；"
        "请用200～300 dpi重新扫描后再上传。",
    )
