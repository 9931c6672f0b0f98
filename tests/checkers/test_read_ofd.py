from __future__ import annotations

from pathlib import Path

import pytest
from make_ofd import LEFT, SIZE, Picture, Words, bookmark, write_ofd
from make_pdf import Text, write_pdf

from checkers.errors import ReportUnreadable
from checkers.outline import Outline
from checkers.read_report import read_report
from evals.convert_to_ofd import convert_to_ofd

LINE = "本项目依托县级政务云平台部署，分为数据层、支撑层"
BODY = (Words(LINE), Words("和应用层，服务全县各部门。", down=10))


def headings(outline: Outline) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in outline.walk()]


def refusal(path: Path) -> ReportUnreadable:
    with pytest.raises(ReportUnreadable) as refused:
        read_report(path)
    return refused.value


def test_lines_are_joined_to_paragraphs_below_their_headings(tmp_path: Path) -> None:
    page = [Words("第一章 总论", size=6), *BODY, Words("第二章 需求分析", size=6), *BODY]
    outline = read_report(write_ofd(tmp_path / "a.ofd", [page]))
    assert outline.kind == "ofd"
    assert headings(outline) == [(1, "第一章 总论"), (1, "第二章 需求分析")]
    assert [block.text for block in outline.sections[0].body] == [
        f"{LINE}和应用层，服务全县各部门。"
    ]
    assert outline.sections[1].place.page == 1


def test_pieces_of_a_line_are_joined_by_their_places(tmp_path: Path) -> None:
    title = [
        Words("第一章", size=6, down=0),
        Words("总", left=LEFT + 21, size=6, down=0),
        Words("论", left=LEFT + 27, size=6),
    ]
    outline = read_report(write_ofd(tmp_path / "a.ofd", [[*title, *BODY]]))
    assert headings(outline) == [(1, "第一章 总论")]


def test_a_page_drawn_out_of_order_is_read_from_top_to_bottom(tmp_path: Path) -> None:
    lines = [Words(f"第{numeral}章 标题{numeral}", size=6, down=16) for numeral in "一二三四五六"]
    bodies = [Words(LINE, down=16) for _ in lines]
    # All headings are drawn first, then all the text: the way of a maker that sorts by typeface.
    lines[-1] = Words(lines[-1].text, size=6, down=-5 * 16 + 8)
    outline = read_report(write_ofd(tmp_path / "a.ofd", [[*lines, *bodies]]))
    assert [section.number for section in outline.sections] == [f"第{n}章" for n in "一二三四五六"]
    assert all(len(section.body) == 1 for section in outline.sections)


def test_two_columns_drawn_row_by_row_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = ["第一章 总论", *["项目依托政务云平台部署并服务各乡"] * 7]
    right = ["第二章 安全", *["系统按三级保护的要求设计并每年测"] * 7]
    rows = [
        Words(text, left=LEFT + 80 * place, down=8 * place)
        for pair in zip(left, right, strict=True)
        for place, text in enumerate(pair)
    ]
    outline = read_report(write_ofd(tmp_path / "a.ofd", [rows]))
    assert headings(outline) == [(1, "第一章 总论"), (1, "第二章 安全")]
    assert [section.body[0].text[:4] for section in outline.sections] == ["项目依托", "系统按三"]


@pytest.mark.parametrize(
    "deltas",
    ["4.2 4.2 20 4.2", "g 2 4.2 20 4.2"],
)
def test_wide_gaps_between_characters_part_the_cells_of_a_table(
    tmp_path: Path, deltas: str
) -> None:
    rows = [Words("数据项类型", deltas=deltas), Words("人口库关系", deltas=deltas)]
    page = [Words("第一章 总论", size=6), *BODY, *rows]
    outline = read_report(write_ofd(tmp_path / "a.ofd", [page]))
    (table,) = (block for block in outline.sections[0].body if block.is_table)
    assert table.rows == (("数据项", "类型"), ("人口库", "关系"))


def test_a_scaled_text_has_the_size_that_is_seen(tmp_path: Path) -> None:
    page = [
        Words("项目概述", size=1, matrix="6 0 0 6 0 0"),
        *BODY,
        Words("建设方案", size=1, matrix="6 0 0 6 0 0"),
        *BODY,
    ]
    outline = read_report(write_ofd(tmp_path / "a.ofd", [page]))
    assert headings(outline) == [(1, "项目概述"), (1, "建设方案")]


def test_bold_lines_without_numbers_are_headings(tmp_path: Path) -> None:
    page = [Words("项目概述", weight=700), *BODY, Words("建设方案", weight=700), *BODY]
    assert len(read_report(write_ofd(tmp_path / "a.ofd", [page])).sections) == 2


def test_bookmarks_give_the_levels_of_headings(tmp_path: Path) -> None:
    pages = [
        [Words("总论"), *BODY, Words("背景"), *BODY],
        [Words("需求分析"), *BODY],
    ]
    outlines = bookmark("总论", 0, bookmark("背景", 0)) + bookmark("需求分析", 1)
    outline = read_report(write_ofd(tmp_path / "a.ofd", pages, outlines=outlines))
    assert headings(outline) == [(1, "总论"), (2, "背景"), (1, "需求分析")]
    assert outline.sections[1].place.page == 2


def test_a_bookmark_may_lead_to_a_place_by_its_name(tmp_path: Path) -> None:
    outlines = '<OutlineElem Title="总论"><Actions><Bookmark Name="p"/></Actions></OutlineElem>'
    places = '<Bookmark Name="p"><Dest PageID="100"/></Bookmark>'
    pages = [[Words("总论"), *BODY]]
    outline = read_report(write_ofd(tmp_path / "a.ofd", pages, outlines=outlines, places=places))
    assert headings(outline) == [(1, "总论")]


def test_hidden_text_is_left_out(tmp_path: Path) -> None:
    hidden = Words("第二章 密码应用", size=6, hidden=True)
    page = [Words("第一章 总论", size=6), *BODY, hidden, *BODY]
    assert headings(read_report(write_ofd(tmp_path / "a.ofd", [page]))) == [(1, "第一章 总论")]


def test_a_page_that_is_a_picture_is_listed_as_unread(tmp_path: Path) -> None:
    pages = [[Words("第一章 总论", size=6), *BODY], Picture()]
    outline = read_report(write_ofd(tmp_path / "a.ofd", pages))
    assert (outline.pages, outline.unread_pages) == (2, (2,))


def test_a_page_of_debris_is_listed_as_unread(tmp_path: Path) -> None:
    debris = [Words("\ue001\ue002\ue003" * 8, size=6)]
    pages = [[Words("第一章 总论", size=6), *BODY], debris]
    assert read_report(write_ofd(tmp_path / "a.ofd", pages)).unread_pages == (2,)


def test_an_ofd_made_of_a_pdf_has_the_outline_of_the_pdf(tmp_path: Path) -> None:
    pieces = [
        Text("第一章 总论", size=18, bookmark=0),
        Text("本项目依托县级政务云平台部署，分为数据层、支撑层和应用层。" * 4, indent=True),
        Text("1.1 背景", size=15, bookmark=1),
        Text("服务全县各部门业务协同。" * 8, indent=True),
    ]
    pdf = write_pdf(tmp_path / "a.pdf", pieces * 3, head="页眉文字", numbered=True)
    ofd = convert_to_ofd(pdf, tmp_path / "a.ofd")
    from_pdf, from_ofd = read_report(pdf), read_report(ofd)
    assert from_ofd.sections == from_pdf.sections
    assert from_ofd.pages == from_pdf.pages


def test_a_location_that_leads_out_of_the_package_leads_to_its_root(tmp_path: Path) -> None:
    path = write_ofd(
        tmp_path / "a.ofd",
        [[Words("第一章 总论", size=6), *BODY]],
        location="../../../../Doc_0/Pages/Page_{}/Content.xml",
    )
    assert len(read_report(path).sections) == 1


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"Doc_0/Encryptions.xml": "<a/>"}, "encrypted"),
        ({"Doc_0/Document.xml": "<a>"}, "damaged"),
        # A document without pages, and one that lacks a page.
        ({"Doc_0/Document.xml": "<a/>"}, "damaged"),
        ({"Doc_0/Document.xml": '<a><Pages><Page BaseLoc="x.xml"/></Pages></a>'}, "damaged"),
        ({"Doc_0/Document.xml": '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}, "damaged"),
        ({"Doc_0/Document.xml": f"<a><Pages>{'<Page/>' * 3001}</Pages></a>"}, "too_large"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_ofd_that_can_not_be_read_is_refused(
    tmp_path: Path, extra: dict[str, str], code: str
) -> None:
    assert refusal(write_ofd(tmp_path / "a.ofd", [BODY], extra=extra)).code == code


@pytest.mark.parametrize("number", ["nan", "inf", "1e308", "-1e308", "x", ""])
def test_numbers_beyond_reason_do_not_stop_the_reading(tmp_path: Path, number: str) -> None:
    odd = Words("文字在此", deltas=f"g {number} {number} {number}", matrix=f"{number} 0 0 1 0 0")
    path = write_ofd(tmp_path / "a.ofd", [[Words("第一章 总论", size=SIZE * 2), odd, *BODY]])
    assert len(read_report(path).sections) == 1
