"""Findings of a check -> blocks of an answer, each with place, basis and the way to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import Block
from assistant.quote_report import find_mentions, list_contents
from assistant.read_report_question import ReportQuestion
from assistant.report_talk import load_report_talk
from checkers.finding import CheckResult, RuleFinding, TopicFinding
from checkers.list_rectifications import URGENCY_NAMES, Rectification
from checkers.load_rules import load_rules
from checkers.render_badge import SEVERITY_NAMES, name_evidence, name_rule_places
from checkers.skeleton_templates import list_skeleton_sections, load_templates, word_lead
from checkers.verdict_names import LEVEL_NAMES, VERDICT_NAMES, name_place, name_places
from corpus.citation import Citation

_NOT_REGULATED = "{}的办法对“{}”没有规定（本办法未规定），不影响检查结论。"
_NOWHERE = "报告里没有以“{}”为主题的章节。"
_NO_PLACE = "这一条说的是整份报告里没有写到的内容，没有具体的页码或段落。"
_NO_FINDING = "这次检查没有对{}提出问题。"
_NOT_LOOKED_AT = "{}{}，这一条要等写出这一章才检查。"
_AS_NAMED = "可以这样写：{}"
_MENTIONED = "报告里写到的地方："
_NO_BASIS = "这一条查的是报告前后是否一致、是否写全，没有引用条文。"
_STRICTEST = "要求最严的办法"
_MENTIONS_SHOWN = 3


class Numbers:
    """The citations so far, each with its number in the text, from 1."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []

    def mark(self, citation: Citation) -> str:
        """``[1]``, the same for the same citation."""
        if citation not in self.citations:
            self.citations.append(citation)
        return f"[{self.citations.index(citation) + 1}]"


def discuss_topic(
    talk: ReportQuestion, finding: TopicFinding, report: CheckResult, numbers: Numbers
) -> list[Block]:
    """The verdict, then what is asked of it: the place, the way to mend it; always the basis."""
    if finding.level == "not_regulated":
        told = _NOT_REGULATED.format(report.profile_name, finding.name)
        return [Block(kind="notice", text=f"**{told}**"), Block(kind="remark", text=finding.advice)]
    words = load_report_talk()
    verdict = f"{finding.name}：{VERDICT_NAMES[finding.verdict]}（{LEVEL_NAMES[finding.level]}）"
    blocks = [Block(kind="notice", text=f"**{verdict}** {finding.evidence}")]
    if talk.asks(words.asks_where):
        blocks.append(Block(kind="notice", text=_tell_places(finding)))
    contents = list_contents(finding.headings, report.outline)
    if contents and talk.asks(words.asks_contents):
        blocks.append(Block(kind="remark", text=f"报告里这一部分的各节：{'、'.join(contents)}。"))
    if finding.needs_person:
        blocks.append(Block(kind="remark", text=f"提示：{finding.needs_person}"))
    basis = _quote_basis(finding, numbers)
    if not finding.falls_short or _asks_basis_only(talk):
        return [*blocks, *basis]
    advice = Block(kind="remark", text=f"**怎么补**：{finding.advice}")
    return [*blocks, advice, *basis] if talk.asks(words.asks_fix) else [*blocks, *basis, advice]


def discuss_rule(
    talk: ReportQuestion, rule: str, report: CheckResult, numbers: Numbers
) -> list[Block]:
    """What a rule found, or that it found nothing and what the report says there."""
    found = [finding for finding in report.findings if finding.rule == rule]
    if not found:
        return _tell_no_finding(talk, rule, report)
    blocks: list[Block] = []
    for finding in found:
        told = f"**{finding.name}：{SEVERITY_NAMES[finding.severity]}** {finding.message}"
        blocks.append(Block(kind="notice", text=f"{told}{name_evidence(finding)}"))
        places = name_rule_places(finding)
        if places:
            blocks.append(Block(kind="notice", text=f"位置：{'、'.join(places)}"))
        elif talk.asks(load_report_talk().asks_where):
            blocks.append(Block(kind="notice", text=_NO_PLACE))
    if not _asks_basis_only(talk):
        blocks.append(Block(kind="remark", text=f"**怎么改**：{found[0].remedy}"))
    blocks += [_quote_citation(citation, numbers) for citation in found[0].citations]
    if not found[0].citations and talk.asks(load_report_talk().asks_basis):
        blocks.append(Block(kind="remark", text=_NO_BASIS))
    return blocks


def list_work(
    report: CheckResult, chosen: Sequence[Rectification], numbers: Numbers
) -> list[Block]:
    """Rectifications by urgency, numbered through, with places and articles."""
    cited = {finding.name: finding.citations for finding in _all_findings(report)}
    blocks: list[Block] = []
    count = 0
    for urgency, title in URGENCY_NAMES.items():
        parts = [part for part in chosen if part.urgency == urgency]
        lines = []
        for part in parts:
            count += 1
            basis = _name_basis(cited[part.name], numbers)
            lines.append(_word_rectification(count, part, basis))
        if lines:
            text = f"**{title}（{len(lines)}项）**\n\n" + "\n".join(lines)
            blocks.append(Block(kind="remark", text=text))
    return blocks


def list_rule_findings(report: CheckResult, numbers: Numbers) -> list[Block]:
    """All findings of the rules beside the topics, hints too."""
    lines = [
        "".join(
            (
                f"{count}. {finding.name}（{SEVERITY_NAMES[finding.severity]}）：{finding.message}",
                _enclose("位置：", name_rule_places(finding)),
                f"怎么改：{finding.remedy}",
                _enclose("依据：", _name_basis(finding.citations, numbers)),
            )
        )
        for count, finding in enumerate(report.findings, start=1)
    ]
    return [Block(kind="remark", text="\n".join(lines))] if lines else []


def list_topics(report: CheckResult) -> Block:
    """The verdicts on all topics, a line each."""
    lines = [f"- {part.name}：{_name_verdict(part)}{_name_where(part)}" for part in report.topics]
    return Block(kind="remark", text="\n".join(lines))


def outline_chapter(finding: TopicFinding, report: CheckResult, numbers: Numbers) -> list[Block]:
    """The skeleton of a topic's chapter, as the check inserts it into a document."""
    heading = load_templates()[finding.topic].heading
    lines = [f"**{heading}**（提纲）", _strip_mark(word_lead(finding)), ""]
    for number, section in enumerate(list_skeleton_sections(finding), start=1):
        lines.append(f"{number}. {section.title}")
        lines += [f"   - {_strip_mark(prompt)}" for prompt in section.prompts]
    blocks = [Block(kind="remark", text="\n".join(lines))]
    if finding.level == "not_regulated":
        told = _NOT_REGULATED.format(report.profile_name, finding.name)
        return [Block(kind="notice", text=f"**{told}**"), *blocks]
    return [*blocks, *_quote_basis(finding, numbers)]


def list_places(report: CheckResult) -> list[Block]:
    """Where each topic and each finding of a rule stands."""
    lines = [
        f"- {finding.name}：{'、'.join(name_rule_places(finding)) or '没有具体位置'}"
        for finding in report.findings
    ]
    rules = [Block(kind="remark", text="\n".join(lines))] if lines else []
    return [list_topics(report), *rules]


def _strip_mark(prompt: str) -> str:
    """A prompt without the mark that makes it a placeholder in a document."""
    return prompt.strip("【】").removeprefix("待编写：")


def _tell_no_finding(talk: ReportQuestion, rule: str, report: CheckResult) -> list[Block]:
    check = load_rules().checks.by_id.get(rule)
    if check is None:
        return [Block(kind="notice", text=f"**{_NO_FINDING.format(rule)}**")]
    blocks = [Block(kind="notice", text=f"**{_NO_FINDING.format(check.file.name)}**")]
    given = check.file.given.topics
    lacking = [part for part in report.topics if part.topic in given and part.falls_short]
    blocks += [
        Block(kind="remark", text=_NOT_LOOKED_AT.format(part.name, VERDICT_NAMES[part.verdict]))
        for part in lacking
        if part.verdict in ("missing", "empty")
    ]
    if talk.asks(load_report_talk().asks_fix):
        blocks.append(Block(kind="remark", text=_AS_NAMED.format(check.file.remedy)))
    pattern = load_report_talk().rules.get(rule)
    mentions = [*find_mentions(pattern, report)][:_MENTIONS_SHOWN] if pattern is not None else []
    if mentions:
        lines = [f"- “{part.text}”（{part.heading}{name_place(part.place)}）" for part in mentions]
        blocks.append(Block(kind="remark", text="\n".join([_MENTIONED, "", *lines])))
    return blocks


def _all_findings(report: CheckResult) -> Iterator[TopicFinding | RuleFinding]:
    yield from report.topics
    yield from report.findings


def _word_rectification(count: int, part: Rectification, basis: Sequence[str]) -> str:
    steps = "".join(f"\n   - {step}" for step in part.steps)
    return "".join(
        (
            f"{count}. {part.name}：{part.status}。{part.problem}",
            _enclose("位置：", part.places),
            f" 怎么补：{part.remedy}" if part.remedy else "",
            _enclose("依据：", basis),
            steps,
        )
    )


def _name_basis(citations: Sequence[Citation], numbers: Numbers) -> list[str]:
    """The articles with the numbers of all that is quoted of each."""
    marks: dict[str, str] = {}
    for citation in citations:
        marks[citation.label] = marks.get(citation.label, "") + numbers.mark(citation)
    return [f"{label} {mark}" for label, mark in marks.items()]


def _enclose(title: str, parts: Sequence[str]) -> str:
    return f"（{title}{'、'.join(parts)}）" if parts else ""


def _name_verdict(finding: TopicFinding) -> str:
    if finding.level == "not_regulated":
        return LEVEL_NAMES[finding.level]
    return f"{VERDICT_NAMES[finding.verdict]}（{LEVEL_NAMES[finding.level]}）"


def _name_where(finding: TopicFinding) -> str:
    return "，" + "、".join(name_places(finding)) if finding.headings else ""


def _asks_basis_only(talk: ReportQuestion) -> bool:
    words = load_report_talk()
    return talk.asks(words.asks_basis) and not talk.asks(words.asks_fix)


def _tell_places(finding: TopicFinding) -> str:
    places = name_places(finding)
    if not places:
        return _NOWHERE.format(finding.name)
    return "位置：" + "、".join(places)


def _quote_basis(finding: TopicFinding, numbers: Numbers) -> list[Block]:
    """What is required, by name of the regulations also where the strictest of all apply."""
    names = dict.fromkeys(f"{c.label.partition('》')[0]}》" for c in finding.citations)
    required = finding.requirement.replace(_STRICTEST, "、".join(names) or _STRICTEST)
    quotes = [_quote_citation(citation, numbers) for citation in finding.citations]
    return [Block(kind="remark", text=f"依据：{required}"), *quotes]


def _quote_citation(citation: Citation, numbers: Numbers) -> Block:
    quoted = citation.quote.replace("\n", "\n> ")
    return Block(
        kind="quote",
        text=f"> {quoted}\n> ——{citation.label} {numbers.mark(citation)}",
        regulation=citation.ref.regulation,
    )
