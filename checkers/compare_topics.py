"""A section -> whether its topic or another one leads its heading and its text."""

from __future__ import annotations

from dataclasses import dataclass

from checkers.finding import TOPICS, Topic
from checkers.grade_headings import SURE_STRENGTHS, grade_heading
from checkers.join_bodies import MarkedSection
from checkers.judge_substance import Substance, judge_substance
from checkers.load_rules import CompiledTopic, Rules
from checkers.mark_report import MarkedReport

FEWEST_NAMINGS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSearch:
    """What is looked through, for which topic, by which rules."""

    report: MarkedReport
    rules: Rules
    topic: CompiledTopic

    def substance(self, marked: MarkedSection) -> Substance:
        """What a section says on the topic, its children included."""
        spans = ((marked.start, marked.end),)
        return judge_substance(self.report, self.topic, spans, self.rules.marks.thresholds)


def has_own_passage(search: TopicSearch, marked: MarkedSection) -> bool:
    """Whether a chapter led by another topic says something on this one that is not on that one.

    A chapter on cryptography speaks of backups and staff too, and is none on security.
    """
    hosts = [
        other
        for other in TOPICS
        if other != search.topic.id and is_named_by(search, other, marked.title)
    ]
    if not hosts:
        return True
    others = [_count_words(search, host, marked) for host in hosts]
    return any(
        words >= FEWEST_NAMINGS and all(words > counted.get(index, 0) for counted in others)
        for index, words in _count_words(search, search.topic.id, marked).items()
    )


def is_guest(search: TopicSearch, marked: MarkedSection, substance: Substance) -> bool:
    """Whether half of a section on another topic (安全设计) is about this one.

    A section on cryptography uses words of security in the same sentences; it is not about both.
    """
    hosts = [other for other in TOPICS if is_named_by(search, other, marked.title)]
    if not hosts or search.topic.id in hosts:
        return False
    own = _count_words(search, search.topic.id, marked)
    others = [_count_words(search, host, marked) for host in hosts]
    sentences = search.report.sentences
    told = sum(
        len(sentences[index].text)
        for index, words in own.items()
        if all(words > counted.get(index, 0) for counted in others)
    )
    least = search.rules.marks.thresholds.body_share * substance.live_characters
    return told >= least and len(own) >= FEWEST_NAMINGS


def _count_words(search: TopicSearch, topic: Topic, marked: MarkedSection) -> dict[int, int]:
    """How many words on a topic each sentence of a section has."""
    mentions = search.report.mentions_in(topic, marked.start, marked.end)
    return {part.sentence: len(part.names) + len(part.concepts) for part in mentions}


def is_led(search: TopicSearch, marked: MarkedSection) -> bool:
    """Whether the heading names another topic."""
    return any(
        is_named_by(search, other, marked.title) for other in TOPICS if other != search.topic.id
    )


def is_named_by(search: TopicSearch, topic: Topic, title: str) -> bool:
    """Whether a heading names a topic surely."""
    return grade_heading(search.rules, search.rules.topics[topic], title)[0] in SURE_STRENGTHS


def leads(
    search: TopicSearch,
    marked: MarkedSection,
    substance: Substance,
    *,
    margin: float = 0.1,
) -> bool:
    """Whether no other topic is named by the heading or has a larger share by the margin."""
    for other in TOPICS:
        if other == search.topic.id:
            continue
        strength, _ = grade_heading(search.rules, search.rules.topics[other], marked.title)
        share = search.report.share_of(other, marked.start, marked.end)
        named = strength in SURE_STRENGTHS and share >= substance.share / 2
        if named or share > substance.share + margin:
            return False
    return True
