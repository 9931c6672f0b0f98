"""Files of every kind give the same regulation, or one clear sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdf
import pytest
from print_regulation import regulation_lines, write_docx, write_pdf
from reportlab.pdfgen.canvas import Canvas
from test_generated_regulations import parse

from corpus.errors import SourceUnreadable
from corpus.library import Library
from corpus.read_source import read_source
from corpus.regulation import Regulation

TEXT = "测试办法\n第一条 甲。\n第二条 本办法自发布之日起施行。\n"


def assert_same_articles(path: Path, expected: Regulation) -> None:
    parsed = parse(read_source(path))
    assert parsed.problems == ()
    got = [(a.number, a.chapter, a.paragraphs) for a in parsed.regulation.articles]
    assert got == [(a.number, a.chapter, a.paragraphs) for a in expected.articles]


@pytest.mark.parametrize("regulation", ["xichuan", "jinzhai", "xiangxi", "erenhot", "xx-county"])
def test_a_printed_docx_gives_the_same_articles(
    library: Library, tmp_path: Path, regulation: str
) -> None:
    expected = library.regulation(regulation)
    path = write_docx(regulation_lines(expected), tmp_path / "printed.docx")
    assert_same_articles(path, expected)


@pytest.mark.parametrize("regulation", ["xichuan", "jinzhai", "xiangxi", "erenhot"])
def test_a_docx_with_automatic_numbers_gives_the_same_articles(
    library: Library, tmp_path: Path, regulation: str
) -> None:
    expected = library.regulation(regulation)
    lines = regulation_lines(expected)
    path = write_docx(lines, tmp_path / "printed.docx", automatic_numbers=True)
    assert_same_articles(path, expected)


@pytest.mark.parametrize("regulation", ["xichuan", "jinzhai", "xiangxi", "erenhot", "xx-county"])
def test_a_printed_pdf_gives_the_same_articles_without_headers_and_page_numbers(
    library: Library, tmp_path: Path, regulation: str
) -> None:
    expected = library.regulation(regulation)
    path = write_pdf(regulation_lines(expected), tmp_path / "printed.pdf")
    assert_same_articles(path, expected)


@pytest.mark.parametrize("regulation", ["xichuan", "jinzhai", "xiangxi", "erenhot"])
def test_a_pdf_without_indents_gives_the_same_words(
    library: Library, tmp_path: Path, regulation: str
) -> None:
    expected = library.regulation(regulation)
    path = write_pdf(regulation_lines(expected), tmp_path / "printed.pdf", indent=False)
    got = parse(read_source(path)).regulation
    # Where a paragraph ends in a full line, nothing shows that the next line begins another.
    assert [a.text.replace("\n", "") for a in got.articles] == [
        a.text.replace("\n", "") for a in expected.articles
    ]


def test_a_table_of_a_docx_is_read_as_rows(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.add_paragraph("附件 申报表")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "单位", "金额"
    document.save(str(tmp_path / "a.docx"))
    parsed = parse(read_source(tmp_path / "a.docx"))
    assert parsed.problems == ()
    assert parsed.regulation.articles[-1].text == "本办法自发布之日起施行。"
    assert [annex.text for annex in parsed.regulation.annexes] == ["附件 申报表\n单位\t金额"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_text_is_read_in_the_encodings_of_chinese_offices(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_source(path) == TEXT


def test_windows_line_ends_become_plain(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert read_source(path) == TEXT


def test_a_saved_web_page_gives_its_visible_words(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    body = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    head = "<head><title>网站</title><script>var a='第三条 假';</script></head>"
    path.write_text(f"<!DOCTYPE html><html>{head}<body>{body}</body></html>", encoding="utf-8")
    parsed = parse(read_source(path))
    assert parsed.problems == ()
    assert [a.text for a in parsed.regulation.articles] == ["甲。", "本办法自发布之日起施行。"]


def blank_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(100, 100, 50, 50)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(blank_pdf()))
    writer.encrypt("geheim")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def zip_with(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "<x/>")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "是空的"),
        ("a.txt", b" \n\n ", "是空的"),
        ("a.txt", b"plain English only", "没有中文"),
        ("a.txt", bytes(range(256)) * 40, "不是文本"),
        ("a.docx", b"PK\x03\x04 cut off", "已损坏"),
        ("a.docx", zip_with("xl/workbook.xml"), "不是DOCX"),
        ("a.docx", zip_with("OFD.xml"), "OFD"),
        ("a.docx", zip_with("word/document.xml"), "没有中文"),
        ("a.docx", OLE, "旧版Word"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "设有密码"),
        ("a.pdf", b"%PDF-1.7\ncut off", "已损坏"),
        ("a.pdf", blank_pdf(), "扫描件"),
        ("a.pdf", locked_pdf(), "设有密码"),
        ("a.docx", blank_pdf(), "扫描件"),  # a PDF under another name is read as PDF
        ("a.txt", b"{\\rtf1 abc}", "RTF"),
        ("a.txt", b"\x89PNG\r\n", "图片"),
    ],
)
def test_what_cannot_be_read_gets_one_clear_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceUnreadable, match=words) as raised:
        read_source(path)
    assert str(raised.value).endswith("。")
    assert "\n" not in str(raised.value)


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="无法打开"):
        read_source(tmp_path / "none.txt")
    with pytest.raises(SourceUnreadable, match="文件夹"):
        read_source(tmp_path)
