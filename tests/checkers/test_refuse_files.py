from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from make_docx import TEXT, p, write_docx
from make_pdf import Text, write_pdf

from checkers.errors import ReportUnreadable
from checkers.read_package_xml import LARGEST_PART
from checkers.read_report import read_report

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(path: Path) -> ReportUnreadable:
    with pytest.raises(ReportUnreadable) as refused:
        read_report(path)
    return refused.value


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"", "empty_file"),
        ("a.docx", b"just some words", "wrong_type"),
        ("a.pdf", b"\x00" * 5000, "wrong_type"),
        ("a.pdf", b"%PDF-1.7\n", "damaged"),
        ("a.docx", b"PK\x03\x04" + b"x" * 200, "damaged"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.doc", OLE, "unsupported_type"),
        # An old DOC under a new name is told by its content.
        ("a.docx", OLE, "unsupported_type"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "damaged"),
        ("no-suffix", b"abc", "unsupported_type"),
    ],
)
def test_a_file_that_is_no_report_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = refusal(path)
    assert error.code == code
    assert error.message.endswith("。")
    assert error.message.count("。") == 1


MHT = b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html><body>x</body></html>"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.doc", b"<html><body>x</body></html>", "内容却是网页"),
        ("a.doc", MHT, "内容却是网页"),
        ("a.docx", MHT, "内容却是网页"),
        ("a.jpg", b"no picture at all", "内容却不是图片"),
        ("a.png", bytes(600), "内容却不是图片"),
        ("a.xyz", b"abc", "RTF"),
    ],
)
def test_a_refusal_says_what_the_content_is(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    message = refusal(path).message
    assert words in message
    assert "不支持“.jpg”" not in message


@pytest.mark.parametrize(
    ("members", "code"),
    [
        (("xl/workbook.xml", "[Content_Types].xml"), "wrong_type"),
        (("ppt/presentation.xml",), "wrong_type"),
        (("report.docx",), "archive"),
        (("mimetype", "content.xml"), "unsupported_type"),
        (("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "has_macros"),
        # A document without its main part.
        (("[Content_Types].xml", "word/styles.xml"), "damaged"),
    ],
)
def test_other_packages_are_told_from_documents(
    tmp_path: Path, members: tuple[str, ...], code: str
) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        for member in members:
            package.writestr(member, "<a/>")
    assert refusal(path).code == code


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.docx").code == "not_found"
    assert refusal(tmp_path).code == "not_a_file"


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.docx")
    assert refusal(tmp_path / "a.docx").code == "not_a_file"


@pytest.mark.parametrize("name", ["a\x00b.docx", "x" * 5000 + ".pdf"])
def test_a_name_that_no_system_takes_is_not_found(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path / name).code == "not_found"


def test_a_name_with_a_line_end_is_shown_on_one_line(tmp_path: Path) -> None:
    assert refusal(tmp_path / "甲\n乙.docx").message == "找不到文件“甲?乙.docx”，请检查路径。"


def test_a_pdf_named_docx_is_read_by_its_content(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.docx", [Text("第一章 总论", size=18), Text(TEXT * 3)])
    outline = read_report(path)
    assert outline.kind == "pdf"
    assert [section.title for section in outline.sections] == ["总论"]


def test_a_docx_named_pdf_is_read_by_its_content(tmp_path: Path) -> None:
    assert read_report(write_docx(tmp_path / "a.pdf", p("第一章 总论") + p(TEXT))).kind == "docx"


def test_a_document_without_any_text_is_refused(tmp_path: Path) -> None:
    assert refusal(write_docx(tmp_path / "a.docx", p())).code == "no_text"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_docx_is_damaged(tmp_path: Path, share: float) -> None:
    path = write_docx(tmp_path / "a.docx", p(TEXT) * 50)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert refusal(path).code == "damaged"


def test_a_docx_with_broken_xml_is_damaged(tmp_path: Path) -> None:
    assert refusal(write_docx(tmp_path / "a.docx", "<w:p><w:r>")).code == "damaged"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as member:
            block = b" " * (8 * 1024 * 1024)
            for _ in range(LARGEST_PART // len(block) + 1):
                member.write(block)
    assert path.stat().st_size < 1024 * 1024
    assert refusal(path).code == "too_large"


def test_a_bomb_in_a_picture_folder_is_never_unpacked(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", p("第一章 总论") + p(TEXT))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/image1.png", bytes(64 * 1024 * 1024))
    assert len(read_report(path).sections) == 1


@pytest.mark.parametrize(
    "declaration",
    [
        # Entities that multiply, and one that reads a file.
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_neither_expanded_nor_fetched(
    tmp_path: Path, declaration: str, encoding: str
) -> None:
    path = tmp_path / "a.docx"
    document = (
        f'<?xml version="1.0" encoding="{encoding}"?>{declaration}'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", document.encode(encoding))
    assert refusal(path).code == "damaged"


def test_tables_nested_beyond_reason_are_refused_without_a_crash(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 400 + p(TEXT) + "</w:tc></w:tr></w:tbl>" * 400
    assert refusal(write_docx(tmp_path / "a.docx", deep)).code == "damaged"


def test_styles_based_on_each_other_do_not_hang(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{one}"/>'
        f'<w:basedOn w:val="{two}"/></w:style>'
        for one, two in (("a", "b"), ("b", "a"))
    )
    body = p(TEXT, properties='<w:pStyle w:val="a"/>')
    assert read_report(write_docx(tmp_path / "a.docx", body, styles=styles)).sections == ()


def outcome(path: Path) -> str:
    """Return what became of a file: the code of the refusal, or whether anything was read."""
    try:
        outline = read_report(path)
    except ReportUnreadable as error:
        return error.code
    return "read" if outline.sections else "unread" if outline.unread_pages else "silence"


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_truncated_pdf_is_refused_read_or_listed_as_unread(tmp_path: Path, share: float) -> None:
    path = write_pdf(tmp_path / "a.pdf", [Text("第一章 总论", size=18), Text(TEXT * 20)] * 5)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    # pdfium repairs what it can; what it could not must not look like an empty report.
    assert outcome(path) in {"damaged", "read", "unread"}
