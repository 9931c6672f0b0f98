"""CheckResults -> one table for the terminal, a line a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from unicodedata import east_asian_width

from checkers.finding import TOPICS, CheckResult
from checkers.render_badge import NOT_A_REPORT, name_badge, name_outcome
from checkers.write_workbook import TOPIC_COLUMNS

WIDEST_NAME = 44
"""Columns of the terminal; of a longer path, the end is shown."""
GAP = "  "
_OUTCOMES = ("符合", "需整改", "待判断", NOT_A_REPORT, "未读成")
# Told only where there are any.
_SELDOM = frozenset({"待判断", NOT_A_REPORT})


def render_summary(results: Sequence[CheckResult]) -> str:
    """The table, and how many files came out how; names of files that could not be read, why."""
    rows = [
        ["文件", "结论", *TOPIC_COLUMNS, "其他问题"],
        *(_list_cells(result) for result in results),
    ]
    widths = [max(_measure(row[index]) for row in rows) for index in range(len(rows[0]))]
    lines = [GAP.join(map(_pad, row, widths)).rstrip() for row in rows]
    lines.insert(1, "─" * (sum(widths) + len(GAP) * (len(widths) - 1)))
    lines += ["", count_outcomes(results)]
    lines += _tell_faults(results)
    return "\n".join(lines) + "\n"


def _tell_faults(results: Sequence[CheckResult]) -> list[str]:
    """A line a file with its fault; those that a stop left out, in one line for all."""
    faults = [(result.file, result.error) for result in results if result.error is not None]
    lines = [f"  {file}：{fault.message}" for file, fault in faults if fault.code != "stopped"]
    stopped = len(faults) - len(lines)
    if stopped:
        lines.append(f"  检查中途停止，有{stopped}份没有检查；需要时请重新检查。")
    return lines


def _list_cells(result: CheckResult) -> list[str]:
    topics = {finding.topic: name_badge(finding) for finding in result.topics}
    word, _ = name_outcome(result)
    further = sum(finding.severity != "note" for finding in result.findings)
    verdicts = [topics.get(topic, "—") for topic in TOPICS]
    return [_shorten(result.file), word, *verdicts, f"{further}项" if further else "—"]


def count_outcomes(results: Sequence[CheckResult]) -> str:
    """How many reports came out how, a Chinese sentence."""
    counts = Counter(name_outcome(result)[0] for result in results)
    shown = [f"{counts[word]}份{word}" for word in _OUTCOMES if counts[word] or word not in _SELDOM]
    return f"共{len(results)}份：{'，'.join(shown)}。"


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
