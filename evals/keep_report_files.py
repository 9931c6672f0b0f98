"""Report cases -> their files, written once and kept until the cases change.

Writing hundreds of reports takes most of the time of a run, and the files only depend on
``evals/reports``. LibreOffice starts slowly, so what it converts is converted together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.reports.cases import ReportCase
    from evals.reports.convert_report import OfficeTarget

REPORTS_FOLDER = Path(__file__).parent / "reports"
_SOURCES = ("*.py", "*.yaml")
_DIGITS = 16
_ASIDE = "writing"


def keep_report_file(case: ReportCase, folder: Path) -> Path:
    """The file of a case below ``folder``; written first where it is not there yet."""
    path = folder / case.file_name
    if not path.exists():
        # Moved into place when whole, so that a run that is cut off leaves no half a report.
        case.write(_make_folder(folder / _ASIDE)).replace(path)
    return path


def convert_ahead(cases: Sequence[ReportCase], folder: Path) -> None:
    """Write the files that LibreOffice converts, as far as they are not there yet.

    Raises:
        FileNotFoundError: LibreOffice left a file out.
        subprocess.SubprocessError: it fails or takes too long.
    """
    lacking: dict[OfficeTarget, list[ReportCase]] = {}
    for case in cases:
        target = case.file.by_office
        if target is not None and not (folder / case.file_name).exists():
            lacking.setdefault(target, []).append(case)
    for target, of_target in lacking.items():
        _convert_together(of_target, target, folder)


def _convert_together(cases: Sequence[ReportCase], target: OfficeTarget, folder: Path) -> None:
    from evals.reports.convert_report import convert_by_office

    aside = _make_folder(folder / _ASIDE / target)
    sources = [case.file.writer(case.report, aside / f"{case.id}.docx") for case in cases]
    converted = convert_by_office(sources, target, aside)
    for case, source, path in zip(cases, sources, converted, strict=True):
        path.replace(folder / case.file_name)
        source.unlink()


def _make_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def stamp_reports(folder: Path = REPORTS_FOLDER) -> str:
    """Hash of everything that the files are made from."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(folder.rglob(pattern)):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:_DIGITS]
