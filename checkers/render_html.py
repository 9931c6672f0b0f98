"""CheckResult -> a self-contained HTML page that can be printed."""

from __future__ import annotations

from html import escape
from pathlib import Path

from checkers.finding import CheckResult, TopicFinding
from checkers.outline import Outline, Place, Section
from checkers.render_badge import choose_badge, list_advice, name_badge
from checkers.verdict_names import (
    LEVEL_NAMES,
    group_quotes,
    list_rectifications,
    list_source_notes,
    name_place,
    name_places,
    summarize_result,
)

STYLE_SHEET = Path(__file__).with_name("render_html.css")
MOST_SECTIONS = 3000
"""Longer outlines are cut off; a browser does not need more to show where things stand."""
COLUMNS = (("主题", 15), ("结论", 14), ("报告中的位置和依据", 33), ("条文", 38))


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
    parts = ["<h2>一、逐项结论</h2>", _render_table(result.topics)]
    parts += ["<h2>二、整改清单</h2>", _render_rectifications(result)]
    if result.outline is not None and result.outline.sections:
        parts += ["<h2>三、报告结构</h2>", _render_outline(result.outline, result.topics)]
    return parts


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


def _render_law(label: str, quotes: list[str]) -> str:
    quoted = "".join(f"<blockquote>{escape(quote)}</blockquote>" for quote in quotes)
    return f"<p>{escape(label)}</p>{quoted}"


def _render_rectifications(result: CheckResult) -> str:
    short = list_rectifications(result)
    advice = [part for part in result.topics if part.level == "not_regulated"]
    items = "".join(_render_todo(finding) for finding in short)
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


def _render_outline(outline: Outline, findings: tuple[TopicFinding, ...]) -> str:
    hits: dict[tuple[str, Place], list[str]] = {}
    for finding in findings:
        for heading in finding.headings:
            badge = f'<span class="badge {choose_badge(finding)}">{escape(finding.name)}</span>'
            hits.setdefault((heading.text, heading.place), []).append(badge)
    pieces: list[str] = []
    _render_sections(outline.sections, hits, pieces)
    cut = "<p>（结构过长，以下从略）</p>" if len(pieces) >= MOST_SECTIONS else ""
    return f'<div class="tree">{"".join(pieces)}</div>{cut}'


def _render_sections(
    sections: tuple[Section, ...], hits: dict[tuple[str, Place], list[str]], pieces: list[str]
) -> None:
    if not sections:
        return
    pieces.append("<ul>")
    for section in sections:
        if len(pieces) >= MOST_SECTIONS:
            break
        badges = " ".join(hits.get((section.heading, section.place), []))
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
