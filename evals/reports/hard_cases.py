"""Cases that take seconds each: PDF files by LibreOffice, two columns, scans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from evals.reports.cases import ReportCase, Writer, load_cases
from evals.reports.convert_report import convert_to_pdf, find_office, scan_pdf
from evals.reports.pdf_makes import PDF_MAKES, PdfMake
from evals.reports.report_tree import Report
from evals.reports.write_docx import DOCX_MAKES, write_docx
from evals.reports.write_pdf import write_pdf

_TWO_COLUMNS = PdfMake(sizes=(15.0, 13.0, 12.0, 11.0), columns=2)
_CASES_A_BASE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class HardMake:
    """A way to build a file, and whether text recognition is needed to read it."""

    name: str
    writer: Writer
    is_scan: bool = False


def load_hard_cases() -> tuple[ReportCase, ...]:
    """Two cases a base and make; those by LibreOffice only where it is installed.

    Of a scan, ``unreadable`` is as right a verdict as the one that text recognition leads to.
    """
    return tuple(case for make in list_hard_makes() for case in _remake_cases(make))


def list_hard_makes() -> tuple[HardMake, ...]:
    """The makes that this machine can write."""
    makes = [
        HardMake(name="two_columns", writer=_write_two_columns),
        HardMake(name="scan_200", writer=partial(_write_scan, 200, 0.0), is_scan=True),
        HardMake(name="scan_150_skewed", writer=partial(_write_scan, 150, 1.2), is_scan=True),
    ]
    office = find_office()
    if office is not None:
        for make in ("styled", "auto_numbered", "plain"):
            writer = partial(_write_by_office, office, make)
            makes.append(HardMake(name=f"office_{make}", writer=writer))
    return tuple(makes)


def _remake_cases(make: HardMake) -> Iterator[ReportCase]:
    by_base: dict[str, dict[tuple[str, ...], ReportCase]] = {}
    for case in load_cases(full=True):
        if case.format == "pdf":
            by_base.setdefault(case.base, {})[case.steps] = case
    for base, by_steps in by_base.items():
        random = Random(f"{make.name} of {base}")
        for case in random.sample(list(by_steps.values()), min(_CASES_A_BASE, len(by_steps))):
            yield _remake_case(case, make)


def _remake_case(case: ReportCase, make: HardMake) -> ReportCase:
    expected = case.expected
    steps = "-".join(case.steps).replace(":", ".") or "as_written"
    if make.is_scan:
        expected = {topic: verdicts | {"unreadable"} for topic, verdicts in expected.items()}
    name = f"{case.base}-{steps}-{make.name}"
    return replace(case, id=name, make=make.name, writer=make.writer, expected=expected)


def _write_two_columns(report: Report, path: Path) -> Path:
    return write_pdf(report, _TWO_COLUMNS, path)


def _write_scan(dots_an_inch: int, degrees: float, report: Report, path: Path) -> Path:
    written = write_pdf(report, PDF_MAKES["sized"], path)
    return scan_pdf(written, dots_an_inch=dots_an_inch, degrees=degrees)


def _write_by_office(office: Path, make: str, report: Report, path: Path) -> Path:
    docx = write_docx(report, DOCX_MAKES[make], path.with_suffix(".docx"))
    return convert_to_pdf(docx, office)
