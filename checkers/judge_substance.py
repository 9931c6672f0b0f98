"""How much a slice of a report says on a topic, measured in concrete things, not in length."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from checkers.finding import Topic
from checkers.mark_report import MarkedReport, Mention, Sentence
from checkers.rule_files import Thresholds

TERMS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Substance:
    """What a slice says on one topic.

    Attributes:
        concepts: distinct concrete things said in live, not hollow sentences.
        specific: sentences among these with figures or in tables.
        sentences: sentences that count.
        naming: live sentences that name the topic or a concrete thing of it.
        hollow: live sentences on the topic that could stand in any report.
        set_aside: sentences on the topic by why they do not count.
        figures: live sentences with figures or in tables, on whatever subject.
        live_characters: length of all live text, on whatever subject.
        placeholder_characters: length of the text that has yet to be written.
        share: part of the live text that speaks of the topic, 0 to 1.
        score: points; see ``Thresholds``.
        terms: the words that counted, the most frequent first.
    """

    concepts: tuple[str, ...]
    specific: int
    sentences: int
    naming: int
    hollow: int
    set_aside: dict[str, int]
    figures: int
    live_characters: int
    placeholder_characters: int
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
    sentences = [sentence for span in spans for sentence in report.sentences_in(*span)]
    live = [m for m in mentions if report.sentences[m.sentence].state == "live"]
    counted = [m for m in live if not is_hollow(m, report.sentences[m.sentence])]
    words = Counter(words for mention in counted for _, words in mention.concepts)
    concepts = tuple(dict.fromkeys(label for m in counted for label, _ in m.concepts))
    specific = sum(1 for m in counted if m.concepts and report.sentences[m.sentence].specific)
    live_characters = _length(sentences, "live")
    on_topic = sum(len(report.sentences[m.sentence].text.strip()) for m in live)
    return Substance(
        concepts=concepts,
        specific=specific,
        sentences=sum(1 for mention in counted if mention.concepts),
        naming=sum(1 for mention in live if mention.names),
        hollow=len(live) - len(counted),
        set_aside=_count_states(sentences),
        figures=sum(part.specific and part.state == "live" for part in sentences),
        live_characters=live_characters,
        placeholder_characters=_length(sentences, "placeholder"),
        share=on_topic / live_characters if live_characters else 0.0,
        score=len(concepts) + min(specific, thresholds.specific_cap),
        terms=tuple(word for word, _ in words.most_common(TERMS_SHOWN)),
    )


def is_hollow(mention: Mention, sentence: Sentence) -> bool:
    """Whether a sentence has no more concrete things than words that could stand anywhere."""
    if sentence.specific and mention.concepts:
        return False
    concrete = len({label for label, _ in mention.concepts})
    return concrete == 0 or sentence.hollow >= concrete


def _count_states(sentences: list[Sentence]) -> dict[str, int]:
    return dict(Counter(part.state for part in sentences if part.state != "live"))


def _length(sentences: list[Sentence], state: str) -> int:
    return sum(len(part.text.strip()) for part in sentences if part.state == state)
