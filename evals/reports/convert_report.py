"""A written report -> what offices make of it: a PDF by LibreOffice, or a scan."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_OFFICE_NAMES = ("soffice", "libreoffice")
_OFFICE_SECONDS = 120
_POINTS_AN_INCH = 72


def find_office() -> Path | None:
    """Where LibreOffice is, or None."""
    found = (shutil.which(name) for name in _OFFICE_NAMES)
    return next((Path(path) for path in found if path), None)


def convert_to_pdf(docx: Path, office: Path) -> Path:
    """Convert a DOCX beside itself, in an office profile of its own, and remove the DOCX.

    Raises:
        subprocess.SubprocessError: the office fails or takes longer than two minutes.
    """
    with TemporaryDirectory() as profile:
        command = [str(office), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(docx.parent), str(docx)]
        subprocess.run(command, check=True, capture_output=True, timeout=_OFFICE_SECONDS)
    docx.unlink()
    return docx.with_suffix(".pdf")


def scan_pdf(pdf: Path, *, dots_an_inch: int, degrees: float) -> Path:
    """Replace the pages by pictures of them, turned by some degrees as a feeder turns paper."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [_photograph_page(page, dots_an_inch) for page in document]
    document.close()
    canvas = Canvas(str(pdf), pagesize=A4, invariant=1)
    width, height = A4
    for picture in pictures:
        canvas.translate(width / 2, height / 2)
        canvas.rotate(degrees)
        canvas.drawImage(ImageReader(picture), -width / 2, -height / 2, width, height)
        canvas.showPage()
    canvas.save()
    return pdf


def _photograph_page(page: pypdfium2.PdfPage, dots_an_inch: int) -> BytesIO:
    picture = page.render(scale=dots_an_inch / _POINTS_AN_INCH, grayscale=True).to_pil()
    stored = BytesIO()
    picture.save(stored, format="JPEG", quality=70)
    stored.seek(0)
    return stored
