"""CheckResult -> text for the terminal."""

from __future__ import annotations

from checkers.change import Changes
from checkers.finding import CheckResult, RuleFinding, TopicFinding
from checkers.place_chapter import name_topic_places
from checkers.render_badge import (
    SEVERITY_NAMES,
    count_findings,
    list_advice,
    name_badge,
    name_evidence,
    name_rule_places,
)
from checkers.verdict_names import (
    LEVEL_NAMES,
    list_source_notes,
    summarize_result,
)
from checkers.word_changes import group_changes, summarize_changes

RULE = "─" * 60


def render_text(result: CheckResult) -> str:
    """The result as plain Chinese text, without colours."""
    if result.error is not None and not result.topics:
        return f"{result.file}\n  {result.error.message}\n"
    lines = [result.file, f"检查口径：{result.profile_name}", result.report_evidence]
    lines += [f"注意：{note}" for note in result.notes]
    lines.append(f"结论：{summarize_result(result)}")
    if result.findings:
        lines.append(f"其他检查：{count_findings(result)}")
    lines.append(RULE)
    if result.changes:
        # Who asks for a comparison looks for it first; the page and the documents begin with it.
        lines += [*_render_changes(result.changes), RULE]
    for finding in result.topics:
        lines += [*_render_finding(finding, result), RULE]
    if result.findings:
        lines += ["其他检查：", *(line for part in result.findings for line in _render_rule(part))]
        lines.append(RULE)
    return "\n".join(lines) + "\n"


def _render_finding(finding: TopicFinding, result: CheckResult) -> list[str]:
    lines = [f"【{name_badge(finding)}】{finding.name}（{LEVEL_NAMES[finding.level]}）"]
    lines += [f"  位置：{place}" for place in name_topic_places(finding, result)]
    lines.append(f"  依据报告：{finding.evidence}")
    if finding.missing:
        lines.append(f"  缺少部分：{'、'.join(finding.missing)}")
    lines += [f"  条文：{part.label}“{part.quote}”" for part in finding.citations]
    lines += [f"  条文说明：{note}" for note in list_source_notes(finding)]
    if finding.needs_person:
        lines.append(f"  需人工复核：{finding.needs_person}")
    advice = list_advice(finding)
    if advice and finding.verdict != "present":
        lines += [f"  建议：{advice[0]}", *(f"    {line}" for line in advice[1:])]
    return lines


def _render_rule(finding: RuleFinding) -> list[str]:
    lines = [f"【{SEVERITY_NAMES[finding.severity]}】{finding.name}：{finding.message}"]
    lines += [f"  位置：{place}" for place in name_rule_places(finding)]
    if quoted := name_evidence(finding):
        lines.append(f"  {quoted}")
    lines += [f"  条文：{part.label}“{part.quote}”" for part in finding.citations]
    lines += [f"  条文说明：{note}" for note in list_source_notes(finding)]
    if finding.remedy:
        lines.append(f"  建议：{finding.remedy}")
    return lines


def _render_changes(changes: Changes) -> list[str]:
    lines = [summarize_changes(changes)]
    for group in group_changes(changes):
        lines += [f"{group.title}：", *(f"  {line}" for line in group.lines)]
    return lines
