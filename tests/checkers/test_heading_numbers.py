from __future__ import annotations

import pytest

from checkers.heading_numbers import count_of, parse_number, split_heading
from checkers.print_numerals import print_numeral


@pytest.mark.parametrize(
    ("line", "scheme", "values", "title"),
    [
        ("第一章 总论", "chapter", (1,), "总论"),
        ("第3章项目需求分析7", "chapter", (3,), "项目需求分析7"),  # page number glued on
        ("第一章.总论", "chapter", (1,), "总论"),  # stray full stop
        ("第 十二 章　总论", "chapter", (12,), "总论"),  # blanks inside, ideographic blank
        ("第二节 建设目标", "section", (2,), "建设目标"),
        ("第四部分 建设方案", "part", (4,), "建设方案"),
        ("第一条 目标", "article", (1,), "目标"),  # reports with 章, 节, 条
        ("一、项目概述", "chinese", (1,), "项目概述"),
        ("十 结论", "chinese", (10,), "结论"),
        ("（六）政务信息共享", "chinese_paren", (6,), "政务信息共享"),
        ("(十二) 其他", "chinese_paren", (12,), "其他"),
        ("1、概述", "enumerated", (1,), "概述"),
        ("1．引言", "decimal", (1,), "引言"),  # U+FF0E
        ("4.1.规划", "decimal", (4, 1), "规划"),  # trailing dot
        ("一.1 概述", "decimal", (1, 1), "概述"),  # Chinese counter inside
        ("二.2.2.1 架构", "decimal", (2, 2, 2, 1), "架构"),
        ("3。1.1 框架", "decimal", (3, 1, 1), "框架"),  # ideographic full stop
        ("1.1 标题（注释）", "decimal", (1, 1), "标题（注释）"),
        ("\uff16．\uff12 数据资源", "decimal", (6, 2), "数据资源"),  # full-width digits
        ("6 人工智能应用", "decimal", (6,), "人工智能应用"),  # 6 人 would be a quantity
        ("2.1 年度计划", "decimal", (2, 1), "年度计划"),
        ("1.1AI平台", "decimal", (1, 1), "AI平台"),
        ("3.2 ${应用系统}", "decimal", (3, 2), "${应用系统}"),  # placeholder of a template
        ("（1）方案", "arabic_paren", (1,), "方案"),
        ("2)接口", "half_paren", (2,), "接口"),
        ("③ 数据", "circled", (3,), "数据"),
        ("附件2：清单", "appendix", (2,), "清单"),
        ("1、1概况", "decimal", (1, 1), "概况"),  # 、 for the decimal point
        ("2-1 等级保护", "decimal", (2, 1), "等级保护"),
        ("§3 网络安全", "decimal", (3,), "网络安全"),
        ("1，总论", "decimal", (1,), "总论"),
        ("三）密码应用", "chinese_paren", (3,), "密码应用"),  # the opening bracket is missing
        ("IV. 投资估算", "chinese", (4,), "投资估算"),
        ("Ⅲ、密码应用", "chinese", (3,), "密码应用"),
    ],
)
def test_a_line_is_split_into_number_and_title(
    line: str, scheme: str, values: tuple[int, ...], title: str
) -> None:
    number, rest = split_heading(line)
    assert number is not None
    assert (number.scheme, number.values, rest) == (scheme, values, title)


@pytest.mark.parametrize(
    "line",
    [
        "2023年建设完成",
        "3个系统上线",
        "1.2万元投入",
        "IV期工程",
        "ICT产业现状",
        "3.5 亿元",
        "一是完善制度",
        "附件清单",
        "第一节点建设",
        "2024.5 完成验收",
        "网络安全",
        "",
    ],
)
def test_quantities_dates_and_plain_words_are_no_numbers(line: str) -> None:
    assert split_heading(line) == (None, line)


def test_a_number_glued_to_its_title_is_marked_as_uncertain() -> None:
    number, _ = split_heading("11项目名称6")
    assert number is not None
    assert number.glued


@pytest.mark.parametrize("printed", ["第三章", "3.1", "2.1.", "一、", "（一）", "1.", "1)", "①"])
def test_automatic_numbers_are_understood(printed: str) -> None:
    assert parse_number(printed) is not None


@pytest.mark.parametrize("printed", ["", "I.A", "A.", "§", "Section 1"])
def test_other_marks_are_no_automatic_numbers(printed: str) -> None:
    assert parse_number(printed) is None


@pytest.mark.parametrize(
    ("numeral", "count"),
    [
        ("7", 7),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("二〇", 20),
        ("⑤", 5),
        ("IX", 9),
    ],
)
def test_numerals_are_counted(numeral: str, count: int) -> None:
    assert count_of(numeral) == count


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [
        (12, "decimal", "12"),
        (3, "chineseCounting", "三"),
        (10, "chineseCountingThousand", "十"),
        (21, "chineseCounting", "二十一"),
        (105, "japaneseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),  # in full, as on a cheque
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (3, "decimalEnclosedCircle", "③"),
        (25, "decimalEnclosedCircle", "㉕"),
        (51, "decimalEnclosedCircle", "51"),  # beyond the last circled number
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "\uff11\uff12"),
        (2, "ideographTraditional", "乙"),
        (20, "ideographDigital", "二〇"),
        (5, "none", ""),
        (5, "noSuchFormat", "5"),
        (10**9, "lowerLetter", "1000000000"),  # no letters by the million
    ],
)
def test_counts_are_printed_as_word_prints_them(
    value: int, number_format: str, printed: str
) -> None:
    assert print_numeral(value, number_format) == printed
