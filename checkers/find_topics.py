"""Marked report -> the sections that treat a topic, by heading and body together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checkers.compile_terms import MASK
from checkers.finding import TOPICS, Topic
from checkers.judge_substance import Substance, judge_substance
from checkers.load_rules import CompiledTopic, Rules
from checkers.mark_report import MarkedReport, MarkedSection

SHORTEST_TREATMENT = 25
"""Characters on something else that show a body to be about that."""

Strength = Literal["strong", "medium", "weak", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSection:
    """A section that treats a topic, or whose heading announces it.

    Attributes:
        marked: the section.
        is_chapter: whether it stands on the effective top level.
        strength: how surely its heading names the topic.
        word: the word of the heading that did; empty where none did.
        substance: what its text says, children included.
    """

    marked: MarkedSection
    is_chapter: bool
    strength: Strength
    word: str
    substance: Substance


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    report: MarkedReport
    rules: Rules
    topic: CompiledTopic

    def substance(self, marked: MarkedSection, topic: Topic | None = None) -> Substance:
        spans = ((marked.start, marked.end),)
        wanted = topic or self.topic.id
        return judge_substance(self.report, wanted, spans, self.rules.marks.thresholds)


def find_topic_sections(
    report: MarkedReport, rules: Rules, topic: CompiledTopic
) -> tuple[TopicSection, ...]:
    """The outermost sections on a topic, in reading order; none lies inside another."""
    search = _Search(report=report, rules=rules, topic=topic)
    found: list[TopicSection] = []
    for chapter in report.chapters:
        _search_section(search, chapter, found, ancestors=())
    return tuple(found)


def _search_section(
    search: _Search, marked: MarkedSection, found: list[TopicSection], ancestors: tuple[str, ...]
) -> None:
    if _is_background(search.rules, marked.title):
        return
    hit = _match_section(search, marked, ancestors)
    if hit and hit.strength != "none":
        found.append(hit)
        return
    # The budget or the schedule may name a topic, but never treats it.
    if search.rules.marks.foreign_ancestors.search(marked.title):
        return
    below: list[TopicSection] = []
    for child in marked.children:
        _search_section(search, child, below, (*ancestors, marked.title))
    # A section that names the topic is a better place than the chapter around it.
    named = any(part.strength != "none" for part in below)
    found.extend([hit] if hit and not (named and not hit.is_chapter) else below)


def _weakens(rules: Rules, ancestors: tuple[str, ...]) -> bool:
    """Whether a general word such as 安全保障 means something else in these chapters."""
    return any(rules.marks.weakening_ancestors.search(title) for title in ancestors)


def _is_background(rules: Rules, title: str) -> bool:
    marks = rules.marks
    return bool(marks.background_headings.search(title)) and not marks.background_exceptions.search(
        title
    )


def grade_heading(rules: Rules, topic: CompiledTopic, title: str) -> tuple[Strength, str]:
    """How surely a normalised heading names a topic, and the word that does."""
    if rules.marks.generic_headings.search(title):
        return "none", ""
    title = topic.ignored.sub(MASK, title)
    for strength, matcher in (
        ("strong", topic.strong),
        ("medium", topic.medium),
        ("weak", topic.weak),
    ):
        word = matcher.occurs_in(title)
        if word:
            return strength, word  # type: ignore[return-value]
    return "none", ""


def _match_section(
    search: _Search, marked: MarkedSection, ancestors: tuple[str, ...]
) -> TopicSection | None:
    strength, word = grade_heading(search.rules, search.topic, marked.title)
    if strength == "medium" and _weakens(search.rules, ancestors):
        strength = "weak"
    if strength in ("weak", "none") and not _may_treat(search, marked):
        return None
    substance = search.substance(marked)
    if not _belongs(search, marked, strength, substance):
        return None
    return TopicSection(
        marked=marked,
        is_chapter=not ancestors and not _is_general(search.rules, marked, strength),
        strength=strength,
        word=word,
        substance=substance,
    )


def _may_treat(search: _Search, marked: MarkedSection) -> bool:
    """A quick look that spares most sections the full judgement."""
    mentions = search.report.mentions_in(search.topic.id, marked.start, marked.end)
    labels = {label for mention in mentions for label, _ in mention.concepts}
    return len(labels) >= search.rules.marks.thresholds.concepts


def _is_general(rules: Rules, marked: MarkedSection, strength: Strength) -> bool:
    """Whether a chapter such as 建设方案 only happens to dwell on the topic of the project."""
    marks = rules.marks
    return strength == "none" and bool(
        marks.general_chapters.search(marked.title) or marks.generic_headings.search(marked.title)
    )


def _belongs(
    search: _Search, marked: MarkedSection, strength: Strength, substance: Substance
) -> bool:
    thresholds = search.rules.marks.thresholds
    if strength == "strong":
        return True
    if strength == "medium":
        if not substance.suffices(thresholds) and not _leads(search, marked, substance):
            return False
        return substance.share >= thresholds.medium_share or not _treats_another(search, marked)
    if not substance.suffices(thresholds):
        return False
    if strength == "weak":
        return substance.share >= thresholds.weak_share and _leads(search, marked, substance)
    return (
        substance.share >= thresholds.body_share
        and substance.score >= thresholds.body_score
        and substance.naming >= 2
        and _runs_through(search, marked)
        and _leads(search, marked, substance)
    )


def _runs_through(search: _Search, marked: MarkedSection) -> bool:
    """Whether most sections below speak of the topic, not only one that is about it."""
    shares = [search.substance(child).share for child in marked.children]
    on_topic = sum(share >= search.rules.marks.thresholds.weak_share for share in shares)
    return on_topic > 2 * len(shares) / 3 or not shares


def _treats_another(search: _Search, marked: MarkedSection) -> bool:
    """Whether the body says something, so that its silence on the topic counts."""
    sentences = search.report.sentences_in(marked.start, marked.end)
    said = (part for part in sentences if part.state == "live")
    return (
        sum(len(part.text) for part in said if part.specific or part.hollow < 2)
        >= SHORTEST_TREATMENT
    )


def _leads(search: _Search, marked: MarkedSection, substance: Substance) -> bool:
    """Whether no other topic has a better claim to the section."""
    for other in TOPICS:
        if other == search.topic.id:
            continue
        strength, _ = grade_heading(search.rules, search.rules.topics[other], marked.title)
        rival = search.substance(marked, other)
        named = strength in ("strong", "medium") and rival.share >= substance.share / 2
        if named or rival.share > substance.share + 0.1:
            return False
    return True
