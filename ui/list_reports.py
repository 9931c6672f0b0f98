"""Files and folders on a command line -> the reports to be checked, in a stable order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from checkers import unpack_archive
from ui.errors import CommandMisused

REPORT_SUFFIXES = unpack_archive.REPORT_SUFFIXES | {".zip"}
"""Of files that are taken from a folder; a file that is named is taken whatever it is called."""
# What Word, WPS and systems leave beside the files of people.
_LEFTOVERS = (".", "~$", "~", "__MACOSX", "Thumbs.db", "desktop.ini")


def list_reports(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files themselves and the reports in the folders, each once.

    Files stand in the order given; those of a folder and its subfolders, by name.

    Raises:
        CommandMisused: there is nothing but folders without a report.
    """
    found = [path for given in paths for path in _expand(given)]
    if not found:
        raise CommandMisused(
            f"文件夹 {'、'.join(map(str, paths))} 里没有可以检查的报告"
            f"（{'、'.join(sorted(REPORT_SUFFIXES))}）。"
        )
    return tuple(dict.fromkeys(found))


def list_left_out(folder: Path) -> tuple[str, ...]:
    """Paths inside the folder, with ``/``, of the files that its name does not make a report."""
    left = (path for path in _walk(folder) if not _is_report(path))
    return tuple(sorted(path.relative_to(folder).as_posix() for path in left))


def _expand(given: Path) -> list[Path]:
    if not given.is_dir():
        return [given]
    reports = filter(_is_report, _walk(given))
    return sorted(reports, key=lambda path: path.relative_to(given).parts)


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        if not any(part.startswith(_LEFTOVERS) for part in inside) and path.is_file():
            yield path


def _is_report(path: Path) -> bool:
    return path.suffix.lower() in REPORT_SUFFIXES
