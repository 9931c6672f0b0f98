"""DOCX files -> PDF or DOC files by LibreOffice, many in one call."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from evals.reports.file_formats import find_office

__all__ = ["OfficeTarget", "convert_by_office", "find_office"]

OfficeTarget = Literal["pdf", "doc"]

_FILTERS: dict[OfficeTarget, str] = {"pdf": "pdf", "doc": "doc:MS Word 97"}
# Starting takes longer than converting a report; a call with too many would run into the limit.
_FILES_A_CALL = 20
_OFFICE_SECONDS = 240


def convert_by_office(sources: Sequence[Path], target: OfficeTarget, folder: Path) -> list[Path]:
    """Convert DOCX files into a folder, under their own names; return them in order.

    Raises:
        FileNotFoundError: LibreOffice is not installed, or left a file out.
        subprocess.SubprocessError: the office fails or takes longer than four minutes.
    """
    office = find_office()
    if office is None:
        raise FileNotFoundError("LibreOffice is not installed")
    for batch in _cut(sources, _FILES_A_CALL):
        _run_office(office, batch, target, folder)
    converted = [folder / f"{source.stem}.{target}" for source in sources]
    lacking = [path.name for path in converted if not path.exists()]
    if lacking:
        raise FileNotFoundError(f"LibreOffice gave no {', '.join(lacking)}")
    return converted


def _run_office(office: Path, sources: Sequence[Path], target: OfficeTarget, folder: Path) -> None:
    with TemporaryDirectory() as profile:
        command = [str(office), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", _FILTERS[target], "--outdir", str(folder)]
        command += [str(source) for source in sources]
        subprocess.run(command, check=True, capture_output=True, timeout=_OFFICE_SECONDS)


def _cut(sources: Sequence[Path], size: int) -> Iterator[Sequence[Path]]:
    for start in range(0, len(sources), size):
        yield sources[start : start + size]
