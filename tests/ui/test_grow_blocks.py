from __future__ import annotations

import pytest

from assistant.answer import Answer, Block
from assistant.compose_answer import join_blocks
from ui.grow_blocks import MOST_STEPS, grow_blocks, list_blocks, split_sentences


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("甲。乙！", ["甲。", "甲。乙！"]),
        ("甲 [1]。[2]乙。", ["甲 [1]。[2]", "甲 [1]。[2]乙。"]),  # marks stay with their sentence
        ("- 甲\n- 乙\n", ["- 甲\n", "- 甲\n- 乙\n"]),
        ("没有句号", []),
    ],
)
def test_a_text_is_streamed_by_sentences_and_lines(text: str, heads: list[str]) -> None:
    assert split_sentences(text) == heads


def test_blocks_grow_to_just_short_of_the_whole() -> None:
    blocks = (Block(kind="lead", text="甲。乙。"), Block(kind="quote", text="> 丙。\n> 丁。"))
    grown = [join_blocks(head) for head in grow_blocks(blocks)]
    assert grown == ["甲。", "甲。乙。", "甲。乙。\n\n> 丙。", "甲。乙。\n\n> 丙。\n"]


def test_a_table_and_a_calculation_appear_as_a_whole(comparing: Answer, reckoning: Answer) -> None:
    for answer in (comparing, reckoning):
        whole = {block.text for block in answer.blocks if block.kind in ("comparison", "working")}
        for head in grow_blocks(answer.blocks):
            shown = {block.text for block in head if block.kind in ("comparison", "working")}
            assert shown <= whole


def test_a_long_answer_grows_in_few_steps() -> None:
    blocks = [Block(kind="quote", text="甲。" * 50) for _ in range(20)]
    assert MOST_STEPS // 2 < len(grow_blocks(blocks)) <= MOST_STEPS


def test_an_answer_without_blocks_is_one() -> None:
    answer = Answer(status="out_of_scope", text="甲。", regions=())
    assert [block.text for block in list_blocks(answer)] == ["甲。"]


def test_no_word_of_any_answer_is_lost(comparing: Answer, listing: Answer) -> None:
    for answer in (comparing, listing):
        assert join_blocks(list_blocks(answer)) == answer.text
