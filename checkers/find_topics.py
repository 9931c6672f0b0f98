"""Marked report -> the sections that treat a topic, by heading and body together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

from checkers.compare_topics import (
    FEWEST_NAMINGS,
    TopicSearch,
    has_own_passage,
    is_guest,
    is_led,
    is_named_by,
    leads,
)
from checkers.compile_terms import MASK
from checkers.grade_headings import (
    CONJUNCTION,
    SURE_STRENGTHS,
    Strength,
    find_garbled,
    grade_conjuncts,
    grade_heading,
    is_background,
    list_conjuncts,
)
from checkers.join_bodies import MarkedSection, is_torn_off
from checkers.judge_substance import Substance
from checkers.load_rules import CompiledTopic, Rules
from checkers.mark_report import MarkedReport, total

SHORTEST_TREATMENT = 25
"""Characters on something else that show a body to be about that."""

CLEAR_LEAD = 0.2
"""Part of a body by which a topic has to lead where neither heading nor body names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSection:
    """A section that treats a topic, or whose heading announces it.

    Attributes:
        marked: the section.
        is_chapter: whether it stands on the effective top level.
        strength: how surely its heading names the topic.
        word: the word of the heading that did; empty where none did.
        substance: what its text says, children included.
        is_own: whether its text has a passage on this topic, not only on others that it names.
        around: the general chapter (技术方案) around it that is about the topic throughout.
    """

    marked: MarkedSection
    is_chapter: bool
    strength: Strength
    word: str
    substance: Substance
    is_own: bool = True
    around: TopicSection | None = None


def find_topic_sections(
    report: MarkedReport, rules: Rules, topic: CompiledTopic
) -> tuple[TopicSection, ...]:
    """The outermost sections on a topic, in reading order; none lies inside another."""
    search = TopicSearch(report=report, rules=rules, topic=topic)
    found: list[TopicSection] = []
    for chapter in report.chapters:
        _search_section(search, chapter, found, ancestors=())
    return tuple(found)


def _search_section(
    search: TopicSearch,
    marked: MarkedSection,
    found: list[TopicSection],
    ancestors: tuple[str, ...],
) -> None:
    if is_background(search.rules, marked.title):
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


def _match_section(
    search: TopicSearch, marked: MarkedSection, ancestors: tuple[str, ...]
) -> TopicSection | None:
    strength, word = grade_conjuncts(search.rules, search.topic, marked.title)
    if strength in SURE_STRENGTHS:
        if _weakens(search.rules, ancestors):
            strength = "weak"
        elif search.topic.shared.search(marked.title):
            strength = _grade_shared(search, marked, below=bool(ancestors))
    if strength == "none":
        strength, word = _grade_garbled(search, marked)
    if strength in ("weak", "none") and not _may_treat(search, marked, strength):
        return None
    substance = search.substance(marked)
    if not _belongs(search, marked, strength, substance):
        return None
    # A section that strays is a trap (信息共享 on meetings); a chapter is there, if off the mark.
    if ancestors and strength == "strong" and _strays(search, marked, substance):
        return None
    general = strength == "none" and (
        is_led(search, marked) or _is_general(search.rules, marked, substance)
    )
    is_below = bool(ancestors) or is_torn_off(marked.section, search.report.outline)
    return TopicSection(
        marked=marked,
        is_chapter=not is_below and not general,
        strength=strength,
        word=word,
        substance=substance,
        is_own=has_own_passage(search, marked),
    )


def _grade_shared(search: TopicSearch, marked: MarkedSection, *, below: bool) -> Strength:
    """The strength of a heading in words that another topic has too.

    As a chapter 网络和通信安全 is about security; below one it may be about cryptography. In
    密码应用与安全性评估 the words belong to the other topic, unless a subject of its own is joined.
    """
    own = any(
        not search.topic.shared.search(part) and is_named_by(search, search.topic.id, part)
        for part in list_conjuncts(marked.title)
    )
    if is_led(search, marked) and not own:
        return "none"
    return "weak" if below else "medium"


def _grade_garbled(search: TopicSearch, marked: MarkedSection) -> tuple[Strength, str]:
    """A heading with one wrong character in a term (人工职能): weak, so that the body decides."""
    if search.rules.marks.generic_headings.search(marked.title):
        return "none", ""
    share = search.report.share_of(search.topic.id, marked.start, marked.end)
    if share < search.rules.marks.thresholds.weak_share:
        return "none", ""
    word = find_garbled(search.topic, marked.title)
    return ("weak", word) if word else ("none", "")


def _may_treat(search: TopicSearch, marked: MarkedSection, strength: Strength) -> bool:
    """A quick look that spares most sections the full judgement."""
    if strength == "weak" and _is_named_in_vain(search, marked):
        return True
    topic, thresholds = search.topic.id, search.rules.marks.thresholds
    share = search.report.share_of(topic, marked.start, marked.end)
    if share < _least_share(search, marked.title, strength):
        return False
    mentions = search.report.mentions_in(topic, marked.start, marked.end)
    labels = {label for mention in mentions for label, _ in mention.concepts}
    return len(labels) >= thresholds.concepts


def _least_share(search: TopicSearch, title: str, strength: Strength) -> float:
    """The part of a section that its topic has to have where the heading does not settle it."""
    thresholds = search.rules.marks.thresholds
    if strength == "none":
        return thresholds.body_share
    # Each of the subjects that a heading names has its part of the chapter.
    subjects = len(CONJUNCTION.split(title)) if _is_conjunct(search, title) else 1
    return thresholds.weak_share / subjects


def _is_general(rules: Rules, marked: MarkedSection, substance: Substance) -> bool:
    """Whether a chapter such as 建设方案 only happens to dwell on the topic of the project."""
    marks = rules.marks
    return substance.share < marks.thresholds.chapter_share or bool(
        marks.general_chapters.search(marked.title) or marks.generic_headings.search(marked.title)
    )


def _belongs(
    search: TopicSearch, marked: MarkedSection, strength: Strength, substance: Substance
) -> bool:
    thresholds = search.rules.marks.thresholds
    if strength == "strong":
        return True
    if strength == "medium":
        doubtful = _holds_trap(search, marked) or not leads(search, marked, substance)
        if doubtful and not substance.suffices(thresholds) and not _is_divided(search, marked):
            return False
        return not _strays(search, marked, substance)
    if strength == "weak" and _is_named_in_vain(search, marked):
        return True
    if not substance.suffices(thresholds):
        return False
    if strength == "weak" and _fills(search, marked, substance):
        return True
    if not _names_topic(search, marked):
        return False
    if strength == "weak":
        # Two topics may share a chapter (合规建设：等保、密评) whose heading names neither.
        return _is_conjunct(search, marked.title) or leads(search, marked, substance, margin=1.0)
    return (
        substance.score >= thresholds.body_score
        and _runs_through(search, marked)
        and (leads(search, marked, substance) or is_guest(search, marked, substance))
    )


def _is_divided(search: TopicSearch, marked: MarkedSection) -> bool:
    """Whether a section below names the topic, in whatever words its own text is."""
    return any(
        grade_heading(search.rules, search.topic, child.title)[0] == "strong"
        for child in marked.children
    )


def _fills(search: TopicSearch, marked: MarkedSection, substance: Substance) -> bool:
    """Whether a body is on the topic throughout, so that it need not be named as well."""
    thresholds = search.rules.marks.thresholds
    return (
        substance.share >= thresholds.chapter_share
        and substance.score >= thresholds.body_score
        and not is_led(search, marked)
        and leads(search, marked, substance, margin=-CLEAR_LEAD)
    )


def _strays(search: TopicSearch, marked: MarkedSection, substance: Substance) -> bool:
    """Whether the body says something else, in hardly a word of the topic."""
    if substance.suffices_under_its_name(search.rules.marks.thresholds):
        return False
    share = (
        substance.share if _names_in_body(search, marked, 1) or len(substance.concepts) > 1 else 0.0
    )
    return share < search.rules.marks.thresholds.medium_share and _treats_another(search, marked)


def _is_conjunct(search: TopicSearch, title: str) -> bool:
    """Whether a heading for several subjects (安全与密码) names this one among them."""
    conjuncts = list_conjuncts(title)
    topic = search.topic
    return len(conjuncts) > 1 and any(
        topic.strong.occurs_in(part) or topic.weak.occurs_in(part) == part for part in conjuncts
    )


def _is_named_in_vain(search: TopicSearch, marked: MarkedSection) -> bool:
    """Whether a heading joins this topic to another one (安全与密码应用) over no text at all."""
    live = total(
        search.report.totals.lengths["live"], search.report.bounds(marked.start, marked.end)
    )
    return live == 0 and _is_conjunct(search, marked.title) and is_led(search, marked)


def _names_topic(search: TopicSearch, marked: MarkedSection) -> bool:
    """Whether the heading names the topic or the body does twice."""
    return search.topic.names.occurs_in(marked.title) is not None or _names_in_body(
        search, marked, FEWEST_NAMINGS
    )


def _names_in_body(search: TopicSearch, marked: MarkedSection, fewest: int) -> bool:
    """Whether so many sentences name the topic, be it inside 国密网关; 安全员 names nothing."""
    mentions = search.report.mentions_in(search.topic.id, marked.start, marked.end)
    naming = (
        part
        for part in mentions
        if part.names
        or any(
            label in search.topic.firm and search.topic.names.occurs_in(word)
            for label, word in part.concepts
        )
    )
    return len(list(islice(naming, fewest))) == fewest


def _runs_through(search: TopicSearch, marked: MarkedSection) -> bool:
    """Whether most sections below speak of the topic, not only one that is about it."""
    topic = search.topic.id
    shares = [search.report.share_of(topic, part.start, part.end) for part in marked.children]
    on_topic = sum(share >= search.rules.marks.thresholds.weak_share for share in shares)
    return on_topic > 2 * len(shares) / 3 or not shares


def _holds_trap(search: TopicSearch, marked: MarkedSection) -> bool:
    """Whether the body uses the topic's words in another sense (找回密码)."""
    return any(
        MASK in sentence.text for sentence in search.report.sentences_in(marked.start, marked.end)
    )


def _treats_another(search: TopicSearch, marked: MarkedSection) -> bool:
    """Whether the body says something else, so that its silence on the topic counts."""
    sentences = search.report.sentences_in(marked.start, marked.end)
    said = [part for part in sentences if part.state == "live"]
    return (
        sum(len(part.text) for part in said if part.specific or part.hollow < 2)
        >= SHORTEST_TREATMENT
    )
