from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from make_docx import TEXT, level, numbered, numbering, p, style, styled, table, write_docx

from checkers.outline import Outline
from checkers.read_docx import read_docx
from checkers.read_report import read_report

HEADINGS = style("1", "heading 1") + style("2", "heading 2") + style("3", "heading 3")


def headings(outline: Outline) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in outline.walk()]


def texts(path: Path) -> list[str]:
    return [block.text for block in read_docx(path).blocks]


@pytest.mark.parametrize(
    "styles",
    [
        style("1", "heading 1") + style("2", "heading 2"),
        style("1", "标题 1") + style("2", "标题 2"),
        style("1", "标题1") + style("2", "标题2"),
        # A style of the author's own, two steps away from the built-in one.
        style("h1", "heading 1")
        + style("x", "某院章标题", based_on="h1")
        + style("1", "正文章", based_on="x")
        + style("2", "标题 2 + 黑体"),
        style("1", "一级标题") + style("2", "二级标题"),
        # No telling name at all: only the outline level of the style speaks.
        style("1", "甲", paragraph='<w:outlineLvl w:val="0"/>')
        + style("2", "乙", paragraph='<w:outlineLvl w:val="1"/>'),
    ],
)
def test_headings_are_told_by_style_whatever_its_name(tmp_path: Path, styles: str) -> None:
    body = styled("项目概述", "1") + p(TEXT) + styled("建设目标", "2") + p(TEXT)
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=styles))
    assert headings(outline) == [(1, "项目概述"), (2, "建设目标")]


def test_outline_level_of_a_paragraph_makes_and_unmakes_a_heading(tmp_path: Path) -> None:
    level_1, level_body = '<w:outlineLvl w:val="0"/>', '<w:outlineLvl w:val="9"/>'
    body = (
        p("项目概述", properties=level_1)
        + p(TEXT)
        + p("这一段套用了标题样式", properties=f'<w:pStyle w:val="1"/>{level_body}')
        + p(TEXT)
    )
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    assert headings(outline) == [(1, "项目概述")]


def test_a_long_sentence_in_a_heading_style_is_body_text(tmp_path: Path) -> None:
    body = styled("项目概述", "1") + styled(TEXT, "2") + p(TEXT)
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    assert headings(outline) == [(1, "项目概述")]
    assert [block.text for block in outline.sections[0].body] == [TEXT, TEXT]


def test_a_heading_split_over_runs_tabs_and_breaks_is_one_heading(tmp_path: Path) -> None:
    inner = (
        "<w:r><w:t>第三</w:t></w:r><w:r><w:t>章</w:t><w:tab/><w:t>需求</w:t></w:r>"
        '<w:r><w:br w:type="page"/></w:r><w:r><w:t>分析</w:t></w:r>'
    )
    body = p(properties='<w:pStyle w:val="1"/>', inner=inner) + p(TEXT)
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    assert headings(outline) == [(1, "第三章 需求 分析")]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    inner = (
        '<w:ins w:id="1"><w:r><w:t>网络</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>信息</w:delText></w:r></w:del>'
        '<w:moveFrom w:id="3"><w:r><w:t>移走</w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="4"><w:r><w:t>安全</w:t></w:r></w:moveTo>'
    )
    assert texts(write_docx(tmp_path / "a.docx", p(inner=inner))) == ["网络安全"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    body = p("网络", properties=mark) + p("安全设计")
    assert texts(write_docx(tmp_path / "a.docx", body)) == ["网络安全设计"]


def test_hidden_text_comments_and_instructions_are_left_out(tmp_path: Path) -> None:
    inner = (
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r>'
        '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>结果</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert texts(write_docx(tmp_path / "a.docx", p(inner=inner))) == ["可见结果"]


def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('框内文字')}</w:txbxContent>"
    inner = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}'
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(write_docx(tmp_path / "a.docx", p("锚点", inner=inner))) == ["锚点", "框内文字"]


def test_content_controls_are_transparent(tmp_path: Path) -> None:
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件内')}</w:sdtContent></w:sdt>" + p(
        "行内", inner="<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
    )
    assert texts(write_docx(tmp_path / "a.docx", body)) == ["控件内", "行内控件"]


def test_a_table_stands_in_its_place_with_nested_text_once(tmp_path: Path) -> None:
    nested = table(("内层",))
    body = styled("项目概述", "1") + p("前") + table(("名称", "值"), ("甲", nested)) + p("后")
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    before, cells, after = outline.sections[0].body
    assert (before.text, after.text) == ("前", "后")
    assert cells.rows == (("名称", "值"), ("甲", "内层"))
    assert cells.place.paragraph == 3


def test_deleted_rows_and_empty_rows_are_left_out(tmp_path: Path) -> None:
    rows = (
        f'<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>{p("删")}</w:tc></w:tr>'
        f"<w:tr><w:tc>{p()}</w:tc></w:tr><w:tr><w:tc>{p('留')}</w:tc></w:tr></w:tbl>"
    )
    blocks = read_docx(write_docx(tmp_path / "a.docx", rows)).blocks
    assert blocks[0].rows == (("留",),)


def test_a_box_around_text_is_read_as_paragraphs(tmp_path: Path) -> None:
    blocks = read_docx(write_docx(tmp_path / "a.docx", table((p(TEXT) + p("第二段。"),)))).blocks
    assert [(block.text, block.rows) for block in blocks] == [(TEXT, ()), ("第二段。", ())]


def test_a_list_in_one_column_stays_a_table(tmp_path: Path) -> None:
    blocks = read_docx(write_docx(tmp_path / "a.docx", table(("资源名称",), ("户籍",)))).blocks
    assert blocks[0].rows == (("资源名称",), ("户籍",))


def test_a_deleted_row_of_a_box_is_left_out(tmp_path: Path) -> None:
    rows = (
        f'<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>{p("删" + TEXT)}</w:tc></w:tr>'
        f"<w:tr><w:tc>{p(TEXT)}</w:tc></w:tr></w:tbl>"
    )
    blocks = read_docx(write_docx(tmp_path / "a.docx", rows)).blocks
    assert [block.text for block in blocks] == [TEXT]


def test_a_report_laid_out_in_a_table_has_its_sections(tmp_path: Path) -> None:
    cell = "".join(p(f"第{n}章 {t}") + p(TEXT) for n, t in (("一", "总论"), ("二", "网络安全")))
    outline = read_report(write_docx(tmp_path / "a.docx", table((cell,))))
    assert headings(outline) == [(1, "第一章 总论"), (1, "第二章 网络安全")]


def test_contents_by_field_style_or_control_are_no_sections(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>第一章 域内</w:t></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{p('第三章 控件内')}</w:sdtContent></w:sdt>"
    )
    body = (
        p(inner=field) + p("第二章 仍在域内", inner=end) + control + styled("第四章 目录样式", "t")
        + styled("第一章 正文", "1") + p(TEXT)
    )  # fmt: skip
    path = write_docx(tmp_path / "a.docx", body, styles=HEADINGS + style("t", "toc 1"))
    outline = read_report(path)
    assert headings(outline) == [(1, "第一章 正文")]
    assert outline.contents_lines == (
        "第一章 域内", "第二章 仍在域内", "第三章 控件内", "第四章 目录样式",
    )  # fmt: skip


def test_a_contents_field_that_never_ends_does_not_swallow_the_report(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = p("目录", inner=field) + styled("网络安全", "1") + p(TEXT)
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    assert headings(outline) == [(1, "网络安全")]


def test_paragraphs_are_counted_as_they_stand_in_the_file(tmp_path: Path) -> None:
    body = p("封面") + p() + table(("甲", "乙")) + styled("项目概述", "1") + p(TEXT)
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    assert outline.sections[0].place.paragraph == 5


def test_strict_open_xml_is_read_like_the_usual_one(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", p("第一章 总论") + p(TEXT))
    with zipfile.ZipFile(path) as package:
        document = package.read("word/document.xml")
    strict = document.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", strict)
    assert headings(read_report(path)) == [(1, "第一章 总论")]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (
            (level(0, "第%1章", form="chineseCounting"), level(1, "%1.%2", extra="<w:isLgl/>")),
            ["第一章 总论", "1.1 目标", "1.2 范围", "第二章 安全", "2.1 目标"],
        ),
        (
            (level(0, "%1", form="chineseCounting"), level(1, "%1.%2")),
            # WPS and Word write a Chinese counter inside a decimal number.
            ["一 总论", "一.1 目标", "一.2 范围", "二 安全", "二.1 目标"],
        ),
        (
            (level(0, "%1", form="none"), level(1, "（%2）", form="chineseCounting")),
            ["总论", "（一）目标", "（二）范围", "安全", "（一）目标"],
        ),
        (
            (level(0, "%1、", form="upperRoman"), level(1, "%1.%2")),
            # Roman numerals say nothing of the level, but are printed as they stand.
            ["I、总论", "I.1 目标", "I.2 范围", "II、安全", "II.1 目标"],
        ),
        (
            # A level that never restarts counts on through the chapters.
            (level(0, "第%1章"), level(1, "%2.", extra='<w:lvlRestart w:val="0"/>')),
            ["第1章 总论", "1. 目标", "2. 范围", "第2章 安全", "3. 目标"],
        ),
    ],
)
def test_automatic_numbers_are_what_word_prints(
    tmp_path: Path, levels: tuple[str, ...], expected: list[str]
) -> None:
    body = "".join(
        numbered(title, index, outline=index) + p(TEXT)
        for index, title in ((0, "总论"), (1, "目标"), (1, "范围"), (0, "安全"), (1, "目标"))
    )
    path = write_docx(tmp_path / "a.docx", body, numbering=numbering(*levels))
    assert [section.heading for section in read_report(path).walk()] == expected


def test_a_start_override_begins_a_list_anew_once(tmp_path: Path) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = "".join(numbered("条目", 0, list_id=list_id) for list_id in (1, 1, 2, 2, 1))
    path = write_docx(
        tmp_path / "a.docx", body, numbering=numbering(level(0, "%1."), overrides=override)
    )
    assert [block.number for block in read_docx(path).blocks] == ["1.", "2.", "5.", "6.", "7."]


def test_numbering_is_inherited_from_the_style_and_can_be_switched_off(tmp_path: Path) -> None:
    number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = (
        style("1", "heading 1", paragraph=number)
        + style("2", "heading 2", paragraph=number)
        + style("x", "我的二级", based_on="2")
    )
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        styled("总论", "1") + p(TEXT) + styled("目标", "x") + p(TEXT)
        + p("附件清单", properties=f'<w:pStyle w:val="1"/>{off}') + p(TEXT)
        + styled("安全", "1") + p(TEXT)
    )  # fmt: skip
    levels = (
        level(0, "第%1章", form="chineseCounting", extra='<w:pStyle w:val="1"/>'),
        level(1, "%1.%2", extra='<w:pStyle w:val="2"/><w:isLgl/>'),
    )
    path = write_docx(tmp_path / "a.docx", body, styles=styles, numbering=numbering(*levels))
    assert headings(read_report(path)) == [
        (1, "第一章 总论"), (2, "1.1 目标"), (1, "附件清单"), (1, "第二章 安全"),
    ]  # fmt: skip


def test_a_form_with_headings_beside_their_text_has_its_sections(tmp_path: Path) -> None:
    rows = tuple(
        (f"{n}、{t}", TEXT * 2) for n, t in zip("一二三", ("总论", "安全", "投资"), strict=True)
    )
    outline = read_report(write_docx(tmp_path / "a.docx", table(*rows)))
    assert headings(outline) == [(1, "一、总论"), (1, "二、安全"), (1, "三、投资")]


def test_a_report_typed_with_line_breaks_in_one_paragraph_has_its_sections(tmp_path: Path) -> None:
    inner = "".join(
        f"<w:r><w:t>{line}</w:t><w:br/></w:r>" for line in ("一、总论", TEXT, "二、安全", TEXT)
    )
    outline = read_report(write_docx(tmp_path / "a.docx", p(inner=inner)))
    assert headings(outline) == [(1, "一、总论"), (1, "二、安全")]
