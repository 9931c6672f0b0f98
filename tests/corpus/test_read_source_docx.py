"""What Word prints in a line: automatic numbers of every kind, insertions, no deletions."""

from __future__ import annotations

import io
import zipfile

from corpus.read_source_docx import read_docx_text

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
    <w:lvlText w:val="第%1条"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
    <w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
    <w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="3">
  <w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="decimal"/>
    <w:lvlText w:val="%1."/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""
STYLES = """
<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Article"><w:basedOn w:val="Base"/></w:style>
"""


def docx_with(body: str) -> bytes:
    buffer = io.BytesIO()
    parts = {"document": f"<w:body>{body}</w:body>", "numbering": NUMBERING, "styles": STYLES}
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMESPACE}>{content}</w:{name}>")
    return buffer.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def in_list(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def lines_of(body: str) -> list[str]:
    return read_docx_text(docx_with(body), "a.docx").split("\n")


def test_levels_count_on_and_restart_below() -> None:
    body = (
        paragraph("甲", in_list(1))
        + paragraph("子", in_list(1, 1))
        + paragraph("丑", in_list(1, 1))
        + paragraph("乙", in_list(1))
        + paragraph("寅", in_list(1, 1))
        + paragraph("卯", in_list(1, 2))
    )
    assert lines_of(body) == [
        "第一条 甲",
        "（一） 子",
        "（二） 丑",
        "第二条 乙",
        "（一） 寅",
        "二.1 卯",
    ]


def test_a_list_with_an_override_restarts_once() -> None:
    body = (
        paragraph("子", in_list(1, 1))
        + paragraph("丑", in_list(1, 1))
        + paragraph("寅", in_list(4, 1))
        + paragraph("卯", in_list(4, 1))
    )
    assert lines_of(body) == ["（一） 子", "（二） 丑", "（一） 寅", "（二） 卯"]


def test_numbers_of_styles_are_printed_and_list_0_takes_them_away() -> None:
    style = '<w:pStyle w:val="Article"/>'
    body = paragraph("甲", style) + paragraph("无", style + in_list(0)) + paragraph("乙", style)
    assert lines_of(body) == ["第一条 甲", "无", "第二条 乙"]


def test_bullets_print_no_number_and_lists_may_start_late() -> None:
    body = paragraph("点", in_list(2)) + paragraph("九", in_list(3)) + paragraph("空", in_list(7))
    assert lines_of(body) == ["点", "9. 九", "空"]


def test_insertions_are_read_and_deletions_are_not() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:ins><w:r><w:t>增</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:hyperlink><w:r><w:t>乙</w:t></w:r></w:hyperlink>"
        "<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:br/><w:t>丙</w:t></w:r></w:p>"
    )
    assert lines_of(body) == ["甲增乙A-B", "丙"]


def test_paragraphs_in_content_controls_and_tables_are_read() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
        f"<w:tbl><w:tr><w:tc>{paragraph('甲')}{paragraph('乙')}</w:tc>"
        f"<w:tc>{paragraph('丙')}</w:tc></w:tr></w:tbl>"
    )
    assert lines_of(body) == ["控件", "甲 乙\t丙"]
