"""Files and folders on a command line -> the reports to be checked, in a stable order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ui.errors import CommandMisused

REPORT_SUFFIXES = frozenset(
    {".docx", ".docm", ".doc", ".wps", ".pdf", ".ofd", ".md", ".markdown", ".txt", ".zip"}
)
"""Of files that are taken from a folder; a file that is named is taken whatever it is called."""
# What Word, WPS and systems leave beside the files of people.
_LEFTOVERS = (".", "~$", "~")


def list_reports(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files themselves and the reports in the folders, each once.

    Files stand in the order given; those of a folder and its subfolders, by name.

    Raises:
        CommandMisused: a folder holds no report.
    """
    found = [path for given in paths for path in _expand(given)]
    return tuple(dict.fromkeys(found))


def _expand(given: Path) -> list[Path]:
    if not given.is_dir():
        return [given]
    reports = sorted(_walk(given), key=lambda path: path.relative_to(given).parts)
    if not reports:
        raise CommandMisused(
            f"文件夹 {given} 里没有可以检查的报告（{'、'.join(sorted(REPORT_SUFFIXES))}）。"
        )
    return reports


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        hidden = any(part.startswith(_LEFTOVERS) for part in inside)
        if not hidden and path.suffix.lower() in REPORT_SUFFIXES and path.is_file():
            yield path
