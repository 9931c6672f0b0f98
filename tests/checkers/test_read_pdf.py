from __future__ import annotations

import threading
from pathlib import Path

import pytest
from make_docx import TEXT
from make_pdf import Cells, PageBreak, Piece, Scan, Text, write_pdf

from checkers.errors import ReportUnreadable
from checkers.outline import Outline
from checkers.read_report import read_report

BODY = Text(TEXT * 3, indent=True)


def headings(outline: Outline) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in outline.walk()]


def chapters(*titles: str, size: float = 16) -> list[Piece]:
    return [piece for title in titles for piece in (Text(title, size=size), BODY)]


def test_headings_are_told_by_size_and_number(tmp_path: Path) -> None:
    pieces = [
        Text("第一章 项目概述", size=18, centred=True),
        Text("1.1 建设目标", size=14),
        BODY,
        Text("第二章 网络安全设计", size=18, centred=True),
        BODY,
    ]
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces))
    assert headings(outline) == [
        (1, "第一章 项目概述"),
        (2, "1.1 建设目标"),
        (1, "第二章 网络安全设计"),
    ]


def test_headings_without_number_are_told_by_size(tmp_path: Path) -> None:
    pieces = [
        piece
        for chapter in ("项目概述", "网络安全设计", "密码应用方案")
        for piece in (Text(chapter, size=18), Text("总体要求", size=14), BODY)
    ]
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces))
    assert [title for level, title in headings(outline) if level == 1] == [
        "项目概述",
        "网络安全设计",
        "密码应用方案",
    ]
    assert {level for level, title in headings(outline) if title == "总体要求"} == {2}


def test_typed_headings_that_look_like_the_text_are_found(tmp_path: Path) -> None:
    pieces = chapters("一、项目概述", "二、网络安全", "三、投资估算", size=12)
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces))
    assert headings(outline) == [(1, "一、项目概述"), (1, "二、网络安全"), (1, "三、投资估算")]


def test_lines_are_joined_to_paragraphs_also_across_pages(tmp_path: Path) -> None:
    long = Text(TEXT * 30, indent=True)
    outline = read_report(write_pdf(tmp_path / "a.pdf", [Text("第一章 总论", size=18), long, BODY]))
    assert outline.pages == 2
    assert [block.text for block in outline.sections[0].body] == [long.text, BODY.text]


def test_space_above_parts_a_plain_heading_from_a_full_line(tmp_path: Path) -> None:
    # The last line of the text fills the page; only the space tells that the next begins anew.
    text = "系统按等级保护三级建设，日志留存半年，每年测评一次" * 5 + "，备份保存三十天整。"
    full = Text(text[: 34 * 3 - 2], indent=True)
    names = ("项目概述", "需求分析", "网络安全", "投资估算")
    pieces = [piece for name in names for piece in (Text(name, above=9), full)]
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces))
    assert headings(outline) == [(1, name) for name in names]


def test_a_report_title_on_two_lines_is_one_title(tmp_path: Path) -> None:
    pieces = [
        Text("某县社会治理综合平台建设项", size=30),
        Text("可行性研究报告", size=30, centred=True),
        *chapters("第一章 总论"),
    ]
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces))
    assert outline.title == "某县社会治理综合平台建设项可行性研究报告"


def test_running_heads_and_page_numbers_are_removed(tmp_path: Path) -> None:
    pieces = [Text("第一章 总论", size=18)] + [BODY] * 30
    path = write_pdf(tmp_path / "a.pdf", pieces, head="某县平台可行性研究报告", numbered=True)
    outline = read_report(path)
    assert outline.pages is not None
    assert outline.pages > 2
    assert {block.text for block in outline.sections[0].body} == {BODY.text}
    assert outline.preamble == ()


def test_a_heading_at_the_top_of_pages_is_no_running_head(tmp_path: Path) -> None:
    pieces: list[Piece] = []
    for count in "一二三":
        pieces += [Text(f"第{count}章 总论", size=18), BODY, BODY, PageBreak()]
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces[:-1], head="页眉文字"))
    assert len(outline.sections) == 3


def test_contents_pages_are_no_sections(tmp_path: Path) -> None:
    titles = ("第一章 项目概述", "第二章 密码应用", "第三章 投资估算")
    contents = [Text(f"{t} {'.' * 30} {n}", size=12) for n, t in enumerate(titles, start=3)]
    body = chapters(titles[0], titles[2])
    outline = read_report(
        write_pdf(tmp_path / "a.pdf", [Text("目 录", size=18), *contents, PageBreak(), *body])
    )
    assert [title for _, title in headings(outline)] == [titles[0], titles[2]]
    assert titles[1] in outline.contents_lines


def test_bookmarks_make_headings_of_plain_lines(tmp_path: Path) -> None:
    pieces = [
        Text("项目概述", bookmark=0), BODY, Text("建设目标", bookmark=1), BODY,
        Text("网络安全", bookmark=0), BODY,
    ]  # fmt: skip
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces))
    assert headings(outline) == [(1, "项目概述"), (2, "建设目标"), (1, "网络安全")]


def test_a_table_keeps_its_rows(tmp_path: Path) -> None:
    rows = [Cells(("序号", "数据项", "部门")), Cells(("1", "人口信息", "公安局"))]
    pieces = [Text("第一章 信息资源目录", size=18), BODY, *rows, BODY]
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces))
    assert [block.rows for block in outline.sections[0].body if block.is_table] == [
        (("序号", "数据项", "部门"), ("1", "人口信息", "公安局"))
    ]


def test_numbers_in_a_table_are_no_headings(tmp_path: Path) -> None:
    rows = [Cells((f"{count}、合计", "1.1 名称", "12")) for count in "一二三"]
    outline = read_report(write_pdf(tmp_path / "a.pdf", [*chapters("第一章 总论"), *rows, BODY]))
    assert len(list(outline.walk())) == 1


def test_places_name_the_page(tmp_path: Path) -> None:
    pieces = [*chapters("第一章 总论"), PageBreak(), *chapters("第二章 网络安全")]
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces))
    assert [section.place.page for section in outline.sections] == [1, 2]


def test_scanned_pages_are_listed_and_blank_ones_are_not(tmp_path: Path) -> None:
    pieces = [*chapters("第一章 总论"), PageBreak(), Scan(), PageBreak(), *chapters("第二章 安全")]
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces))
    assert outline.unread_pages == (2,)
    assert len(outline.sections) == 2


def test_a_wholly_scanned_report_has_no_sections_and_no_error(tmp_path: Path) -> None:
    outline = read_report(write_pdf(tmp_path / "a.pdf", [Scan(), Scan()], head="", numbered=True))
    assert outline.sections == ()
    assert outline.unread_pages[:2] == (1, 2)


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", chapters("第一章 总论"), password="secret")
    with pytest.raises(ReportUnreadable) as refused:
        read_report(path)
    assert refused.value.code == "encrypted"


def test_two_threads_can_read_at_the_same_time(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", chapters("第一章 总论") * 10)
    outlines: list[Outline] = []
    threads = [
        threading.Thread(target=lambda: outlines.append(read_report(path))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outlines) == 4
    assert all(outline == outlines[0] for outline in outlines)


def test_a_chapter_title_centred_on_two_lines_is_one_heading(tmp_path: Path) -> None:
    pieces = [
        Text("第三章 项目业务现状、必要性", size=18, centred=True),
        Text("和需求分析", size=18, centred=True),
        BODY,
        Text("第四章 总体方案", size=18, centred=True),
        BODY,
    ]
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces))
    assert headings(outline) == [
        (1, "第三章 项目业务现状、必要性和需求分析"),
        (1, "第四章 总体方案"),
    ]


def test_wide_contents_lines_do_not_swallow_the_heading_on_the_next_page(tmp_path: Path) -> None:
    wide = [
        Text(f"{n}、{t}{'.' * 60}{i}")
        for i, (n, t) in enumerate(zip("一二三", "甲乙丙", strict=True))
    ]
    pieces = [Text("目录", size=18), *wide, PageBreak(), *chapters("一、甲", "二、乙", size=12)]
    outline = read_report(write_pdf(tmp_path / "a.pdf", pieces))
    assert headings(outline) == [(1, "一、甲"), (1, "二、乙")]


def test_a_running_head_that_names_the_chapter_is_no_heading(tmp_path: Path) -> None:
    pieces: list[Piece] = []
    for count in "一二三四五":
        pieces += [Text(f"第{count}章 总论", size=18), BODY, PageBreak(), BODY, PageBreak()]
    path = write_pdf(tmp_path / "a.pdf", pieces[:-1], head="第一章 总论")
    assert [section.number for section in read_report(path).sections] == [
        "第一章", "第二章", "第三章", "第四章", "第五章",
    ]  # fmt: skip
