"""Folders on a command line -> a sentence about what in them is not checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ui.list_reports import list_left_out

_MOST_NAMED = 5


def tell_left_out(paths: Sequence[Path]) -> str:
    """Say which files of the folders are not checked; nothing where all are.

    A pile holds drawings and tables beside reports, but now and then a report in a form that is
    not read; only a person can tell, so they are named.
    """
    return "".join(_tell_of(path) for path in paths if path.is_dir())


def _tell_of(folder: Path) -> str:
    left = list_left_out(folder)
    if not left:
        return "" if any(folder.iterdir()) else f"文件夹 {folder} 是空的。\n"
    more = "等" if len(left) > _MOST_NAMED else ""
    return (
        f"文件夹 {folder} 里有{len(left)}个文件从名称看不是报告，没有检查："
        f"{'、'.join(left[:_MOST_NAMED])}{more}；其中有报告的，请写明那个文件再检查。\n"
    )
