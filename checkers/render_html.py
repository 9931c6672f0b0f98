"""CheckResult -> a self-contained HTML page that can be printed."""

from __future__ import annotations

from html import escape
from pathlib import Path

from checkers.change import Changes
from checkers.finding import CheckResult, RuleFinding, TopicFinding
from checkers.list_rectifications import (
    URGENCY_NAMES,
    URGENCY_NOTES,
    Rectification,
    group_rectifications,
)
from checkers.mark_outline import HeadingKey, OutlineMark, key_of, mark_outline
from checkers.outline import Outline, Section
from checkers.place_chapter import name_topic_places
from checkers.render_badge import (
    SEVERITY_NAMES,
    choose_badge,
    count_findings,
    list_advice,
    name_badge,
    name_evidence,
    name_rule_places,
)
from checkers.verdict_names import (
    LEVEL_NAMES,
    group_quotes,
    list_source_notes,
    name_place,
    name_places,
    summarize_result,
)
from checkers.word_changes import group_changes, summarize_changes

STYLE_SHEET = Path(__file__).with_name("render_html.css")
MOST_SECTIONS = 3000
"""Longer outlines are cut off; a browser does not need more to show where things stand."""
CHAPTER_NUMERALS = "一二三四五六"
OVERVIEW_COLUMNS = (("主题", 25), ("要求", 13), ("结论", 17), ("报告中的位置", 45))
COLUMNS = (("主题", 15), ("报告里写了什么", 42), ("条文", 43))
RULE_COLUMNS = (("检查项", 18), ("发现的问题", 34), ("怎么改", 22), ("条文", 26))


def render_html(result: CheckResult) -> str:
    """One page with style sheet inside; every text from the report is escaped."""
    title = f"可行性研究报告检查结果：{result.file or result.title}"
    body = "\n".join([_render_head(result), *_render_parts(result), _render_footer()])
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>\n{STYLE_SHEET.read_text(encoding='utf-8')}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _render_head(result: CheckResult) -> str:
    facts = [
        ("文件", result.file),
        ("题名", result.title),
        ("检查口径", result.profile_name),
        ("文种", result.report_evidence),
        ("其他检查", count_findings(result)),
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    short = " short" if result.exit_code else ""
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in result.notes)
    return (
        "<h1>可行性研究报告检查结果</h1>"
        '<p class="lead">对照政务信息化项目管理办法，检查报告应有的篇章</p>'
        f'<dl class="facts">{rows}</dl>'
        f'<p class="summary{short}">{escape(summarize_result(result))}</p>{notes}'
    )


def _render_parts(result: CheckResult) -> list[str]:
    if not result.topics:
        return []
    parts = [
        ("结论一览", _render_overview(result)),
        ("整改清单", _render_rectifications(result)),
    ]
    if result.changes:
        parts.append(("与上一版比较", _render_changes(result.changes)))
    parts.append(("逐项依据", _render_table(result.topics)))
    if result.findings:
        parts.append(("其他检查", _render_rules(result.findings)))
    if result.outline is not None and result.outline.sections:
        parts.append(("报告结构", _render_outline(result.outline, result)))
    return [
        f"<section><h2>{numeral}、{title}</h2>{content}</section>"
        for numeral, (title, content) in zip(CHAPTER_NUMERALS, parts, strict=False)
    ]


def _render_overview(result: CheckResult) -> str:
    rows = "".join(
        f'<tr><td data-name="主题"><b>{escape(part.name)}</b></td>'
        f'<td data-name="要求">{LEVEL_NAMES[part.level]}</td>'
        f'<td data-name="结论">{_render_badge(part)}</td>'
        f'<td data-name="位置">{_render_places(part, result)}</td></tr>'
        for part in result.topics
    )
    return _render_frame("overview", OVERVIEW_COLUMNS, rows)


def _render_places(finding: TopicFinding, result: CheckResult) -> str:
    return escape("；".join(name_topic_places(finding, result))) or "—"


def _render_frame(name: str, columns: tuple[tuple[str, int], ...], rows: str) -> str:
    heads = "".join(f'<th style="width:{width}%">{title}</th>' for title, width in columns)
    return f'<table class="{name}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _render_badge(finding: TopicFinding) -> str:
    return f'<span class="badge {choose_badge(finding)}">{name_badge(finding)}</span>'


def _render_table(findings: tuple[TopicFinding, ...]) -> str:
    return _render_frame("topics", COLUMNS, "".join(map(_render_row, findings)))


def _render_row(finding: TopicFinding) -> str:
    places = "".join(f"<p><b>{escape(place)}</b></p>" for place in name_places(finding))
    doubt = finding.needs_person
    person = f'<p class="person">需人工复核：{escape(doubt)}</p>' if doubt else ""
    law = "".join(_render_law(label, quotes) for label, quotes in group_quotes(finding).items())
    law += "".join(
        f'<p class="level">条文说明：{escape(note)}</p>' for note in list_source_notes(finding)
    )
    return (
        f"<tr><td><b>{escape(finding.name)}</b><br>{_render_badge(finding)}<br>"
        f'<span class="level">{LEVEL_NAMES[finding.level]}，'
        f"把握{finding.confidence:.0%}</span></td>"
        f"<td>{places}<p>{escape(finding.evidence)}</p>{person}</td>"
        f"<td>{law or escape(finding.requirement)}</td></tr>"
    )


def _render_rules(findings: tuple[RuleFinding, ...]) -> str:
    return _render_frame("rules", RULE_COLUMNS, "".join(map(_render_rule_row, findings)))


def _render_rule_row(finding: RuleFinding) -> str:
    places = "".join(f"<p><b>{escape(place)}</b></p>" for place in name_rule_places(finding))
    quoted = name_evidence(finding)
    evidence = f"<p>{escape(quoted)}</p>" if quoted else ""
    law = "".join(_render_law(label, quotes) for label, quotes in group_quotes(finding).items())
    return (
        f"<tr><td><b>{escape(finding.name)}</b><br>"
        f'<span class="badge {finding.severity}">{SEVERITY_NAMES[finding.severity]}</span></td>'
        f"<td><p>{escape(finding.message)}</p>{places}{evidence}</td>"
        f"<td>{escape(finding.remedy) or '—'}</td><td>{law or '—'}</td></tr>"
    )


def _render_changes(changes: Changes) -> str:
    groups = "".join(
        f'<p class="group"><span class="badge {group.kind}">{group.title}</span></p>'
        f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in group.lines)}</ul>"
        for group in group_changes(changes)
    )
    return f"<p>{escape(summarize_changes(changes))}</p>{groups}"


def _render_law(label: str, quotes: list[str]) -> str:
    quoted = "".join(f"<blockquote>{escape(quote)}</blockquote>" for quote in quotes)
    return f"<p>{escape(label)}</p>{quoted}"


def _render_rectifications(result: CheckResult) -> str:
    advice = [part for part in result.topics if part.level == "not_regulated"]
    groups, start = "", 1
    for urgency, parts in group_rectifications(result):
        items = "".join(map(_render_todo, parts))
        groups += (
            f'<h3 class="{urgency}">{URGENCY_NAMES[urgency]}（{len(parts)}项）'
            f'<span class="level">{URGENCY_NOTES[urgency]}</span></h3>'
            f'<ol class="todo" start="{start}">{items}</ol>'
        )
        start += len(parts)
    hints = "".join(map(_render_hint, advice))
    return (groups or "<p>没有需要整改的内容。</p>") + (
        f"<h3>仅供参考（办法没有规定）</h3>{hints}" if hints else ""
    )


def _render_todo(part: Rectification) -> str:
    places = (
        f'<span class="at">位置：{escape("；".join(part.places))}</span>' if part.places else ""
    )
    basis = (
        f'<span class="level">依据：{escape("；".join(part.basis))}</span>' if part.basis else ""
    )
    steps = "".join(f"<li>{escape(step)}</li>" for step in part.steps)
    return (
        f'<li><span class="box"></span><b>{escape(part.name)}</b> '
        f'<span class="badge {part.kind}">{part.status}</span>'
        f"<p>{escape(part.problem)}</p>{places}"
        f'<p class="remedy">{escape(part.remedy)}</p>'
        f"{f'<ul>{steps}</ul>' if steps else ''}{basis}</li>"
    )


def _render_hint(finding: TopicFinding) -> str:
    first, *rest = list_advice(finding) or ("",)
    items = "".join(f"<li>{escape(line.partition('. ')[2] or line)}</li>" for line in rest)
    return (
        f"<p><b>{escape(finding.name)}</b>：{escape(first)}</p>"
        f"{f'<ul>{items}</ul>' if items else ''}"
    )


def _render_outline(outline: Outline, result: CheckResult) -> str:
    hits = {key: " ".join(map(_render_mark, marks)) for key, marks in mark_outline(result).items()}
    pieces: list[str] = []
    _render_sections(outline.sections, hits, pieces)
    cut = "<p>（结构过长，以下从略）</p>" if len(pieces) >= MOST_SECTIONS else ""
    return f'<div class="tree">{"".join(pieces)}</div>{cut}'


def _render_mark(mark: OutlineMark) -> str:
    return f'<span class="badge {mark.kind}">{escape(mark.subject)}</span>'


def _render_sections(
    sections: tuple[Section, ...], hits: dict[HeadingKey, str], pieces: list[str]
) -> None:
    if not sections:
        return
    pieces.append("<ul>")
    for section in sections:
        if len(pieces) >= MOST_SECTIONS:
            break
        badges = hits.get(key_of(section), "")
        shown = ' class="hit"' if badges else ""
        pieces.append(
            f"<li><span{shown}>{escape(section.heading)}</span> {badges}"
            f'<span class="place">{name_place(section.place)}</span>'
        )
        _render_sections(section.children, hits, pieces)
        pieces.append("</li>")
    pieces.append("</ul>")


def _render_footer() -> str:
    return (
        "<footer>本结果由规则自动得出，条文引文逐字取自办法原文；"
        "标有“需人工复核”的结论以人工判断为准。“第几段”从正文第一段数起，表格里的段落也计算在内。"
        "</footer>"
    )
