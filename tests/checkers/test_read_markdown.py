from __future__ import annotations

from pathlib import Path

import pytest

from checkers.outline import Outline
from checkers.read_report import read_report

TEXT = "本项目依托县级政务云平台部署，分为数据层、支撑层和应用层，服务全县各部门业务协同。"


def read(tmp_path: Path, source: str, *, name: str = "a.md") -> Outline:
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    return read_report(path)


def headings(outline: Outline) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in outline.walk()]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 第一章 总论\n\n{t}\n\n## 1.1 背景\n\n{t}\n\n# 第二章 需求\n\n{t}",
         [(1, "第一章 总论"), (2, "1.1 背景"), (1, "第二章 需求")]),
        # The only top heading is the title of the report.
        ("# 智慧城管可行性研究报告\n\n## 总论\n\n{t}\n\n### 背景\n\n{t}\n\n## 需求\n\n{t}",
         [(1, "总论"), (2, "背景"), (1, "需求")]),
        # Underlined headings.
        ("总论\n====\n\n{t}\n\n背景\n----\n\n{t}\n\n需求\n====\n\n{t}",
         [(1, "总论"), (2, "背景"), (1, "需求")]),
        # Numbers typed, and nothing else that tells headings.
        ("一、总论\n\n{t}\n\n（一）背景\n\n{t}\n\n二、需求\n\n{t}",
         [(1, "一、总论"), (2, "（一）背景"), (1, "二、需求")]),
        # The same without blank lines between them and the text.
        ("第一章 总论\n{t}\n第二章 需求\n{t}", [(1, "第一章 总论"), (1, "第二章 需求")]),
        # Marks inside a heading.
        ("# 第一章 **总论**[^1]\n\n{t}\n\n# 第二章 `需求`\n\n{t}",
         [(1, "第一章 总论[^1]"), (1, "第二章 需求")]),
        # Bold lines for headings.
        ("**总论**\n\n{t}\n\n**需求**\n\n{t}", [(1, "总论"), (1, "需求")]),
    ],
)  # fmt: skip
def test_headings_are_told_by_marks_or_by_numbers(
    tmp_path: Path, source: str, expected: list[tuple[int, str]]
) -> None:
    outline = read(tmp_path, source.replace("{t}", TEXT))
    assert outline.kind == "markdown"
    assert headings(outline) == expected


def test_the_only_top_heading_is_the_title(tmp_path: Path) -> None:
    source = f"# 智慧城管可行性研究报告\n\n## 总论\n\n{TEXT}\n\n## 需求\n\n{TEXT}"
    assert read(tmp_path, source).title == "智慧城管可行性研究报告"


@pytest.mark.parametrize(
    "hidden",
    [
        "```text\n# 第九章 密码应用\n第九章 密码应用\n```",
        "<!-- # 第九章 密码应用 -->",
        "- 密码应用",
        "![第九章 密码应用](a.png)",
        "- [第九章 密码应用](#c9)",
        "<script>\n第九章 密码应用\n</script>",
        "| 第九章 密码应用 | 页 |\n|---|---|\n| 1 | 2 |",
    ],
)
def test_what_heads_nothing_is_no_section(tmp_path: Path, hidden: str) -> None:
    outline = read(tmp_path, f"# 第一章 总论\n\n{TEXT}\n\n{hidden}\n\n{TEXT}\n\n# 第二章 需求\n")
    assert [section.number for section in outline.walk()] == ["第一章", "第二章"]


@pytest.mark.parametrize(
    "table",
    [
        "| 名称 | 类型 |\n|---|:-:|\n| 人口 | **库** |",
        "<table><tr><th>名称</th><th>类型</th></tr><tr><td>人口</td><td>库</td></tr></table>",
    ],
)
def test_tables_stand_in_their_place(tmp_path: Path, table: str) -> None:
    outline = read(tmp_path, f"# 一、总论\n\n{TEXT}\n\n{table}\n\n{TEXT}\n\n# 二、需求\n\n{TEXT}")
    (_, found, _) = outline.sections[0].body
    assert found.rows == (("名称", "类型"), ("人口", "库"))


def test_lines_of_a_paragraph_are_joined_without_blanks_between_chinese(tmp_path: Path) -> None:
    outline = read(tmp_path, "# 一、总论\n\n本项目采用\nSpring\nBoot 框架\n开发。\n\n# 二、需求\n")
    assert [block.text for block in outline.sections[0].body] == [
        "本项目采用Spring Boot 框架开发。"
    ]


def test_the_title_of_the_front_matter_is_taken_where_the_text_has_none(tmp_path: Path) -> None:
    source = f'---\ntitle: "甲项目"\n---\n# 一、总论\n\n{TEXT}\n\n# 二、需求\n\n{TEXT}'
    outline = read(tmp_path, source)
    assert outline.title == "甲项目"
    assert outline.preamble == ()


def test_a_text_with_marked_headings_is_markdown_whatever_its_name(tmp_path: Path) -> None:
    source = f"# 总论\n\n{TEXT}\n\n# 需求\n\n{TEXT}\n\n# 方案\n\n{TEXT}"
    assert read(tmp_path, source, name="a.txt").kind == "markdown"
