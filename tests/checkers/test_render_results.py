"""One result in every output format."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from docx import Document

from checkers.check_report import check_outline
from checkers.finding import CheckFault, CheckResult
from checkers.load_rules import Rules
from checkers.outline import Place
from checkers.outline_notation import parse_outline
from checkers.render_badge import list_advice
from checkers.render_docx import render_docx
from checkers.render_html import render_html
from checkers.render_json import render_json, to_json
from checkers.render_sarif import render_sarif
from checkers.render_text import render_text
from corpus.library import Library

SARIF_SCHEMA = Path(__file__).parent / "sarif_schema" / "sarif-2.1.0.json"
REPORT = """
@title 某县<水务>平台可行性研究报告
# 第一章 项目概述
管网三百公里。
# 第二章 建设必要性
漏损率高。
# 第三章 系统安全
## 3.1 等级保护
二级系统，部署防火墙、日志审计、堡垒机，每年测评一次。
## 3.2 密码应用<script>alert(1)</script>
登录用数字证书，户号用SM4加密，密钥由云密码机管理。
# 第四章 信息资源共享分析
待补充
# 第五章 投资估算
九百万元。
"""


@pytest.fixture(scope="module")
def result(library: Library, rules: Rules) -> CheckResult:
    return check_outline(
        parse_outline(REPORT), profile="xichuan", library=library, rules=rules, file="水务 1.docx"
    )


@pytest.fixture(scope="module")
def unregulated(library: Library, rules: Rules) -> CheckResult:
    """Of a place that asks for no chapter: nothing can be lacking."""
    outline = parse_outline(REPORT)
    return check_outline(outline, profile="xiangxi", library=library, rules=rules, file="a.docx")


@pytest.fixture
def unreadable() -> CheckResult:
    return CheckResult(
        file="坏.docx",
        kind="unknown",
        profile="xichuan",
        profile_name="淅川县",
        error=CheckFault(code="damaged", message="文件已损坏，请重新保存后再上传。"),
    )


def test_json_has_the_keys_of_the_contract(result: CheckResult) -> None:
    shown = to_json(result)
    assert {
        "file", "kind", "profile", "is_feasibility_report", "topics", "error", "ms"
    } <= shown.keys()  # fmt: skip
    topic = shown["topics"][0]
    assert {
        "topic", "level", "verdict", "headings", "missing", "evidence", "citations", "advice"
    } <= topic.keys()  # fmt: skip
    assert [part["topic"] for part in shown["topics"]] == ["sharing", "security", "crypto", "ai"]
    assert topic["headings"] == [{"text": "第四章 信息资源共享分析", "page": None, "paragraph": 12}]
    assert topic["citations"][0]["regulation"] == "xichuan"
    assert topic["citations"][0]["article"] == 26


def test_json_is_a_list_with_one_object_a_file(
    result: CheckResult, unreadable: CheckResult
) -> None:
    shown = json.loads(render_json((result, unreadable)))
    assert [part["error"] for part in shown] == [
        None,
        {"code": "damaged", "message": "文件已损坏，请重新保存后再上传。"},
    ]


def test_the_exit_code_tells_present_short_and_unreadable_apart(
    result: CheckResult, unreadable: CheckResult
) -> None:
    assert (result.exit_code, unreadable.exit_code) == (1, 2)


def test_text_names_verdict_place_article_and_advice(result: CheckResult) -> None:
    text = render_text(result)
    assert "【有题无文】信息资源共享（开放）（必须有）" in text
    assert "第四章 信息资源共享分析（第12段）" in text
    assert "第二十六条“项目可行性研究报告" in text
    assert "结论：办法要求的4项内容中有3项需要整改" in text


def test_text_of_an_unreadable_file_is_its_name_and_the_reason(unreadable: CheckResult) -> None:
    assert render_text(unreadable) == "坏.docx\n  文件已损坏，请重新保存后再上传。\n"


def test_damage_to_the_source_of_a_quotation_is_disclosed(result: CheckResult) -> None:
    notes = [
        note
        for part in result.topics
        for c in part.citations
        for note in c.article.notes_on(c.quote)
    ]
    assert notes
    shown = to_json(result)["topics"]
    assert [note for topic in shown for c in topic["citations"] for note in c["notes"]] == notes
    assert all(note in render_text(result) and note in render_html(result) for note in notes)


def test_html_escapes_what_comes_from_the_report(result: CheckResult) -> None:
    page = render_html(result)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "某县&lt;水务&gt;平台" in page


def test_what_nobody_asks_for_is_never_marked_as_lacking(unregulated: CheckResult) -> None:
    assert "missing" in {finding.verdict for finding in unregulated.topics}
    page = render_html(unregulated)
    assert '<span class="badge unregulated">未作规定</span>' in page
    lacking = ("empty", "missing", "incomplete", "subsection")
    assert not any(f'badge {verdict}"' in page for verdict in lacking)
    rows = list(Document(BytesIO(render_docx(unregulated))).tables[0].rows)[1:]
    words = [row.cells[2].text for row in rows]
    assert words == ["未作规定", "已单列成章", "未作规定", "未作规定"]
    assert "【缺少】" not in render_text(unregulated)
    assert "：缺少。" not in render_sarif((unregulated,))


def test_advice_that_announces_a_list_is_followed_by_it(unregulated: CheckResult) -> None:
    page = render_html(unregulated)
    assert page.count("可以参考：</p><ul><li>") == 3
    assert "可以参考：</p><p" not in page


@pytest.mark.parametrize(
    ("advice", "lines"),
    [
        ("不影响结论；可以参考：\n1. 甲。", ("不影响结论；可以参考：", "1. 甲。")),
        ("不影响结论；可以参考：", ("不影响结论。",)),  # nothing to announce
        ("可以参考：\n ", ()),
        ("补写。", ("补写。",)),
    ],
)
def test_an_announcement_never_stands_alone(
    advice: str, lines: tuple[str, ...], result: CheckResult
) -> None:
    assert list_advice(replace(result.topics[0], advice=advice)) == lines


def test_advice_on_a_placeholder_does_not_deny_the_placeholder(result: CheckResult) -> None:
    sharing = result.topics[0]
    assert (sharing.verdict, "占位" in sharing.evidence) == ("empty", True)
    assert "没有正文" not in sharing.advice
    assert "占位" in sharing.advice.splitlines()[0]


def test_every_profile_of_a_regulation_bears_the_name_of_its_place(
    library: Library, rules: Rules
) -> None:
    named = {p.id: p.name for p in rules.profiles.values() if p.id != "strictest"}
    assert named == {name: library.regulation(name).region.name for name in named}


def test_html_needs_no_outside_address(result: CheckResult) -> None:
    page = render_html(result)
    assert "http" not in page
    assert "url(" not in page
    assert "@import" not in page


def test_html_shows_the_outline_as_a_tree_with_the_findings_in_it(result: CheckResult) -> None:
    page = render_html(result)
    tree = page[page.index('<div class="tree">') :]
    assert tree.count("<li>") == 7
    assert '<span class="badge subsection">密码应用</span>' in tree


def test_html_of_an_unreadable_file_says_why(unreadable: CheckResult) -> None:
    assert "文件已损坏" in render_html(unreadable)


def test_docx_opens_and_holds_every_finding(result: CheckResult) -> None:
    document = Document(BytesIO(render_docx(result)))
    overview, details = (
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables[:2]
    )
    verdicts = ["结论", "有题无文", "已单列成章", "未单列成章", "缺少"]
    assert [row[2] for row in overview] == verdicts
    assert [row[1].split("\n")[0] for row in details] == verdicts
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "□ 1．信息资源共享（开放）（有题无文）" in text
    assert "必须整改（1项）" in text
    assert "3.1 等级保护" in text


def test_docx_survives_control_characters_from_a_pdf(library: Library, rules: Rules) -> None:
    outline = parse_outline("# 第一章 概述\x0b\x02\n正文。\n# 第二章 密码应用\x00\nSM4加密。")
    found = check_outline(outline, library=library, rules=rules, file="a.pdf")
    assert Document(BytesIO(render_docx(found))).tables


def test_sarif_is_valid_against_its_schema(result: CheckResult, unreadable: CheckResult) -> None:
    log = json.loads(render_sarif((result, unreadable)))
    schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(log)


def test_sarif_of_a_batch_names_files_places_and_reasons(
    result: CheckResult, unreadable: CheckResult
) -> None:
    paged = replace(
        result,
        file="一批.zip/甲/水务.pdf",
        topics=tuple(
            replace(
                part,
                headings=tuple(
                    replace(heading, place=Place(page=7, paragraph=31)) for heading in part.headings
                ),
            )
            for part in result.topics
        ),
    )
    log = json.loads(render_sarif((paged, replace(unreadable, file="一批.zip/坏.docx"), result)))
    schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(log)
    (run,) = log["runs"]
    uris = [part["location"]["uri"] for part in run["artifacts"]]
    for shown in run["results"]:
        for location in shown["locations"]:
            named = location["physicalLocation"]["artifactLocation"]
            assert uris[named["index"]] == named["uri"]
    place = run["results"][0]["locations"][0]
    assert place["properties"] == {"page": 7, "paragraph": 31}
    assert place["message"]["text"] == "第四章 信息资源共享分析（第7页第31段）"
    (reason,) = run["invocations"][0]["toolExecutionNotifications"]
    described = [part["id"] for part in run["tool"]["driver"]["notifications"]]
    assert described == [reason["descriptor"]["id"]] == ["damaged"]


def test_sarif_knows_a_finding_again_when_its_chapter_has_moved(result: CheckResult) -> None:
    moved = replace(
        result,
        topics=tuple(
            replace(
                part,
                headings=tuple(
                    replace(heading, text=heading.text.replace("第四章", "第六章"))
                    for heading in part.headings
                ),
            )
            for part in result.topics
        ),
    )
    first, second = (
        json.loads(render_sarif((version,)))["runs"][0]["results"] for version in (result, moved)
    )
    marks = [[part["partialFingerprints"] for part in shown] for shown in (first, second)]
    assert marks[0] == marks[1]
    assert len({mark["zhengxin/v1"] for mark in marks[0]}) == len(first)


def test_sarif_levels_follow_what_the_regulation_asks(
    result: CheckResult, unreadable: CheckResult
) -> None:
    run = json.loads(render_sarif((result, unreadable)))["runs"][0]
    of_topics = [part for part in run["results"] if "verdict" in part["properties"]]
    assert [(part["ruleId"], part["kind"], part["level"]) for part in of_topics] == [
        ("xichuan/sharing", "fail", "error"),
        ("xichuan/security", "pass", "none"),
        ("xichuan/crypto", "fail", "warning"),
        ("xichuan/ai", "fail", "warning"),
    ]
    assert run["invocations"][0]["executionSuccessful"] is False
