from __future__ import annotations

from make_blocks import outline_of, tree


def test_numbers_without_their_dots_are_read_by_their_place() -> None:
    lines = [
        "1项目概述", ".", "11项目名称", ".", "12建设单位", ".",
        "2需求分析", "21现状", ".", "22需求", ".", "3网络安全", ".",
    ]  # fmt: skip
    assert tree(outline_of(lines)).splitlines() == [
        "1 项目概述", "  1.1 项目名称", "  1.2 建设单位",
        "2 需求分析", "  2.1 现状", "  2.2 需求", "3 网络安全",
    ]  # fmt: skip


def test_the_eleventh_chapter_stays_the_eleventh() -> None:
    lines = [part for count in range(1, 14) for part in (f"{count} 部分{'甲' * count}", ".")]
    assert [section.number for section in outline_of(lines).sections][-3:] == ["11", "12", "13"]


def test_where_some_numbers_have_dots_none_was_lost() -> None:
    lines = ["1 总论", "1.1 概况", ".", "11 家单位参加", ".", "12 家单位答复", ".", "2 安全", "."]
    assert [section.number for section in outline_of(lines).walk()] == ["1", "1.1", "2"]
