"""Budget tables -> those whose items do not add up to the total they print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from checkers.compile_terms import normalize_text
from checkers.find_budget import Budget
from checkers.index_report import ReportIndex
from checkers.money import NUMBER
from checkers.observation import Observation
from checkers.outline import Block

TOTAL_LABEL = re.compile(
    r"^(?:项目|工程|建设)?(?:总投资|总概算|合计|总计|投资总额|投资合计)(?:\(.*\))?$"
)
AMOUNT_COLUMN = re.compile(r"金额|投资|费用|概算|估算|预算|总价|小计|合计|合价")
OTHER_COLUMN = re.compile(r"单价|名称|项目$|内容|说明|备注|依据|标准|比例|类别|分类|科目")
# Rows that repeat or split others: then the items are no plain list.
NO_ITEM = re.compile(r"其中|小计|合计|总计|^\(|占比|比例")
FEWEST_ITEMS = 3
NUMBER_CELL = re.compile(NUMBER)
ROUNDING = Decimal("0.5")
"""Of one in the last digit, an item."""


class _Sheet(NamedTuple):
    items: tuple[str, ...]
    total: str


def find_wrong_sums(index: ReportIndex, budget: Budget) -> list[Observation]:
    """One observation for each plain table of items that does not add up."""
    found: list[Observation] = []
    for start, block in index.report.blocks:
        if not block.is_table or not budget.holds(start):
            continue
        sheet = _read_sheet(block)
        total = _add_up(sheet.items) if sheet else None
        if sheet and total is not None and not _is_near(total, sheet):
            evidence = f"各项相加为{total.normalize():f}，合计写的是{sheet.total}"
            path = index.path_at(start)
            found.append(Observation(evidence=evidence, paths=(path,), place=block.place))
    return found


def _add_up(items: Sequence[str]) -> Decimal:
    return sum((Decimal(item.replace(",", "")) for item in items), Decimal(0))


def _is_near(total: Decimal, sheet: _Sheet) -> bool:
    digits = min(len(item.partition(".")[2]) for item in (*sheet.items, sheet.total))
    allowed = ROUNDING * Decimal(10) ** -digits * (len(sheet.items) + 1)
    return abs(total - Decimal(sheet.total.replace(",", ""))) <= allowed


def _read_sheet(block: Block) -> _Sheet | None:
    """The items and the total of a table, if it is a plain list that ends in a total."""
    rows = [[normalize_text(cell).strip() for cell in row] for row in block.rows]
    column = _find_amounts(rows[0])
    last = next((n for n, row in enumerate(rows) if any(map(TOTAL_LABEL.match, row))), None)
    if column is None or last is None or last != len(rows) - 1:
        return None
    items = rows[1:last]
    if not _is_plain_list(items) or any(len(row) <= column for row in rows):
        return None
    cells = [row[column] for row in (*items, rows[last])]
    if not all(NUMBER_CELL.fullmatch(cell) for cell in cells):
        return None
    return _Sheet(tuple(cells[:-1]), cells[-1])


def _find_amounts(header: Sequence[str]) -> int | None:
    """The one column of sums; None where there are several."""
    found = [
        number
        for number, cell in enumerate(header)
        if AMOUNT_COLUMN.search(cell) and not OTHER_COLUMN.search(cell) and number
    ]
    return found[0] if len(found) == 1 else None


def _is_plain_list(items: Sequence[Sequence[str]]) -> bool:
    """Whether the rows are numbered 1, 2, 3 and none repeats or splits another.

    Without the numbers a missing row or a lower level could not be told.
    """
    if len(items) < FEWEST_ITEMS or any(NO_ITEM.search(cell) for row in items for cell in row):
        return False
    numbers = [row[0].rstrip("、.") for row in items]
    counted = [str(number) for number in range(1, len(items) + 1)]
    return numbers == counted or numbers == list(_count_in_chinese(len(items)))


def _count_in_chinese(count: int) -> Iterator[str]:
    from corpus.chinese_numerals import format_numeral

    yield from (format_numeral(number) for number in range(1, count + 1))
