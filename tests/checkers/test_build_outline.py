from __future__ import annotations

from textwrap import dedent

import pytest
from make_blocks import outline_of, tree

from checkers.print_outline import format_outline

# Left: the lines of a report ("." is a paragraph of text; see make_blocks). Right: its tree.
CASES = {
    "plain short lines above text, where nothing else shows the headings": (
        """
        项目概述
        .
        需求分析
        .
        网络安全
        .
        投资估算
        .
        """,
        """
        项目概述
        需求分析
        网络安全
        投资估算
        """,
    ),
    "a rare form of number in plain type": (
        """
        A. 项目概述
        .
        B. 需求分析
        .
        C. 网络安全
        .
        D. 投资估算
        .
        """,
        """
        A. 项目概述
        B. 需求分析
        C. 网络安全
        D. 投资估算
        """,
    ),
    "numbers glued to plain titles": (
        """
        1项目概述
        .
        2需求分析
        .
        3网络安全
        .
        4投资估算
        .
        """,
        """
        1 项目概述
        2 需求分析
        3 网络安全
        4 投资估算
        """,
    ),
    "a few short lines above text are labels": (
        """
        各位专家
        .
        特此说明
        .
        """,
        "",
    ),
    "labels above text are no headings beside real ones": (
        """
        第一章 总论
        建设目标如下
        .
        第二章 需求
        业务特点
        .
        用户范围
        .
        部署方式
        .
        """,
        """
        第一章 总论
        第二章 需求
        """,
    ),
    "chapters in square brackets": (
        """
        【第一章】项目概述
        .
        【第二章】网络安全
        .
        """,
        """
        第一章 项目概述
        第二章 网络安全
        """,
    ),
    "chapters 一、 with （一） and 1. below": (
        """
        一、项目概述
        .
        （一）建设目标
        .
        1. 总体目标
        .
        2. 分期目标
        .
        （二）建设内容
        .
        二、网络安全
        .
        """,
        """
        一、项目概述
          （一）建设目标
            1. 总体目标
            2. 分期目标
          （二）建设内容
        二、网络安全
        """,
    ),
    "第X章, 第X节, 第X条 as three levels": (
        """
        第一章 总论
        第一节 概况
        第一条 项目名称
        .
        第二条 建设单位
        .
        第二章 需求
        第一节 现状
        .
        """,
        """
        第一章 总论
          第一节 概况
            第一条 项目名称
            第二条 建设单位
        第二章 需求
          第一节 现状
        """,
    ),
    "decimal numbers with a list of the same form inside": (
        """
        1 总论
        1.1 概况
        .
        1. 统一标准
        2. 统一平台
        3. 统一数据
        .
        1.2 依据
        .
        2 人工智能应用
        2.1 场景
        .
        3 结论
        .
        """,
        """
        1 总论
          1.1 概况
          1.2 依据
        2 人工智能应用
          2.1 场景
        3 结论
        """,
    ),
    "a Chinese counter inside decimal numbers": (
        """
        一、总论
        一.1 概况
        .
        一.2 依据
        .
        二、安全
        二.1 等保
        .
        """,
        """
        一、总论
          一.1 概况
          一.2 依据
        二、安全
          二.1 等保
        """,
    ),
    "an ideographic full stop for the decimal point": (
        """
        3 方案
        3。1 架构
        .
        3。1.1 网络
        .
        """,
        """
        3 方案
          3。1 架构
            3。1.1 网络
        """,
    ),
    "stray full stops behind numbers": (
        """
        第一章.总论
        .
        4.1.规划
        .
        第二章.方案
        .
        """,
        """
        第一章 总论
          4.1 规划
        第二章 方案
        """,
    ),
    "1. restarts in every chapter, with 1.1 below": (
        """
        第一章 总论
        1. 概况
        .
        1.1 名称
        .
        2. 依据
        .
        第二章 方案
        1. 架构
        .
        1.1 网络
        .
        """,
        """
        第一章 总论
          1. 概况
            1.1 名称
          2. 依据
        第二章 方案
          1. 架构
            1.1 网络
        """,
    ),
    "sections that keep the number of the chapter they were copied from": (
        """
        第一章 总论
        1.1 概况
        .
        第二章 方案
        1.1 架构
        .
        1.2 网络
        .
        """,
        """
        第一章 总论
          1.1 概况
        第二章 方案
          1.1 架构
          1.2 网络
        """,
    ),
    "styles for some headings, typed numbers for others": (
        """
        #1 第一章 总论
        .
        第二章 网络安全
        2.1 等级保护
        .
        #1 第三章 投资
        #2 3.1 估算
        .
        """,
        """
        第一章 总论
        第二章 网络安全
          2.1 等级保护
        第三章 投资
          3.1 估算
        """,
    ),
    "every heading in the style of the first level": (
        """
        #1 1 总论
        #1 1.1 概况
        .
        #1 1.2 依据
        .
        #1 2 安全
        #1 2.1 等保
        .
        """,
        """
        1 总论
          1.1 概况
          1.2 依据
        2 安全
          2.1 等保
        """,
    ),
    "a deep heading that counts like the chapters": (
        """
        #1 1 总论
        .
        #1 2 方案
        #2 架构
        #4 1 前端
        .
        #4 2 后端
        .
        #1 3 安全
        .
        """,
        """
        1 总论
        2 方案
          架构
              1 前端
              2 后端
        3 安全
        """,
    ),
    "the report's own title in the style of the chapters": (
        """
        #1 某县政务平台项目可行性研究报告
        #1 一、总论
        .
        #1 二、安全
        .
        """,
        """
        一、总论
        二、安全
        """,
    ),
    "headings without numbers, told by their look": (
        """
        !总论
        *概况
        .
        *依据
        .
        !网络安全
        .
        """,
        """
        总论
          概况
          依据
        网络安全
        """,
    ),
    "a heading that lost its number among numbered ones": (
        """
        !一、总论
        .
        !网络安全
        .
        !三、投资
        .
        """,
        """
        一、总论
        网络安全
        三、投资
        """,
    ),
    "a chapter on two lines": (
        """
        第一章
        总论
        .
        第二章
        网络安全
        .
        """,
        """
        第一章 总论
        第二章 网络安全
        """,
    ),
    "a chapter without any text between two others": (
        """
        一、总论
        .
        二、网络安全
        三、密码应用
        .
        四、投资
        .
        """,
        """
        一、总论
        二、网络安全
        三、密码应用
        四、投资
        """,
    ),
    "a skeleton of nothing but headings": (
        """
        一、总论
        二、网络安全
        三、密码应用
        """,
        """
        一、总论
        二、网络安全
        三、密码应用
        """,
    ),
    "list items, captions, sentences and lead-ins": (
        """
        一、总论
        .
        （一）完善制度
        （二）加强培训
        （三）落实经费
        .
        图3-1 总体架构
        表 2 数据资源清单
        建设内容如下：
        1. 建设平台；
        2. 治理数据。
        第三章所述内容适用于本期
        2023年建成并投入运行
        二、方案
        .
        """,
        """
        一、总论
        二、方案
        """,
    ),
    "a label with a colon, and an annotation in brackets": (
        """
        一、建设目标：
        .
        二、安全（含密码应用）
        .
        """,
        """
        一、建设目标
        二、安全（含密码应用）
        """,
    ),
    "placeholders of a template in headings": (
        """
        1 总论
        1.1 ${应用系统}
        .
        1.2 XXX系统
        .
        """,
        """
        1 总论
          1.1 ${应用系统}
          1.2 XXX系统
        """,
    ),
    "chapters without numbers above sections with numbers": (
        """
        !总论
        1.1 概况
        .
        1.2 依据
        .
        !网络安全
        2.1 等保
        .
        """,
        """
        总论
          1.1 概况
          1.2 依据
        网络安全
          2.1 等保
        """,
    ),
    "annexes behind the last chapter": (
        """
        一、总论
        .
        二、投资
        .
        附件1：信息资源目录
        |名称|值
        附件2：报价单
        .
        """,
        """
        一、总论
        二、投资
        附件1 信息资源目录
        附件2 报价单
        """,
    ),
    "an appended document that counts its chapters anew": (
        """
        第一章 总论
        .
        第二章 投资
        .
        附件1 密码应用方案
        第一章 背景
        .
        第二章 密码应用需求
        .
        """,
        """
        第一章 总论
        第二章 投资
        附件1 密码应用方案
          第一章 背景
          第二章 密码应用需求
        """,
    ),
    "、 for the decimal point": (
        """
        1、总论
        1、1概况
        .
        1、2依据
        .
        2、安全
        2、1等保
        .
        """,
        """
        1、总论
          1、1 概况
          1、2 依据
        2、安全
          2、1 等保
        """,
    ),
    "Roman counts above decimal numbers": (
        """
        I. 总论
        1.1 概况
        .
        II. 网络安全
        2.1 等保
        .
        """,
        """
        I. 总论
          1.1 概况
        II. 网络安全
          2.1 等保
        """,
    ),
    "a level left out": (
        """
        第一章 总论
        1.1.1 概况
        .
        第二章 安全
        2.1.1 等保
        .
        """,
        """
        第一章 总论
          1.1.1 概况
        第二章 安全
          2.1.1 等保
        """,
    ),
    "chapters without numbers right above sections set alike": (
        """
        *总论
        *概况
        .
        *网络安全
        *等保
        .
        """,
        """
        总论
        概况
        网络安全
        等保
        """,
    ),
    "page debris on a line of its own": (
        """
        一、总论
        .
        2、
        二、安全
        .
        """,
        """
        一、总论
        二、安全
        """,
    ),
    "a lone mention of a chapter that looks like the text": (
        """
        一、总论
        .
        二、方案
        .
        第三章 密码应用部分见另册
        三、投资
        .
        四、效益
        .
        """,
        """
        一、总论
        二、方案
        三、投资
        四、效益
        """,
    ),
    "a table between headings": (
        """
        一、总论
        |一、合计|12
        二、投资
        |序号|金额
        """,
        """
        一、总论
        二、投资
        """,
    ),
    "plain text without structure": (
        """
        .
        .
        """,
        "",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_headings_and_levels_are_found(case: str) -> None:
    lines, expected = CASES[case]
    assert tree(outline_of(lines)) == dedent(expected).strip()


def test_no_text_is_lost_and_none_is_moved() -> None:
    lines = ["封面", "一、总论", "甲。", "（一）目标", "乙。", "二、安全", "丙。"]
    outline = outline_of(lines)
    read = [block.text for block in outline.preamble]
    for section in outline.walk():
        read += [section.heading, *(block.text for block in section.body)]
    assert read == lines


def test_the_title_is_taken_from_the_cover_over_two_lines() -> None:
    lines = ["!某县一体化平台项目", "!可行性研究报告", "建设单位：某县数据局", "一、总论", "."]
    assert outline_of(lines).title == "某县一体化平台项目可行性研究报告"


def test_the_title_is_taken_from_a_heading_that_wraps_the_whole_report() -> None:
    outline = outline_of(["#1 某县平台项目可行性研究报告", "#2 总论", ".", "#2 安全", "."])
    assert outline.title == "某县平台项目可行性研究报告"


def test_the_outline_is_printed_as_a_tree() -> None:
    outline = outline_of(["!某县平台可行性研究报告", "一、总论", "（一）目标", "甲。", "|名称|值"])
    assert format_outline(outline).splitlines() == [
        "【docx】某县平台可行性研究报告",
        "正文前1段，目录0行",
        "[1] 一、总论（第2段，0字）",
        "  [2] （一）目标（第3段，6字，1表）",
    ]
