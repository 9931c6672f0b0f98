"""Result of a report check -> a card for the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from checkers.change import Changes
from checkers.finding import (
    CheckResult,
    RuleFinding,
    Severity,
    TopicFinding,
    Verdict,
)
from checkers.place_chapter import name_topic_places
from checkers.render_badge import (
    SEVERITY_NAMES,
    choose_badge,
    count_findings,
    list_advice,
    name_badge,
    name_evidence,
    name_outcome,
    name_rule_places,
)
from checkers.verdict_names import LEVEL_NAMES, name_place, summarize_result
from checkers.word_changes import group_changes, summarize_changes
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from ui.conversation import render_notice
from ui.kept_results import CheckedReport
from ui.render_cited_text import open_attributes
from ui.render_downloads import render_downloads

_PLACES_SHOWN = 3
_EXAMPLES: dict[Verdict, str] = {
    "missing": "为什么缺{}篇章？",
    "empty": "为什么说{}有题无文？",
    "subsection": "为什么说{}没有单列成章？",
    "incomplete": "为什么说{}内容不全？",
    "unreadable": "{}为什么无法判断？",
}
_TONES = {"present": "zx-good", "missing": "zx-bad"}
_TO_INSERT = frozenset({"missing", "empty", "incomplete"})
_SEVERITY_BADGES: dict[Severity, str] = {
    "error": "missing",
    "warning": "incomplete",
    "note": "unregulated",
}
_ALWAYS = ("按哪一条？", "怎么补？")


def render_report_card(
    checked: CheckedReport, *, key: str, regions: Mapping[str, str], is_alone: bool = True
) -> str:
    """Return the card.

    Args:
        checked: the result, and its DOCX where that is kept.
        key: of the result.
        regions: name of the region for each id of a regulation.
        is_alone: whether it can be asked about and compared, as the latest of the conversation.
    """
    result = checked.result
    if result.error is not None and not result.topics:
        return render_notice(result.error.message)
    tone = _TONES.get(name_outcome(result)[1], "zx-unsure")
    findings = "".join(_render_finding(finding, result, regions) for finding in result.topics)
    downloads = render_downloads(
        key,
        takes_comments=bool(checked.source),
        lacks_chapters=result.is_feasibility_report
        and any(part.falls_short and part.verdict in _TO_INSERT for part in result.topics),
    )
    return (
        '<div class="zx-card"><div class="zx-card-head">'
        f'<strong class="{tone}">{escape(summarize_result(result))}{_tell_against(result)}</strong>'
        f'<div class="zx-meta">按“{escape(result.profile_name)}”检查</div></div>'
        f"{_render_doubts(result)}{_render_changes(result.changes)}"
        '<table class="zx-findings"><thead><tr><th>篇章</th><th>结论</th><th>位置</th>'
        f"<th>依据</th></tr></thead>{findings}</table>{_render_rules(result, regions)}"
        f"{downloads}{_render_further(result, key) if is_alone else ''}</div>"
    )


def _tell_against(result: CheckResult) -> str:
    """What the four chapters don't show: that the report plans what an article forbids."""
    count = sum(finding.severity == "error" for finding in result.findings)
    return f"另有{count}项与条文不符，见“其他检查”。" if count else ""


def _render_changes(changes: Changes | None) -> str:
    if changes is None:
        return ""
    groups = "".join(
        f'<div class="zx-change zx-change-{group.kind}"><b>{group.title}</b>'
        f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in group.lines)}</ul></div>"
        for group in group_changes(changes)
    )
    return f'<div class="zx-changes"><p>{escape(summarize_changes(changes))}</p>{groups}</div>'


def _render_rules(result: CheckResult, regions: Mapping[str, str]) -> str:
    """The findings of the further rules, folded up where none goes against an article."""
    if not result.findings:
        return ""
    is_open = " open" if any(finding.severity == "error" for finding in result.findings) else ""
    rows = "".join(_render_rule(finding, regions) for finding in result.findings)
    return (
        f'<details class="zx-rules"{is_open}><summary>其他检查：{count_findings(result)}</summary>'
        f"<ul>{rows}</ul></details>"
    )


def _render_rule(finding: RuleFinding, regions: Mapping[str, str]) -> str:
    places = "、".join(name_rule_places(finding))
    aside = "　".join(filter(None, (places, name_evidence(finding))))
    basis = _render_basis(finding.citations, regions) if finding.citations else ""
    return (
        f'<li><span class="zx-badge zx-is-{_SEVERITY_BADGES[finding.severity]}">'
        f"{SEVERITY_NAMES[finding.severity]}</span> <b>{escape(finding.name)}</b>"
        f"<p>{escape(finding.message)}</p>"
        f"{_render_aside(aside)}"
        f"{f'<p>{escape(finding.remedy)}</p>' if finding.remedy else ''}{basis}</li>"
    )


def _render_aside(text: str) -> str:
    return f'<p class="zx-meta">{escape(text)}</p>' if text else ""


def _render_further(result: CheckResult, key: str) -> str:
    """What can be done next: ask about the result, or check the version that was mended."""
    again = (
        f'<button type="button" class="zx-chip" data-again="{escape(key)}">'
        "上传改后的版本，与这次比较</button>"
    )
    lead = '<span class="zx-caption">接着问</span>' if (examples := _list_examples(result)) else ""
    buttons = "".join(
        f'<button type="button" class="zx-chip" data-ask="{escape(example)}">'
        f"{escape(example)}</button>"
        for example in examples
    )
    return f'<div class="zx-followups">{lead}{buttons}{again}</div>'


def _list_examples(result: CheckResult) -> tuple[str, ...]:
    """What can be asked about the result; nothing where nothing falls short."""
    short = next((finding for finding in result.topics if finding.falls_short), None)
    if short is None:
        return ()
    return (_EXAMPLES[short.verdict].format(short.name.partition("（")[0]), *_ALWAYS)


def _render_doubts(result: CheckResult) -> str:
    evidence = () if result.is_feasibility_report else (result.report_evidence,)
    doubts = filter(None, (*result.notes, *evidence))
    rows = "".join(f"<li>{escape(doubt)}</li>" for doubt in doubts)
    return f'<ul class="zx-notes">{rows}</ul>' if rows else ""


def _render_finding(finding: TopicFinding, result: CheckResult, regions: Mapping[str, str]) -> str:
    return (
        f'<tbody><tr><td data-name="篇章"><b>{escape(finding.name)}</b>'
        f'<div class="zx-meta">{LEVEL_NAMES[finding.level]}</div></td>'
        f'<td data-name="结论"><span class="zx-badge zx-is-{choose_badge(finding)}">'
        f"{name_badge(finding)}</span>{_render_missing(finding.missing)}</td>"
        f'<td data-name="位置">{_render_places(finding, result)}</td>'
        f'<td data-name="依据">{_render_basis(finding.citations, regions)}</td></tr>'
        f'<tr class="zx-advice"><td colspan="4">{_render_advice(finding)}</td></tr></tbody>'
    )


def _render_missing(parts: Sequence[str]) -> str:
    if not parts:
        return ""
    return f'<div class="zx-meta">缺：{escape("、".join(parts))}</div>'


def _render_places(finding: TopicFinding, result: CheckResult) -> str:
    headings = finding.headings
    if not headings:
        advised = "；".join(name_topic_places(finding, result))
        return f'<span class="zx-meta">{escape(advised) or "未找到"}</span>'
    rows = "".join(
        f'<li>{escape(heading.text)} <span class="zx-meta">{name_place(heading.place)}</span></li>'
        for heading in headings[:_PLACES_SHOWN]
    )
    rest = len(headings) - _PLACES_SHOWN
    more = f'<li class="zx-meta">另有{rest}处</li>' if rest > 0 else ""
    return f'<ul class="zx-places">{rows}{more}</ul>'


def _render_basis(citations: Sequence[Citation], regions: Mapping[str, str]) -> str:
    """One button an article; it marks all the words of the article that the topic rests on."""
    if not citations:
        return '<span class="zx-meta">无</span>'
    quotes: dict[ArticleRef, list[Citation]] = {}
    for citation in citations:
        quotes.setdefault(citation.article.ref, []).append(citation)
    return "".join(
        f'<button type="button" class="zx-chip" {open_attributes(*cited)}>'
        f"{escape(regions.get(ref.regulation, ''))}{escape(cited[0].article.label)}</button>"
        for ref, cited in quotes.items()
    )


def _render_advice(finding: TopicFinding) -> str:
    parts = [f'<p class="zx-meta">{escape(finding.evidence)}</p>']
    if finding.needs_person:
        parts.append(f'<p class="zx-person">需人工复核：{escape(finding.needs_person)}</p>')
    if finding.verdict != "present":
        parts += [f"<p>{escape(line)}</p>" for line in list_advice(finding)]
    return "".join(parts)
