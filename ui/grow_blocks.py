"""Blocks of an answer -> growing heads of them, so that a reader sees it being written."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Block, BlockKind
from assistant.compose_answer import join_blocks

MOST_STEPS = 60
"""A long answer grows in larger steps: nobody waits for a text that is there."""

# A table or a card appears as a whole.
_WHOLE: frozenset[BlockKind] = frozenset({"carried", "working", "comparison", "region"})
_END = re.compile(r"[。；！？\n](?:\[\d+\])*")


def list_blocks(answer: Answer) -> tuple[Block, ...]:
    """Return the text of an answer in blocks, also what stands before or behind its own."""
    joined = join_blocks(answer.blocks)
    before, found, after = answer.text.partition(joined) if joined else (answer.text, "", "")
    if not found:
        return (Block(kind="notice", text=answer.text),)
    around = [Block(kind="notice", text=text.strip()) for text in (before, after)]
    return tuple(block for block in (around[0], *answer.blocks, around[1]) if block.text)


def grow_blocks(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    """Return at most ``MOST_STEPS`` growing heads of the blocks, the last short of the whole."""
    heads = list(_list_heads(blocks))[:-1]
    step = math.ceil(len(heads) / MOST_STEPS)
    return heads[::step] if step else heads


def split_sentences(text: str) -> list[str]:
    """Return growing heads of a text, one a sentence or line."""
    ends = [found.end() for found in _END.finditer(text)]
    return [text[:end] for end in ends if text[:end].strip()]


def _list_heads(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    for number, block in enumerate(blocks):
        heads = [] if block.kind in _WHOLE else split_sentences(block.text)
        for head in heads:
            if len(head) < len(block.text):
                yield (*blocks[:number], replace(block, text=head))
        yield tuple(blocks[: number + 1])
