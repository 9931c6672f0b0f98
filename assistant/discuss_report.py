"""A question after a report check -> an answer from the findings of the check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.answer import Answer, Block
from assistant.compose_answer import join_blocks
from assistant.read_turn import Reader, read_turn
from checkers.compile_terms import normalize_text
from checkers.finding import CheckResult, Topic, TopicFinding
from checkers.load_rules import load_rules
from checkers.outline import Section
from checkers.verdict_names import (
    LEVEL_NAMES,
    VERDICT_NAMES,
    list_rectifications,
    name_place,
    name_places,
    summarize_result,
)
from corpus.citation import Citation

_NOT_REGULATED = "{}的办法对“{}”没有规定（本办法未规定），不影响检查结论。"
_NOWHERE = "报告里没有以“{}”为主题的章节。"
_AFTER_CHANGES = "以下以这次检查的结果为准；改完后请重新上传检查。"
_ALL_THERE = "这次检查没有需要补的内容。"
# Chapters of a report that are listed at most where one is looked for.
_SECTIONS_SHOWN = 5
# What is left of a question without fillers, up to which it asks of nothing else.
_NOTHING_ELSE = 1


class ReportTalkFile(BaseModel):
    """``data/report_talk.yaml``, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names_report: re.Pattern[str]
    asks_why: re.Pattern[str]
    asks_basis: re.Pattern[str]
    asks_fix: re.Pattern[str]
    asks_where: re.Pattern[str]
    asks_all: re.Pattern[str]
    after_changes: re.Pattern[str]
    topics: dict[Topic, re.Pattern[str]]
    fillers: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Talk:
    """A question on the report.

    Attributes:
        text: the question.
        topics: those it names, or those that were spoken of before.
    """

    text: str
    topics: tuple[Topic, ...]


@cache
def load_report_talk() -> ReportTalkFile:
    """The patterns that come with the product."""
    raw = (files("assistant") / "data/report_talk.yaml").read_bytes()
    return ReportTalkFile.model_validate(yaml.load(raw, Loader=yaml.CSafeLoader))


def discuss_report(
    question: str, report: CheckResult, *, history: Sequence[str], read: Reader
) -> Answer | None:
    """Answer a question on the report; None where it is about something else.

    Args:
        question: as typed.
        report: the result of the check.
        history: earlier questions, oldest first; a question such as 按哪一条 goes on from the last.
        read: reads a question by itself.
    """
    talk: _Talk | None = None
    for number, asked in enumerate([*history, question]):
        talk = _read_talk(asked, talk, read, is_first=number == 0)
    if talk is None:
        return None
    if report.error is not None:
        return Answer(status="answered", text=report.error.message, regions=())
    return _answer(talk, report)


def _read_talk(
    question: str, before: _Talk | None, read: Reader, *, is_first: bool
) -> _Talk | None:
    """The question as one on the report; None where it is about something else."""
    turn = read_turn(question, read)
    text = turn.query.text
    if turn.says_nothing:
        return before
    if (
        turn.query.regions
        or turn.query.unknown_places
        or turn.everywhere
        or turn.start != "goes_on"
    ):
        return None
    topics = _find_topics(text)
    words = load_report_talk()
    if words.names_report.search(text):
        return _Talk(text=text, topics=topics or _topics_before(text, before))
    asks = any(
        pattern.search(text)
        for pattern in (words.asks_why, words.asks_basis, words.asks_fix, words.asks_where)
    )
    if not asks and not (before and topics and turn.links):
        return None
    if not _asks_of_nothing_else(text, topics):
        return None
    if topics or before is not None or is_first:
        return _Talk(text=text, topics=topics or _topics_before(text, before))
    return None


def _topics_before(text: str, before: _Talk | None) -> tuple[Topic, ...]:
    if before is None or load_report_talk().asks_all.search(text):
        return ()
    return before.topics


def _find_topics(text: str) -> tuple[Topic, ...]:
    """The topics that a question names, by short words or by the names that the rules know."""
    found = [topic for topic, words in load_report_talk().topics.items() if words.search(text)]
    if "crypto" in found and "security" in found and "密码应用安全性" in text:
        found.remove("security")
    if found:
        return tuple(found)
    plain = normalize_text(text)
    return tuple(id for id, topic in load_rules().topics.items() if topic.names.find(plain))


def _asks_of_nothing_else(text: str, topics: Sequence[Topic]) -> bool:
    """Whether nothing is left of a question but its topic and what is asked of the finding."""
    words = load_report_talk()
    patterns = (words.asks_why, words.asks_basis, words.asks_fix, words.asks_where)
    for topic in topics:
        text = words.topics[topic].sub("", text)
    for pattern in (*patterns, words.fillers):
        text = pattern.sub("", text)
    plain = normalize_text(text)
    for topic in topics:
        for _, (_, name) in load_rules().topics[topic].names.find(plain):
            plain = plain.replace(name, "")
    return len(plain) <= _NOTHING_ELSE + 2 * bool(topics)


def _answer(talk: _Talk, report: CheckResult) -> Answer:
    words = load_report_talk()
    if words.asks_where.search(talk.text) and not talk.topics:
        return _find_sections(talk, report)
    blocks: list[Block] = []
    if words.after_changes.search(talk.text):
        blocks.append(Block(kind="notice", text=_AFTER_CHANGES))
    chosen = [finding for finding in report.topics if finding.topic in talk.topics]
    if not chosen:
        blocks.append(Block(kind="notice", text=f"**{summarize_result(report)}**"))
        chosen = list(list_rectifications(report))
    numbers = _Numbers()
    for finding in chosen:
        blocks += _discuss_finding(talk, finding, report, numbers)
    citations = tuple(numbers.citations)
    regulated = not chosen or any(f.level != "not_regulated" for f in chosen)
    return Answer(
        status="answered" if regulated else "not_covered",
        text=join_blocks(blocks),
        regions=tuple(dict.fromkeys(c.ref.regulation for c in citations)),
        citations=citations,
        blocks=tuple(blocks),
    )


class _Numbers:
    """The citations so far, each with its number in the text, from 1."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []

    def mark(self, citation: Citation) -> str:
        if citation not in self.citations:
            self.citations.append(citation)
        return f"[{self.citations.index(citation) + 1}]"


def _discuss_finding(
    talk: _Talk, finding: TopicFinding, report: CheckResult, numbers: _Numbers
) -> list[Block]:
    """The finding, then what is asked of it: the place, the way to mend it; always the basis."""
    if finding.level == "not_regulated":
        told = _NOT_REGULATED.format(report.profile_name, finding.name)
        return [Block(kind="notice", text=f"**{told}**"), Block(kind="remark", text=finding.advice)]
    words = load_report_talk()
    verdict = f"{finding.name}：{VERDICT_NAMES[finding.verdict]}（{LEVEL_NAMES[finding.level]}）"
    blocks = [Block(kind="notice", text=f"**{verdict}** {finding.evidence}")]
    if words.asks_where.search(talk.text):
        blocks.append(Block(kind="notice", text=_tell_places(finding)))
    if finding.needs_person:
        blocks.append(Block(kind="remark", text=f"提示：{finding.needs_person}"))
    basis = _quote_basis(finding, numbers)
    if not finding.falls_short or _asks_basis_only(talk.text):
        return [*blocks, *basis]
    advice = Block(kind="remark", text=f"**怎么补**：{finding.advice}")
    first_advice = words.asks_fix.search(talk.text)
    return [*blocks, advice, *basis] if first_advice else [*blocks, *basis, advice]


def _asks_basis_only(text: str) -> bool:
    words = load_report_talk()
    return bool(words.asks_basis.search(text)) and not words.asks_fix.search(text)


def _tell_places(finding: TopicFinding) -> str:
    places = name_places(finding)
    if not places:
        return _NOWHERE.format(finding.name)
    return "位置：" + "、".join(places)


def _quote_basis(finding: TopicFinding, numbers: _Numbers) -> list[Block]:
    blocks = [Block(kind="remark", text=f"依据：{finding.requirement}")]
    for citation in finding.citations:
        quoted = citation.quote.replace("\n", "\n> ")
        blocks.append(
            Block(
                kind="quote",
                text=f"> {quoted}\n> ——{citation.label} {numbers.mark(citation)}",
                regulation=citation.ref.regulation,
            )
        )
    return blocks


def _find_sections(talk: _Talk, report: CheckResult) -> Answer:
    """Where the chapters stand whose headings hold the words of the question."""
    sections = list(report.outline.walk()) if report.outline is not None else []
    found = [s for s in sections if _names_section(s, talk.text)][:_SECTIONS_SHOWN]
    lines = [
        f"- {section.heading}（{name_place(section.place)}）"
        if name_place(section.place)
        else f"- {section.heading}"
        for section in found
    ]
    text = "报告里的位置：\n\n" + "\n".join(lines) if lines else "报告里没有找到这一章。"
    return Answer(
        status="answered", text=text, regions=(), blocks=(Block(kind="notice", text=text),)
    )


def _names_section(section: Section, text: str) -> bool:
    return len(section.title) > 1 and section.title in text
