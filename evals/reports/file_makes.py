"""The ways a report becomes a file: format, writer, and the tools that must be installed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import get_args

from evals.reports.convert_report import OfficeTarget, convert_by_office
from evals.reports.file_formats import SUFFIXES, FileFormat, Tool
from evals.reports.pdf_makes import PDF_MAKES, RARE_PDF_MAKES, SCAN_SOURCE, PdfMake
from evals.reports.report_tree import Report
from evals.reports.scan_makes import SCAN_MAKES, ScanMake
from evals.reports.shorten_report import shorten_report
from evals.reports.write_docx import DOCX_MAKES, DocxMake, write_docx
from evals.reports.write_form import FormMake, write_form
from evals.reports.write_text import Encoding, write_markdown, write_text

Writer = Callable[[Report, Path], Path]

_NO_TOOLS: frozenset[Tool] = frozenset()
_REPORTLAB: frozenset[Tool] = frozenset({"reportlab"})
_OFFICE: frozenset[Tool] = frozenset({"office"})
_CHROMIUM: frozenset[Tool] = frozenset({"chromium"})
# Without one, what is drawn is blank.
_FONTS: frozenset[Tool] = frozenset({"chinese_fonts"})
_SCANNER: frozenset[Tool] = frozenset({"reportlab", "rapidocr", "chinese_fonts"})
_ZIPPED_NAME = "材料/可行性研究报告"
_FIXED_ZIP_DATE = (2025, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMake:
    """A way to build a file.

    Attributes:
        name: as in the tables.
        format: of the file.
        writer: writes a report to a path.
        needs: without which the file can't be written, or read.
        by_office: the writer gives a DOCX, which LibreOffice turns into this; None where the
            writer gives the file itself.
    """

    name: str
    format: FileFormat
    writer: Writer
    needs: frozenset[Tool] = _NO_TOOLS
    by_office: OfficeTarget | None = None

    @property
    def suffix(self) -> str:
        """With the dot; of a scan, that of a PDF."""
        return SUFFIXES[self.format]

    def write(self, report: Report, path: Path) -> Path:
        """Write the file and return where it is."""
        if self.by_office is None:
            return self.writer(report, path)
        with TemporaryDirectory() as folder:
            source = self.writer(report, Path(folder) / f"{path.stem}.docx")
            (converted,) = convert_by_office([source], self.by_office, Path(folder))
            path.write_bytes(converted.read_bytes())
        return path


def _write_docx(make: DocxMake, report: Report, path: Path) -> Path:
    return write_docx(report, make, path)


def _write_form(make: FormMake, report: Report, path: Path) -> Path:
    return write_form(report, path, make=make)


def _write_pdf(make: PdfMake, report: Report, path: Path) -> Path:
    # reportlab belongs to the development tools: the plan must load without it.
    from evals.reports.write_pdf import write_pdf

    return write_pdf(report, make, path)


def _print_by_chromium(report: Report, path: Path) -> Path:
    from evals.reports.print_by_chromium import print_by_chromium

    return print_by_chromium(report, path)


def _write_scan(make: ScanMake, report: Report, path: Path) -> Path:
    from evals.reports.scan_report import scan_pdf

    with TemporaryDirectory() as folder:
        source = _write_pdf(SCAN_SOURCE, shorten_report(report), Path(folder) / "source.pdf")
        return scan_pdf(source, path, make, Random(path.stem))


def _write_ofd(make: PdfMake, report: Report, path: Path) -> Path:
    from evals.convert_to_ofd import convert_to_ofd

    with TemporaryDirectory() as folder:
        return convert_to_ofd(_write_pdf(make, report, Path(folder) / "source.pdf"), path)


def _write_markdown(has_title: bool, report: Report, path: Path) -> Path:
    return write_markdown(replace(report, wrapped=has_title or report.wrapped), path)


def _write_text(encoding: Encoding, is_wrapped: bool, report: Report, path: Path) -> Path:
    return write_text(report, path, encoding=encoding, is_wrapped=is_wrapped)


def _write_zip(inner: FileMake, report: Report, path: Path) -> Path:
    with TemporaryDirectory() as folder, zipfile.ZipFile(path, "w") as archive:
        packed = inner.write(report, Path(folder) / f"report{inner.suffix}")
        member = zipfile.ZipInfo(f"{_ZIPPED_NAME}{inner.suffix}", _FIXED_ZIP_DATE)
        archive.writestr(member, packed.read_bytes(), zipfile.ZIP_DEFLATED)
    return path


def _list_forms() -> Iterator[FileMake]:
    for form in get_args(FormMake):
        yield FileMake(name=f"form_{form}", format="docx", writer=partial(_write_form, form))


def _list_printed() -> Iterator[FileMake]:
    """PDF files of rarer layouts, and such as LibreOffice and Chromium make."""
    for name, make in RARE_PDF_MAKES.items():
        yield FileMake(name=name, format="pdf", writer=partial(_write_pdf, make), needs=_REPORTLAB)
    for name in ("styled", "auto_numbered", "plain"):
        yield FileMake(
            name=f"office_{name}",
            format="pdf",
            writer=partial(_write_docx, DOCX_MAKES[name]),
            needs=_OFFICE | _FONTS,
            by_office="pdf",
        )
    yield FileMake(
        name="chromium", format="pdf", writer=_print_by_chromium, needs=_CHROMIUM | _FONTS
    )


def _list_binary() -> Iterator[FileMake]:
    makes: tuple[tuple[str, FileFormat, str], ...] = (
        ("doc_styled", "doc", "styled"),
        ("doc_bold", "doc", "bold"),
        ("wps_auto", "wps", "auto_numbered"),
    )
    for name, file_format, docx_make in makes:
        writer = partial(_write_docx, DOCX_MAKES[docx_make])
        yield FileMake(name=name, format=file_format, writer=writer, needs=_OFFICE, by_office="doc")


def _list_ofd() -> Iterator[FileMake]:
    for name in ("bookmarked", "flat"):
        writer = partial(_write_ofd, PDF_MAKES[name])
        yield FileMake(name=f"ofd_{name}", format="ofd", writer=writer, needs=_REPORTLAB)


def _list_texts() -> Iterator[FileMake]:
    for name, has_title in (("markdown", False), ("markdown_titled", True)):
        yield FileMake(name=name, format="markdown", writer=partial(_write_markdown, has_title))
    makes: tuple[tuple[str, Encoding, bool], ...] = (
        ("text_utf8", "utf-8", False),
        ("text_gb18030", "gb18030", False),
        ("text_broken_lines", "utf-8-sig", True),
    )
    for name, encoding, is_broken in makes:
        yield FileMake(name=name, format="text", writer=partial(_write_text, encoding, is_broken))


def _list_zips() -> Iterator[FileMake]:
    for inner in (PLAIN_DOCX["styled"], PLAIN_PDF["bookmarked"]):
        yield FileMake(
            name=f"zip_{inner.format}",
            format="zip",
            writer=partial(_write_zip, inner),
            needs=inner.needs,
        )


PLAIN_DOCX: dict[str, FileMake] = {
    name: FileMake(name=name, format="docx", writer=partial(_write_docx, make))
    for name, make in DOCX_MAKES.items()
}
PLAIN_PDF: dict[str, FileMake] = {
    name: FileMake(name=name, format="pdf", writer=partial(_write_pdf, make), needs=_REPORTLAB)
    for name, make in PDF_MAKES.items()
}
CONVERTED: dict[str, FileMake] = {
    make.name: make
    for make in (
        *_list_forms(),
        *_list_printed(),
        *_list_binary(),
        *_list_ofd(),
        *_list_texts(),
        *_list_zips(),
    )
}
SCANS: dict[str, FileMake] = {
    name: FileMake(name=name, format="scan", writer=partial(_write_scan, make), needs=_SCANNER)
    for name, make in SCAN_MAKES.items()
}
