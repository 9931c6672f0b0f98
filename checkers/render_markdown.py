"""CheckResult -> Markdown, for a ticket or a wiki page."""

from __future__ import annotations

import re

from checkers.change import Changes
from checkers.finding import CheckResult, RuleFinding, TopicFinding
from checkers.list_rectifications import (
    URGENCY_NAMES,
    Rectification,
    group_rectifications,
)
from checkers.mark_outline import OutlineMark, key_of, mark_outline
from checkers.outline import Outline, Section
from checkers.place_chapter import name_topic_places
from checkers.render_badge import (
    SEVERITY_NAMES,
    count_findings,
    name_badge,
    name_evidence,
    name_rule_places,
)
from checkers.verdict_names import (
    LEVEL_NAMES,
    list_source_notes,
    name_place,
    summarize_result,
)
from checkers.word_changes import group_changes, summarize_changes

DEEPEST_LEVEL = 3
MOST_SECTIONS = 400
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")


def render_markdown(result: CheckResult) -> str:
    """The result as Markdown; what comes from the report is escaped."""
    lines = ["# 可行性研究报告检查结果", ""]
    facts = [
        ("文件", result.file),
        ("题名", result.title),
        ("检查口径", result.profile_name),
        ("文种", result.report_evidence),
        ("结论", summarize_result(result)),
        ("其他检查", count_findings(result)),
        *(("注意", note) for note in result.notes),
    ]
    lines += [f"- **{name}**：{_escape(value)}" for name, value in facts if value]
    if result.topics:
        lines += ["", "## 结论一览", "", *_render_overview(result)]
        lines += ["", "## 整改清单", *_render_rectifications(result)]
    if result.changes:
        lines += ["", "## 与上一版比较", "", *_render_changes(result.changes)]
    if result.topics:
        lines += ["", "## 逐项依据", *_render_topics(result)]
    if result.findings:
        lines += ["", "## 其他检查", *_render_rules(result.findings)]
    if result.outline is not None and result.outline.sections:
        lines += ["", "## 报告结构", "", *_render_outline(result.outline, result)]
    return "\n".join(lines) + "\n"


def _render_overview(result: CheckResult) -> list[str]:
    rows = [
        f"| {_escape(part.name)} | {LEVEL_NAMES[part.level]} | {name_badge(part)} | "
        f"{_escape('；'.join(name_topic_places(part, result))) or '—'} |"
        for part in result.topics
    ]
    return ["| 主题 | 要求 | 结论 | 报告中的位置 |", "| --- | --- | --- | --- |", *rows]


def _render_topics(result: CheckResult) -> list[str]:
    lines: list[str] = []
    for finding in result.topics:
        verdict = f"{name_badge(finding)}，{LEVEL_NAMES[finding.level]}"
        lines += ["", f"### {_escape(finding.name)}（{verdict}）", ""]
        lines += [f"- 位置：{_escape(place)}" for place in name_topic_places(finding, result)]
        lines.append(f"- 报告里写了什么：{_escape(finding.evidence)}")
        if finding.missing:
            lines.append(f"- 缺少部分：{_escape('、'.join(finding.missing))}")
        if finding.needs_person:
            lines.append(f"- 需人工复核：{_escape(finding.needs_person)}")
        lines += _render_law(finding)
    return lines


def _render_rules(findings: tuple[RuleFinding, ...]) -> list[str]:
    lines: list[str] = []
    for finding in findings:
        lines += ["", f"### {_escape(finding.name)}（{SEVERITY_NAMES[finding.severity]}）", ""]
        lines.append(f"- {_escape(finding.message)}")
        lines += [f"- 位置：{_escape(place)}" for place in name_rule_places(finding)]
        if quoted := name_evidence(finding):
            lines.append(f"- {_escape(quoted)}")
        if finding.remedy:
            lines.append(f"- 建议：{_escape(finding.remedy)}")
        lines += _render_law(finding)
    return lines


def _render_law(finding: TopicFinding | RuleFinding) -> list[str]:
    lines = [f"- 条文：{part.label}“{_escape(part.quote)}”" for part in finding.citations]
    return lines + [f"- 条文说明：{_escape(note)}" for note in list_source_notes(finding)]


def _render_rectifications(result: CheckResult) -> list[str]:
    lines: list[str] = []
    for urgency, parts in group_rectifications(result):
        lines += ["", f"### {URGENCY_NAMES[urgency]}（{len(parts)}项）", ""]
        lines += [line for part in parts for line in _render_todo(part)]
    return lines or ["", "没有需要整改的内容。"]


def _render_todo(part: Rectification) -> list[str]:
    lines = [f"- [ ] **{_escape(part.name)}**（{part.status}）：{_escape(part.problem)}"]
    if part.places:
        lines.append(f"  - 位置：{_escape('；'.join(part.places))}")
    if part.remedy:
        lines.append(f"  - 整改：{_escape(part.remedy)}")
    lines += [f"    - {_escape(step)}" for step in part.steps]
    return lines + ([f"  - 依据：{'；'.join(part.basis)}"] if part.basis else [])


def _render_changes(changes: Changes) -> list[str]:
    lines = [_escape(summarize_changes(changes))]
    for group in group_changes(changes):
        lines += ["", f"**{group.title}**", ""]
        lines += [f"- {_escape(line)}" for line in group.lines]
    return lines


def _render_outline(outline: Outline, result: CheckResult) -> list[str]:
    marks = mark_outline(result)
    lines = [
        _render_section(part, marks.get(key_of(part), ()))
        for part in outline.walk()
        if part.level <= DEEPEST_LEVEL
    ]
    return [*lines[:MOST_SECTIONS], *(["- （以下从略）"] if len(lines) > MOST_SECTIONS else [])]


def _render_section(section: Section, marks: tuple[OutlineMark, ...]) -> str:
    indent = "  " * (section.level - 1)
    shown = "".join(f" **◆{_escape(mark.subject)}：{mark.word}**" for mark in marks)
    place = name_place(section.place)
    return f"{indent}- {_escape(section.heading)} {place}".rstrip() + shown


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
