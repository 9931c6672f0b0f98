"""What the readers did with the same reports -> a table for people and rows for JSON."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from evals.measure_peers import TITLES, ReaderRow

_COLUMNS = ("时间", "标题", "认出", "精确率", "召回率", "级别对")


def build_reader_table(rows: Sequence[ReaderRow]) -> Table:
    """Time and headings side by side; a dash where there is no figure, with the reason behind."""
    table = Table(title="同样的文件，几种读取器（热启动，每份取中位数）", title_justify="left")
    table.add_column("文件")
    table.add_column("读取器")
    for heading in _COLUMNS:
        table.add_column(heading, justify="right")
    table.add_column("说明")
    for row in rows:
        score = row.score
        cells = ("—",) * (len(_COLUMNS) - 1)
        if score is not None:
            shares = (score.precision, score.recall, score.level_share)
            cells = (str(score.true), str(score.right), *map(_format_share, shares))
        table.add_row(row.files, TITLES[row.reader], format_seconds(row), *cells, row.note)
    return table


def format_seconds(row: ReaderRow) -> str:
    """``0.41 s``; a dash where nothing was taken."""
    return "—" if row.seconds is None else f"{row.seconds:.2f} s"


def _format_share(share: float | None) -> str:
    return "—" if share is None else f"{share:.3f}"


def export_readers(rows: Sequence[ReaderRow]) -> list[dict[str, object]]:
    """The rows for out/bench.json."""
    return [
        {
            "files": row.files,
            "reader": row.reader,
            "seconds": row.seconds,
            "headings": row.score and row.score.true,
            "found": row.score and row.score.found,
            "right": row.score and row.score.right,
            "precision": row.score and row.score.precision,
            "recall": row.score and row.score.recall,
            "on_their_level": row.score and row.score.level,
            "note": row.note,
        }
        for row in rows
    ]
