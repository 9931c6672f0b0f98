from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from make_lines import PITCH, column, line, starts

from checkers.find_columns import Columns
from checkers.order_lines import order_lines
from checkers.page_line import PageLine

LEFT, RIGHT = 80.0, 300.0
TWO = [*column("甲", LEFT, 700, 8), *column("乙", RIGHT, 700, 8)]
IN_ORDER = [f"甲0{n}" for n in range(8)] + [f"乙0{n}" for n in range(8)]


def by_row(pieces: Sequence[PageLine]) -> list[PageLine]:
    return sorted(pieces, key=lambda piece: (-piece.bottom, piece.left))


def shuffled(pieces: Sequence[PageLine]) -> list[PageLine]:
    mixed = list(pieces)
    random.Random(7).shuffle(mixed)
    return mixed


@pytest.mark.parametrize("draw", [list, by_row, shuffled])
def test_two_columns_are_read_one_after_the_other_however_they_are_drawn(
    draw: type[list[PageLine]],
) -> None:
    lines = order_lines(draw(TWO))
    assert starts(lines) == IN_ORDER
    assert {one.column is None for one in lines} == {False}


def test_a_title_across_both_columns_parts_the_page() -> None:
    title = line("第二章 网络安全与密码应用", 200, 480, size=18)
    below = [*column("丙", LEFT, 440, 6), *column("丁", RIGHT, 440, 6)]
    lines = order_lines(by_row([*TWO, title, *below]))
    assert starts(lines) == [*IN_ORDER, "第二章", *starts(below)]
    assert lines[16].column is None


def test_a_short_title_at_the_left_between_two_parts_belongs_to_both_columns() -> None:
    title = line("第二章 安全", LEFT, 510, size=16)
    below = [*column("丙", LEFT, 470, 6), *column("丁", RIGHT, 470, 6)]
    lines = order_lines(by_row([*TWO, title, *below]))
    assert starts(lines) == [*IN_ORDER, "第二章", *starts(below)]


def test_a_page_with_one_column_above_and_two_below_is_read_in_that_order() -> None:
    above = column("首", LEFT, 760, 2, width=34)
    end = line("末行结束。", LEFT, 720)
    assert starts(order_lines([*above, end, *TWO])) == ["首00", "首01", "末行结", *IN_ORDER]


def test_a_page_number_in_the_middle_does_not_close_the_gutter() -> None:
    number = line("-3-", 275, 40, size=9)
    assert starts(order_lines([*TWO, number]))[:16] == IN_ORDER


@pytest.mark.parametrize("cells", [3, 2])
def test_rows_of_short_cells_are_no_columns(cells: int) -> None:
    rows = [
        line(f"{row}{name}", LEFT + 150 * place, 700 - PITCH * row)
        for row in range(8)
        for place, name in enumerate(["人口信息", "县公安局", "每日"][:cells])
    ]
    lines = order_lines(rows)
    assert len(lines) == 8
    assert all(one.text.count("\t") == cells - 1 for one in lines)


class Ruled:
    def part_cells(self, columns: Columns) -> bool:
        return columns.left[1] < columns.right[0]

    def list_rows(self, columns: Columns) -> tuple[float, ...]:
        return ()


def test_running_text_in_ruled_cells_is_a_table() -> None:
    lines = order_lines(by_row(TWO), rules=Ruled())
    assert len(lines) == 8
    assert all("\t" in one.text for one in lines)


@pytest.mark.parametrize("draw", [list, shuffled, lambda pieces: list(reversed(pieces))])
def test_lines_drawn_in_any_order_are_read_from_top_to_bottom(
    draw: type[list[PageLine]],
) -> None:
    text = column("文", LEFT, 700, 12, width=30)
    assert starts(order_lines(draw(text))) == starts(text)


def test_headings_drawn_before_the_text_stand_in_their_place() -> None:
    text = [one for one in column("文", LEFT, 700, 12, width=30) if one.bottom not in {640, 560}]
    titles = [line("1.1 目标", LEFT, 640, size=15), line("1.2 依据", LEFT, 560, size=15)]
    lines = order_lines([*titles, *text])
    assert [one.bottom for one in lines] == sorted((one.bottom for one in lines), reverse=True)


def test_a_head_drawn_last_is_read_first() -> None:
    text = column("文", LEFT, 700, 6, width=30)
    head = line("某县平台可行性研究报告", LEFT, 790, size=9)
    assert order_lines([*text, head])[0].text == head.text


def test_text_boxes_beside_each_other_keep_the_order_in_which_they_are_drawn() -> None:
    boxes = [line(f"左{n}", LEFT, 700 - n * 20) for n in range(4)]
    boxes += [line(f"右{n}", 400, 695 - n * 20) for n in range(4)]
    assert starts(order_lines(boxes), 2) == [f"左{n}" for n in range(4)] + [
        f"右{n}" for n in range(4)
    ]


def test_numbers_of_lines_beside_the_text_are_dropped() -> None:
    text = column("文", LEFT, 700, 6, width=30)
    counts = [line(str(n), 50, 700 - (n - 1) * PITCH, size=8) for n in range(1, 7)]
    assert [one.text for one in order_lines([*text, *counts])] == [one.text for one in text]


def test_the_counts_of_a_list_are_kept() -> None:
    # They do not rise from line to line: a column of a table that holds quantities.
    text = column("文", LEFT, 700, 6, width=30)
    counts = [line(str(n), 50, 700 - row * PITCH) for row, n in enumerate([3, 1, 2, 2, 1, 3])]
    assert [one.text[0] for one in order_lines(by_row([*text, *counts]))] == list("312213")


def test_labels_of_a_form_head_the_text_beside_them() -> None:
    labels = [line("一、项目", LEFT, 700), line("概述", LEFT, 685), line("二、安全", LEFT, 560)]
    text = [*column("文", 180, 705, 6, width=28), *column("安", 180, 565, 6, width=28)]
    lines = order_lines(by_row([*labels, *text]))
    assert starts(lines, 8) == [
        "一、项目概述", *starts(text[:6], 8), "二、安全", *starts(text[6:], 8),
    ]  # fmt: skip
