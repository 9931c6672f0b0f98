"""Headings are told from references; every row is one source and the numbers that head it."""

from __future__ import annotations

import pytest

from corpus.find_headings import find_headings

ROWS = [
    # lines with a space, with a wide space, with none
    ("第一条 甲。\n第二条\u3000乙。\n第三条丙。", [1, 2, 3]),
    # a reference that begins a line, in the order of a list
    ("第一条 甲。\n第二条 违反\n第三条规定的，乙。\n第三条 丙。", [1, 2, 3]),
    # the word of reference is broken by the line end
    ("第一条 甲。\n第二条 依照\n第三条所\n列情形，乙。\n第三条 丙。", [1, 2, 3]),
    # references after a full stop
    ("第一条 甲。第二条规定的除外。\n第二条 乙。第一条所称项目，丙。", [1, 2]),
    # references to other regulations, to 款, to 项, to ranges
    (
        "第一条 根据《某法》第二条、第三条，甲。\n第二条 本办法第三条第二款和第一条第（一）项。",
        [1, 2],
    ),
    ("第一条 甲。\n第二条 第三条至第五条的要求，乙。\n第三条 丙。", [1, 2, 3]),
    # everything on one line, the title in front
    ("某办法第一条为甲。第二条乙,按第三条规定办。第三条丙。", [1, 2, 3]),
    ("某办法第一章总则第一条为甲。第二章附则第二条乙。", [1, 2]),
    # spaces inside the number
    ("第 一 条 甲。\n第二  条乙。\n第\u00a0三\u00a0条 丙。", [1, 2, 3]),
    # Arabic numbers, wide digits
    ("第1条 甲。\n第2条 乙。", [1, 2]),
    ("第\uff11条 甲。\n第\uff12条 乙。", [1, 2]),
    # the number alone on its line; a colon behind it
    ("第一条\n甲。\n第二条\n乙。", [1, 2]),
    ("第一条：甲。\n第二条: 乙。", [1, 2]),
    # no full stop at the end of an article
    ("第一条 甲\n第二条 乙", [1, 2]),
    # a title that names a kind of regulation right before 第一条
    ("某市项目管理办法\n第一条 甲。\n第二条 乙。", [1, 2]),
]


@pytest.mark.parametrize(("text", "numbers"), ROWS)
def test_headings_are_told_from_references(text: str, numbers: list[int]) -> None:
    found = find_headings(text)
    assert [heading.number for heading in found.articles] == numbers
    assert found.left_over == ()


def test_inserted_articles_bear_their_suffix() -> None:
    found = find_headings("第一条 甲。\n第一条之一 乙。\n第一条之二 丙。\n第二条 丁。")
    assert [(h.number, h.suffix) for h in found.articles] == [(1, 0), (1, 1), (1, 2), (2, 0)]


def test_a_word_that_begins_with_one_of_is_no_suffix() -> None:
    found = find_headings("第一条 甲。\n第二条 本办法第一条之一般规定，乙。")
    assert [(h.number, h.suffix) for h in found.articles] == [(1, 0), (2, 0)]


@pytest.mark.parametrize(
    ("text", "chapters"),
    [
        ("第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。", [1, 2]),
        # the contents come first
        (
            "目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。",
            [1, 2],
        ),
        # a reference to a chapter
        ("第一章 总则\n第一条 依照第二章的规定。\n第二章 附则\n第二条 本章和第一章适用。", [1, 2]),
        # an empty title; a title on the next line
        ("第一章\n\n第一条 甲。\n第二章\n附则\n第二条 乙。", [1, 2]),
        # chapters of an annex
        ("第一条 甲。\n第二条 自发布之日起施行。\n附件\n第一章 总则", []),
    ],
)
def test_chapters_are_told_from_contents_and_references(text: str, chapters: list[int]) -> None:
    assert [heading.number for heading in find_headings(text).chapters] == chapters


def test_cut_headings_take_the_next_numbers_only_where_the_manifest_says_so() -> None:
    text = "".join(f"第{n}条 甲。\n" for n in range(1, 21))
    text += "第二十 乙。\n第二十\u00a0丙。\n第二十三条 丁。"
    with_repair = find_headings(text, cut_headings=True)
    assert [h.number for h in with_repair.articles][-4:] == [20, 21, 22, 23]
    assert [h.number_source for h in with_repair.articles][-3:-1] == ["repaired", "repaired"]
    assert [h.number for h in find_headings(text).articles][-2:] == [20, 23]


def test_a_lost_head_is_marked_by_its_first_words() -> None:
    found = find_headings("第一条 甲。\n乙开头的话。\n第三条 丙。", marked=[(2, "乙开头")])
    assert [(h.number, h.number_source) for h in found.articles] == [
        (1, "as_printed"),
        (2, "inferred"),
        (3, "as_printed"),
    ]


@pytest.mark.parametrize("words", ["没有的话", "条"])
def test_words_that_mark_no_place_or_several_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="应当恰好一次"):
        find_headings("第一条 甲。\n第二条 乙。", marked=[(2, words)])


def test_a_doubled_heading_is_left_over() -> None:
    found = find_headings("第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条 丁。")
    numbers = [h.number for h in found.articles]
    assert numbers != [1, 2, 3] or [h.number for h in found.left_over] == [2]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        (
            "第一章 总则\n第一节 范围\n第一条 甲。\n第二节 原则\n第二条 乙。",
            ["第一节 范围", "第二节 原则"],
        ),
        ("第一编 通则\n第一章 总则\n第一条 甲。", []),  # 编 opens the text: front matter
        ("第一条 甲，依照\n第二节 规定\n的程序，乙。\n第二条 丙。", []),  # a reference
    ],
)
def test_sections_are_told_from_references(text: str, sections: list[str]) -> None:
    assert [text[start:end] for start, end in find_headings(text).sections] == sections
