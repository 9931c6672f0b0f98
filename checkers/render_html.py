"""CheckResult -> a self-contained HTML page that can be printed."""

from __future__ import annotations

from html import escape
from pathlib import Path

from checkers.change import Changes
from checkers.finding import CheckResult, RuleFinding, TopicFinding
from checkers.mark_outline import HeadingKey, OutlineMark, key_of, mark_outline
from checkers.outline import Outline, Section
from checkers.render_badge import (
    SEVERITY_NAMES,
    choose_badge,
    count_findings,
    list_advice,
    name_badge,
    name_rule_places,
)
from checkers.verdict_names import (
    LEVEL_NAMES,
    group_quotes,
    list_rectifications,
    list_source_notes,
    name_place,
    name_places,
    summarize_result,
)
from checkers.word_changes import group_changes, summarize_changes

STYLE_SHEET = Path(__file__).with_name("render_html.css")
MOST_SECTIONS = 3000
"""Longer outlines are cut off; a browser does not need more to show where things stand."""
CHAPTER_NUMERALS = "一二三四五"
COLUMNS = (("主题", 14), ("结论", 16), ("报告中的位置和依据", 33), ("条文", 37))
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
    parts = [("逐项结论", _render_table(result.topics))]
    if result.findings:
        parts.append(("其他检查", _render_rules(result.findings)))
    parts.append(("整改清单", _render_rectifications(result)))
    if result.changes:
        parts.append(("与上一版比较", _render_changes(result.changes)))
    if result.outline is not None and result.outline.sections:
        parts.append(("报告结构", _render_outline(result.outline, result)))
    return [
        f"<section><h2>{numeral}、{title}</h2>{content}</section>"
        for numeral, (title, content) in zip(CHAPTER_NUMERALS, parts, strict=False)
    ]


def _render_table(findings: tuple[TopicFinding, ...]) -> str:
    columns = "".join(f'<th style="width:{width}%">{name}</th>' for name, width in COLUMNS)
    rows = "".join(_render_row(finding) for finding in findings)
    return f"<table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"


def _render_row(finding: TopicFinding) -> str:
    places = "".join(f"<p><b>{escape(place)}</b></p>" for place in name_places(finding))
    doubt = finding.needs_person
    person = f'<p class="person">需人工复核：{escape(doubt)}</p>' if doubt else ""
    law = "".join(_render_law(label, quotes) for label, quotes in group_quotes(finding).items())
    law += "".join(
        f'<p class="level">原文说明：{escape(note)}</p>' for note in list_source_notes(finding)
    )
    return (
        f'<tr><td><b>{escape(finding.name)}</b><br><span class="level">'
        f"{LEVEL_NAMES[finding.level]}</span></td>"
        f'<td><span class="badge {choose_badge(finding)}">{name_badge(finding)}</span><br>'
        f'<span class="level">把握 {finding.confidence:.0%}</span></td>'
        f"<td>{places}<p>{escape(finding.evidence)}</p>{person}</td>"
        f"<td>{law or escape(finding.requirement)}</td></tr>"
    )


def _render_rules(findings: tuple[RuleFinding, ...]) -> str:
    columns = "".join(f'<th style="width:{width}%">{name}</th>' for name, width in RULE_COLUMNS)
    rows = "".join(map(_render_rule_row, findings))
    return f'<table class="rules"><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>'


def _render_rule_row(finding: RuleFinding) -> str:
    places = "".join(f"<p><b>{escape(place)}</b></p>" for place in name_rule_places(finding))
    evidence = f"<p>原文：“{escape(finding.evidence)}”</p>" if finding.evidence else ""
    law = "".join(_render_law(label, quotes) for label, quotes in group_quotes(finding).items())
    return (
        f"<tr><td><b>{escape(finding.name)}</b><br>"
        f'<span class="badge {finding.severity}">{SEVERITY_NAMES[finding.severity]}</span></td>'
        f"<td><p>{escape(finding.message)}</p>{places}{evidence}</td>"
        f"<td>{escape(finding.remedy)}</td><td>{law or '—'}</td></tr>"
    )


def _render_changes(changes: Changes) -> str:
    groups = "".join(
        f'<p><span class="badge {group.kind}">{group.title}</span></p>'
        f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in group.lines)}</ul>"
        for group in group_changes(changes)
    )
    return f"<p>{escape(summarize_changes(changes))}</p>{groups}"


def _render_law(label: str, quotes: list[str]) -> str:
    quoted = "".join(f"<blockquote>{escape(quote)}</blockquote>" for quote in quotes)
    return f"<p>{escape(label)}</p>{quoted}"


def _render_rectifications(result: CheckResult) -> str:
    short = list_rectifications(result)
    advice = [part for part in result.topics if part.level == "not_regulated"]
    graver = [part for part in result.findings if part.severity != "note"]
    items = "".join([*map(_render_todo, short), *map(_render_rule_todo, graver)])
    todo = f'<ol class="todo">{items}</ol>' if items else "<p>没有需要整改的内容。</p>"
    hints = "".join(map(_render_hint, advice))
    return todo + (f"<p>办法没有规定、仅供参考的内容：</p>{hints}" if hints else "")


def _render_hint(finding: TopicFinding) -> str:
    first, *rest = list_advice(finding) or ("",)
    items = f"<ul>{_render_items(rest)}</ul>" if rest else ""
    return f"<p><b>{escape(finding.name)}</b>：{escape(first)}</p>{items}"


def _render_items(lines: list[str]) -> str:
    return "".join(f"<li>{escape(line.partition('. ')[2] or line)}</li>" for line in lines)


def _render_todo(finding: TopicFinding) -> str:
    first, *rest = list_advice(finding) or ("",)
    lines = _render_items(rest)
    basis = "；".join(dict.fromkeys(citation.label for citation in finding.citations))
    return (
        f'<li><span class="box"></span><b>{escape(finding.name)}</b>'
        f"（{name_badge(finding)}，{LEVEL_NAMES[finding.level]}）：{escape(first)}"
        f'<br><span class="level">依据：{escape(basis)}</span><ul>{lines}</ul></li>'
    )


def _render_rule_todo(finding: RuleFinding) -> str:
    basis = "；".join(dict.fromkeys(citation.label for citation in finding.citations))
    source = f'<br><span class="level">依据：{escape(basis)}</span>' if basis else ""
    return (
        f'<li><span class="box"></span><b>{escape(finding.name)}</b>'
        f"（{SEVERITY_NAMES[finding.severity]}）：{escape(finding.message)}"
        f"{source}<ul><li>{escape(finding.remedy)}</li></ul></li>"
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
        "标有“需人工复核”的结论请以人工判断为准。</footer>"
    )
