from __future__ import annotations

from pathlib import Path

import pytest
from make_docx import TEXT, level, numbered, numbering, p, style, styled, table, write_docx

from checkers.errors import ReportUnreadable
from checkers.outline import Outline
from checkers.read_docx import read_docx
from checkers.read_report import read_report

HEADINGS = style("1", "heading 1") + style("2", "heading 2")
BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
FIRST_ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def texts(path: Path) -> list[str]:
    return [block.text for block in read_docx(path).blocks]


def numbers(path: Path) -> list[str]:
    return [f"{block.number}{block.text}" for block in read_docx(path).blocks]


def headings(outline: Outline) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in outline.walk()]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        # A tag that Word's proofing puts around a name is no border.
        ('<w:smartTag w:element="place">' + run("淅川") + "</w:smartTag>" + run("县"), "淅川县"),
        ('<w:hyperlink w:anchor="a">' + run("政务") + "</w:hyperlink>" + run("平台"), "政务平台"),
        ("<w:customXml>" + run("自定") + "</w:customXml>" + run("标记"), "自定标记"),
        # Furigana: the text below counts, not the reading above it.
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>mì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>密</w:t></w:r>"
            "</w:rubyBase></w:ruby></w:r>" + run("码"),
            "密码",
        ),
        ('<w:r><w:t>IPv</w:t><w:noBreakHyphen/><w:t>6</w:t></w:r>', "IPv-6"),
        ("<w:r><w:t>安</w:t><w:softHyphen/><w:t>全</w:t></w:r>", "安全"),
        # Signs of no width, pasted in from web pages, would keep the words from being found.
        (run("网\u200b络\ufeff安\u00ad全"), "网络安全"),
        ("<w:r><w:t>甲</w:t><w:cr/><w:t>乙</w:t><w:ptab/><w:t>丙</w:t></w:r>", "甲\n乙\t丙"),
        (
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t>'
            '<w:sym w:font="Wingdings" w:char="F0A8"/><w:t>否</w:t>'
            '<w:sym w:font="Webdings" w:char="F021"/></w:r>',
            "☑是□否",
        ),
        ('<w:r><w:sym w:font="宋体" w:char="2460"/><w:t>项</w:t></w:r>', "①项"),
        ("<m:oMath><m:r><m:t>S=a+b</m:t></m:r></m:oMath>" + run("为总额"), "S=a+b为总额"),
        (
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"w16se\"/><mc:Fallback><w:t>★</w:t>"
            "</mc:Fallback></mc:AlternateContent></w:r>" + run("重点"),
            "★重点",
        ),
        # Footnotes stand in a part of their own; the reference has no text.
        (run("依据") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("办法"), "依据办法"),
        # Of a deletion inside an insertion nothing is left.
        (f"<w:ins>{run('新')}<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:ins>", "新"),
        # Text that is hidden on web pages only (page numbers of contents) is printed.
        (run("可见", "<w:webHidden/>"), "可见"),
        (run("隐", "<w:vanish/>") + run("显"), "显"),
        (BEGIN + instruction("REF a") + SEPARATE + run("第三章") + END + run("所述"), "第三章所述"),
        ('<w:fldSimple w:instr=" SEQ 图 ">' + run("1") + "</w:fldSimple>" + run("架构"), "1架构"),
        # A field inside the instruction of another one shows nothing.
        (
            BEGIN + instruction("IF ") + BEGIN + instruction("PAGE") + SEPARATE + run("3") + END
            + instruction("= 3 甲 乙") + SEPARATE + run("甲") + END,
            "甲",
        ),
        # An index entry hidden in the text: its end may lack the mark of hidden text.
        (
            "<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType=\"begin\"/></w:r>"
            + instruction("XE 安全") + END + run("正文"),
            "正文",
        ),
    ],
)  # fmt: skip
def test_the_visible_text_of_a_paragraph_is_read(tmp_path: Path, inner: str, expected: str) -> None:
    assert texts(write_docx(tmp_path / "a.docx", p(inner=inner))) == [expected]


def test_text_hidden_by_a_style_is_left_out(tmp_path: Path) -> None:
    styles = (
        style("h", "隐藏段").replace("<w:pPr>", "<w:rPr><w:vanish/></w:rPr><w:pPr>")
        + '<w:style w:type="character" w:styleId="r"><w:name w:val="隐藏字"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    body = (
        p(inner="<w:r><w:t>藏</w:t></w:r>", properties='<w:pStyle w:val="h"/>')
        + p(inner=run("藏", '<w:rStyle w:val="r"/>') + run("露"))
        + p(inner=run("露", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="h"/>')
    )
    assert texts(write_docx(tmp_path / "a.docx", body, styles=styles)) == ["露", "露"]


def test_headers_footers_notes_and_comments_are_no_part_of_the_text(tmp_path: Path) -> None:
    parts = {
        name: f'<w:{name[:-1]} w:id="2">{p("第九章 旁注")}</w:{name[:-1]}>'
        for name in ("footnotes", "endnotes", "comments")
    } | {"hdr": p("第九章 页眉"), "ftr": p("第九章 页脚")}
    sections = '<w:sectPr><w:headerReference w:type="default" r:id="r9"/></w:sectPr>'
    path = write_docx(tmp_path / "a.docx", p("第一章 总论") + p(TEXT) + sections, parts=parts)
    assert texts(path) == ["第一章 总论", TEXT]


@pytest.mark.parametrize("gone", ['<w:del w:id="1"/>', '<w:moveFrom w:id="1"/>'])
def test_a_numbered_heading_that_is_deleted_or_moved_away_is_not_counted(
    tmp_path: Path, gone: str
) -> None:
    tag = "del" if "del" in gone else "moveFrom"
    text = "delText" if tag == "del" else "t"
    removed = p(
        properties=f"{FIRST_ITEM}<w:rPr>{gone}</w:rPr>",
        inner=f'<w:{tag} w:id="2"><w:r><w:{text}>旧章</w:{text}></w:r></w:{tag}>',
    )
    body = numbered("总论", 0) + removed + numbered("安全", 0)
    path = write_docx(tmp_path / "a.docx", body, numbering=numbering(level(0, "第%1章")))
    assert numbers(path) == ["第1章总论", "第2章安全"]


def test_a_hidden_numbered_paragraph_is_not_counted(tmp_path: Path) -> None:
    hidden = p(
        "暗",
        properties=f"{FIRST_ITEM}<w:rPr><w:vanish/></w:rPr>",
        run="<w:vanish/>",
    )
    body = numbered("总论", 0) + hidden + numbered("安全", 0)
    path = write_docx(tmp_path / "a.docx", body, numbering=numbering(level(0, "%1.")))
    assert numbers(path) == ["1.总论", "2.安全"]


def test_a_deleted_mark_before_a_table_or_at_the_end_loses_no_text(tmp_path: Path) -> None:
    mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    body = p("表前", properties=mark) + table(("甲", "乙")) + p("末段", properties=mark)
    assert texts(write_docx(tmp_path / "a.docx", body)) == ["表前", "甲\t乙", "末段"]


def test_a_change_of_numbering_or_style_counts_as_it_is_now(tmp_path: Path) -> None:
    changed = (
        '<w:pStyle w:val="1"/><w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="2"/>'
        f'{FIRST_ITEM}<w:outlineLvl w:val="5"/></w:pPr></w:pPrChange>'
    )
    path = write_docx(
        tmp_path / "a.docx",
        p("总论", properties=changed) + p(TEXT),
        styles=HEADINGS,
        numbering=numbering(level(0, "%1.")),
    )
    assert headings(read_report(path)) == [(1, "总论")]


def test_an_inserted_heading_is_read_with_its_number(tmp_path: Path) -> None:
    inserted = p(
        properties=f'{FIRST_ITEM}<w:outlineLvl w:val="0"/><w:rPr><w:ins w:id="1"/></w:rPr>',
        inner='<w:ins w:id="2"><w:r><w:t>网络安全</w:t></w:r></w:ins>',
    )
    path = write_docx(
        tmp_path / "a.docx", inserted + p(TEXT), numbering=numbering(level(0, "第%1章"))
    )
    assert headings(read_report(path)) == [(1, "第1章 网络安全")]


def test_a_heading_that_ends_in_a_style_separator_is_a_heading(tmp_path: Path) -> None:
    """Word sets the heading and its text on one line by a hidden paragraph mark."""
    mark = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    body = p("总论", properties=f'<w:pStyle w:val="1"/>{mark}') + p(TEXT)
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    assert headings(outline) == [(1, "总论")]


def test_a_report_inside_a_content_control_is_not_taken_for_its_contents(tmp_path: Path) -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{p('第一章 总论 3')}</w:sdtContent></w:sdt>"
    )
    report = styled("第一章 总论", "1") + p(TEXT)
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{contents}{report}</w:sdtContent></w:sdt>"
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    assert headings(outline) == [(1, "第一章 总论")]


def test_lines_that_lead_to_headings_are_contents_whatever_their_style(tmp_path: Path) -> None:
    """Converters keep the links of a contents page and lose its field and styles."""
    link = '<w:hyperlink w:anchor="_Toc{n}"><w:r><w:t>{t}</w:t></w:r></w:hyperlink>'
    lines = "".join(
        p(properties='<w:pStyle w:val="1"/>', inner=link.format(n=n, t=t))
        for n, t in enumerate(("第一章 总论", "第二章 网络安全"))
    )
    body = lines + styled("第一章 总论", "1") + p(TEXT)
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    assert headings(outline) == [(1, "第一章 总论")]
    assert outline.contents_lines == ("第一章 总论", "第二章 网络安全")


def test_a_link_to_a_heading_inside_a_sentence_leaves_it_text(tmp_path: Path) -> None:
    link = '<w:hyperlink w:anchor="_Toc1"><w:r><w:t>第三章</w:t></w:r></w:hyperlink>'
    block = read_docx(write_docx(tmp_path / "a.docx", p(TEXT + "详见", inner=link))).blocks[0]
    assert block.role == "body"


@pytest.mark.parametrize(
    "begins",
    [
        p("前", properties='<w:sectPr><w:type w:val="nextPage"/></w:sectPr>') + p("后"),
        p("前", properties="<w:sectPr/>") + p("后"),
        p("前") + p("后", properties="<w:pageBreakBefore/>"),
        p("前") + p(inner='<w:r><w:br w:type="page"/></w:r>') + p("后"),
    ],
)
def test_what_begins_a_new_page_is_told(tmp_path: Path, begins: str) -> None:
    blocks = read_docx(write_docx(tmp_path / "a.docx", begins)).blocks
    assert [(block.text, block.starts_page) for block in blocks] == [("前", False), ("后", True)]


def test_a_continuous_section_begins_no_page(tmp_path: Path) -> None:
    break_ = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    blocks = read_docx(write_docx(tmp_path / "a.docx", p("前", properties=break_) + p("后"))).blocks
    assert [block.starts_page for block in blocks] == [False, False]


@pytest.mark.parametrize("outside", ['<w:altChunk r:id="r9"/>', '<w:p><w:subDoc r:id="r9"/></w:p>'])
def test_text_that_stands_in_another_file_is_said_to_be_unread(
    tmp_path: Path, outside: str
) -> None:
    path = write_docx(tmp_path / "a.docx", p("第一章 总论") + p(TEXT) + outside)
    with pytest.raises(ReportUnreadable) as refused:
        read_report(path)
    assert refused.value.code == "unsupported_type"
    assert "另存为" in refused.value.message
