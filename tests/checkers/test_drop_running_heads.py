from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from make_lines import column, line

from checkers.drop_running_heads import drop_running_heads
from checkers.page_line import PageLine, PdfPage


def pages_with(furniture: Sequence[Sequence[PageLine]]) -> list[PdfPage]:
    """Return one page of text for each list of lines that stand beside the text."""
    return [
        PdfPage(
            number=number,
            width=595,
            height=842,
            lines=tuple(
                replace(one, page=number)
                for one in [*column(f"文{number:02d}", 90, 700, 20, width=30), *extra]
            ),
            has_objects=True,
        )
        for number, extra in enumerate(furniture, start=1)
    ]


def rest(pages: Sequence[PdfPage]) -> set[str]:
    return {one.text for page in drop_running_heads(pages) for one in page.lines} - {
        one.text for page in pages for one in page.lines if one.text.startswith("文")
    }


HEAD = "某县平台可行性研究报告"


def test_heads_of_left_and_right_pages_are_dropped() -> None:
    heads = [
        line(HEAD if n % 2 else "某县数据局", 90 if n % 2 else 400, 790, size=9) for n in range(8)
    ]
    assert rest(pages_with([[head] for head in heads])) == set()


def test_heads_that_name_the_chapter_by_turns_are_dropped() -> None:
    names = [
        "第一章 总论",
        "第一章 总论",
        "第二章 需求",
        "第二章 需求",
        "第三章 安全",
        "第三章 安全",
    ]
    heads = [line(name, 90, 790, size=9) for name in names]
    assert rest(pages_with([[head] for head in heads])) == set()


@pytest.mark.parametrize("form", ["第{n}页 共9页", "- {n} -", "{n}/9", "Page {n} of 9", "{n}"])
def test_page_numbers_are_dropped(form: str) -> None:
    feet = [[line(form.format(n=n), 280, 40, size=9)] for n in range(1, 10)]
    assert rest(pages_with(feet)) == set()


def test_large_letters_at_one_place_on_every_page_are_a_watermark() -> None:
    letters = [
        line(char, 100 + 100 * n, 300 + 80 * n, size=48) for n, char in enumerate("内部资料")
    ]
    assert rest(pages_with([letters] * 6)) == set()


def test_a_title_at_one_place_on_a_few_pages_is_kept() -> None:
    titles: list[list[PageLine]] = [[line("第一节 概况", 90, 200, size=15)]] * 2 + [[]] * 6
    assert rest(pages_with(titles)) == {"第一节 概况"}


def test_chapters_that_begin_their_pages_are_kept() -> None:
    titles = [[line(f"第{n}章 总论", 90, 740, size=18)] for n in "一二三四五六"]
    assert len(rest(pages_with(titles))) == 6
