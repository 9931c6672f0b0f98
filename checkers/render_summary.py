"""CheckResults -> one table for the terminal, a line a file."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from checkers.finding import TOPICS, CheckResult
from checkers.render_badge import name_badge
from checkers.write_workbook import EXIT_WORDS, TOPIC_COLUMNS

WIDEST_NAME = 44
"""Columns of the terminal; of a longer path, the end is shown."""
GAP = "  "


def render_summary(results: Sequence[CheckResult]) -> str:
    """The table, and how many files came out how; names of files that could not be read, why."""
    rows = [
        ["文件", "结论", *TOPIC_COLUMNS, "其他问题"],
        *(_list_cells(result) for result in results),
    ]
    widths = [max(_measure(row[index]) for row in rows) for index in range(len(rows[0]))]
    lines = [GAP.join(map(_pad, row, widths)).rstrip() for row in rows]
    lines.insert(1, "─" * (sum(widths) + len(GAP) * (len(widths) - 1)))
    lines += ["", _count_files(results)]
    lines += [
        f"  {result.file}：{result.error.message}" for result in results if result.error is not None
    ]
    return "\n".join(lines) + "\n"


def _list_cells(result: CheckResult) -> list[str]:
    topics = {finding.topic: name_badge(finding) for finding in result.topics}
    word, _ = EXIT_WORDS[result.exit_code]
    further = sum(finding.severity != "note" for finding in result.findings)
    verdicts = [topics.get(topic, "—") for topic in TOPICS]
    return [_shorten(result.file), word, *verdicts, f"{further}项" if further else "—"]


def _count_files(results: Sequence[CheckResult]) -> str:
    counts = [sum(result.exit_code == code for result in results) for code in range(3)]
    fine, short, unread = counts
    return f"共{len(results)}份：{fine}份符合，{short}份需整改，{unread}份未读成。"


def _shorten(name: str) -> str:
    if _measure(name) <= WIDEST_NAME:
        return name
    kept = name
    while _measure(kept) > WIDEST_NAME - 1:
        kept = kept[1:]
    return f"…{kept}"


def _measure(text: str) -> int:
    """Columns that the text takes; Chinese characters take two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _measure(text))
