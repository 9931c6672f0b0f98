from __future__ import annotations

from pathlib import Path

import pytest
from make_docx import p, styled, table, write_docx

from checkers.match_form_words import is_attribute, is_column_head, is_placeholder
from checkers.outline import Outline
from checkers.read_report import read_report

LONG = "平台按分级授权向各单位提供接口，日志留存不少于六个月，每年组织一次检查与演练。" * 3
SHORT = "部署边界防火墙并定级备案。"
TITLES = ("建设内容", "网络安全", "密码应用", "数据共享")
HEADINGS = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'


def read(tmp_path: Path, body: str, styles: str = "") -> Outline:
    return read_report(write_docx(tmp_path / "a.docx", body, styles=styles))


def titles(outline: Outline) -> list[str]:
    return [section.heading for section in outline.walk()]


def number(form: str) -> list[str]:
    counts = "一二三四" if form.startswith("{cn}") or "第" in form else "1234"
    return [form.format(cn=n, n=n) + title for n, title in zip(counts, TITLES, strict=True)]


@pytest.mark.parametrize("form", ["{cn}、", "{n} ", "{n}、", "{n}. ", "{n}", "第{cn}章 "])
@pytest.mark.parametrize("texts", [(LONG, LONG, SHORT, SHORT), (SHORT,) * 4])
def test_numbered_titles_beside_short_texts_are_chapters(
    tmp_path: Path, form: str, texts: tuple[str, ...]
) -> None:
    numbered = number(form)
    outline = read(tmp_path, table(*zip(numbered, texts, strict=True)))
    assert [title.replace(" ", "") for title in titles(outline)] == [
        title.replace(" ", "") for title in numbered
    ]


def test_numbers_beside_the_chapters_of_a_form_stand_below_them(tmp_path: Path) -> None:
    inside = p("1、防护") + p(LONG) + p("2、审计") + p(LONG)
    outline = read(tmp_path, table(*((title, inside) for title in number("{cn}、"))))
    assert [section.heading for section in outline.sections] == number("{cn}、")


@pytest.mark.parametrize("text", ["待补充", "略", "", "部署防火墙和日志审计设备"])
def test_numbered_titles_are_chapters_though_most_texts_are_missing(
    tmp_path: Path, text: str
) -> None:
    numbered = number("{cn}、")
    rows = zip(numbered, (LONG, text, text, text), strict=True)
    outline = read(tmp_path, table(("项目名称", "某县政务服务平台"), *rows))
    assert titles(outline) == numbered


@pytest.mark.parametrize(
    "rows",
    [
        [("一、软件", "320万元"), ("二、硬件", "50万元"), ("三、其他费用", "20万元")],
        [("1、服务器", "20台"), ("2、交换机", "4台"), ("3、防火墙", "2台")],
        [("模块名称", "功能说明"), *zip(number("{n}、"), [SHORT] * 4, strict=True)],
        [("1", SHORT), ("2", SHORT), ("3", SHORT)],
        [("1月", "完成招标。"), ("2月", "完成开发。"), ("3月", "完成试运行。")],
        [(f"{n}、模块", SHORT, "平台科") for n in (1, 2, 3)],
        [("1、响应时间", SHORT), ("3、并发数量", SHORT), ("7、可用程度", SHORT)],
    ],
)
def test_a_table_of_data_makes_no_chapters(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    outline = read(tmp_path, table(*rows))
    assert titles(outline) == []
    assert [block.rows for block in outline.preamble] == [tuple(rows)]


def test_numbered_measures_in_a_report_with_chapters_stay_a_table(tmp_path: Path) -> None:
    measures = table(*zip(number("{n}、"), [SHORT] * 4, strict=True))
    body = styled("总论", "1") + p(LONG) * 3 + styled("网络安全", "1") + p(LONG) + measures
    outline = read(tmp_path, body, HEADINGS)
    assert titles(outline) == ["总论", "网络安全"]
    assert outline.sections[1].body[-1].is_table


@pytest.mark.parametrize("missing", ["待补充", "待补充。", "暂无", "略", "（待完善）", "—", ""])
def test_a_title_beside_a_placeholder_is_a_chapter_of_its_form(
    tmp_path: Path, missing: str
) -> None:
    rows = [("建设内容", LONG), ("网络安全", missing), ("密码应用", LONG), ("数据共享", LONG)]
    assert titles(read(tmp_path, table(*rows))) == list(TITLES)


def test_the_placeholder_is_the_text_of_its_chapter(tmp_path: Path) -> None:
    rows = [("建设内容", LONG), ("网络安全", "待补充"), ("密码应用", LONG)]
    section = read(tmp_path, table(*rows)).sections[1]
    assert [block.text for block in section.body] == ["待补充"]


@pytest.mark.parametrize(
    "entry",
    ["项目名称", "建设单位", "联 系 人", "申报日期", "总投资（万元）", "资金来源", "网络安全："],
)
def test_an_entry_beside_a_placeholder_is_no_chapter(tmp_path: Path, entry: str) -> None:
    rows = [(entry, "待定"), ("建设内容", LONG), ("网络安全", LONG), ("密码应用", LONG)]
    assert entry not in titles(read(tmp_path, table(*rows)))


def test_a_short_value_beside_a_title_is_no_chapter(tmp_path: Path) -> None:
    rows = [("等保", "三级"), ("建设内容", LONG), ("网络安全", LONG), ("密码应用", LONG)]
    assert titles(read(tmp_path, table(*rows))) == ["建设内容", "网络安全", "密码应用"]


def test_two_written_rows_and_placeholders_make_a_form(tmp_path: Path) -> None:
    rows = [("建设内容", LONG), ("网络安全", "待补充"), ("密码应用", LONG), ("数据共享", "略")]
    assert titles(read(tmp_path, table(*rows))) == list(TITLES)


@pytest.mark.parametrize("text", ["三级", "见证取样", "无锡市数据局", "空中巡查", "由县数据局建设"])
def test_a_value_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("title", ["网络安全", "密码应用方案", "信息资源共享分析", "项目概况"])
def test_a_title_is_no_attribute(title: str) -> None:
    assert not is_attribute(title)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("名称", "金额（万元）", True),
        ("评审意见", "采纳情况", True),
        ("章节", "内容", False),
        ("项目名称", "某县政务服务平台", False),
    ],
)
def test_columns_are_told_by_both_their_names(left: str, right: str, expected: bool) -> None:
    assert is_column_head(left, right) is expected
