from __future__ import annotations

from pathlib import Path

import pytest
from make_docx import TEXT, level, numbering, p, style, styled, write_docx

from checkers.outline import Outline
from checkers.read_docx import read_docx
from checkers.read_report import read_report


def headings(outline: Outline) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in outline.walk()]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Ids as WPS and a Chinese Word write them; the name of the style speaks.
        (("2", "heading 1"), ("3", "heading 2")),
        (("a3", "标题 1"), ("a4", "标题 2")),
        (("10", "標題 1"), ("20", "標題 2")),
        (("x1", "1级标题"), ("x2", "2级标题")),
        (("x1", "一级标题"), ("x2", "二级标题")),
        (("x1", "可研报告标题1"), ("x2", "可研报告标题2")),
        (("x1", "XX院-标题 1"), ("x2", "XX院-标题 2")),
        (("x1", "方案一级标题"), ("x2", "方案二级标题")),
        (("x1", "heading 1,章,H1"), ("x2", "heading 2,节,H2")),
        (("x1", "章标题"), ("x2", "节标题")),
        (("x1", "章节标题1"), ("x2", "章节标题2")),
    ],
)
def test_a_style_named_like_a_heading_makes_headings(
    tmp_path: Path, first: tuple[str, str], second: tuple[str, str]
) -> None:
    body = styled("项目概述", first[0]) + p(TEXT) + styled("建设目标", second[0]) + p(TEXT)
    path = write_docx(tmp_path / "a.docx", body, styles=style(*first) + style(*second))
    assert headings(read_report(path)) == [(1, "项目概述"), (2, "建设目标")]


@pytest.mark.parametrize("name", ["图标题1", "表格标题 1", "标题 1 Char", "题注", "正文文本 1"])
def test_a_style_that_only_sounds_like_a_heading_makes_none(tmp_path: Path, name: str) -> None:
    body = styled("系统架构", "x") + p(TEXT)
    path = write_docx(tmp_path / "a.docx", body, styles=style("x", name))
    assert read_docx(path).blocks[0].role != "heading"


def test_a_style_may_be_named_instead_of_its_id(tmp_path: Path) -> None:
    body = styled("项目概述", "标题 1") + p(TEXT) + styled("建设目标", "标题 2") + p(TEXT)
    styles = style("a1", "标题 1") + style("a2", "标题 2")
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=styles))
    assert headings(outline) == [(1, "项目概述"), (2, "建设目标")]


def test_an_id_that_the_file_does_not_explain_speaks_for_itself(tmp_path: Path) -> None:
    body = (
        styled("1 项目概述\t3", "TOC1") + styled("项目概述", "Heading1") + p(TEXT)
        + styled("建设目标", "Heading2") + p(TEXT)
    )  # fmt: skip
    outline = read_report(write_docx(tmp_path / "a.docx", body))
    assert headings(outline) == [(1, "项目概述"), (2, "建设目标")]
    assert outline.contents_lines == ("1 项目概述",)


def test_the_outline_level_is_inherited_and_may_be_taken_back(tmp_path: Path) -> None:
    styles = (
        style("a", "甲", paragraph='<w:outlineLvl w:val="0"/>')
        + style("b", "乙", based_on="a")
        + style("c", "丙", based_on="b", paragraph='<w:outlineLvl w:val="9"/>')
    )
    body = styled("项目概述", "b") + p(TEXT) + styled("只是一句话", "c") + p(TEXT)
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=styles))
    assert headings(outline) == [(1, "项目概述")]


def test_styles_based_on_each_other_in_a_ring_are_read(tmp_path: Path) -> None:
    styles = style("a", "甲", based_on="b") + style("b", "heading 1", based_on="a")
    outline = read_report(
        write_docx(tmp_path / "a.docx", styled("项目概述", "a") + p(TEXT), styles=styles)
    )
    assert headings(outline) == [(1, "项目概述")]


def test_a_character_style_gives_its_look_to_the_text(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="r0"><w:name w:val="强调"/>'
        '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="r1"><w:name w:val="章标题字符"/>'
        '<w:basedOn w:val="r0"/><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>'
    )
    body = p("项目概述", run='<w:rStyle w:val="r1"/>') + p(TEXT)
    look = read_docx(write_docx(tmp_path / "a.docx", body, styles=styles)).blocks[0].look
    assert (look.size, look.bold, look.family) == (16.0, True, "黑体")


def test_bold_lines_are_the_headings_of_a_report_without_styles(tmp_path: Path) -> None:
    titles = ("项目概述", "建设必要性", "网络安全设计", "密码应用方案", "投资估算")
    body = "".join(p(title, run="<w:b/>") + p(TEXT) + p(TEXT) for title in titles)
    outline = read_report(write_docx(tmp_path / "a.docx", body))
    assert headings(outline) == [(1, title) for title in titles]


def test_a_bold_heading_in_a_list_that_is_not_defined_stays_a_heading(tmp_path: Path) -> None:
    """Word sets nothing before it, so that it is no list item."""
    lost = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="42"/></w:numPr>'
    body = "".join(
        p(title, properties=lost, run="<w:b/>") + p(TEXT) for title in ("项目概述", "投资估算")
    )
    path = write_docx(tmp_path / "a.docx", body, numbering=numbering(level(0, "%1.")))
    assert [block.listed for block in read_docx(path).blocks] == [False] * 4
    assert headings(read_report(path)) == [(1, "项目概述"), (1, "投资估算")]


def test_styles_and_numbering_are_found_by_their_relationship(tmp_path: Path) -> None:
    import zipfile

    source = write_docx(
        tmp_path / "a.docx", styled("项目概述", "2") + p(TEXT), styles=style("2", "heading 1")
    )
    moved = tmp_path / "b.docx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(moved, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b'Target="styles.xml"', b'Target="/word/styles2.xml"')
            new.writestr(name.replace("word/styles.xml", "word/styles2.xml"), content)
    assert headings(read_report(moved)) == [(1, "项目概述")]
