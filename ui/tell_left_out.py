"""Folders and archives on a command line -> a sentence about what in them is not checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checkers.finding import CheckResult
from checkers.unpack_archive import list_passed_over, word_passed_over
from ui.list_reports import list_left_out


def tell_left_out(paths: Sequence[Path]) -> str:
    """Say which files of the folders are not checked; nothing where all are.

    A pile holds drawings and tables beside reports, but now and then a report in a form that is
    not read; only a person can tell, so they are named.
    """
    return "".join(_tell_of(path) for path in paths if path.is_dir())


def tell_passed_over(files: Sequence[Path], results: Sequence[CheckResult]) -> str:
    """Say the same of the archives of which reports were checked."""
    unpacked = [path for path in files if any(part.file.startswith(f"{path}/") for part in results)]
    passed = ((path, list_passed_over(path)) for path in unpacked)
    return "".join(
        f"压缩包 {path} 里有{word_passed_over(left)}；其中有报告的，请解压后单独检查。\n"
        for path, left in passed
        if left
    )


def _tell_of(folder: Path) -> str:
    left = list_left_out(folder)
    if not left:
        return "" if any(folder.iterdir()) else f"文件夹 {folder} 是空的。\n"
    return f"文件夹 {folder} 里有{word_passed_over(left)}；其中有报告的，请写明那个文件再检查。\n"
