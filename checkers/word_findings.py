"""Judgement -> finding: the evidence and the advice in words for people."""

from __future__ import annotations

from checkers.finding import HeadingPlace, Topic, TopicFinding, Verdict
from checkers.judge_substance import TERMS_SHOWN, Substance
from checkers.judge_topic import Judgement
from checkers.load_rules import CompiledTopic
from checkers.locate_passages import Passage
from checkers.rule_files import ProfileTopic
from checkers.verdict_names import name_place
from corpus.citation import Citation

HEADINGS_SHOWN = 6
TERMS_QUOTED = 6
PLACEHOLDER_OPENING = "标题下只有占位或模板文字，请换成正文。"
NOT_REGULATED_ADVICE = "不影响检查结论；如需完善，可以参考："
OPENINGS: dict[Verdict, str] = {
    "present": "已单列成章并有实质内容，无需补充。",
    "subsection": "把分散的内容集中起来，单列一章“{heading}”，原位置改为引用该章。",
    "incomplete": "补充“{heading}”一章的实质内容。",
    "empty": "标题下没有正文，请补写。",
    "missing": "新增一章“{heading}”，建议分节：{sections}。",
    "unreadable": "有页面没有读到文字，读全以后再下结论；原因和办法见“需人工复核”。",
}
STATE_NAMES = {
    "placeholder": "占位或模板文字",
    "deferred": "写明另行编制或见附件",
    "negated": "写明不涉及或不纳入",
    "background": "条文原话、行业背景或单位介绍",
}


def word_finding(
    topic: CompiledTopic,
    rule: ProfileTopic,
    judgement: Judgement,
    citations: tuple[Citation, ...],
) -> TopicFinding:
    """The finding on one topic as outputs show it."""
    name: Topic = topic.id
    return TopicFinding(
        topic=name,
        name=topic.file.name,
        level=rule.level,
        verdict=judgement.verdict,
        headings=tuple(
            HeadingPlace(text=part.marked.section.heading, place=part.marked.section.place)
            for part in judgement.sections[:HEADINGS_SHOWN]
        ),
        missing=judgement.missing,
        evidence=describe_evidence(topic, judgement),
        terms=_list_terms(judgement),
        confidence=judgement.confidence,
        needs_person=judgement.doubt,
        citations=citations,
        requirement=rule.requirement,
        advice=write_advice(topic, rule, judgement),
    )


def _list_terms(judgement: Judgement) -> tuple[str, ...]:
    """The words that decided, or for a person to look at where no section treats the topic."""
    if judgement.substance:
        return judgement.substance.terms
    words = (word for passage in judgement.passages for word in passage.substance.terms)
    return tuple(dict.fromkeys(words))[:TERMS_SHOWN]


def describe_evidence(topic: CompiledTopic, judgement: Judgement) -> str:
    """Why the verdict is what it is, in one or two Chinese sentences."""
    if judgement.substance is None:
        if judgement.verdict == "unreadable":
            return f"已读到的页里没有以{topic.file.name}为主题的章节，另有页面没有读到。"
        if judgement.passages:
            return _describe_passages(topic, judgement.passages)
        return f"全文没有以{topic.file.name}为主题的章节；目录行、背景介绍和顺带提及不算。"
    place = "、".join(f"“{part.marked.section.heading}”" for part in judgement.sections[:3])
    said = _describe_substance(judgement.substance)
    lead = {
        "present": f"{place}独立成章",
        "subsection": f"只在其他章下的{place}中写到",
        "incomplete": f"有{place}",
        "empty": f"有{place}",
        "unreadable": f"有{place}，但相关页面没有读全",
    }.get(judgement.verdict, place)
    lacks = f"；缺少条文点名的{'、'.join(judgement.missing)}" if judgement.missing else ""
    return f"{lead}，{said}{lacks}。"


def _describe_passages(topic: CompiledTopic, passages: tuple[Passage, ...]) -> str:
    """Where the text stands and which words tell it, so that a person can look there."""
    told = "；".join(
        f"“{part.marked.section.heading}”{_bracket(name_place(part.place))}里写到"
        f"{'、'.join(part.substance.terms[:TERMS_QUOTED])}"
        for part in passages
    )
    return f"全文没有以{topic.file.name}为主题的章节；正文中有相关段落：{told}。"


def _bracket(text: str) -> str:
    return f"（{text}）" if text else ""


def _describe_substance(substance: Substance) -> str:
    aside = "、".join(STATE_NAMES[state] for state in STATE_NAMES if state in substance.set_aside)
    if substance.is_blank:
        return f"正文只有{aside}" if aside else "标题下没有正文"
    if not substance.concepts:
        return f"正文没有这一主题的具体内容（{aside or '多为原则性表述'}）"
    words = "、".join(substance.terms[:TERMS_QUOTED])
    figures = f"，{substance.specific}处带数字或列表" if substance.specific else ""
    return f"写到{len(substance.concepts)}类具体内容（{words}等）{figures}"


def write_advice(topic: CompiledTopic, rule: ProfileTopic, judgement: Judgement) -> str:
    """What the author should do, line by line."""
    verdict = judgement.verdict
    if rule.level == "not_regulated":
        if verdict == "present":
            return "该办法对此没有要求，报告已经写到，保留即可。"
        return _join([f"{rule.requirement}{NOT_REGULATED_ADVICE}", *topic.file.write])
    holds_place = verdict == "empty" and judgement.substance and judgement.substance.set_aside
    opening = (PLACEHOLDER_OPENING if holds_place else OPENINGS[verdict]).format(
        heading=topic.file.suggested_heading, sections="、".join(topic.file.suggested_sections)
    )
    if verdict in ("present", "unreadable"):
        return opening
    if judgement.missing:
        named = [
            part.part.advice for part in topic.parts.values() if part.part.name in judgement.missing
        ]
        opening = (
            f"补齐条文点名的部分：{'、'.join(judgement.missing)}。"
            if (verdict == "incomplete")
            else opening
        )
        return _join([opening, *named])
    return _join([opening, *rule.advice, *topic.file.write])


def _join(lines: list[str]) -> str:
    return "\n".join([lines[0], *(f"{n}. {line}" for n, line in enumerate(lines[1:], 1))])
