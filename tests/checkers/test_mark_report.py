"""Words, run-in headings, wrapped chapters and sentence grades that the verdicts rest on."""

from __future__ import annotations

import pytest

from checkers.compile_terms import compile_terms, expand_choices, mask_terms, normalize_text
from checkers.join_bodies import effective_chapters, find_project_name
from checkers.load_rules import Rules
from checkers.mark_report import mark_report
from checkers.outline_notation import parse_outline
from checkers.split_run_in_headings import split_run_in_headings


@pytest.mark.parametrize(
    ("term", "wordings"),
    [
        ("资源目录", ("资源目录",)),
        ("网络<和|与>安全", ("网络和安全", "网络与安全")),
        ("<共享|>清单", ("共享清单", "清单")),
    ],
)
def test_choices_in_a_term_are_written_out(term: str, wordings: tuple[str, ...]) -> None:
    assert expand_choices(term) == wordings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("数据共享交换平台", ["共享交换平台"]),  # the longest wording wins
        ("共享交换系统", ["共享"]),  # a longer one that fails leaves the shorter
        ("MAIL与AI", ["AI"]),  # Latin words only as a whole
        ("国密SSL与国密SSLVPN", ["国密SSL", "国密"]),  # part of a Latin word leaves the shorter
        ("SM4算法", ["SM4"]),
    ],
)
def test_terms_match_longest_first_and_whole(text: str, found: list[str]) -> None:
    matcher = compile_terms([("", ["共享", "共享交换平台", "AI", "SM4", "国密", "国密SSL"])])
    assert [word for _, (_, word) in matcher.find(text)] == found


@pytest.mark.parametrize(
    ("text", "normal"),
    [("２０２５年", "2025年"), ("网 络　安 全", "网络安全"), ("sm4", "SM4"), ("（一）", "(一)")],
)
def test_text_is_matched_without_width_case_and_inner_blanks(text: str, normal: str) -> None:
    assert normalize_text(text) == normal


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("点击找回密码按钮", "点击□□□□按钮"),
        ("信息系统密码应用", "信息系统密码应用"),  # kept: it only looks like 系统密码
        ("共享单车与数据共享", "□□□□与数据共享"),
    ],
)
def test_traps_are_blotted_out_at_unchanged_length(text: str, masked: str, rules: Rules) -> None:
    assert mask_terms(text, rules.marks.traps) == masked


def test_numbered_lead_ins_become_sections() -> None:
    outline = parse_outline("# 安全\n引言。\n（1）边界：设防火墙。\n（2）密码应用：用SM4。\n补充。")
    (section,) = split_run_in_headings(outline).sections
    assert [block.text for block in section.body] == ["引言。"]
    assert [(child.number, child.title) for child in section.children] == [
        ("（1）", "边界"),
        ("（2）", "密码应用"),
    ]
    assert [block.text for block in section.children[1].body] == ["用SM4。", "补充。"]


def test_one_numbered_line_is_no_list_of_headings() -> None:
    outline = parse_outline("# 安全\n（1）边界：设防火墙。\n其余从略。")
    assert split_run_in_headings(outline) == outline


@pytest.mark.parametrize(
    ("text", "chapters"),
    [
        ("# 某县平台可行性研究报告\n## 一、概述\n## 二、方案", ["概述", "方案"]),
        (
            "# 第一篇 综合\n## 第一章 概述\n## 第二章 方案\n"
            "# 第二篇 投资\n## 第三章 估算\n## 第四章 效益",
            ["概述", "方案", "估算", "效益"],
        ),
        # A report cut down to one chapter is not a title with chapters below it.
        ("# 九、系统安全\n## 9.1 等保\n## 9.2 密码应用", ["系统安全"]),
        ("# 一、概述\n# 二、方案", ["概述", "方案"]),
    ],
)
def test_titles_and_volumes_are_not_taken_for_chapters(text: str, chapters: list[str]) -> None:
    assert [part.title for part in effective_chapters(parse_outline(text))] == chapters


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("某县数据共享平台项目可行性研究报告", "某县数据共享平台项目"),
        ("某县数据共享平台项目可行性研究报告（送审稿）", "某县数据共享平台项目"),
        ("可行性研究报告", ""),
        ("", ""),
    ],
)
def test_the_project_name_is_the_title_less_the_kind_of_document(title: str, name: str) -> None:
    assert find_project_name(parse_outline(f"@title {title}")) == name


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("系统部署在政务云。", "live"),
        ("本项目不涉及国家秘密，数据经平台共享。", "live"),  # not the topic is declined
        ("群众无需重复提交材料。", "live"),
        ("本项目不涉及密码应用。", "negated"),
        ("密码应用方案另行编制。", "deferred"),
        ("信息资源目录见附表1。", "live"),  # a table of the report itself
        ("内容待补充。", "placeholder"),
        ("XX县大数据局负责。", "live"),  # XX for a name is usual in published reports
        ("软件产业规模达三千亿元。", "background"),
    ],
)
def test_a_sentence_is_told_by_what_it_says_about_this_project(
    sentence: str, state: str, rules: Rules
) -> None:
    report = mark_report(parse_outline(f"# 一、概述\n{sentence}"), rules)
    assert [part.state for part in report.sentences] == [state]


def test_a_section_is_a_slice_of_the_text_with_all_its_children(rules: Rules) -> None:
    outline = parse_outline("# 一\n甲。\n## 1\n乙。\n### 1.1\n丙。\n# 二\n丁。")
    first, second = mark_report(outline, rules).chapters
    report = mark_report(outline, rules)
    assert [part.text for part in report.sentences_in(first.start, first.end)] == [
        "甲。",
        "乙。",
        "丙。",
    ]
    assert [part.text for part in report.sentences_in(first.start, first.own_end)] == ["甲。"]
    assert [part.text for part in report.sentences_in(second.start, second.end)] == ["丁。"]
