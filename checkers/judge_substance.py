"""How much a slice of a report says on a topic, measured in concrete things, not in length."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from checkers.finding import Topic
from checkers.grade_sentences import STATES
from checkers.mark_report import MarkedReport, total
from checkers.rule_files import Thresholds

TERMS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Substance:
    """What a slice says on one topic.

    Attributes:
        concepts: distinct concrete things said in live, not hollow sentences.
        specific: sentences among these with figures or in tables.
        set_aside: sentences by why they do not count.
        figures: live sentences with figures or in tables, on whatever subject.
        live_characters: length of all live text, on whatever subject.
        share: part of the live text that speaks of the topic, 0 to 1.
        score: points; see ``Thresholds``.
        words: those that counted, in reading order.
    """

    concepts: tuple[str, ...]
    specific: int
    set_aside: dict[str, int]
    figures: int
    live_characters: int
    share: float
    score: int
    words: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that counted, the most frequent first."""
        return tuple(word for word, _ in Counter(self.words).most_common(TERMS_SHOWN))

    @property
    def is_blank(self) -> bool:
        """Whether there is no live text and nothing that was put off or left out."""
        aside = sum(n for state, n in self.set_aside.items() if state != "placeholder")
        return self.live_characters == 0 and aside == 0

    def suffices(self, thresholds: Thresholds) -> bool:
        """Whether this is a treatment of the topic."""
        return len(self.concepts) >= thresholds.concepts and self.score >= thresholds.score

    def suffices_under_its_name(self, thresholds: Thresholds) -> bool:
        """The same below a heading that names the topic.

        What figures and tables say there is on the topic, in whatever words.
        """
        return self.suffices(thresholds) or (
            len(self.concepts) >= thresholds.named_concepts
            and self.figures >= thresholds.named_figures
        )


def judge_substance(
    report: MarkedReport, topic: Topic, spans: tuple[tuple[int, int], ...], thresholds: Thresholds
) -> Substance:
    """What some slices of the report, taken together, say on a topic."""
    bounds = [report.bounds(*span) for span in spans]
    found = report.mentions[topic]
    slices = [found.bounds(*span) for span in spans]
    hits = [
        hit
        for first, last in slices
        for mention in found.mentions[first:last]
        if mention.counts
        for hit in mention.concepts
    ]
    concepts = tuple(dict.fromkeys(label for label, _ in hits))
    specific = _total(found.specific, slices)
    live_characters = _total(report.totals.lengths["live"], bounds)
    on_topic = _total(found.live_characters, slices)
    return Substance(
        concepts=concepts,
        specific=specific,
        set_aside=_count_set_aside(report, bounds),
        figures=_total(report.totals.figures, bounds),
        live_characters=live_characters,
        share=on_topic / live_characters if live_characters else 0.0,
        score=len(concepts) + min(specific, thresholds.specific_cap),
        words=tuple(words for _, words in hits),
    )


def _count_set_aside(report: MarkedReport, bounds: list[tuple[int, int]]) -> dict[str, int]:
    counts = {state: _total(report.totals.counts[state], bounds) for state in STATES[1:]}
    return {state: count for state, count in counts.items() if count}


def _total(running: tuple[int, ...], bounds: list[tuple[int, int]]) -> int:
    return sum(total(running, pair) for pair in bounds)
