"""Report index -> the chapters on money, and whether they go into items."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkers.index_report import ReportIndex, SectionPath

BUDGET_HEADING = re.compile(r"投资|概算|估算|预算|费用|经费")
# Chapters that only hold such a word; 投资估算与资金筹措 is still one on money.
OTHER_HEADING = re.compile(
    r"(?:投资|资金|经费)(?:必要|效益|效果|回报|管理|使用计划|来源|筹措|保障)|效益"
)
MAIN_HEADING = re.compile(
    r"(?:投资|费用|经费|资金)?(?:估算|概算|预算)|总投资|费用(?:明细|构成|汇总)"
)
AMOUNT = re.compile(r"\d[\d,.]*\s*(?:万|亿)?元|\t\d[\d,.]*(?=\t|\n|$)", re.MULTILINE)
FEWEST_AMOUNTS = 3
"""So many sums of money make a budget that goes into items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The chapters on money.

    Attributes:
        paths: the outermost sections on money, in reading order.
        itemized: those with enough sums in them to miss one; none where an annex has the items.
    """

    paths: tuple[SectionPath, ...]
    itemized: tuple[SectionPath, ...]

    def holds(self, offset: int) -> bool:
        """Whether an offset lies in one of the chapters."""
        return any(path[-1].start <= offset < path[-1].end for path in self.paths)

    def holds_section(self, path: SectionPath) -> bool:
        """Whether a section is one of the chapters or lies in one."""
        return any(outer[-1] in path for outer in self.paths)


def find_budget(index: ReportIndex) -> Budget:
    """The chapters on money of a report."""
    paths = tuple(path for path in index.paths if _opens_budget(path))
    if any(_defers(index, path) for path in paths):
        return Budget(paths=paths, itemized=())
    text = index.report.text
    itemized = (
        path
        for path in paths
        if len(AMOUNT.findall(text, path[-1].start, path[-1].end)) >= FEWEST_AMOUNTS
    )
    return Budget(paths=paths, itemized=tuple(itemized))


def _defers(index: ReportIndex, path: SectionPath) -> bool:
    """Whether a chapter leaves something to an annex."""
    deferred = index.report.totals.counts["deferred"]
    first, behind = index.report.bounds(path[-1].start, path[-1].end)
    return deferred[behind] > deferred[first]


def is_budget_title(title: str) -> bool:
    """Whether a heading is one on money."""
    if not BUDGET_HEADING.search(title):
        return False
    return bool(MAIN_HEADING.search(title)) or not OTHER_HEADING.search(title)


def _opens_budget(path: SectionPath) -> bool:
    return is_budget_title(path[-1].title) and not any(
        is_budget_title(part.title) for part in path[:-1]
    )
