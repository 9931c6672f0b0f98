"""What has to be mended, in the order in which it matters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from checkers.check_report import check_outline
from checkers.finding import CheckResult, RuleFinding
from checkers.list_rectifications import group_rectifications, list_rectifications
from checkers.load_rules import Rules
from checkers.outline import Place
from checkers.outline_notation import parse_outline
from checkers.render_docx import render_docx
from checkers.render_html import render_html
from checkers.render_markdown import render_markdown
from checkers.render_text import render_text
from checkers.verdict_names import summarize_result
from corpus.library import Library

REPORT = """
@title 某县水务平台可行性研究报告
# 第一章 项目概述
管网三百公里。
# 第二章 系统安全
二级系统，部署防火墙、日志审计、堡垒机，每年测评一次。
# 第三章 投资估算
九百万元。
"""


@pytest.fixture
def result(library: Library, rules: Rules) -> CheckResult:
    """Sharing (required), cryptography and AI (expected) are missing; security is there."""
    outline = parse_outline(REPORT)
    return replace(
        check_outline(outline, profile="xichuan", library=library, rules=rules, file="a.docx"),
        findings=(),
    )


def test_what_an_article_demands_goes_before_what_it_expects(result: CheckResult) -> None:
    error = RuleFinding(
        rule="r", name="自建机房", severity="error", message="拟自建机房。", remedy="改用政务云。",
        place=Place(paragraph=3),
    )  # fmt: skip
    found = (replace(error, name="三同步", severity="warning"), error)
    listed = list_rectifications(replace(result, findings=found))
    assert [(part.urgency, part.name) for part in listed] == [
        ("must", "信息资源共享（开放）"),
        ("must", "自建机房"),
        ("should", "密码应用"),
        ("should", "人工智能应用"),
        ("should", "三同步"),
    ]
    assert listed[1].places == ("第3段",)


def test_a_missing_chapter_is_listed_with_the_place_where_it_belongs(result: CheckResult) -> None:
    sharing = list_rectifications(result)[0]
    assert sharing.places == ("建议放在“第一章 项目概述”之后、“第二章 系统安全”之前",)
    assert sharing.basis == ("《淅川县政务信息化项目建设管理暂行办法》第二十六条",)
    assert sharing.remedy.startswith("新增一章")
    assert sharing.steps
    assert not any(step[0].isdecimal() for step in sharing.steps)


def test_what_could_not_be_read_and_what_is_in_doubt_is_for_a_person(result: CheckResult) -> None:
    sharing, security, *others = result.topics
    topics = (
        replace(sharing, verdict="unreadable"),
        replace(security, needs_person="内容可能属于生产安全。"),
        *others,
    )
    doubted = replace(result, topics=topics)
    groups = dict(group_rectifications(doubted))
    assert [part.name for part in groups["confirm"]] == ["信息资源共享（开放）", "网络安全"]
    assert groups["confirm"][1].remedy == "内容可能属于生产安全。"
    assert "must" not in groups
    assert "有1项无法判断：信息资源共享（开放）" in summarize_result(doubted)


def test_what_nobody_asks_for_is_nothing_to_be_mended(library: Library, rules: Rules) -> None:
    outline = parse_outline(REPORT)
    free = check_outline(outline, profile="xiangxi", library=library, rules=rules)
    assert not [part for part in list_rectifications(free) if part.kind in ("missing", "empty")]


def test_the_summary_groups_topics_by_what_is_wrong(result: CheckResult) -> None:
    told = "办法要求的4项内容中有3项需要整改：缺少信息资源共享（开放）、密码应用、人工智能应用。"
    assert summarize_result(result) == told
    sharing, *rest = result.topics
    mixed = replace(result, topics=(replace(sharing, verdict="empty"), *rest))
    assert "：信息资源共享（开放）有题无文；缺少密码应用、人工智能应用。" in summarize_result(mixed)


@pytest.mark.parametrize("render", [render_text, render_markdown, render_html])
def test_every_output_says_where_a_missing_chapter_belongs(
    result: CheckResult, render: Callable[[CheckResult], str]
) -> None:
    alone = replace(result, topics=result.topics[:1], findings=())
    place = "建议放在“第一章 项目概述”之后、“第二章 系统安全”之前"
    # In the overview, or in the text's only list, and in the list of what is to be done.
    assert render(alone).count(place) >= (1 if render is render_text else 2)


def test_the_word_table_says_where_a_missing_chapter_belongs(result: CheckResult) -> None:
    overview = Document(BytesIO(render_docx(result))).tables[0]
    assert overview.rows[1].cells[3].text.startswith("建议放在“第一章 项目概述”之后")


def test_the_advice_names_the_parts_of_the_chapter(result: CheckResult) -> None:
    assert "信息资源共享应用分析、信息资源目录、数据共享开放清单各写一节" in result.topics[0].advice
