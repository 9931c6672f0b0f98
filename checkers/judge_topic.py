"""The sections on a topic -> one verdict, with its evidence and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checkers.doubt_verdicts import (
    doubt_absence,
    doubt_heading,
    doubt_missing_parts,
    doubt_thin,
    rate_confidence,
)
from checkers.find_parts import find_missing_parts, find_traces
from checkers.find_topics import TopicSection, find_topic_sections
from checkers.finding import Verdict
from checkers.grade_headings import STRENGTHS, SURE_STRENGTHS
from checkers.judge_substance import Substance, judge_substance
from checkers.load_rules import CompiledTopic, Rules
from checkers.locate_passages import Passage, locate_passages
from checkers.mark_report import MarkedReport
from checkers.rule_files import ProfileTopic, Thresholds
from checkers.weigh_scans import allow_for_scans

FEWEST_PARTS = 2
"""Parts that an article must name for a chapter of few known words to be judged by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a report offers on a topic, before the wording for people.

    Attributes:
        verdict: see ``Verdict``.
        sections: what it rests on, best first.
        substance: of these sections; None where there are none.
        missing: parts that the article names and the chapter lacks.
        confidence: 0 to 1.
        doubt: why a person has to decide, a Chinese sentence; None where sure.
        passages: where the text is, when no section treats the topic and some paragraphs do.
    """

    verdict: Verdict
    sections: tuple[TopicSection, ...] = ()
    substance: Substance | None = None
    missing: tuple[str, ...] = ()
    confidence: float
    doubt: str | None = None
    passages: tuple[Passage, ...] = ()


def judge_topic(
    report: MarkedReport, rules: Rules, topic: CompiledTopic, rule: ProfileTopic
) -> Judgement:
    """The verdict on one topic under one profile."""
    found = find_topic_sections(report, rules, topic)
    chapters = tuple(part for part in found if part.is_chapter)
    if chapters:
        judgement = _judge_chapters(report, rules, topic, rule, found)
    elif found:
        judgement = _judge_subsections(report, rules, topic, rule, found)
    else:
        judgement = _judge_absence(report, rules, topic)
    return allow_for_scans(report, topic, judgement)


def _judge_absence(report: MarkedReport, rules: Rules, topic: CompiledTopic) -> Judgement:
    """No section treats the topic; a person is told of paragraphs that do."""
    if not report.chapters:
        unknown = "没有认出任何章节标题，无法对照章节，请人工查看全文。"
        return Judgement(verdict="missing", confidence=0.5, doubt=unknown)
    passages = locate_passages(report, rules, topic)
    if not passages:
        confidence, doubt = doubt_absence(report, rules, topic)
        return Judgement(verdict="missing", confidence=confidence, doubt=doubt)
    doubt = f"正文里有写{topic.file.name}的段落，但没有以它为题的章节，请人工确认是否算作已写。"
    return Judgement(verdict="missing", confidence=0.6, doubt=doubt, passages=passages)


def _judge_chapters(
    report: MarkedReport,
    rules: Rules,
    topic: CompiledTopic,
    rule: ProfileTopic,
    found: tuple[TopicSection, ...],
) -> Judgement:
    """The best chapter decides: an empty one is forgiven where another one treats the topic."""
    thresholds = rules.marks.thresholds
    chapters = [part for part in found if part.is_chapter]
    treating = [part for part in chapters if _suffices(part, thresholds)]
    if not treating:
        best = max(chapters, key=lambda part: part.substance.score)
        spread = list({id(part.around): part.around for part in found if part.around}.values())
        if best.substance.concepts and spread:
            return _judge_spread(report, rules, topic, best, spread)
        return _judge_named_parts(report, rules, topic, rule, best)
    ranked, missing = _look_for_parts(report, rules, topic, rule, treating)
    best = ranked[0]
    confidence = rate_confidence(best, best.substance, rules.marks)
    judgement = Judgement(
        verdict="present",
        sections=ranked,
        substance=best.substance,
        confidence=confidence,
        doubt=doubt_heading(best, confidence, topic),
    )
    return _mark_incomplete(report, rules, topic, judgement, missing) if missing else judgement


def _mark_incomplete(
    report: MarkedReport,
    rules: Rules,
    topic: CompiledTopic,
    judgement: Judgement,
    missing: tuple[str, ...],
) -> Judgement:
    """The same of a chapter that lacks parts, less sure where words that hint at them stand."""
    parts = [part for part in topic.parts.values() if part.part.name in missing]
    found = (
        find_traces(report, section.marked, parts, rules.marks) for section in judgement.sections
    )
    traces = tuple(dict.fromkeys(word for words in found for word in words))
    confidence, doubt = doubt_missing_parts(missing, traces, judgement.confidence)
    return replace(
        judgement,
        verdict="incomplete",
        missing=missing,
        confidence=confidence,
        doubt=judgement.doubt or doubt,
    )


def _look_for_parts(
    report: MarkedReport,
    rules: Rules,
    topic: CompiledTopic,
    rule: ProfileTopic,
    sections: Sequence[TopicSection],
) -> tuple[tuple[TopicSection, ...], tuple[str, ...]]:
    """The sections, the most complete and the surest named first, and what they all lack.

    Needs may stand in one chapter and the catalogue in another one.
    """
    parts = [topic.parts[part] for part in rule.parts]
    lacking = {
        id(section): find_missing_parts(report, section.marked, topic.id, parts, rules.marks)
        for section in sections
    }
    ranked = sorted(
        sections,
        key=lambda part: (
            len(lacking[id(part)]),
            STRENGTHS.index(part.strength),
            -part.substance.score,
        ),
    )
    names = lacking[id(ranked[0])]
    missing = tuple(name for name in names if all(name in those for those in lacking.values()))
    adding = [part for part in ranked[1:] if len(lacking[id(part)]) < len(parts)]
    return (ranked[0], *(adding if len(missing) < len(names) else ())), missing


def _judge_spread(
    report: MarkedReport,
    rules: Rules,
    topic: CompiledTopic,
    best: TopicSection,
    spread: list[TopicSection],
) -> Judgement:
    """A chapter on the needs, and a general one (技术方案) that is all about the same topic."""
    sections = (best, *spread)
    spans = tuple((part.marked.start, part.marked.end) for part in sections)
    thresholds = rules.marks.thresholds
    together = judge_substance(report, topic, spans, thresholds)
    if not together.suffices(thresholds):
        return _judge_thin(report, rules, best)
    return Judgement(
        verdict="present",
        sections=sections,
        substance=together,
        confidence=0.7,
        doubt=f"{topic.file.name}分写在几章里，合起来有实质内容，请人工复核是否算单列成章。",
    )


def _suffices(section: TopicSection, thresholds: Thresholds) -> bool:
    if not section.is_own:
        return False
    if section.strength == "strong":
        return section.substance.suffices_under_its_name(thresholds)
    if section.strength == "medium":
        firm = thresholds.firm_concepts
        return section.substance.suffices_under_its_name(thresholds, firm=firm)
    return section.substance.suffices(thresholds)


def _judge_thin(report: MarkedReport, rules: Rules, section: TopicSection) -> Judgement:
    confidence, doubt = doubt_thin(report, rules.marks, section)
    return Judgement(
        verdict="empty" if section.substance.is_blank else "incomplete",
        sections=(section,),
        substance=section.substance,
        confidence=confidence,
        doubt=doubt,
    )


def _judge_named_parts(
    report: MarkedReport,
    rules: Rules,
    topic: CompiledTopic,
    rule: ProfileTopic,
    section: TopicSection,
) -> Judgement:
    """A chapter in few words that the rules know, which may yet carry out all that is asked."""
    judgement = _judge_thin(report, rules, section)
    parts = [topic.parts[part] for part in rule.parts]
    if (
        len(parts) < FEWEST_PARTS
        or section.strength not in SURE_STRENGTHS
        or not section.substance.concepts
        or find_missing_parts(report, section.marked, topic.id, parts, rules.marks)
    ):
        return judgement
    return replace(
        judgement,
        verdict="present",
        confidence=0.65,
        doubt="条文点名的部分都认出来了，但篇幅短、常见用语少，请人工复核是否算有实质内容。",
    )


def _judge_subsections(
    report: MarkedReport,
    rules: Rules,
    topic: CompiledTopic,
    rule: ProfileTopic,
    found: tuple[TopicSection, ...],
) -> Judgement:
    thresholds = rules.marks.thresholds
    spans = tuple((part.marked.start, part.marked.end) for part in found)
    together = judge_substance(report, topic, spans, thresholds)
    ranked = tuple(sorted(found, key=lambda part: -part.substance.score))
    if not together.suffices(thresholds) and not any(
        _suffices(part, thresholds) for part in ranked
    ):
        return replace(_judge_thin(report, rules, ranked[0]), sections=ranked)
    telling = tuple(part for part in ranked if part.substance.concepts) or ranked
    _, missing = _look_for_parts(report, rules, topic, rule, telling)
    confidence = rate_confidence(ranked[0], ranked[0].substance, rules.marks)
    return Judgement(
        verdict="subsection",
        sections=telling,
        substance=together,
        missing=missing,
        confidence=confidence,
        doubt=doubt_heading(ranked[0], confidence, topic),
    )
