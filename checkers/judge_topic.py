"""The sections on a topic -> one verdict, with its evidence and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from checkers.find_parts import find_missing_parts
from checkers.find_topics import TopicSection, find_topic_sections
from checkers.finding import Verdict
from checkers.judge_substance import Substance, judge_substance
from checkers.load_rules import CompiledTopic, Rules
from checkers.mark_report import MarkedReport
from checkers.rule_files import ProfileTopic, Thresholds

FEWEST_CONTENTS_LINES = 5
SURE = 0.75
"""Below this confidence a person is asked to decide."""


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
    """

    verdict: Verdict
    sections: tuple[TopicSection, ...] = ()
    substance: Substance | None = None
    missing: tuple[str, ...] = ()
    confidence: float
    doubt: str | None = None


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
        judgement = Judgement(verdict="missing", confidence=0.9)
    return _allow_for_unread_pages(report, topic, judgement)


def _judge_chapters(
    report: MarkedReport,
    rules: Rules,
    topic: CompiledTopic,
    rule: ProfileTopic,
    found: tuple[TopicSection, ...],
) -> Judgement:
    """The best chapter decides: an empty one is forgiven where another one treats the topic."""
    thresholds = rules.marks.thresholds
    best = max((part for part in found if part.is_chapter), key=lambda part: part.substance.score)
    if not _suffices(best, thresholds):
        spread = list({id(part.around): part.around for part in found if part.around}.values())
        if best.substance.concepts and spread:
            return _judge_spread(report, topic, best, spread, thresholds)
        return _judge_thin(best, thresholds)
    parts = [topic.parts[part] for part in rule.parts]
    missing = find_missing_parts(report, best.marked, parts, rules.marks)
    confidence = _confidence(best, thresholds)
    return Judgement(
        verdict="incomplete" if missing else "present",
        sections=(best,),
        substance=best.substance,
        missing=missing,
        confidence=confidence,
        doubt=_doubt_heading(best, confidence, topic),
    )


def _judge_spread(
    report: MarkedReport,
    topic: CompiledTopic,
    best: TopicSection,
    spread: list[TopicSection],
    thresholds: Thresholds,
) -> Judgement:
    """A chapter on the needs, and a general one (技术方案) that is all about the same topic."""
    sections = (best, *spread)
    spans = tuple((part.marked.start, part.marked.end) for part in sections)
    together = judge_substance(report, topic.id, spans, thresholds)
    if not together.suffices(thresholds):
        return _judge_thin(best, thresholds)
    return Judgement(
        verdict="present",
        sections=sections,
        substance=together,
        confidence=0.7,
        doubt=f"{topic.file.name}分写在几章里，合起来有实质内容，请人工复核是否算单列成章。",
    )


def _suffices(section: TopicSection, thresholds: Thresholds) -> bool:
    if section.strength == "strong":
        return section.substance.suffices_under_its_name(thresholds)
    return section.substance.suffices(thresholds)


def _judge_thin(section: TopicSection, thresholds: Thresholds) -> Judgement:
    substance = section.substance
    empty = substance.is_blank
    near = substance.score >= thresholds.score - 1 and not empty
    return Judgement(
        verdict="empty" if empty else "incomplete",
        sections=(section,),
        substance=substance,
        confidence=0.97 if empty else 0.65 if near else 0.9,
        doubt="具体内容接近但没有达到“有实质内容”的界线，请人工复核。" if near else None,
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
    together = judge_substance(report, topic.id, spans, thresholds)
    ranked = tuple(sorted(found, key=lambda part: -part.substance.score))
    if not together.suffices(thresholds) and not any(
        _suffices(part, thresholds) for part in ranked
    ):
        return replace(_judge_thin(ranked[0], thresholds), sections=ranked)
    telling = tuple(part for part in ranked if part.substance.concepts) or ranked
    parts = [topic.parts[part] for part in rule.parts]
    lacking = [find_missing_parts(report, part.marked, parts, rules.marks) for part in telling]
    confidence = _confidence(ranked[0], thresholds)
    return Judgement(
        verdict="subsection",
        sections=telling,
        substance=together,
        missing=tuple(name for name in lacking[0] if all(name in names for names in lacking)),
        confidence=confidence,
        doubt=_doubt_heading(ranked[0], confidence, topic),
    )


def _confidence(section: TopicSection, thresholds: Thresholds) -> float:
    """From how plainly the heading speaks and how far the substance lies above the line."""
    plain = {"strong": 0.85, "medium": 0.75, "weak": 0.58, "none": 0.5}[section.strength]
    margin = max(0, section.substance.score - thresholds.score)
    return round(min(0.99, plain + 0.02 * min(margin, 7)), 2)


def _doubt_heading(section: TopicSection, confidence: float, topic: CompiledTopic) -> str | None:
    if confidence >= SURE:
        return None
    title = section.marked.section.heading
    return f"标题“{title}”没有直接写明{topic.file.name}，主要依据正文判断，请人工复核。"


def _allow_for_unread_pages(
    report: MarkedReport, topic: CompiledTopic, judgement: Judgement
) -> Judgement:
    """What unread pages could hide is never called missing."""
    outline = report.outline
    if not outline.unread_pages or judgement.verdict == "present":
        return judgement
    if judgement.verdict == "missing":
        listed = any(topic.strong.occurs_in(line) for line in outline.contents_lines)
        told = len(outline.contents_lines) >= FEWEST_CONTENTS_LINES and not listed
        return judgement if told else _unreadable(judgement, "没有读到的页里可能有这一章")
    if judgement.verdict == "subsection":
        return replace(judgement, doubt="有页面没有读到，不能排除其中另有专章，请人工复核。")
    if _has_unread_page_near(report, judgement):
        return _unreadable(judgement, "这一章所在的页没有读全")
    return judgement


def _unreadable(judgement: Judgement, reason: str) -> Judgement:
    return replace(
        judgement,
        verdict="unreadable",
        confidence=0.5,
        doubt=f"{reason}，请先做文字识别（OCR）或提供可复制文字的文件。",
    )


def _has_unread_page_near(report: MarkedReport, judgement: Judgement) -> bool:
    section = judgement.sections[0].marked.section
    first = section.place.page
    if first is None:
        return False
    later = [
        chapter.section.place.page
        for chapter in report.chapters
        if chapter.section.place.page is not None and chapter.section.place.page > first
    ]
    last = min(later, default=report.outline.pages or first)
    return any(first <= page <= last for page in report.outline.unread_pages)
