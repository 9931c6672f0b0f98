from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from checkers.hold_pdfium import hold_pdfium
from checkers.page_line import PdfPage
from checkers.placeholder_font import make_placeholder_font
from checkers.read_page_ranges import read_pages
from checkers.read_pdf_lines import read_page

WIDTH, HEIGHT = 595.0, 842.0
FACE = "STSong-Light"
TEXT = "第一章网络安全设计"
CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children")


@pytest.fixture
def canvas(tmp_path: Path) -> Canvas:
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(WIDTH, HEIGHT))
    canvas.setFont(FACE, 12)
    return canvas


def read(canvas: Canvas) -> PdfPage:
    canvas.save()
    with hold_pdfium():
        document = pdfium.PdfDocument(canvas._filename)
        try:
            return read_page(document, 1)
        finally:
            document.close()


def texts(page: PdfPage) -> list[str]:
    return [line.text for line in page.lines]


def draw_apart(canvas: Canvas, left: float, bottom: float) -> None:
    """Draw every character by itself, as some printers to PDF do."""
    for place, char in enumerate(TEXT):
        canvas.drawString(left + 12 * place, bottom, char)


def test_characters_drawn_one_by_one_in_a_face_that_is_not_embedded_are_read(
    canvas: Canvas,
) -> None:
    draw_apart(canvas, 90, 700)
    assert texts(read(canvas)) == [TEXT]


def test_text_can_still_be_rendered_after_reading(canvas: Canvas) -> None:
    draw_apart(canvas, 90, 700)
    read(canvas)
    document = pdfium.PdfDocument(canvas._filename)
    picture = document[0].render(scale=2).to_pil().convert("L")
    document.close()
    # Placeholder boxes would be solid; characters leave much of their place white.
    inked = picture.crop((180, 2 * 130, 400, 2 * 145))
    dark = sum(1 for value in inked.tobytes() if value < 128) / (inked.width * inked.height)
    assert 0.01 < dark < 0.5


def test_text_drawn_aslant_is_a_watermark_and_left_out(canvas: Canvas) -> None:
    canvas.drawString(90, 700, TEXT)
    canvas.saveState()
    canvas.rotate(35)
    canvas.drawString(300, 100, "内部资料严禁外传")
    canvas.restoreState()
    assert texts(read(canvas)) == [TEXT]


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_page_drawn_sideways_is_turned(canvas: Canvas, quarter: int) -> None:
    moves = {1: (WIDTH, 0), 2: (WIDTH, HEIGHT), 3: (0, HEIGHT)}
    canvas.translate(*moves[quarter])
    canvas.rotate(90 * quarter)
    width, height = (HEIGHT, WIDTH) if quarter % 2 else (WIDTH, HEIGHT)
    canvas.drawString(90, height - 100, TEXT)
    canvas.drawString(90, height - 130, "第二行")
    page = read(canvas)
    assert texts(page) == [TEXT, "第二行"]
    assert (page.width, page.height) == pytest.approx((width, height), abs=1)
    assert page.lines[0].left == pytest.approx(90, abs=2)
    assert page.lines[0].bottom == pytest.approx(height - 100, abs=5)


def test_a_page_that_is_shown_turned_has_the_size_that_is_seen(
    canvas: Canvas, tmp_path: Path
) -> None:
    canvas.translate(WIDTH, 0)
    canvas.rotate(90)
    canvas.drawString(90, WIDTH - 100, TEXT)
    canvas.save()
    with hold_pdfium():
        document = pdfium.PdfDocument(canvas._filename)
        document[0].set_rotation(90)
        document.save(tmp_path / "turned.pdf")
        document.close()
        turned = pdfium.PdfDocument(tmp_path / "turned.pdf")
        page = read_page(turned, 1)
        turned.close()
    assert (page.width, page.height) == pytest.approx((HEIGHT, WIDTH), abs=1)
    assert page.lines[0].bottom == pytest.approx(WIDTH - 100, abs=5)


def test_cells_far_apart_are_parted_by_a_tab(canvas: Canvas) -> None:
    for left, cell in ((90, "序号"), (200, "数据项"), (320, "提供部门")):
        canvas.drawString(left, 700, cell)
    assert texts(read(canvas)) == ["序号\t数据项\t提供部门"]


def write_pages(path: Path, count: int) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    for number in range(1, count + 1):
        canvas.setFont(FACE, 12)
        canvas.drawString(90, 700, f"第{number}页正文")
        canvas.showPage()
    canvas.save()


@pytest.fixture(params=[79, 200])
def long_document(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Path, pdfium.PdfDocument]]:
    """Two documents: one is read by one process, the other by two."""
    path = tmp_path / "long.pdf"
    write_pages(path, request.param)
    with hold_pdfium():
        document = pdfium.PdfDocument(path)
        try:
            yield path, document
        finally:
            document.close()


def test_every_page_of_a_long_file_is_read_once_and_in_order(
    long_document: tuple[Path, pdfium.PdfDocument],
) -> None:
    path, document = long_document
    pages = read_pages(path, document)
    assert pages == [read_page(document, number) for number in range(1, len(document) + 1)]
    assert texts(pages[-1]) == [f"第{len(document)}页正文"]


class BrokenDocument:
    """A long document of which no page can be opened."""

    def __len__(self) -> int:
        return 200

    def __getitem__(self, index: int) -> object:
        raise pdfium.PdfiumError(f"page {index}")


@pytest.mark.skipif(not CHILDREN.exists(), reason="needs Linux")
def test_a_damaged_page_leaves_no_process_behind(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    write_pages(path, 200)
    before = CHILDREN.read_text()
    with pytest.raises(pdfium.PdfiumError):
        read_pages(path, BrokenDocument())
    assert CHILDREN.read_text() == before


def test_the_placeholder_is_a_small_font() -> None:
    assert len(make_placeholder_font()) < 1_000
