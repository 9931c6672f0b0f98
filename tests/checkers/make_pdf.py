"""A builder for the reader tests: PDF pages from lines of text at given places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, PITCH = 90.0, 505.0, 110.0, 24.0
SIZE = 12.0
_FACE = "STSong-Light"


@dataclass(frozen=True)
class Text:
    """A paragraph; ``bookmark`` is the level of its bookmark, from 0; ``above`` in points."""

    text: str
    size: float = SIZE
    indent: bool = False
    centred: bool = False
    bookmark: int | None = None
    above: float = 0.0


@dataclass(frozen=True)
class Cells:
    """A row of a table."""

    cells: tuple[str, ...]


class PageBreak:
    """Go on with a new page."""


class Scan:
    """A page that is one picture."""


Piece = Text | Cells | PageBreak | Scan


def write_pdf(
    path: Path,
    pieces: Sequence[Piece],
    *,
    head: str = "",
    numbered: bool = False,
    password: str | None = None,
) -> Path:
    """Write pieces from top to bottom, with a running head and page numbers where wanted."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FACE))
    writer = _Writer(Canvas(str(path), pagesize=(WIDTH, HEIGHT), encrypt=password), head, numbered)
    for piece in pieces:
        writer.write(piece)
    writer.finish()
    return path


class _Writer:
    def __init__(self, canvas: Canvas, head: str, numbered: bool) -> None:
        self.canvas, self.head, self.numbered = canvas, head, numbered
        self.page, self.y, self.began = 1, HEIGHT - TOP, False

    def write(self, piece: Piece) -> None:
        if isinstance(piece, PageBreak):
            self._turn()
        elif isinstance(piece, Scan):
            self._picture()
        elif isinstance(piece, Cells):
            for column, cell in enumerate(piece.cells):
                self._draw(LEFT + column * 110, cell, SIZE, _FACE)
            self._advance()
        else:
            self._paragraph(piece)

    def finish(self) -> None:
        self._furnish()
        self.canvas.showPage()
        self.canvas.save()

    def _paragraph(self, piece: Text) -> None:
        if piece.bookmark is not None:
            self.canvas.bookmarkPage(piece.text)
            self.canvas.addOutlineEntry(piece.text, piece.text, piece.bookmark)
        self.y -= piece.above
        rest, indent = piece.text, piece.size * 2 if piece.indent else 0.0
        while rest:
            room = int((RIGHT - LEFT - indent) // piece.size)
            line, rest = rest[:room], rest[room:]
            left = LEFT + indent
            if piece.centred:
                left = (WIDTH - len(line) * piece.size) / 2
            self._draw(left, line, piece.size, _FACE)
            self._advance()
            indent = 0.0

    def _draw(self, x: float, text: str, size: float, face: str) -> None:
        self.canvas.setFont(face, size)
        self.canvas.drawString(x, self.y, text)

    def _advance(self) -> None:
        self.y -= PITCH
        if self.y < TOP:
            self._turn()

    def _turn(self) -> None:
        self._furnish()
        self.canvas.showPage()
        self.page, self.y = self.page + 1, HEIGHT - TOP

    def _furnish(self) -> None:
        self.canvas.setFont(_FACE, 9)
        if self.head:
            self.canvas.drawString(LEFT, HEIGHT - 50, self.head)
        if self.numbered:
            self.canvas.drawCentredString(WIDTH / 2, 40, f"第 {self.page} 页")

    def _picture(self) -> None:
        from PIL import Image

        picture = ImageReader(Image.new("L", (40, 60), 200))
        self.canvas.drawImage(picture, 0, 0, WIDTH, HEIGHT)
        self._turn()
