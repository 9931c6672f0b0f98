"""The Chinese names of verdicts, levels and places, the same in every output."""

from __future__ import annotations

from itertools import chain

from checkers.finding import CheckResult, Level, RuleFinding, TopicFinding, Verdict
from checkers.outline import Place

VERDICT_NAMES: dict[Verdict, str] = {
    "present": "已单列成章",
    "subsection": "未单列成章",
    "incomplete": "内容不全",
    "empty": "有题无文",
    "missing": "缺少",
    "unreadable": "无法判断",
}
LEVEL_NAMES: dict[Level, str] = {
    "required": "必须有",
    "expected": "应当写到",
    "not_regulated": "未作规定",
}


def name_place(place: Place) -> str:
    """``第3页第12段``, as far as it is known; empty where nothing is."""
    page = f"第{place.page}页" if place.page is not None else ""
    paragraph = f"第{place.paragraph}段" if place.paragraph is not None else ""
    return page + paragraph


def name_places(finding: TopicFinding | RuleFinding) -> tuple[str, ...]:
    """The headings of a finding with their places."""
    return tuple(
        f"{heading.text}（{name_place(heading.place)}）"
        if name_place(heading.place)
        else heading.text
        for heading in finding.headings
    )


def summarize_result(result: CheckResult) -> str:
    """One Chinese sentence on the whole check."""
    if result.error is not None:
        return result.error.message
    asked = [finding for finding in result.topics if finding.level != "not_regulated"]
    if not asked:
        return f"{result.profile_name}的办法对这四项内容没有规定，以下只作建议。"
    short = [part for part in asked if part.falls_short and part.verdict != "unreadable"]
    unread = [part for part in asked if part.verdict == "unreadable"]
    if not short and not unread:
        return f"办法要求的{len(asked)}项内容都已单列成章并有实质内容。"
    lacks = f"有{len(short)}项需要整改：{_group_names(short)}" if short else ""
    doubts = f"有{len(unread)}项无法判断：{'、'.join(part.name for part in unread)}"
    told = "；".join(filter(None, (lacks, doubts if unread else "")))
    return f"办法要求的{len(asked)}项内容中{told}。"


def _group_names(short: list[TopicFinding]) -> str:
    """The topics by verdict, e.g. ``缺少密码应用；网络安全有题无文``."""
    groups: dict[Verdict, list[str]] = {}
    for part in short:
        groups.setdefault(part.verdict, []).append(part.name)
    named = [("、".join(names), verdict) for verdict, names in groups.items()]
    return "；".join(
        f"缺少{names}" if verdict == "missing" else f"{names}{VERDICT_NAMES[verdict]}"
        for names, verdict in named
    )


def list_shortcomings(result: CheckResult) -> tuple[TopicFinding, ...]:
    """The findings that need work, required ones first."""
    short = [finding for finding in result.topics if finding.falls_short]
    return tuple(sorted(short, key=lambda finding: finding.level != "required"))


def group_quotes(finding: TopicFinding | RuleFinding) -> dict[str, list[str]]:
    """The quotations by the label of their article, in the order of the citations."""
    groups: dict[str, list[str]] = {}
    for citation in finding.citations:
        groups.setdefault(citation.label, []).append(citation.quote)
    return groups


def list_source_notes(finding: TopicFinding | RuleFinding) -> tuple[str, ...]:
    """What the library says on damage to the words quoted, each note once."""
    notes = (c.article.notes_on(c.quote) for c in finding.citations)
    return tuple(dict.fromkeys(chain.from_iterable(notes)))
