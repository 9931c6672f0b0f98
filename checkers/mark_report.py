"""Outline -> marked report: its sentences, and where each topic is mentioned."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from checkers.finding import Topic
from checkers.grade_sentences import STATES, Sentence, SentenceState, grade_sentences
from checkers.join_bodies import MarkedSection, MarkedTable, join_bodies
from checkers.load_rules import CompiledTopic, Rules
from checkers.outline import Outline


class Mention(NamedTuple):
    """What one sentence says on one topic.

    Attributes:
        sentence: index of the sentence.
        names: words that name the topic.
        concepts: label and words of each concrete thing.
    """

    sentence: int
    names: tuple[str, ...]
    concepts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTotals:
    """Sums over the sentences before each index, so that any slice is one subtraction.

    Attributes:
        counts: sentences, by state.
        lengths: characters, by state.
        figures: live sentences with figures or in tables.
    """

    counts: dict[SentenceState, tuple[int, ...]]
    lengths: dict[SentenceState, tuple[int, ...]]
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedReport:
    """A report ready for the rules.

    Attributes:
        outline: as read.
        chapters: the effective top level.
        sentences: all, by offset.
        starts: their offsets.
        totals: running totals over the sentences.
        mentions: of each topic, by sentence.
        mention_starts: offsets of the sentences with mentions.
        tables: those with entries, by offset.
    """

    outline: Outline
    chapters: tuple[MarkedSection, ...]
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    totals: RunningTotals
    mentions: dict[Topic, tuple[Mention, ...]]
    mention_starts: dict[Topic, tuple[int, ...]]
    tables: tuple[MarkedTable, ...]

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Indexes of the first sentence of a slice of the text and of the one behind its last."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def sentences_in(self, start: int, end: int) -> tuple[Sentence, ...]:
        """The sentences of a slice of the text."""
        first, last = self.bounds(start, end)
        return self.sentences[first:last]

    def mentions_in(self, topic: Topic, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions of a topic in a slice of the text."""
        starts = self.mention_starts[topic]
        return self.mentions[topic][bisect_left(starts, start) : bisect_left(starts, end)]


def mark_report(outline: Outline, rules: Rules) -> MarkedReport:
    """The report as one marked text; nothing of the outline is changed."""
    joined = join_bodies(outline, rules.marks)
    sentences = grade_sentences(joined.text, joined.rows, rules.marks)
    starts = tuple(sentence.start for sentence in sentences)
    mentions = {
        topic: _find_mentions(joined.text, starts, compiled)
        for topic, compiled in rules.topics.items()
    }
    return MarkedReport(
        outline=outline,
        chapters=joined.chapters,
        sentences=sentences,
        starts=starts,
        totals=_add_up(sentences),
        mentions=mentions,
        mention_starts={
            topic: tuple(starts[mention.sentence] for mention in found)
            for topic, found in mentions.items()
        },
        tables=joined.tables,
    )


def _find_mentions(text: str, starts: Sequence[int], topic: CompiledTopic) -> tuple[Mention, ...]:
    hits: dict[int, list[tuple[str, str]]] = {}
    for offset, words, label in topic.words.find(text):
        hits.setdefault(bisect_right(starts, offset) - 1, []).append((label, words))
    return tuple(
        Mention(
            sentence=index,
            names=tuple(words for label, words in found if not label),
            concepts=tuple(hit for hit in found if hit[0]),
        )
        for index, found in hits.items()
    )


def _add_up(sentences: Sequence[Sentence]) -> RunningTotals:
    def running(values: list[int]) -> tuple[int, ...]:
        return tuple(accumulate(values, initial=0))

    lengths = [len(sentence.text) for sentence in sentences]
    states = [sentence.state for sentence in sentences]
    return RunningTotals(
        counts={state: running([told == state for told in states]) for state in STATES},
        lengths={
            state: running([n * (told == state) for n, told in zip(lengths, states, strict=True)])
            for state in STATES
        },
        figures=running([part.specific and part.state == "live" for part in sentences]),
    )
