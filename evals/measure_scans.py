"""Time the reading of scans beside rapidocr alone, on the same pages in the same run.

    python -m evals.measure_scans [FOLDER] [--pages N]

rapidocr alone: one process, its own defaults, each page rendered as this project renders it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import pypdfium2

from checkers.draw_page import draw_pdf_page
from checkers.find_recogniser import is_recogniser_installed
from checkers.isolate_reading import ReadingPool
from checkers.outline import Outline
from checkers.recognise_scans import read_with_scans
from checkers.watch_reading import RECOGNISE
from evals.make_large_report import write_large_pdf
from evals.measurement import Measurement

TARGET_RATIO = 1.1
PAGES = 6
DOTS_AN_INCH = 150
_JPEG_QUALITY = 70
_POINTS_AN_INCH = 72
_RUNS = 2


def measure_scans(folder: Path, pages: int = PAGES) -> Iterator[Measurement]:
    """Yield seconds a page of a scan of so many pages, models loaded, beside rapidocr alone.

    Both take turns, and the faster run of each counts: other work on the machine slows down one
    or the other. ``target`` is 1.1 times the time of rapidocr alone.
    """
    key, title = "check.scan_page", f"识别{pages}页扫描件，每页用时"
    if not is_recogniser_installed():
        note = "没有安装rapidocr"
        yield Measurement(key=key, title=title, value=None, unit="s", note=note)
        return
    path = write_scan(folder / "scan.pdf", pages)
    bare = load_bare_rapidocr()
    pool = ReadingPool()
    try:
        _read(pool, path)  # Starts the processes and loads the models.
        bare(path, 1)
        times: list[tuple[float, float]] = []
        for _ in range(_RUNS):
            alone = time_once(lambda: [bare(path, number) for number in range(1, pages + 1)])
            times.append((time_once(lambda: _read(pool, path)), alone))
    finally:
        pool.close()
    ours = min(own for own, _ in times) / pages
    raw = min(alone for _, alone in times) / pages
    yield Measurement(
        key=key,
        title=title,
        value=round(ours, 3),
        unit="s",
        runs=_RUNS,
        target=round(raw * TARGET_RATIO, 3),
        raw=round(raw, 3),
        raw_title="对照为单用rapidocr识别同样的页",
        note=f"中位数之比{median(own / alone for own, alone in times):.2f}",
    )


def write_scan(path: Path, pages: int) -> Path:
    """Write a report of so many pages as pictures of them, as a scanner would."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    with TemporaryDirectory() as folder:
        text = Path(folder) / "text.pdf"
        write_large_pdf(text, pages)
        document = pypdfium2.PdfDocument(text)
        canvas = Canvas(str(path), invariant=1)
        for page in document:
            width, height = page.get_size()
            stored = BytesIO()
            picture = page.render(scale=DOTS_AN_INCH / _POINTS_AN_INCH, grayscale=True).to_pil()
            picture.save(stored, format="JPEG", quality=_JPEG_QUALITY)
            stored.seek(0)
            canvas.setPageSize((width, height))
            canvas.drawImage(ImageReader(stored), 0, 0, width, height)
            canvas.showPage()
        canvas.save()
        document.close()
    return path


def load_bare_rapidocr() -> Callable[[Path, int], int]:
    """Return what renders a page and reads it with rapidocr as it comes; gives its lines."""
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error"})

    def read(path: Path, number: int) -> int:
        shades = draw_pdf_page(path, number).pixels
        found = engine(np.repeat(shades[:, :, None], 3, axis=2))
        return len(getattr(found, "txts", None) or ())

    return read


def time_once(action: Callable[[], object]) -> float:
    """Return the seconds that an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _read(pool: ReadingPool, path: Path) -> Outline:
    outline = read_with_scans(pool, path, watch=None, scans=RECOGNISE)
    if outline.unread_pages:
        raise RuntimeError(f"pages {outline.unread_pages} of {path.name} were not recognised")
    return outline


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=PAGES)
    arguments = parser.parse_args()
    with TemporaryDirectory() as scratch:
        for measured in measure_scans(arguments.folder or Path(scratch), arguments.pages):
            ratio = "—" if measured.ratio is None else f"{measured.ratio:.2f}"
            print(
                f"{measured.title}: {measured.value} {measured.unit}; "
                f"{measured.raw_title} {measured.raw} {measured.unit}; ratio {ratio} "
                f"(at most {TARGET_RATIO}); {measured.note}"
            )


if __name__ == "__main__":
    main()
