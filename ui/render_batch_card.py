"""Results of several reports -> one table for the conversation, and a card for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from checkers.finding import TOPICS, CheckResult, TopicFinding
from checkers.render_badge import choose_badge, name_badge, name_outcome
from checkers.render_summary import count_outcomes
from checkers.write_workbook import TOPIC_COLUMNS
from ui.keep_checked import KeptKeys
from ui.kept_results import CheckedReport
from ui.render_downloads import render_batch_downloads
from ui.render_report_card import render_report_card

_TOO_MANY = "报告较多，这里只列总表；每份的结论、条文和整改清单在Excel里。"


def render_batch_card(
    checked: Sequence[CheckedReport], kept: KeptKeys, *, regions: Mapping[str, str]
) -> str:
    """Return the table, and below it each report's card, folded up.

    Args:
        checked: the reports in order.
        kept: their keys.
        regions: name of the region for each id of a regulation.
    """
    results = [part.result for part in checked]
    columns = "".join(f"<th>{name}</th>" for name in ("文件", "结论", *TOPIC_COLUMNS, "其他问题"))
    rows = "".join(map(_render_row, results))
    profile = escape(results[0].profile_name)
    return (
        '<div class="zx-card"><div class="zx-card-head">'
        f"<strong>{escape(count_outcomes(results))}</strong>"
        f'<div class="zx-meta">按“{profile}”检查</div></div>'
        '<div class="zx-wide" tabindex="0" role="region" aria-label="各份报告的结论">'
        f'<table class="zx-batch"><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>'
        f"</div>{render_batch_downloads(kept.batch)}{_render_cards(checked, kept, regions)}</div>"
    )


def _render_row(result: CheckResult) -> str:
    topics = {finding.topic: finding for finding in result.topics}
    word, badge = name_outcome(result)
    cells = "".join(f"<td>{_render_verdict(topics.get(topic))}</td>" for topic in TOPICS)
    further = sum(finding.severity != "note" for finding in result.findings)
    return (
        f'<tr><th scope="row">{escape(result.file)}{_render_fault(result)}</th>'
        f'<td><span class="zx-badge zx-is-{badge}">{word}</span></td>{cells}'
        f"<td>{f'{further}项' if further else '—'}</td></tr>"
    )


def _render_fault(result: CheckResult) -> str:
    if result.error is None:
        return ""
    return f'<div class="zx-meta">{escape(result.error.message)}</div>'


def _render_verdict(finding: TopicFinding | None) -> str:
    if finding is None:
        return "—"
    return f'<span class="zx-badge zx-is-{choose_badge(finding)}">{name_badge(finding)}</span>'


def _render_cards(
    checked: Sequence[CheckedReport], kept: KeptKeys, regions: Mapping[str, str]
) -> str:
    if not all(kept.reports):
        return f'<p class="zx-meta zx-aside">{_TOO_MANY}</p>'
    return "".join(
        f'<details class="zx-inner"><summary>{escape(part.result.file)}</summary>'
        f"{render_report_card(part, key=key, regions=regions, is_alone=False)}</details>"
        for part, key in zip(checked, kept.reports, strict=True)
        if part.result.error is None or part.result.topics
    )
