"""Marked report -> passages on a topic that stand in sections on something else."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from checkers.grade_headings import is_background
from checkers.join_bodies import MarkedSection
from checkers.judge_substance import Substance, judge_substance
from checkers.load_rules import CompiledTopic, Rules
from checkers.mark_report import MarkedReport
from checkers.outline import Place

WINDOW = 2
"""Paragraphs read together: a matter may begin in one and go on in the next."""

MOST_PASSAGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Some paragraphs on a topic, below a heading that does not name it.

    Attributes:
        marked: the section whose own text holds them.
        place: of the first of these paragraphs.
        substance: what they say.
    """

    marked: MarkedSection
    place: Place
    substance: Substance


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    report: MarkedReport
    rules: Rules
    topic: CompiledTopic
    offsets: tuple[int, ...]


def locate_passages(
    report: MarkedReport, rules: Rules, topic: CompiledTopic
) -> tuple[Passage, ...]:
    """The densest passages on a topic, one a section, best first; a mere mention is none."""
    offsets = tuple(offset for offset, _ in report.blocks)
    look = _Look(report=report, rules=rules, topic=topic, offsets=offsets)
    found = [
        passage
        for chapter in report.chapters
        for section in _list_sections(rules, chapter)
        if (passage := _find_densest(look, section))
    ]
    return tuple(sorted(found, key=lambda part: -part.substance.score)[:MOST_PASSAGES])


def _list_sections(rules: Rules, marked: MarkedSection) -> Iterator[MarkedSection]:
    """The sections that may treat a topic: no background, no budget, no schedule."""
    if is_background(rules, marked.title) or rules.marks.foreign_ancestors.search(marked.title):
        return
    yield marked
    for child in marked.children:
        yield from _list_sections(rules, child)


def _find_densest(look: _Look, marked: MarkedSection) -> Passage | None:
    """The best window of a section's own paragraphs, where one has substance."""
    mentions = look.report.mentions_in(look.topic.id, marked.start, marked.own_end)
    if len({label for mention in mentions for label, _ in mention.concepts}) < (
        look.rules.marks.thresholds.concepts
    ):
        return None
    windows = (
        _judge_window(look, marked, start, end) for start, end in _list_windows(look, marked)
    )
    passages = [passage for passage in windows if passage]
    return max(passages, key=lambda part: part.substance.score, default=None)


def _list_windows(look: _Look, marked: MarkedSection) -> Iterator[tuple[int, int]]:
    first = bisect_left(look.offsets, marked.start)
    last = bisect_left(look.offsets, marked.own_end)
    edges = [*look.offsets[first:last], marked.own_end]
    for number in range(len(edges) - 1):
        yield edges[number], edges[min(number + WINDOW, len(edges) - 1)]


def _judge_window(look: _Look, marked: MarkedSection, start: int, end: int) -> Passage | None:
    report, topic, thresholds = look.report, look.topic, look.rules.marks.thresholds
    mentions = report.mentions_in(topic.id, start, end)
    named = any(
        part.names or any(topic.names.occurs_in(word) for _, word in part.concepts)
        for part in mentions
        if part.counts or part.names
    )
    if not named:
        return None
    substance = judge_substance(report, topic, ((start, end),), thresholds)
    if not substance.suffices(thresholds):
        return None
    return Passage(
        marked=marked,
        place=report.blocks[bisect_left(look.offsets, start)][1].place,
        substance=substance,
    )
