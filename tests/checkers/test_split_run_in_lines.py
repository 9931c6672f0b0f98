from __future__ import annotations

from textwrap import dedent

import pytest
from make_blocks import outline_of, tree

TEXT = "本项目旨在建设统一的政务服务平台，实现跨部门数据共享和业务协同，提升服务效率。"


@pytest.mark.parametrize("stop", ["：", "。", " ", "　"])
def test_a_section_on_one_line_with_its_text_is_a_heading(stop: str) -> None:
    outline = outline_of(
        [
            "第一章 总论",
            f"1.1 建设目标{stop}{TEXT}",
            f"1.2 建设依据{stop}{TEXT}",
            "第二章 安全",
            ".",
        ]
    )
    assert tree(outline) == dedent(
        """\
        第一章 总论
          1.1 建设目标
          1.2 建设依据
        第二章 安全"""
    )
    assert [block.text for block in outline.sections[0].children[0].body] == [TEXT]


@pytest.mark.parametrize("stop", ["：", "。"])
def test_chapters_on_one_line_with_their_text_are_headings_where_nothing_else_is(stop: str) -> None:
    titles = ["一、总论", "二、网络安全", "三、密码应用"]
    assert tree(outline_of([f"{title}{stop}{TEXT}" for title in titles])) == "\n".join(titles)


def test_a_list_of_principles_below_a_heading_is_no_chapter() -> None:
    lines = ["第一章 总论", f"一、统筹规划。{TEXT}", f"二、分步实施。{TEXT}", "第二章 安全", "."]
    assert tree(outline_of(lines)) == "第一章 总论\n第二章 安全"


def test_a_sentence_that_begins_with_a_quantity_is_not_split() -> None:
    lines = ["1 总论", "1.1 概况", ".", f"1.2万件办件 {TEXT}", "2 安全", "2.1 等保", "."]
    assert "1.2" not in tree(outline_of(lines))
