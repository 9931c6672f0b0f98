"""The joined text of a report -> its sentences, and what each of them is worth.

Every pattern runs once over the whole text or only over sentences that hold a cue for it; 500
pages of text are graded in a fraction of a second.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

from checkers.load_rules import CompiledMarks

SentenceState = Literal["live", "placeholder", "deferred", "negated", "background"]
STATES: tuple[SentenceState, ...] = get_args(SentenceState)

SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
LONGEST_FILLER = 12
"""Characters; a longer sentence is more than a filler word."""


class Sentence(NamedTuple):
    """A sentence or a table row of the normalised text.

    A tuple, since a long report has tens of thousands and they are made four times as fast.

    Attributes:
        start: offset in the text.
        text: without traps and project name.
        state: only ``live`` sentences say something about this project.
        hollow: how many words of it could stand in any report.
        specific: whether it has figures or standards, or is a row of a table.
    """

    start: int
    text: str
    state: SentenceState
    hollow: int
    specific: bool


def grade_sentences(text: str, rows: frozenset[int], marks: CompiledMarks) -> tuple[Sentence, ...]:
    """All sentences in order; ``rows`` are the offsets of table rows with entries."""
    spans = [(match.start(), match[0]) for match in SENTENCE.finditer(text)]
    starts = [start for start, _ in spans]
    hollow = Counter(_locate(starts, (hit[0] for hit in marks.hollow.find(text))))
    cued = set(_locate(starts, (hit[0] for hit in marks.cues.find(text))))
    figures = set(_locate(starts, (match.start() for match in marks.figures.finditer(text))))
    return tuple(
        # Given by position: with names, making them takes twice as long.
        Sentence(
            start,
            sentence,
            _tell_state(sentence, marks, cued=index in cued),
            hollow.get(index, 0),
            index in figures or start in rows,
        )
        for index, (start, sentence) in enumerate(spans)
    )


def _locate(starts: list[int], offsets: Iterable[int]) -> list[int]:
    """The index of the sentence that each offset lies in."""
    return [bisect_right(starts, offset) - 1 for offset in offsets]


def _tell_state(sentence: str, marks: CompiledMarks, *, cued: bool) -> SentenceState:
    text = sentence.strip()
    if len(text) <= LONGEST_FILLER and marks.fillers.search(text):
        return "placeholder"
    if not cued:
        return "live"
    groups: tuple[tuple[SentenceState, re.Pattern[str]], ...] = (
        ("placeholder", marks.placeholders),
        ("deferred", marks.deferrals),
        ("negated", marks.negations),
        ("background", marks.backgrounds),
    )
    return next((state for state, pattern in groups if pattern.search(text)), "live")
