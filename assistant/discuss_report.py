"""A question after a report check -> an answer from the findings of the check and the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, Block
from assistant.compose_answer import join_blocks
from assistant.discuss_findings import (
    Numbers,
    discuss_rule,
    discuss_topic,
    list_places,
    list_rule_findings,
    list_topics,
    list_work,
    outline_chapter,
)
from assistant.quote_report import COVER, Passage, find_fact, find_mentions, find_sections
from assistant.read_report_question import ReportQuestion, read_report_question
from assistant.read_turn import Reader
from assistant.report_talk import Fact, FactId, load_report_talk
from checkers.check_report import check_outline
from checkers.finding import CheckResult, TopicFinding
from checkers.index_report import shorten
from checkers.list_rectifications import Rectification, list_rectifications
from checkers.load_rules import load_rules
from checkers.outline import Section
from checkers.render_badge import count_findings
from checkers.verdict_names import name_place, summarize_result
from corpus.errors import CorpusError
from corpus.library import Library

_AFTER_CHANGES = "以下以这次检查的结果为准；改完后请重新上传检查。"
_NO_WORK = "这次检查没有列出这一类问题。"
_NO_OTHERS = "四项内容之外的检查没有发现问题。"
_PROFILE = "这次检查用的是“{}”口径。"
_REJUDGED = "这份报告原来按“{}”口径检查；以下是改按“{}”重新判断的结果，原来的结果没有变。"
_NOT_REJUDGED = (
    "这次检查用的是“{}”口径，不能直接推到别的办法。请在检查时选所问的地区，重新检查这份报告。"
)
_FACT_STATED = "报告写的{}："
_FACT_ABSENT = "没有在报告里找到“{}”的写法（找过封面、带标签的行、表格和正文）。"
_FACT_NEAR = "没有认出单独写明“{}”的地方；提到它的句子："
_WHICH_PLACE = "没有写明问的是哪一章，下面是各项的位置："
# The rules that look whether a fact is the same throughout the report.
_CONSISTENCY: dict[FactId, str] = {
    "name": "project_name",
    "owner": "owner",
    "total": "total_investment",
}
_SECTIONS = "报告里的位置："
_MENTIONS = "没有以“{}”为标题的章节；正文写到的地方："
_NOTHING_ON_SECTION = "这次检查没有对“{}”提出问题；检查只看规定的四项内容和有规则的项目。"
_NOT_MENTIONED = "没有在报告的标题和正文里找到“{}”。"
_ALL_OUTLINED = "办法要求的章都已单列，没有要另起提纲的章；要某一章的提纲，请写明是哪一章。"
# Chapters and passages of a report that are listed at most where one is looked for.
_PLACES_SHOWN = 5


@dataclass(slots=True, kw_only=True)
class _Reply:
    """An answer in the making: its blocks, and the citations that they mark."""

    blocks: list[Block] = field(default_factory=list)
    numbers: Numbers = field(default_factory=Numbers)
    is_regulated: bool = True

    def tell(self, text: str) -> None:
        self.blocks.append(Block(kind="notice", text=text))

    def finish(self) -> Answer:
        citations = tuple(self.numbers.citations)
        return Answer(
            status="answered" if self.is_regulated else "not_covered",
            text=join_blocks(self.blocks),
            regions=tuple(dict.fromkeys(c.ref.regulation for c in citations)),
            citations=citations,
            blocks=tuple(self.blocks),
        )


def discuss_report(
    question: str,
    report: CheckResult,
    *,
    history: Sequence[str],
    read: Reader,
    library: Library | None = None,
) -> Answer | None:
    """Answer a question on the report; None where it is about something else.

    Args:
        question: as typed.
        report: the result of the check.
        history: earlier questions, oldest first; a question such as 按哪一条 goes on from the last.
        read: reads a question by itself.
        library: the regulations, to judge the report by another region's; None can't.
    """
    talk = read_report_question([*history, question], report, read)
    if talk is None:
        return None
    if report.error is not None:
        return Answer(status="answered", text=report.error.message, regions=())
    reply = _Reply()
    judged = _judge_anew(talk, report, library, reply)
    if judged is not None:
        _answer(talk, judged, reply)
    return reply.finish()


def _judge_anew(
    talk: ReportQuestion, report: CheckResult, library: Library | None, reply: _Reply
) -> CheckResult | None:
    """The result under the profile that is asked for; None where there is no such result."""
    if talk.region is None or talk.region == report.profile:
        return report
    rules = load_rules()
    if library is not None and report.outline is not None and talk.region in rules.profiles:
        try:
            anew = check_outline(
                report.outline,
                profile=talk.region,
                library=library,
                rules=rules,
                file=report.file,
            )
        except CorpusError:
            # The library was changed since: a basis of the profile is no longer in it.
            anew = None
        if anew is not None:
            reply.tell(_REJUDGED.format(report.profile_name, anew.profile_name))
            return anew
    reply.tell(_NOT_REJUDGED.format(report.profile_name))
    return None


def _answer(talk: ReportQuestion, report: CheckResult, reply: _Reply) -> None:
    words = load_report_talk()
    if talk.fact is not None:
        _tell_fact(talk.fact, report, reply)
    elif talk.section:
        _find_section(talk, report, reply)
    elif talk.asks(words.asks_outline):
        _outline(talk, report, reply)
    elif talk.rules:
        for rule in talk.rules:
            reply.blocks += discuss_rule(talk, rule, report, reply.numbers)
    elif talk.topics:
        _discuss_topics(talk, report, reply)
    else:
        _tell_whole(talk, report, reply)


def _discuss_topics(talk: ReportQuestion, report: CheckResult, reply: _Reply) -> None:
    if talk.asks(load_report_talk().after_changes):
        reply.tell(_AFTER_CHANGES)
    chosen = _choose_topics(talk, report)
    for finding in chosen:
        reply.blocks += discuss_topic(talk, finding, report, reply.numbers)
    reply.is_regulated = any(finding.level != "not_regulated" for finding in chosen)


def _choose_topics(talk: ReportQuestion, report: CheckResult) -> list[TopicFinding]:
    return [finding for finding in report.topics if finding.topic in talk.topics]


def _outline(talk: ReportQuestion, report: CheckResult, reply: _Reply) -> None:
    """The skeletons of the chapters named, else of those that fall short."""
    chosen = _choose_topics(talk, report)
    if not chosen:
        chosen = [finding for finding in report.topics if finding.falls_short]
    if not chosen:
        reply.tell(_ALL_OUTLINED)
    for finding in chosen:
        reply.blocks += outline_chapter(finding, report, reply.numbers)


def _tell_whole(talk: ReportQuestion, report: CheckResult, reply: _Reply) -> None:
    """The summary, then what is asked of the whole result: mostly the work to be done."""
    words = load_report_talk()
    if talk.asks(words.after_changes):
        reply.tell(_AFTER_CHANGES)
    if talk.asks(words.asks_profile):
        reply.tell(_PROFILE.format(report.profile_name))
    if talk.asks(words.asks_others):
        reply.tell(f"**{_count_others(report)}**")
        reply.blocks += list_rule_findings(report, reply.numbers)
        return
    if talk.asks(words.asks_where) and not talk.asks(words.asks_whole):
        reply.tell(_WHICH_PLACE)
        reply.blocks += list_places(report)
        return
    reply.tell(f"**{summarize_result(report)}**")
    if report.findings:
        reply.tell(_count_others(report))
    if talk.asks(words.asks_good) and not talk.asks(words.asks_must, words.asks_fix):
        reply.blocks.append(list_topics(report))
        return
    work = _choose_work(talk, report)
    reply.blocks += list_work(report, work, reply.numbers)
    if not work and talk.asks(words.asks_confirm, words.asks_must):
        reply.tell(_NO_WORK)


def _count_others(report: CheckResult) -> str:
    counted = count_findings(report)
    return f"四项内容之外的检查：{counted}。" if counted else _NO_OTHERS


def _choose_work(talk: ReportQuestion, report: CheckResult) -> tuple[Rectification, ...]:
    words = load_report_talk()
    work = list_rectifications(report)
    if talk.asks(words.asks_confirm):
        return tuple(part for part in work if part.urgency == "confirm")
    if talk.asks(words.asks_must):
        return tuple(part for part in work if part.urgency == "must") or work
    return work


def _tell_fact(fact: Fact, report: CheckResult, reply: _Reply) -> None:
    found = find_fact(fact, report)
    near = found or tuple(find_mentions(re.compile(fact.name), report))
    if not near:
        reply.tell(_FACT_ABSENT.format(fact.name))
        return
    reply.tell((_FACT_STATED if found else _FACT_NEAR).format(fact.name))
    lines = "\n".join(f"- {_name_passage(passage)}" for passage in near[:_PLACES_SHOWN])
    reply.blocks.append(Block(kind="remark", text=lines))
    for finding in report.findings:
        if finding.rule == _CONSISTENCY.get(fact.id):
            reply.tell(f"{finding.name}：{finding.message}{finding.remedy}")


def _find_section(talk: ReportQuestion, report: CheckResult, reply: _Reply) -> None:
    """Where the chapters stand that the words name, else the sentences with the words."""
    words = talk.section
    sections = find_sections(words, report)[:_PLACES_SHOWN]
    if sections:
        lines = [f"- {_name_section(section)}" for section in sections]
        reply.tell("\n".join([_SECTIONS, "", *lines]))
        if not talk.asks(load_report_talk().asks_where):
            _judge_section(sections[0], talk, report, reply)
        return
    mentions = [*find_mentions(re.compile(re.escape(words)), report)][:_PLACES_SHOWN]
    if mentions:
        lines = [f"- {_name_passage(passage)}" for passage in mentions]
        reply.tell("\n".join([_MENTIONS.format(words), "", *lines]))
        return
    reply.tell(_NOT_MENTIONED.format(words))


def _judge_section(
    section: Section, talk: ReportQuestion, report: CheckResult, reply: _Reply
) -> None:
    """How the section begins, and the findings that rest on it or on what is below it."""
    below = {(part.heading, part.place) for part in section.walk()}
    opening = next((block.text for part in section.walk() for block in part.body), "")
    if opening:
        reply.blocks.append(Block(kind="remark", text=f"开头写的是：“{shorten(opening)}”"))
    topics = [f for f in report.topics if below & {(h.text, h.place) for h in f.headings}]
    rules = {f.rule: f for f in report.findings if below & {(h.text, h.place) for h in f.headings}}
    for finding in topics:
        reply.blocks += discuss_topic(talk, finding, report, reply.numbers)
    for rule in rules:
        reply.blocks += discuss_rule(talk, rule, report, reply.numbers)
    if not topics and not rules:
        reply.tell(_NOTHING_ON_SECTION.format(section.heading))


def _name_section(section: Section) -> str:
    place = name_place(section.place)
    return f"{section.heading}（{place}）" if place else section.heading


def _name_passage(passage: Passage) -> str:
    where = f"“{passage.heading}”" if passage.heading != COVER else COVER
    return f"“{passage.text}”（{where}{name_place(passage.place)}）"
