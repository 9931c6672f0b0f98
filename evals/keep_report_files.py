"""Report cases -> their files, written once and kept until the cases change.

Writing 500 reports takes most of the time of a run, and the files only depend on
``evals/reports``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.reports.cases import ReportCase

REPORTS_FOLDER = Path(__file__).parent / "reports"
_SOURCES = ("*.py", "*.yaml")
_DIGITS = 16


def keep_report_file(case: ReportCase, folder: Path) -> Path:
    """The file of a case below ``folder``; written first where it is not there yet."""
    path = folder / f"{case.id}.{case.format}"
    if not path.exists():
        aside = folder / "writing"
        aside.mkdir(parents=True, exist_ok=True)
        # Moved into place when whole, so that a run that is cut off leaves no half a report.
        case.write(aside).replace(path)
    return path


def stamp_reports(folder: Path = REPORTS_FOLDER) -> str:
    """Hash of everything that the files are made from."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(folder.rglob(pattern)):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:_DIGITS]
