"""The workbook and the table of a batch."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree

from checkers.check_report import check_outline
from checkers.finding import CheckFault, CheckResult, RuleFinding
from checkers.load_rules import Rules
from checkers.outline_notation import parse_outline
from checkers.render_summary import render_summary
from checkers.write_workbook import FILLS, LONGEST_CELL, write_workbook
from corpus.library import Library

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REPORT = """
@title 某县水务平台可行性研究报告
# 第一章 项目概述
管网三百公里。
# 第二章 系统安全
二级系统，部署防火墙、日志审计、堡垒机，每年测评一次。
# 第三章 信息资源共享分析
待补充
"""


@pytest.fixture
def result(library: Library, rules: Rules) -> CheckResult:
    outline = parse_outline(REPORT)
    found = check_outline(
        outline, profile="xichuan", library=library, rules=rules, file="甲/=1+1.docx"
    )
    rule = RuleFinding(
        rule="sum", name="预算合计", severity="error", message="差5万元。", remedy="核对。",
        evidence="合计95万元",
    )  # fmt: skip
    return replace(found, findings=(rule, replace(rule, name="进度", severity="note")))


@pytest.fixture
def unreadable() -> CheckResult:
    fault = CheckFault(code="damaged", message="文件已损坏，请重新保存。")
    return CheckResult(
        file="坏.docx", kind="unknown", profile="xichuan", profile_name="淅川县", error=fault
    )


class Workbook:
    """Just enough of a reader to see what is in the cells."""

    def __init__(self, content: bytes) -> None:
        self.package = zipfile.ZipFile(BytesIO(content))
        strings = self.read("xl/sharedStrings.xml")
        self.strings = ["".join(map(str, entry.itertext())) for entry in strings.iter(f"{MAIN}si")]
        self.styles = self.read("xl/styles.xml")

    def read(self, name: str) -> etree._Element:
        return etree.fromstring(self.package.read(name))

    def sheet_names(self) -> list[str]:
        sheets = self.read("xl/workbook.xml").iter(f"{MAIN}sheet")
        return [str(sheet.get("name")) for sheet in sheets]

    def rows(self, number: int) -> list[list[str]]:
        return [[self.value(cell) for cell in row] for row in self._rows(number)]

    def value(self, cell: etree._Element) -> str:
        text = cell.findtext(f"{MAIN}v") or ""
        assert cell.find(f"{MAIN}f") is None, "no cell may be a formula"
        return self.strings[int(text)] if cell.get("t") == "s" else text

    def fill(self, number: int, row: int, column: int) -> str:
        cell = self._rows(number)[row][column]
        formats = self.styles.find(f"{MAIN}cellXfs")
        fills = self.styles.find(f"{MAIN}fills")
        assert formats is not None
        assert fills is not None
        chosen = fills[int(formats[int(cell.get("s") or 0)].get("fillId") or 0)]
        colour = next(chosen.iter(f"{MAIN}fgColor"))
        return f"#{str(colour.get('rgb'))[2:]}"

    def _rows(self, number: int) -> Sequence[etree._Element]:
        return list(self.read(f"xl/worksheets/sheet{number}.xml").iter(f"{MAIN}row"))


def test_the_first_sheet_has_a_row_a_file_in_their_order(
    result: CheckResult, unreadable: CheckResult
) -> None:
    book = Workbook(write_workbook((unreadable, result)))
    assert book.sheet_names() == ["汇总", "全部结论", "整改清单"]
    header, first, second = book.rows(1)
    assert header[:5] == ["序号", "文件", "题名", "检查口径", "结论"]
    assert (first[1], first[4], first[5]) == ("坏.docx", "未读成", "")
    assert second[4:9] == ["需整改", "有题无文", "已单列成章", "缺少", "缺少"]
    assert second[9:12] == ["1", "0", "1"]


def test_verdicts_have_the_colours_of_the_other_outputs(result: CheckResult) -> None:
    book = Workbook(write_workbook((result,)))
    colours = [book.fill(1, 1, column) for column in (5, 6, 7)]
    assert colours == [FILLS["empty"][0], FILLS["present"][0], FILLS["missing"][0]]


def test_the_second_sheet_has_every_finding_with_its_article(
    result: CheckResult, unreadable: CheckResult
) -> None:
    rows = Workbook(write_workbook((result, unreadable))).rows(2)[1:]
    assert [row[2] for row in rows] == [
        "信息资源共享（开放）", "网络安全", "密码应用", "人工智能应用", "预算合计", "进度",
        "读取文件",
    ]  # fmt: skip
    assert "第二十六条“" in rows[0][8]
    assert "合计95万元" in rows[4][6]
    assert "文件已损坏" in rows[6][6]


def test_the_third_sheet_lists_what_is_to_be_done(result: CheckResult) -> None:
    rows = Workbook(write_workbook((result,))).rows(3)[1:]
    assert [tuple(row[:5:2]) + tuple(row[3:4]) for row in rows] == [
        ("□", "必须整改", "有题无文", "信息资源共享（开放）"),
        ("□", "必须整改", "不符合", "预算合计"),
        ("□", "建议整改", "缺少", "密码应用"),
        ("□", "建议整改", "缺少", "人工智能应用"),  # a note is nothing to be done
    ]
    assert rows[2][5] == "建议放在“第三章 信息资源共享分析”之后"
    assert "请换成正文" in rows[0][7]


def test_what_is_no_report_has_no_chapters_to_be_written(library: Library, rules: Rules) -> None:
    minutes = check_outline(
        parse_outline("@title 会议纪要\n# 一、议题\n听取汇报。\n# 二、决定\n抓紧办理。"),
        profile="xichuan", library=library, rules=rules, file="纪要.docx",
    )  # fmt: skip
    workbook = Workbook(write_workbook((minutes,)))
    assert workbook.rows(1)[1][4] == "疑非可研"
    (row,) = workbook.rows(3)[1:]
    assert row[2:5] == ["需人工复核", "文种", "疑非可研"]
    assert "共1份：0份符合，0份需整改，1份疑非可研，0份未读成。" in render_summary((minutes,))


def test_a_report_in_an_archive_is_named_by_its_path_inside(result: CheckResult) -> None:
    inside = replace(result, file="上传/一批.zip/甲乡/可研.docx")
    assert Workbook(write_workbook((inside,))).rows(3)[1][1] == "一批.zip/甲乡/可研.docx"


def test_a_report_with_all_chapters_that_goes_against_an_article_is_to_be_mended(
    result: CheckResult,
) -> None:
    topics = tuple(replace(part, verdict="present") for part in result.topics)
    findings = tuple(replace(part, severity="error") for part in result.findings)
    assert findings
    against = replace(result, topics=topics, findings=findings)
    rows = Workbook(write_workbook((against, replace(against, findings=())))).rows(1)
    assert [row[4] for row in rows[1:3]] == ["需整改", "符合"]


def test_a_report_that_could_not_be_read_far_enough_is_not_called_faulty(
    result: CheckResult,
) -> None:
    topics = tuple(replace(part, verdict="unreadable") for part in result.topics)
    row = Workbook(write_workbook((replace(result, topics=topics),))).rows(1)[1]
    assert row[4] == "待判断"
    assert "有4项无法判断" in row[-1]
    assert "整改" not in row[-1]


def test_text_that_looks_like_a_formula_or_is_too_long_stays_text(result: CheckResult) -> None:
    wild = replace(result, title="=HYPERLINK(1)", file="http://a\x02" + "长" * 40_000)
    row = Workbook(write_workbook((wild,))).rows(1)[1]
    assert row[2] == "=HYPERLINK(1)"
    assert len(row[1]) <= LONGEST_CELL + 10


def test_a_batch_of_nothing_readable_is_a_workbook_all_the_same(unreadable: CheckResult) -> None:
    assert len(Workbook(write_workbook((unreadable,))).rows(3)) == 1


def test_the_table_counts_the_files_and_says_why_one_was_not_read(
    result: CheckResult, unreadable: CheckResult
) -> None:
    table = render_summary((result, unreadable))
    assert "共2份：0份符合，1份需整改，1份未读成。" in table
    assert "坏.docx：文件已损坏，请重新保存。" in table


def test_the_columns_of_the_table_line_up(result: CheckResult) -> None:
    long = replace(result, file="很长的文件夹/" * 9 + "末尾.docx")
    head, _, first, second = render_summary((result, long)).splitlines()[:4]

    def measure(text: str) -> int:
        return sum(2 if ord(char) > 0x2E80 else 1 for char in text)

    starts = {
        measure(line[: line.index(word)]) for line, word in ((first, "需整"), (second, "需整"))
    }
    assert starts == {measure(head[: head.index("结论")])}
    assert second.startswith("…")
    assert "末尾.docx" in second
