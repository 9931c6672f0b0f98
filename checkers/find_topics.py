"""Marked report -> the sections that treat a topic, by heading and body together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from checkers.compile_terms import MASK, TermMatcher
from checkers.finding import TOPICS
from checkers.join_bodies import MarkedSection
from checkers.judge_substance import Substance, judge_substance
from checkers.load_rules import CompiledTopic, Rules
from checkers.mark_report import MarkedReport

SHORTEST_TREATMENT = 25
"""Characters on something else that show a body to be about that."""

FEWEST_NAMINGS = 2
SHARED_WORD = 2
CONJUNCTION = re.compile("[与和及、/,&+]")

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
        around: the general chapter (技术方案) around it that is about the topic throughout.
    """

    marked: MarkedSection
    is_chapter: bool
    strength: Strength
    word: str
    substance: Substance
    around: TopicSection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    report: MarkedReport
    rules: Rules
    topic: CompiledTopic

    def substance(self, marked: MarkedSection) -> Substance:
        spans = ((marked.start, marked.end),)
        return judge_substance(self.report, self.topic.id, spans, self.rules.marks.thresholds)


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
    if hit and (hit.is_chapter or not named):
        found.append(hit)
    elif hit and not ancestors:
        found.extend(replace(part, around=hit) for part in below)
    else:
        found.extend(below)


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
    graded: tuple[tuple[Strength, TermMatcher], ...] = (
        ("strong", topic.strong),
        ("medium", topic.medium),
        ("weak", topic.weak),
    )
    for strength, matcher in graded:
        word = matcher.occurs_in(title)
        if word:
            return strength, word
    return "none", ""


def _grade_conjuncts(search: _Search, title: str) -> tuple[Strength, str]:
    """The same of a heading that may join several subjects: the surest of them."""
    graded = grade_heading(search.rules, search.topic, title)
    if graded[0] != "weak":
        return graded
    joined = [grade_heading(search.rules, search.topic, part) for part in list_conjuncts(title)]
    return next((part for part in joined if part[0] == "strong"), graded)


def _match_section(
    search: _Search, marked: MarkedSection, ancestors: tuple[str, ...]
) -> TopicSection | None:
    strength, word = _grade_conjuncts(search, marked.title)
    if strength in ("strong", "medium"):
        if _weakens(search.rules, ancestors):
            strength = "weak"
        elif search.topic.shared.search(marked.title):
            # As a chapter 网络和通信安全 is about security; below one it may be about cryptography.
            strength = "weak" if ancestors else "medium"
    if strength in ("weak", "none") and not _may_treat(search, marked, strength):
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


def _may_treat(search: _Search, marked: MarkedSection, strength: Strength) -> bool:
    """A quick look that spares most sections the full judgement."""
    topic, thresholds = search.topic.id, search.rules.marks.thresholds
    share = search.report.share_of(topic, marked.start, marked.end)
    if share < _least_share(search, marked.title, strength):
        return False
    mentions = search.report.mentions_in(topic, marked.start, marked.end)
    labels = {label for mention in mentions for label, _ in mention.concepts}
    return len(labels) >= thresholds.concepts


def _least_share(search: _Search, title: str, strength: Strength) -> float:
    """The part of a section that its topic has to have where the heading does not settle it."""
    thresholds = search.rules.marks.thresholds
    if strength == "none":
        return thresholds.body_share
    # Each of the subjects that a heading names has its part of the chapter.
    subjects = len(CONJUNCTION.split(title)) if _is_conjunct(search, title) else 1
    return thresholds.weak_share / subjects


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
        if not substance.suffices(thresholds) and (
            _holds_trap(search, marked) or not _leads(search, marked, substance)
        ):
            return False
        return substance.share >= thresholds.medium_share or not _treats_another(search, marked)
    if not substance.suffices(thresholds) or not _names_topic(search, marked):
        return False
    if strength == "weak":
        # Two topics may share a chapter (合规建设：等保、密评) whose heading names neither.
        return _is_conjunct(search, marked.title) or _leads(search, marked, substance, margin=1.0)
    return (
        substance.score >= thresholds.body_score
        and _runs_through(search, marked)
        and _leads(search, marked, substance)
    )


def list_conjuncts(title: str) -> list[str]:
    """The subjects that a heading joins, each with the word they share.

    ``网络与密码安全`` gives 网络安全 and 密码安全; a heading for one subject gives itself.
    """
    *parts, last = CONJUNCTION.split(title)
    return [part + last[-SHARED_WORD:] for part in parts if part] + [*parts, last]


def _is_conjunct(search: _Search, title: str) -> bool:
    """Whether a heading for several subjects (安全与密码) names this one among them."""
    conjuncts = list_conjuncts(title)
    topic = search.topic
    return len(conjuncts) > 1 and any(
        topic.strong.occurs_in(part) or topic.weak.occurs_in(part) == part for part in conjuncts
    )


def _names_topic(search: _Search, marked: MarkedSection) -> bool:
    """Whether the heading names the topic or the body does twice, be it inside 国密网关."""
    if search.topic.names.occurs_in(marked.title):
        return True
    mentions = search.report.mentions_in(search.topic.id, marked.start, marked.end)
    naming = (
        part
        for part in mentions
        if part.names or any(search.topic.names.occurs_in(word) for _, word in part.concepts)
    )
    return len(list(islice(naming, FEWEST_NAMINGS))) == FEWEST_NAMINGS


def _runs_through(search: _Search, marked: MarkedSection) -> bool:
    """Whether most sections below speak of the topic, not only one that is about it."""
    topic = search.topic.id
    shares = [search.report.share_of(topic, part.start, part.end) for part in marked.children]
    on_topic = sum(share >= search.rules.marks.thresholds.weak_share for share in shares)
    return on_topic > 2 * len(shares) / 3 or not shares


def _holds_trap(search: _Search, marked: MarkedSection) -> bool:
    """Whether the body uses the topic's words in another sense (找回密码)."""
    return any(
        MASK in sentence.text for sentence in search.report.sentences_in(marked.start, marked.end)
    )


def _treats_another(search: _Search, marked: MarkedSection) -> bool:
    """Whether the body says something else, so that its silence on the topic counts."""
    sentences = search.report.sentences_in(marked.start, marked.end)
    said = [part for part in sentences if part.state == "live"]
    return (
        sum(len(part.text) for part in said if part.specific or part.hollow < 2)
        >= SHORTEST_TREATMENT
    )


def _leads(
    search: _Search, marked: MarkedSection, substance: Substance, *, margin: float = 0.1
) -> bool:
    """Whether no other topic is named by the heading or has a larger share by the margin."""
    for other in TOPICS:
        if other == search.topic.id:
            continue
        strength, _ = grade_heading(search.rules, search.rules.topics[other], marked.title)
        share = search.report.share_of(other, marked.start, marked.end)
        named = strength in ("strong", "medium") and share >= substance.share / 2
        if named or share > substance.share + margin:
            return False
    return True
