"""Result of a report check -> a card for the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from checkers.finding import CheckResult, HeadingPlace, TopicFinding, Verdict
from checkers.render_badge import choose_badge, list_advice, name_badge
from checkers.verdict_names import LEVEL_NAMES, name_place, summarize_result
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from ui.conversation import render_notice
from ui.render_cited_text import open_attributes

_PLACES_SHOWN = 3
_EXAMPLES: dict[Verdict, str] = {
    "missing": "为什么缺{}篇章？",
    "empty": "为什么说{}有题无文？",
    "subsection": "为什么说{}没有单列成章？",
    "incomplete": "为什么说{}内容不全？",
    "unreadable": "{}为什么无法判断？",
}
_ALWAYS = ("按哪一条？", "怎么补？")


def render_report_card(result: CheckResult, *, download: str, regions: Mapping[str, str]) -> str:
    """Return the card.

    Args:
        result: of the check.
        download: address of the result without its ending.
        regions: name of the region for each id of a regulation.
    """
    if result.error is not None:
        return render_notice(result.error.message)
    tone = "zx-bad" if any(finding.falls_short for finding in result.topics) else "zx-good"
    findings = "".join(_render_finding(finding, regions) for finding in result.topics)
    return (
        '<div class="zx-card"><div class="zx-card-head">'
        f'<strong class="{tone}">{escape(summarize_result(result))}</strong>'
        f'<div class="zx-meta">按“{escape(result.profile_name)}”检查</div></div>'
        f"{_render_doubts(result)}"
        '<table class="zx-findings"><thead><tr><th>篇章</th><th>结论</th><th>位置</th>'
        f"<th>依据</th></tr></thead>{findings}</table>"
        f"{_render_downloads(download)}{_render_examples(result)}</div>"
    )


def _render_examples(result: CheckResult) -> str:
    """What can be asked about the result; nothing where nothing falls short."""
    short = next((finding for finding in result.topics if finding.falls_short), None)
    if short is None:
        return ""
    name = short.name.partition("（")[0]
    buttons = "".join(
        f'<button type="button" class="zx-chip" data-ask="{escape(example)}">'
        f"{escape(example)}</button>"
        for example in (_EXAMPLES[short.verdict].format(name), *_ALWAYS)
    )
    return f'<div class="zx-followups"><span class="zx-caption">接着问</span>{buttons}</div>'


def _render_doubts(result: CheckResult) -> str:
    evidence = () if result.is_feasibility_report else (result.report_evidence,)
    doubts = filter(None, (*result.notes, *evidence))
    rows = "".join(f"<li>{escape(doubt)}</li>" for doubt in doubts)
    return f'<ul class="zx-notes">{rows}</ul>' if rows else ""


def _render_finding(finding: TopicFinding, regions: Mapping[str, str]) -> str:
    return (
        f'<tbody><tr><td data-name="篇章"><b>{escape(finding.name)}</b>'
        f'<div class="zx-meta">{LEVEL_NAMES[finding.level]}</div></td>'
        f'<td data-name="结论"><span class="zx-badge zx-is-{choose_badge(finding)}">'
        f"{name_badge(finding)}</span>{_render_missing(finding.missing)}</td>"
        f'<td data-name="位置">{_render_places(finding.headings)}</td>'
        f'<td data-name="依据">{_render_basis(finding.citations, regions)}</td></tr>'
        f'<tr class="zx-advice"><td colspan="4">{_render_advice(finding)}</td></tr></tbody>'
    )


def _render_missing(parts: Sequence[str]) -> str:
    if not parts:
        return ""
    return f'<div class="zx-meta">缺：{escape("、".join(parts))}</div>'


def _render_places(headings: Sequence[HeadingPlace]) -> str:
    if not headings:
        return '<span class="zx-meta">未找到</span>'
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
        parts.append(f'<p class="zx-person">请人工确认：{escape(finding.needs_person)}</p>')
    if finding.verdict != "present":
        parts += [f"<p>{escape(line)}</p>" for line in list_advice(finding)]
    return "".join(parts)


def _render_downloads(download: str) -> str:
    address = escape(download)
    return (
        f'<div class="zx-downloads"><a class="zx-download" href="{address}.html" download>'
        "下载检查结果（HTML）</a>"
        f'<a class="zx-download" href="{address}.docx" download>下载Word版</a>'
        f'<a class="zx-download zx-plain" href="{address}.html?view=1" target="_blank" '
        'rel="noopener">在新页打开</a></div>'
    )
