"""Section and what it says -> why a person has to decide, where one has to."""

from __future__ import annotations

import sys

from checkers.find_topics import TopicSection
from checkers.grade_headings import SURE_STRENGTHS, grade_heading, is_background
from checkers.grade_sentences import Sentence
from checkers.judge_substance import Substance
from checkers.load_rules import CompiledMarks, CompiledTopic, Rules
from checkers.mark_report import MarkedReport

SURE = 0.75
"""Below this confidence a person is asked to decide."""

TOLD_AT_LENGTH = 60
TOLD_WITHOUT_FIGURES = 90
"""Characters of plain statements; so much on the topic in words that the rules don't know is
possible, in fewer it is not."""

HOLLOW = 0.92
THIN = 0.85
PARTS_ABSENT = 0.9
PARTS_HINTED = 0.65
STRAYED = 0.7
TRACES_SHOWN = 4
ABSENCE = ((1, 0.95), (3, 0.9), (5, 0.86), (sys.maxsize, 0.82))
"""Most concrete things told anywhere in a report, and how sure it is that none treats them."""

LONG_BODY = 400
STRAY_SHARE = 0.15
"""A body of so many characters with a smaller part of it on the topic speaks of something else."""

ONLY_PICTURES = "正文只有图或者指向图的文字，图里的内容没有读到，请人工查看。"
REASONED = "写明不涉及并讲了理由，理由是否成立请人工判断。"
NEAR_THE_LINE = "具体内容接近但没有达到“有实质内容”的界线，请人工复核。"
FEW_KNOWN_WORDS = "正文有一定篇幅，但认出的相关内容很少，请人工查看写的是不是这一主题。"


def doubt_thin(
    report: MarkedReport, marks: CompiledMarks, section: TopicSection
) -> tuple[float, str | None]:
    """How sure it is that a section says nothing of substance, and why a person has to look."""
    sentences = report.sentences_in(section.marked.start, section.marked.end)
    live = [part for part in sentences if part.state == "live"]
    if live and all(marks.pictures.search(part.text.strip()) for part in live):
        return 0.6, ONLY_PICTURES
    if _gives_reason(sentences, marks):
        return 0.7, REASONED
    if section.substance.is_blank:
        return 0.97, None
    if section.substance.score >= marks.thresholds.score - 1:
        return 0.6, NEAR_THE_LINE
    if _tells_at_length(live):
        return 0.7, FEW_KNOWN_WORDS
    return (THIN if section.substance.concepts else HOLLOW), None


def doubt_missing_parts(
    missing: tuple[str, ...], traces: tuple[str, ...], confidence: float
) -> tuple[float, str | None]:
    """How sure it is that a chapter lacks parts, and why a person has to look."""
    if not traces:
        return min(confidence, PARTS_ABSENT), None
    words = "、".join(traces[:TRACES_SHOWN])
    doubt = f"没有认出{'、'.join(missing)}的内容，但正文提到“{words}”，请人工确认是否算作已写。"
    return min(confidence, PARTS_HINTED), doubt


def doubt_absence(
    report: MarkedReport, rules: Rules, topic: CompiledTopic
) -> tuple[float, str | None]:
    """How sure it is that nothing treats a topic, and why a person has to look.

    A chapter may be named for the topic and speak of something else; and the fewer of the topic's
    things are told anywhere, the surer it is.
    """
    named = next((part for part in report.chapters if _is_named(rules, topic, part.title)), None)
    if named:
        return STRAYED, (
            f"“{named.section.heading}”的标题像是写{topic.file.name}，正文却少有相关内容，请人工查看。"
        )
    told = {
        label
        for mention in report.mentions[topic.id].mentions
        if mention.counts
        for label, _ in mention.concepts
    }
    firm = len(told & topic.firm)
    return next(sure for most, sure in ABSENCE if firm <= most), None


def _is_named(rules: Rules, topic: CompiledTopic, title: str) -> bool:
    """Whether a heading names the topic surely, and not in words that another topic has too."""
    return (
        not is_background(rules, title)
        and not topic.shared.search(title)
        and grade_heading(rules, topic, title)[0] in SURE_STRENGTHS
    )


def _gives_reason(sentences: tuple[Sentence, ...], marks: CompiledMarks) -> bool:
    """Whether a topic is left out with a reason, in the same sentence or in one beside it."""
    return any(part.state == "negated" for part in sentences) and any(
        marks.reasons.search(part.text) for part in sentences if part.state in ("negated", "live")
    )


def _tells_at_length(live: list[Sentence]) -> bool:
    """Whether plain statements fill a paragraph, a longer one where no figures are among them."""
    plain = {part.text: part.specific for part in live if part.specific or not part.hollow}
    least = TOLD_AT_LENGTH if any(plain.values()) else TOLD_WITHOUT_FIGURES
    return sum(map(len, plain)) >= least


def doubt_heading(section: TopicSection, confidence: float, topic: CompiledTopic) -> str | None:
    """Why a person has to look where neither heading nor body speaks plainly of the topic."""
    if confidence >= SURE:
        return None
    title = section.marked.section.heading
    if _speaks_of_else(section.substance):
        return f"“{title}”的正文大部分没有写到{topic.file.name}，请人工复核。"
    if section.strength in SURE_STRENGTHS:
        return f"“{title}”的正文具体，但少有{topic.file.name}的常见用语，请人工复核。"
    return f"标题“{title}”没有直接写明{topic.file.name}，主要依据正文判断，请人工复核。"


def rate_confidence(section: TopicSection, substance: Substance, marks: CompiledMarks) -> float:
    """From how plainly the heading speaks and how far the substance lies above the line."""
    plain = {"strong": 0.85, "medium": 0.75, "weak": 0.58, "none": 0.5}[section.strength]
    margin = substance.score - marks.thresholds.score
    sure = min(0.99, plain + 0.02 * min(max(0, margin), 7))
    # Told in few known words: enough for a chapter of that name, less than sure.
    held_back = _speaks_of_else(substance) or (margin < 0 and section.strength != "none")
    return round(sure - 0.15 if held_back else sure, 2)


def _speaks_of_else(substance: Substance) -> bool:
    """Whether hardly a sentence of a long body is on the topic."""
    return substance.live_characters >= LONG_BODY and substance.share < STRAY_SHARE
