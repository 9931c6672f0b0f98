"""The joined text of a report -> its sentences, and what each of them is worth.

Every pattern runs once over the whole text or only over sentences that hold a cue for it; 500
pages of text are graded in a fraction of a second.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, get_args

from checkers.compile_terms import TermMatcher
from checkers.load_rules import CompiledMarks
from checkers.search_ahead import SearchedTexts

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


def grade_sentences(
    text: str, rows: frozenset[int], marks: CompiledMarks, searched: SearchedTexts
) -> tuple[Sentence, ...]:
    """All sentences in order; ``rows`` are the offsets of table rows with entries."""
    matches = list(SENTENCE.finditer(text))
    starts = [match.start() for match in matches]
    sentences = [match[0] for match in matches]
    specific = [start in rows for start in starts]
    # One by one: a pattern that begins with one kind of character lets the engine skip ahead.
    for pattern in marks.file.figures:
        for index in _locate(starts, (match.start() for match in re.finditer(pattern, text))):
            specific[index] = True
    hollow = [0] * len(sentences)
    for index in _locate(starts, _find_offsets(marks.hollow, text, searched)):
        hollow[index] += 1
    cued = set(_locate(starts, _find_offsets(marks.cues, text, searched)))
    # Made without a call of Python for each, which takes twice as long.
    graded = zip(
        starts, sentences, _tell_states(sentences, cued, marks), hollow, specific, strict=True
    )
    return tuple(map(Sentence._make, graded))


def _locate(starts: list[int], offsets: Iterable[int]) -> list[int]:
    """The index of the sentence that each offset lies in."""
    return [bisect_right(starts, offset) - 1 for offset in offsets]


def _find_offsets(matcher: TermMatcher, text: str, searched: SearchedTexts) -> Iterator[int]:
    for offset, _ in matcher.name_matches(text, searched.match(matcher, text)):
        yield offset


def _tell_states(sentences: list[str], cued: set[int], marks: CompiledMarks) -> list[SentenceState]:
    """The state of every sentence; only those that are short or hold a cue are looked at."""
    states: list[SentenceState] = ["live"] * len(sentences)
    short = (n for n, sentence in enumerate(sentences) if len(sentence.strip()) <= LONGEST_FILLER)
    for index in cued.union(short):
        states[index] = _tell_state(sentences[index], marks, cued=index in cued)
    return states


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
