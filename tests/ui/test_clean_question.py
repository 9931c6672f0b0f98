from __future__ import annotations

import pytest

from ui.clean_question import QUESTION_LIMIT, clean_question


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  验收要什么材料 ", "验收要什么材料"),
        ("验收\x00要\x07什么", "验收 要 什么"),
        ("验收\u200b材料\ufeff", "验收材料"),  # zero width space and byte order mark
        ("验收\udce9材料", "验收\ufffd材料"),  # a byte that was no UTF-8 on the command line
        ("", ""),
        ("\x01\x02", ""),
    ],
)
def test_a_question_loses_what_no_later_step_can_take(raw: str, cleaned: str) -> None:
    assert clean_question(raw) == cleaned


def test_a_long_question_is_cut_at_the_limit() -> None:
    assert len(clean_question("验" * (QUESTION_LIMIT + 5))) == QUESTION_LIMIT
