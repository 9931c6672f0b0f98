"""How much a slice of a report says on a topic, measured in concrete things, not in length."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from checkers.grade_sentences import STATES
from checkers.load_rules import CompiledTopic
from checkers.mark_report import MarkedReport, total
from checkers.rule_files import Thresholds

TERMS_SHOWN = 12
MOST_SENTENCES = 40
"""What is told, and whether plainly, shows in so many sentences; longer chapters are not counted
through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Substance:
    """What a slice says on one topic.

    Attributes:
        concepts: distinct concrete things said in live, not hollow sentences.
        firm: how many of these are not soft; see ``Concept``.
        specific: sentences among these with figures or in tables.
        set_aside: sentences by why they do not count.
        figures: live sentences with figures or in tables, on whatever subject.
        live_characters: length of all live text, on whatever subject.
        told_characters: length of the sentences that count, each wording once.
        plain_characters: length of live sentences, on whatever subject, that are not hollow.
        share: part of the live text that speaks of the topic, 0 to 1.
        score: points; see ``Thresholds``.
        words: those that counted, in reading order.
    """

    concepts: tuple[str, ...]
    firm: int
    specific: int
    set_aside: dict[str, int]
    figures: int
    live_characters: int
    told_characters: int
    plain_characters: int
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
        return self.live_characters == 0 and not self.is_put_off

    @property
    def is_put_off(self) -> bool:
        """Whether a sentence leaves the matter out, or to another document."""
        return any(n for state, n in self.set_aside.items() if state != "placeholder")

    def suffices(self, thresholds: Thresholds, *, firm: int | None = None) -> bool:
        """Whether this is a treatment of the topic, with so many firm concepts among others."""
        return (
            self.firm >= (thresholds.firm_concepts if firm is None else firm)
            and len(self.concepts) >= thresholds.concepts
            and self.score >= thresholds.score
        )

    def suffices_under_its_name(self, thresholds: Thresholds, *, firm: int = 1) -> bool:
        """The same below a heading that names the topic.

        What figures and tables say there is on the topic, in whatever words; and what is told at
        some length need not use the words that the rules know.
        """
        if self.suffices(thresholds, firm=firm):
            return True
        if len(self.concepts) < thresholds.named_concepts or self.firm < firm:
            return False
        words = len(set(self.words)) >= thresholds.named_words
        return (
            self.figures >= thresholds.named_figures
            or (words and self.told_characters >= thresholds.named_characters)
            or self.plain_characters >= thresholds.named_plain
        )


def judge_substance(
    report: MarkedReport,
    topic: CompiledTopic,
    spans: tuple[tuple[int, int], ...],
    thresholds: Thresholds,
) -> Substance:
    """What some slices of the report, taken together, say on a topic."""
    bounds = [report.bounds(*span) for span in spans]
    found = report.mentions[topic.id]
    slices = [found.bounds(*span) for span in spans]
    told = [
        mention
        for first, last in slices
        for mention in found.mentions[first:last]
        if mention.counts
    ]
    hits = [hit for mention in told for hit in mention.concepts]
    concepts = tuple(dict.fromkeys(label for label, _ in hits))
    specific = _total(found.specific, slices)
    live_characters = _total(report.totals.lengths["live"], bounds)
    on_topic = _total(found.live_characters, slices)
    return Substance(
        concepts=concepts,
        firm=len(topic.firm.intersection(concepts)),
        specific=specific,
        set_aside=_count_set_aside(report, bounds),
        figures=_total(report.totals.figures, bounds),
        live_characters=live_characters,
        told_characters=sum(
            map(len, {report.sentences[part.sentence].text for part in told[:MOST_SENTENCES]})
        ),
        plain_characters=_count_plain(report, bounds),
        share=on_topic / live_characters if live_characters else 0.0,
        score=len(concepts) + min(specific, thresholds.specific_cap),
        words=tuple(words for _, words in hits),
    )


def _count_plain(report: MarkedReport, bounds: list[tuple[int, int]]) -> int:
    """Characters of live sentences that could not stand in any report; each wording once."""
    told = {
        sentence.text
        for first, last in bounds
        for sentence in report.sentences[first : min(last, first + MOST_SENTENCES)]
        if sentence.state == "live" and (sentence.specific or not sentence.hollow)
    }
    return sum(map(len, told))


def _count_set_aside(report: MarkedReport, bounds: list[tuple[int, int]]) -> dict[str, int]:
    counts = {state: _total(report.totals.counts[state], bounds) for state in STATES[1:]}
    return {state: count for state, count in counts.items() if count}


def _total(running: tuple[int, ...], bounds: list[tuple[int, int]]) -> int:
    return sum(total(running, pair) for pair in bounds)
