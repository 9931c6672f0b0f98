"""Recognised lines, as noisy as they come -> lines as a page of text gives them."""

from __future__ import annotations

import pytest

from checkers.merge_scans import join_scans
from checkers.page_line import PageLine
from checkers.recognised_page import RecognisedLine, RecognisedPage
from checkers.settle_scans import settle_scans

BODY = "本项目依托县级政务云平台部署，分为数据层、支撑层和应用层，服务全县各部门。"


def piece(
    text: str,
    *,
    at: float = 700.0,
    left: float = 90.0,
    size: float = 12.0,
    weight: float = 0.05,
    score: float = 0.99,
    gap: float = 0.0,
) -> RecognisedLine:
    return RecognisedLine(
        text=text,
        score=score,
        left=left,
        right=left + len(text) * size,
        middle=at,
        size=size,
        weight=weight,
        gap=gap,
    )


def page(number: int, *lines: RecognisedLine, width: float = 595.0) -> RecognisedPage:
    return RecognisedPage(number=number, width=width, height=842.0, lines=lines)


def body_lines(count: int, first: float = 660.0) -> list[RecognisedLine]:
    return [piece(BODY, at=first - 20 * n, size=12 + 0.3 * (-1) ** n) for n in range(count)]


def lines_of(*pages: RecognisedPage) -> list[PageLine]:
    settled = settle_scans(pages)
    return [line for p in pages for line in settled.pages[p.number].lines]


def test_lines_of_one_type_get_one_size() -> None:
    sizes = [
        line.size for line in lines_of(page(1, piece("第一章 总论", size=17.6), *body_lines(8)))
    ]
    assert sizes == [17.5, *[12.0] * 8]


def test_pieces_of_a_row_become_cells() -> None:
    row = [piece("序号", left=90), piece("部门", left=330, at=701), piece("名称", left=210, at=699)]
    assert [line.text for line in lines_of(page(1, *row))] == ["序号\t名称\t部门"]


@pytest.mark.parametrize(
    ("text", "gap", "printed"),
    [
        ("1总论", 6.0, "1 总论"),
        ("1.1建设目标", 16.0, "1.1 建设目标"),
        ("第一章项目概述", 36.0, "第一章 项目概述"),
        # No gap behind the number, or one that stands elsewhere.
        ("3个系统", 0.0, "3个系统"),
        ("1总论和背景", 40.0, "1总论和背景"),
    ],
)
def test_the_blank_behind_a_number_is_seen_in_the_ink(text: str, gap: float, printed: str) -> None:
    assert lines_of(page(1, piece(text, gap=gap)))[0].text == printed


def test_a_short_line_of_thick_strokes_is_bold() -> None:
    told = lines_of(page(1, piece("建设目标", weight=0.075), *body_lines(8)))
    assert [line.bold for line in told] == [True, *[False] * 8]


def test_running_heads_go_though_they_shift_and_are_misread() -> None:
    head = "某县政务平台项目可行性研究报告"
    heads = [head, head.replace("项", "顶"), head, head.replace("平台", "平合"), head]
    pages = [
        page(
            n,
            piece(head, at=800 + 2 * n, size=9, left=90 + n),
            *body_lines(5),
            piece(f"一{n}一", at=40 - n, size=9, left=290),
        )
        for n, head in enumerate(heads, start=1)
    ]
    assert {line.text for line in lines_of(*pages)} == {BODY}


def test_headings_at_the_top_of_pages_are_no_running_heads() -> None:
    titles = [
        "第一章 项目概述",
        "第二章 需求分析",
        "第三章 建设方案",
        "第四章 投资估算",
        "第五章 效益",
    ]
    pages = [page(n, piece(t, at=790), *body_lines(5)) for n, t in enumerate(titles, start=1)]
    assert [line.text for line in lines_of(*pages) if line.text != BODY] == titles


def test_pages_that_the_feeder_shifted_are_put_back() -> None:
    straight = page(1, *body_lines(5))
    shifted = page(2, *[piece(BODY, at=660 - 20 * n, left=104) for n in range(5)])
    third = page(3, *body_lines(5))
    assert {round(line.left) for line in lines_of(straight, shifted, third)} == {90}


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("第-章 项目概述", "第一章 项目概述"),
        ("笫三章 建设方案", "第三章 建设方案"),
        ("第十ー章 附则", "第十一章 附则"),
        ("(-)建设目标", "（一）建设目标"),
        ("（≡）建设规模", "（三）建设规模"),
        ("—、项目概述", "一、项目概述"),
        ("=、需求分析", "二、需求分析"),
        ("l.1 建设目标", "1.1 建设目标"),
        ("1.l.2 建设内容", "1.1.2 建设内容"),
        # No numbers: they stay as they are.
        ("- 建设目标", "- 建设目标"),
        ("一体化平台", "一体化平台"),
        ("I类区域", "I类区域"),
    ],
)
def test_a_misread_number_that_can_be_nothing_else_is_mended(read: str, printed: str) -> None:
    assert lines_of(page(1, piece(read)))[0].text == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (["一、概述", "二、需求", "三建设方案", "四、估算"], "三、建设方案"),
        (["七、进度", "人、估算方案", "九、效益"], "八、估算方案"),
        (["（一）目标", "（二建设规模", "（三）周期"], "（二）建设规模"),
        # Not asked for by what stands around it.
        (["一、概述", "二、需求", "人、财、物", "三、方案"], "人、财、物"),
        (["一、概述", "三级等保测评", "四、估算"], "三级等保测评"),
        (["一、概述", "二是加强管理", "三、估算"], "二是加强管理"),
    ],
)
def test_a_doubtful_number_is_mended_only_in_its_sequence(read: list[str], printed: str) -> None:
    found = lines_of(page(1, *[piece(text, at=700 - 20 * n) for n, text in enumerate(read)]))
    assert printed in [line.text for line in found]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("1.1 建设目标-\t--3", "1.1 建设目标\t3"),
        ("第一章 总论…·\t12", "第一章 总论\t12"),
        ("2. 需求分析--7", "2. 需求分析\t7"),
        ("人口信息\t3\t5", "人口信息\t3\t5"),
    ],
)
def test_the_leaders_of_contents_are_read_as_such(read: str, printed: str) -> None:
    assert lines_of(page(1, piece(read)))[0].text == printed


def test_marks_beside_chinese_characters_are_full_width() -> None:
    assert (
        lines_of(page(1, piece("目标:满足(三级)要求,GB/T 1")))[0].text
        == "目标：满足（三级）要求，GB/T 1"
    )


def test_what_was_recognised_badly_is_known_by_its_paragraph() -> None:
    text = join_scans(
        [page(1, piece("第一章 总论", size=18), piece("密码应朋方案", at=660, score=0.6))], 1
    )
    assert text.unsure_paragraphs == (2,)


def test_a_scan_takes_the_type_size_of_the_text_beside_it() -> None:
    text_lines = tuple(
        PageLine(
            page=1, text=BODY, left=90, right=500, bottom=700 - 20 * n, top=712 - 20 * n,
            size=12.0, bold=False, family="",
        )
        for n in range(5)
    )  # fmt: skip
    from checkers.page_line import PdfPage

    beside = PdfPage(number=1, width=595, height=842, lines=text_lines, has_objects=True)
    scan = page(2, *[piece(BODY, at=660 - 20 * n, size=11.3) for n in range(5)])
    settled = settle_scans([scan], [beside])
    assert {line.size for line in settled.pages[2].lines} == {12.0}
    assert settled.pages[2].width != beside.width
