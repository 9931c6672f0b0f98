"""Page numbers -> how a Chinese sentence names them: 第3页、第5—8页."""

from __future__ import annotations

from collections.abc import Sequence

from checkers.outline import FileKind

_PAGE, _PICTURE = "页", "张整页图片"
# What is written as one flow has no pages, and its scans are pictures in it.
_FLOWING: frozenset[FileKind] = frozenset({"docx", "doc", "wps"})
# More runs than this make a sentence unreadable.
_MOST_RUNS = 4


def name_unit(kind: FileKind) -> str:
    """Return what is counted where scans of a file are counted: pages, or pictures as large."""
    return _PICTURE if kind in _FLOWING else _PAGE


def name_pages(pages: Sequence[int], *, unit: str = _PAGE) -> str:
    """Return the names of pages in ascending order, pages in a row as one span.

    Args:
        pages: in ascending order, at least one.
        unit: what is counted.
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    named = "、".join(_name_run(run, unit) for run in runs[:_MOST_RUNS])
    return f"{named}等{len(pages)}{unit}" if len(runs) > _MOST_RUNS else named


def _name_run(run: Sequence[int], unit: str) -> str:
    return f"第{run[0]}{unit}" if len(run) == 1 else f"第{run[0]}—{run[-1]}{unit}"
