"""Findings of the rules beside the four topics, in every output."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from docx import Document

from checkers.check_report import check_outline
from checkers.finding import CheckResult, HeadingPlace, RuleFinding
from checkers.load_rules import Rules
from checkers.outline import Place
from checkers.outline_notation import parse_outline
from checkers.render_docx import render_docx
from checkers.render_html import render_html
from checkers.render_json import to_json
from checkers.render_markdown import render_markdown
from checkers.render_sarif import render_sarif
from checkers.render_text import render_text
from corpus.library import Library

SARIF_SCHEMA = Path(__file__).parent / "sarif_schema" / "sarif-2.1.0.json"
REPORT = """
@title 某县水务平台可行性研究报告
# 第一章 项目概述
总投资900万元。
# 第二章 投资*估算*
合计950万元。
"""


@pytest.fixture
def result(library: Library, rules: Rules) -> CheckResult:
    found = check_outline(
        parse_outline(REPORT), profile="xichuan", library=library, rules=rules, file="a.docx"
    )
    chapter = found.outline.sections[1] if found.outline else None
    assert chapter is not None
    heading = HeadingPlace(text=chapter.heading, place=chapter.place)
    total = RuleFinding(
        rule="total",
        name="总投资前后一致",
        severity="error",
        message="前面写900万元，<这里>写950万元。",
        remedy="核对后统一。",
        evidence="合计950万元",
        headings=(heading,),
        place=Place(paragraph=4),
        citations=found.topics[0].citations[:1],
    )
    alone = replace(
        total, rule="owner", name="建设单位", severity="note", headings=(), citations=()
    )
    return replace(found, findings=(total, alone))


def test_text_gives_severity_place_words_article_and_remedy(result: CheckResult) -> None:
    text = render_text(result)
    assert "【不符合】总投资前后一致：前面写900万元，<这里>写950万元。" in text
    assert "  位置：第二章 投资*估算*（第" in text
    assert "【提示】建设单位" in text
    assert "  位置：第4段" in text  # no heading, so the place of the words
    assert "  建议：核对后统一。" in text


def test_every_output_for_people_counts_them_at_its_head(result: CheckResult) -> None:
    counted = "不符合1项，提示1项"
    document = Document(BytesIO(render_docx(result)))
    assert f"其他检查：{counted}" in [part.text for part in document.paragraphs]
    assert f"<dt>其他检查</dt><dd>{counted}</dd>" in render_html(result)
    assert f"其他检查：{counted}\n" in render_text(result)
    assert f"- **其他检查**：{counted}\n" in render_markdown(result)


def test_json_has_them_beside_the_topics(result: CheckResult) -> None:
    first, second = to_json(result)["findings"]
    assert (first["rule"], first["severity"], first["paragraph"]) == ("total", "error", 4)
    assert first["citations"][0]["article"] == 26
    assert (second["headings"], second["citations"]) == ([], [])


def test_html_lists_them_escaped_and_marks_the_outline(result: CheckResult) -> None:
    page = render_html(result)
    assert "前面写900万元，&lt;这里&gt;写950万元。" in page
    tree = page[page.index('<div class="tree">') :]
    assert '<span class="badge error">总投资前后一致</span>' in tree


def test_only_what_is_more_than_a_note_is_to_be_mended(result: CheckResult) -> None:
    page = render_html(result)
    todo = page[page.index('<ol class="todo"') : page.rindex("</ol>")]
    assert "总投资前后一致" in todo
    assert "建设单位" not in todo
    markdown = render_markdown(result)
    assert "- [ ] **总投资前后一致**（不符合）" in markdown
    assert "- [ ] **建设单位**" not in markdown


def test_docx_has_a_table_of_them(result: CheckResult) -> None:
    document = Document(BytesIO(render_docx(result)))
    rows = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    assert rows[1][0] == "总投资前后一致\n不符合"
    assert "第二十六条" in rows[1][3]
    text = "\n".join(part.text for part in document.paragraphs)
    assert "◆总投资前后一致：不符合" in text


def test_markdown_escapes_what_would_be_markup(result: CheckResult) -> None:
    markdown = render_markdown(result)
    assert r"第二章 投资\*估算\*" in markdown
    assert r"\<这里\>" in markdown
    assert "## 报告结构" in markdown


def test_sarif_with_them_is_valid_and_has_a_rule_for_each(result: CheckResult) -> None:
    log = json.loads(render_sarif((result, replace(result, profile="jinzhai"))))
    schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(log)
    run = log["runs"][0]
    described = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {part["ruleId"] for part in run["results"]} <= described
    assert {"xichuan/total", "jinzhai/owner"} <= described
    (total,) = [part for part in run["results"] if part["ruleId"] == "xichuan/total"]
    assert (total["kind"], total["level"]) == ("fail", "error")


def test_sarif_tells_reports_of_one_name_apart(result: CheckResult) -> None:
    results = tuple(
        replace(result, file=name) for name in ("甲/a b.docx", "/乙/a b.docx", "a.docx")
    )
    (run,) = json.loads(render_sarif(results))["runs"]
    places = (part["locations"][0]["physicalLocation"] for part in run["results"])
    assert list(dict.fromkeys(place["artifactLocation"]["uri"] for place in places)) == [
        "%E7%94%B2/a%20b.docx", "file:///%E4%B9%99/a%20b.docx", "a.docx",
    ]  # fmt: skip


def test_they_do_not_change_the_exit_code(result: CheckResult) -> None:
    assert result.exit_code == replace(result, findings=()).exit_code
