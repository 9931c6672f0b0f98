from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from assistant.answer import Answer
from ui.show_answer import show_answer

WIDTH = 80


def show(answer: Answer, width: int = WIDTH) -> str:
    console = Console(width=width, file=io.StringIO(), color_system=None)
    show_answer(answer, console=console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("name", ["comparing", "reckoning", "listing", "following", "correcting"])
def test_no_line_is_wider_than_the_terminal(
    name: str, width: int, request: pytest.FixtureRequest
) -> None:
    shown = show(request.getfixturevalue(name), width)
    assert max(map(cell_len, shown.splitlines())) <= width


def test_a_table_keeps_all_its_words_at_80_columns(comparing: Answer) -> None:
    assert comparing.comparison is not None
    shown = show(comparing)
    table = shown[shown.index("地区") : shown.index("异同")]
    assert "…" not in table
    cells = (re.split(r"\s{2,}", line.strip()) for line in table.splitlines())
    folded = "".join(max(row, key=len) for row in cells)
    for row in comparing.comparison.rows:
        assert row.region in table
        assert row.provision in folded


def test_a_calculation_is_framed_under_its_outcome(reckoning: Answer) -> None:
    shown = show(reckoning)
    assert "╭─ 界限内 ─" in shown
    assert "│  • 计算：60万元÷500万元＝12%" in shown


def test_a_correction_shows_no_asterisks(correcting: Answer) -> None:
    shown = show(correcting)
    assert "更正：" in shown
    assert "*" not in shown


def test_what_was_carried_over_comes_first(following: Answer) -> None:
    assert following.carried is not None
    assert following.carried.sentence in show(following).splitlines()[2]
