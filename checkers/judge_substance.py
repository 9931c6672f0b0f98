"""How much a slice of a report says on a topic, measured in concrete things, not in length."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from checkers.finding import Topic
from checkers.grade_sentences import STATES, Sentence
from checkers.mark_report import MarkedReport, Mention
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
        terms: the words that counted, the most frequent first.
    """

    concepts: tuple[str, ...]
    specific: int
    set_aside: dict[str, int]
    figures: int
    live_characters: int
    share: float
    score: int
    terms: tuple[str, ...]

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
    mentions = [mention for span in spans for mention in report.mentions_in(topic, *span)]
    bounds = [report.bounds(*span) for span in spans]
    live = [m for m in mentions if report.sentences[m.sentence].state == "live"]
    counted = [m for m in live if not is_hollow(m, report.sentences[m.sentence])]
    words = Counter(words for mention in counted for _, words in mention.concepts)
    concepts = tuple(dict.fromkeys(label for m in counted for label, _ in m.concepts))
    specific = sum(1 for m in counted if m.concepts and report.sentences[m.sentence].specific)
    live_characters = _total(report.totals.lengths["live"], bounds)
    on_topic = sum(len(report.sentences[m.sentence].text) for m in live)
    return Substance(
        concepts=concepts,
        specific=specific,
        set_aside=_count_set_aside(report, bounds),
        figures=_total(report.totals.figures, bounds),
        live_characters=live_characters,
        share=on_topic / live_characters if live_characters else 0.0,
        score=len(concepts) + min(specific, thresholds.specific_cap),
        terms=tuple(word for word, _ in words.most_common(TERMS_SHOWN)),
    )


def is_hollow(mention: Mention, sentence: Sentence) -> bool:
    """Whether a sentence has no more concrete things than words that could stand anywhere."""
    if sentence.specific and mention.concepts:
        return False
    if not mention.concepts or not sentence.hollow:
        return not mention.concepts
    return sentence.hollow >= len({label for label, _ in mention.concepts})


def _count_set_aside(report: MarkedReport, bounds: list[tuple[int, int]]) -> dict[str, int]:
    counts = {state: _total(report.totals.counts[state], bounds) for state in STATES[1:]}
    return {state: count for state, count in counts.items() if count}


def _total(running: tuple[int, ...], bounds: list[tuple[int, int]]) -> int:
    return sum(running[last] - running[first] for first, last in bounds)
