from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from make_lines import PITCH, column, line

from checkers.join_pdf_lines import join_pdf_lines
from checkers.order_lines import order_lines
from checkers.page_line import PageLine, PdfPage


def join(lines: Sequence[PageLine]) -> list[str]:
    page = PdfPage(number=1, width=595, height=842, lines=tuple(lines), has_objects=True)
    return [block.text for block in join_pdf_lines([page])]


def test_a_paragraph_goes_on_in_the_right_column() -> None:
    left, right = column("甲", 80, 700, 8), column("乙", 300, 700, 8)
    assert join(order_lines([*left, *right])) == ["".join(one.text for one in [*left, *right])]


def test_a_first_line_set_in_begins_a_paragraph_in_a_column_too() -> None:
    left, right = column("甲", 80, 700, 8), column("乙", 300, 700, 8)
    first = right[3]
    right[3] = replace(first, left=first.left + 24, text=first.text[:14])
    assert len(join(order_lines([*left, *right]))) == 2


def test_a_title_set_in_behind_its_number_is_one_heading() -> None:
    text = column("文", 90, 600, 8, width=34)
    title = line("3.2.1 基于统一平台的政务数据资源共享交换与协同", 90, 680, size=16)
    rest = line("应用体系", 130, 680 - PITCH, size=16)
    assert join([title, rest, *text])[0] == title.text + rest.text


def test_a_centred_title_goes_on_while_a_bracket_is_open() -> None:
    text = column("文", 90, 600, 8, width=34)
    title = [
        line("总体设计（含应用系统、", 188, 700, size=18),
        line("数据资源）", 252, 670, size=18),
    ]
    assert join([*title, *text])[0] == "总体设计（含应用系统、数据资源）"


def test_centred_lines_of_a_cover_stay_apart() -> None:
    text = column("文", 90, 400, 8, width=34)
    cover = [line("某县数据局", 252, 700, size=18), line("某某设计院", 252, 670, size=18)]
    assert join([*cover, *text])[:2] == ["某县数据局", "某某设计院"]


def test_a_line_stretched_to_the_margin_is_closed_up() -> None:
    stretched = line("采 用 统 一 标 准 建 设 平 台，", 90, 700)
    assert join([replace(stretched, right=500), line("实现共享。", 90, 680)])[0].startswith(
        "采用统一标准建设平台，"
    )


def test_text_narrow_on_all_of_a_page_is_joined_by_its_own_margins() -> None:
    wide = column("宽", 90, 700, 30, width=34)
    narrow = [replace(one, page=2) for one in column("窄", 180, 700, 12, width=18)]
    pages = [
        PdfPage(number=n, width=595, height=842, lines=tuple(lines), has_objects=True)
        for n, lines in enumerate([wide, narrow], start=1)
    ]
    assert join_pdf_lines(pages)[-1].text.endswith("".join(one.text for one in narrow))
