"""Outline -> marked report: its sentences, and where each topic is mentioned."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import and_, mul
from sys import maxsize
from typing import NamedTuple

from checkers.compile_terms import Term
from checkers.finding import Topic
from checkers.grade_sentences import STATES, Sentence, SentenceState, grade_sentences
from checkers.join_bodies import JoinedBodies, MarkedSection, MarkedTable, join_bodies
from checkers.load_rules import Rules
from checkers.outline import Block, Outline
from checkers.search_ahead import SearchedTexts, WordFinder, search_ahead


class Mention(NamedTuple):
    """What one sentence says on one topic.

    Attributes:
        sentence: index of the sentence.
        names: words that name the topic.
        concepts: label and words of each concrete thing.
        counts: whether the sentence is live and not hollow, so that its concepts count.
    """

    sentence: int
    names: tuple[str, ...]
    concepts: tuple[Term, ...]
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMentions:
    """All mentions of one topic, with running totals over them.

    Attributes:
        mentions: by sentence.
        starts: offsets of their sentences.
        live_characters: of live sentences with a mention, before each index.
        specific: mentions that count and have figures or stand in tables, before each index.
    """

    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    live_characters: tuple[int, ...]
    specific: tuple[int, ...]

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Indexes of the first mention in a slice of the text and of the one behind its last."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


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
        mentions: of each topic.
        tables: those with entries, by offset.
        text: all bodies as one normalised text, traps and project name blotted out.
        plain: the same with nothing blotted out, at the same offsets.
        blocks: offset and block of all that the text was made of.
        searched: searches for the words of the rules, begun ahead.
    """

    outline: Outline
    chapters: tuple[MarkedSection, ...]
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    totals: RunningTotals
    mentions: dict[Topic, TopicMentions]
    tables: tuple[MarkedTable, ...]
    text: str
    plain: str
    blocks: tuple[tuple[int, Block], ...]
    searched: SearchedTexts

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Indexes of the first sentence of a slice of the text and of the one behind its last."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def sentences_in(self, start: int, end: int) -> tuple[Sentence, ...]:
        """The sentences of a slice of the text."""
        first, last = self.bounds(start, end)
        return self.sentences[first:last]

    def mentions_in(self, topic: Topic, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions of a topic in a slice of the text."""
        found = self.mentions[topic]
        first, last = found.bounds(start, end)
        return found.mentions[first:last]

    def share_of(self, topic: Topic, start: int, end: int) -> float:
        """Part of the live text of a slice that speaks of a topic, 0 to 1."""
        found = self.mentions[topic]
        on_topic = total(found.live_characters, found.bounds(start, end))
        live = total(self.totals.lengths["live"], self.bounds(start, end))
        return on_topic / live if live else 0.0


def mark_report(outline: Outline, rules: Rules) -> MarkedReport:
    """The report as one marked text; nothing of the outline is changed."""
    joined = join_bodies(outline, rules.marks)
    searched = search_ahead(_list_searches(joined, rules))
    sentences = grade_sentences(joined.text, joined.rows, rules.marks, searched)
    starts = tuple(sentence.start for sentence in sentences)
    return MarkedReport(
        outline=outline,
        chapters=joined.chapters,
        sentences=sentences,
        starts=starts,
        totals=_add_up(sentences),
        mentions={
            topic: _find_mentions(
                compiled.words.name_matches(
                    joined.text, searched.match(compiled.words, joined.text)
                ),
                sentences,
                starts,
            )
            for topic, compiled in rules.topics.items()
        },
        tables=joined.tables,
        text=joined.text,
        plain=joined.plain,
        blocks=joined.blocks,
        searched=searched,
    )


def _list_searches(joined: JoinedBodies, rules: Rules) -> Iterator[tuple[WordFinder, str]]:
    """What the marking and the rules will ask for, in the order in which they do."""
    for matcher in (rules.marks.hollow, rules.marks.cues):
        yield matcher, joined.text
    for topic in rules.topics.values():
        yield topic.words, joined.text
    yield rules.checks.cues, joined.plain


def total(running: tuple[int, ...], bounds: tuple[int, int]) -> int:
    """The sum over a slice, from running totals."""
    return running[bounds[1]] - running[bounds[0]]


def _find_mentions(
    hits: Sequence[tuple[int, Term]], sentences: Sequence[Sentence], starts: Sequence[int]
) -> TopicMentions:
    mentions: list[Mention] = []
    for index, names, concepts in _group_hits(hits, starts):
        things = tuple(concepts)
        mentions.append(Mention(index, tuple(names), things, _counts(sentences[index], things)))
    said = [sentences[mention.sentence] for mention in mentions]
    return TopicMentions(
        mentions=tuple(mentions),
        starts=tuple([sentence.start for sentence in said]),
        live_characters=_run([len(part.text) if part.state == "live" else 0 for part in said]),
        specific=_run(
            [mention.counts and part.specific for mention, part in zip(mentions, said, strict=True)]
        ),
    )


def _group_hits(
    hits: Sequence[tuple[int, Term]], starts: Sequence[int]
) -> list[tuple[int, list[str], list[Term]]]:
    """The sentences with hits, in order: index, words that name the topic, concrete things."""
    groups: list[tuple[int, list[str], list[Term]]] = []
    names: list[str] = []
    concepts: list[Term] = []
    end = -1
    for offset, term in hits:
        # Hits come in order, so that only the first of a sentence is searched for.
        if offset >= end:
            index = bisect_right(starts, offset) - 1
            end = starts[index + 1] if index + 1 < len(starts) else maxsize
            names, concepts = [], []
            groups.append((index, names, concepts))
        if term[0]:
            concepts.append(term)
        else:
            names.append(term[1])
    return groups


def _counts(sentence: Sentence, hits: tuple[Term, ...]) -> bool:
    """Whether a live sentence has more concrete things than words that could stand anywhere."""
    if not hits or sentence.state != "live":
        return False
    if sentence.specific or not sentence.hollow:
        return True
    return sentence.hollow < len({label for label, _ in hits})


def _run(values: Iterable[int]) -> tuple[int, ...]:
    return tuple(accumulate(values, initial=0))


def _add_up(sentences: Sequence[Sentence]) -> RunningTotals:
    lengths = [len(sentence.text) for sentence in sentences]
    states = [sentence.state for sentence in sentences]
    flags = {state: list(map(state.__eq__, states)) for state in set(states)}
    specific = [sentence.specific for sentence in sentences]
    # In most reports nearly all sentences are live, and some states don't occur.
    nothing = (0,) * (len(sentences) + 1)
    counts = {state: _run(told) for state, told in flags.items()}
    sizes = {state: _run(map(mul, lengths, told)) for state, told in flags.items()}
    return RunningTotals(
        counts={state: counts.get(state, nothing) for state in STATES},
        lengths={state: sizes.get(state, nothing) for state in STATES},
        figures=_run(map(and_, specific, flags.get("live", nothing))),
    )
