from __future__ import annotations

import pytest
from make_blocks import outline_of

BODY = ["一、项目概述", ".", "二、网络安全", ".", "四、投资估算", "."]
TITLES = ["一、项目概述", "二、网络安全", "三、密码应用", "四、投资估算"]


@pytest.mark.parametrize(
    "leader",
    [
        "..........",
        "……",
        "\t",
        ". .",  # broken leaders
        "--------",
        "",  # the page number glued on
        " ",
        "．．．．",
        "·········",
    ],
)
@pytest.mark.parametrize("title", [["目  录"], ["目录"], []])
def test_lines_with_page_numbers_are_contents(leader: str, title: list[str]) -> None:
    contents = [f"{line}{leader}{page}" for page, line in enumerate(TITLES, start=1)]
    outline = outline_of([*title, *contents, *BODY])
    assert [section.title for section in outline.sections] == ["项目概述", "网络安全", "投资估算"]
    assert [line for line in outline.contents_lines if "录" not in line] == TITLES


@pytest.mark.parametrize("title", [["目录"], ["!目  录"], ["#1 目录"], ["目次"]])
def test_lines_without_page_numbers_below_the_title_are_contents(title: list[str]) -> None:
    outline = outline_of([*title, *TITLES, *BODY])
    assert [section.title for section in outline.sections] == ["项目概述", "网络安全", "投资估算"]


def test_contents_lines_in_a_heading_style_are_contents() -> None:
    contents = [f"#1 {line}...........{page}" for page, line in enumerate(TITLES, start=1)]
    outline = outline_of(["目录", *contents, *(f"#1 {t}" if t != "." else t for t in BODY)])
    assert [section.title for section in outline.sections] == ["项目概述", "网络安全", "投资估算"]


def test_contents_with_lost_dots_are_contents() -> None:
    contents = ["1项目概述1", "11项目名称1", "12建设单位2", "2密码应用3", "21密评4"]
    outline = outline_of(
        ["目录", *contents, "1 项目概述", "1.1 项目名称", ".", "1.2 建设单位", ".", "2 投资", "."]
    )
    assert [section.title for section in outline.walk()] == [
        "项目概述",
        "项目名称",
        "建设单位",
        "投资",
    ]


def test_contents_of_figures_and_tables_are_contents() -> None:
    lines = ["表目录", "表1 数据清单....3", "表2 投资表....5", "图目录", "图1 架构....4"]
    outline = outline_of([*lines, *BODY])
    assert len(outline.contents_lines) == 5
    assert len(outline.sections) == 3


def test_a_chapter_on_the_catalogue_is_no_contents_title() -> None:
    outline = outline_of(["一、总论", ".", "二、信息资源目录", ".", "三、安全", "."])
    assert [section.title for section in outline.sections] == ["总论", "信息资源目录", "安全"]
    assert outline.contents_lines == ()


def test_the_first_heading_below_the_contents_is_not_swallowed() -> None:
    outline = outline_of(["目录", "一、总论", "二、安全", "总论说明", ".", *BODY])
    assert [section.title for section in outline.sections][-3:] == [
        "项目概述",
        "网络安全",
        "投资估算",
    ]


def test_sections_of_one_name_below_several_chapters_do_not_end_the_contents() -> None:
    titles = [
        "一、总论",
        "（一）概况",
        "（二）小结",
        "二、安全",
        "（一）等保",
        "（二）小结",
        "三、投资",
    ]
    body = ["一、总论", "（一）概况", ".", "（二）小结", ".", "二、安全", "（一）等保", "."]
    outline = outline_of(["目录", *titles, *body])
    assert [section.heading for section in outline.walk()] == [t for t in body if t != "."]
    assert len(outline.contents_lines) == len(titles) + 1


def test_contents_of_the_volumes_and_of_the_report_are_contents() -> None:
    volumes = ["总目录", "第一册 可行性研究报告", "第二册 附件"]
    outline = outline_of([*volumes, "目录", *TITLES, *BODY])
    assert [section.title for section in outline.sections] == ["项目概述", "网络安全", "投资估算"]
