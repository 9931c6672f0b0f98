from __future__ import annotations

from pathlib import Path

import pytest
from make_blocks import outline_of
from make_pdf import Text, write_pdf

from checkers.build_outline import build_outline
from checkers.find_title import clean_property_title
from checkers.outline import Outline
from checkers.read_markdown import read_markdown
from checkers.read_report import read_report
from checkers.source_block import Look, Role, SourceBlock

BODY = "本项目依托县级政务云平台部署，服务全县各部门业务协同，覆盖十二个乡镇。" * 2
CHAPTERS = [("一、总论", 16.0), (BODY, 12.0), ("二、需求分析", 16.0), (BODY, 12.0)]


def read_cover(*cover: tuple[str, float], role: Role = "body") -> str:
    """Return the title of a report with such lines, and their sizes, before its chapters."""
    blocks = [SourceBlock(text=text, look=Look(size=size), role=role) for text, size in cover]
    blocks += [SourceBlock(text=text, look=Look(size=size)) for text, size in CHAPTERS]
    return build_outline(blocks, kind="pdf").title


@pytest.mark.parametrize(
    ("cover", "title"),
    [
        (
            [("某市综合行政执法信", 26), ("息化平台项目可行性研", 26), ("究报告", 26)],
            "某市综合行政执法信息化平台项目可行性研究报告",
        ),
        # The break falls into the word that tells a title.
        ([("某县智慧水务项目建设方", 26), ("案", 26)], "某县智慧水务项目建设方案"),
        # Who wrote it stands in the same type, above or below.
        (
            [("某县数据局", 26), ("某县一体化政务平台建设", 26), ("项目可行性研究报告", 26)],
            "某县一体化政务平台建设项目可行性研究报告",
        ),
        (
            [("某县一体化政务平台建设方案", 26), ("某县数据局", 26), ("二〇二六年三月", 26)],
            "某县一体化政务平台建设方案",
        ),
        (
            [("附件1：", 26), ("某县智慧交通（一期）工程项目建议书", 26)],
            "某县智慧交通（一期）工程项目建议书",
        ),
        ([("某县医共体信息化项目（初步设计方案）", 26)], "某县医共体信息化项目（初步设计方案）"),
        ([("某县政务信息化项目申报书", 11)], "某县政务信息化项目申报书"),
        (
            [("某县数字档案馆项目", 26), ("可 行 性 研 究 报 告", 36)],
            "某县数字档案馆项目可行性研究报告",
        ),
        # Quotation marks that a PDF gives as a line of their own.
        (
            [("某县 一张图 信息系统项", 26), ("“\t”", 26), ("目建议书", 26)],
            "某县一张图信息系统项目建议书",
        ),
    ],
)
def test_the_title_on_the_cover_is_read_whole(cover: list[tuple[str, float]], title: str) -> None:
    assert read_cover(*cover) == title


def test_lines_in_the_style_of_a_title_are_joined_up_to_the_kind_of_document() -> None:
    cover = [("某县平台项目", 22.0), ("可行性研究报告", 22.0), ("（报批稿）", 22.0)]
    assert read_cover(*cover, role="title") == "某县平台项目可行性研究报告"


def test_a_name_on_a_line_with_a_label_is_not_joined_to_the_title() -> None:
    assert read_cover(("编制单位：某公司", 26), ("某县平台建设方案", 26)) == "某县平台建设方案"


def test_without_a_cover_the_name_of_the_project_in_the_opening_is_the_title() -> None:
    lines = [
        "一、项目概况",
        "项目名称：某县智慧粮库建设项目。建设单位：某县发改委。",
        "二、需求",
        ".",
    ]
    assert outline_of(lines).title == "某县智慧粮库建设项目"


def test_a_blank_to_be_filled_in_is_no_name_of_a_project() -> None:
    lines = ["一、项目概况", "项目名称：XX县XX项目建设。建设单位：某局。", "二、需求", "."]
    assert outline_of(lines).title == ""


@pytest.mark.parametrize(
    "text",
    [
        "# 某县平台项目可行性研究报告\n\n# 前言\n\n甲。\n\n# 需求\n\n乙。\n",
        "# 某县平台项目可行性研究报告\n\n# 一、总论\n\n甲。\n\n# 二、需求\n\n乙。\n",
        "# 某县平台项目可行性研究报告\n\n## 一、总论\n\n甲。\n\n## 二、需求\n\n乙。\n",
    ],
)
def test_the_first_heading_of_markdown_is_the_title_where_it_names_a_report(text: str) -> None:
    outline: Outline = build_outline(read_markdown(text).blocks, kind="markdown")
    assert outline.title == "某县平台项目可行性研究报告"


def test_a_first_chapter_is_no_title() -> None:
    assert outline_of(["#1 总体设计", ".", "#1 安全", "."]).title == ""


@pytest.mark.parametrize(
    "title",
    ["(anonymous)", "Untitled", "s1_zhaomu", "终稿.docx", "Microsoft Word - 终稿", "文档1", ""],
)
def test_what_programs_put_into_the_properties_is_no_title(title: str) -> None:
    assert clean_property_title(title) == ""


def test_a_title_in_the_properties_is_kept_where_the_cover_has_none(tmp_path: Path) -> None:
    assert clean_property_title(" 某县平台可行性研究报告 ") == "某县平台可行性研究报告"
    path = write_pdf(tmp_path / "a.pdf", [Text("第一章 总论", size=18), Text(BODY * 2)])
    assert read_report(path).title == ""
