from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from make_docx import TEXT, level, numbering, p, style, styled, table, write_docx

from checkers.convert_legacy import OFFICE_VARIABLE, convert_legacy, find_office
from checkers.errors import ReportUnreadable
from checkers.read_report import read_report

# Written by LibreOffice as "MS Word 97" from a report of two chapters with a table.
REPORT = Path(__file__).parent / "legacy" / "report.doc"
HEADINGS = [(1, "第一章 总论"), (2, "1.1 建设背景"), (1, "第二章 需求分析")]

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")


def read_headings(path: Path) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in read_report(path).walk()]


def test_a_doc_is_read_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OFFICE_VARIABLE, "none")
    outline = read_report(REPORT)
    assert outline.kind == "doc"
    assert [(section.level, section.heading) for section in outline.walk()] == HEADINGS
    assert any(block.is_table for section in outline.walk() for block in section.body)


@needs_office
def test_a_doc_is_read_with_libreoffice() -> None:
    assert read_headings(REPORT) == HEADINGS


@pytest.mark.parametrize(("name", "kind"), [("a.wps", "wps"), ("a.docx", "doc"), ("a", "doc")])
def test_the_kind_is_told_from_the_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    monkeypatch.setenv(OFFICE_VARIABLE, "none")
    path = tmp_path / name
    path.write_bytes(REPORT.read_bytes())
    assert read_report(path).kind == kind


def test_a_doc_with_a_password_is_refused(tmp_path: Path) -> None:
    content = bytearray(REPORT.read_bytes())
    # The flag for encryption, in the head of the Word stream.
    content[content.index(b"\xec\xa5\x01\x01") + 11] |= 1
    path = tmp_path / "a.doc"
    path.write_bytes(content)
    with pytest.raises(ReportUnreadable) as refused:
        read_report(path)
    assert refused.value.code == "encrypted"


@pytest.mark.parametrize(
    ("stream", "code"),
    [("_VBA_PROJECT", "has_macros"), ("EncryptedPackage", "encrypted")],
)
def test_what_stands_in_the_container_is_told(tmp_path: Path, stream: str, code: str) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(REPORT.read_bytes() + stream.encode("utf-16-le"))
    with pytest.raises(ReportUnreadable) as refused:
        read_report(path)
    assert refused.value.code == code


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_doc_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    monkeypatch.setenv(OFFICE_VARIABLE, "none")
    content = REPORT.read_bytes()
    path = tmp_path / "a.doc"
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ReportUnreadable) as refused:
        read_report(path)
    assert refused.value.code in {"conversion_failed", "unsupported_type"}
    assert refused.value.message.endswith("。")


def test_the_converted_file_is_gone_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OFFICE_VARIABLE, "none")
    with convert_legacy(REPORT) as converted:
        assert converted.is_file()
    assert not converted.parent.exists()


def write_numbered(path: Path) -> Path:
    """Write a report whose numbers stand in its numbering only, with changes and hidden text."""
    plain = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    )
    own = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    styles = (
        plain
        + style("1", "heading 1", based_on="a", paragraph=own.format(0))
        + style("2", "heading 2", based_on="a", paragraph=own.format(1))
    )
    levels = (
        level(0, "第%1章", form="chineseCounting", extra='<w:pStyle w:val="1"/>'),
        level(1, "（%2）", form="chineseCounting", extra='<w:pStyle w:val="2"/>'),
    )
    changes = (
        '<w:del w:id="1" w:author="a"><w:r><w:delText>删去</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>增补</w:t></w:r></w:ins>'
    )
    body = (
        styled("总论", "1") + styled("建设背景", "2") + p(TEXT) + styled("建设目标", "2") + p(TEXT)
        + table(("名称", "值"), ("甲", "1")) + styled("网络安全", "1") + styled("等级保护", "2")
        + p(TEXT) + p("暗处", run="<w:vanish/>") + p(inner=changes)
    )  # fmt: skip
    return write_docx(path, body, styles=styles, numbering=numbering(*levels))


NUMBERED = [
    (1, "第一章 总论"), (2, "（一）建设背景"), (2, "（二）建设目标"),
    (1, "第二章 网络安全"), (2, "（一）等级保护"),
]  # fmt: skip


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report as a DOC, saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("saved")
    source = write_numbered(folder / "a.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(find_office()), profile, "--headless", "--convert-to", "doc:MS Word 97"]
    command += ["--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix(".doc")


@needs_office
def test_automatic_numbers_survive_the_conversion(saved: Path) -> None:
    outline = read_report(saved)
    assert [(section.level, section.heading) for section in outline.walk()] == NUMBERED
    said = [block.text for section in outline.walk() for block in section.body]
    assert said == [TEXT, TEXT, "名称\t值\n甲\t1", TEXT, "增补"]


@needs_office
def test_automatic_numbers_survive_the_conversion_in_python(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OFFICE_VARIABLE, "none")
    assert read_headings(saved) == NUMBERED


def write_rich_text(path: Path) -> Path:
    """Write a report as Word and web systems write RTF."""
    lines = ((0, "第一章 总论"), (None, TEXT), (0, "第二章 网络安全"), (None, TEXT))
    written = "".join(
        f"\\pard{'' if outline is None else chr(92) + f'outlinelevel{outline}'} "
        + "".join(f"\\u{ord(char) - (ord(char) > 0x7FFF) * 0x10000}?" for char in text)
        + "\\par\n"
        for outline, text in lines
    )
    path.write_text(f"{{\\rtf1\\ansi\\ansicpg936\\uc1\n{written}}}", "ascii")
    return path


@needs_office
def test_rich_text_under_the_name_of_a_doc_is_read(tmp_path: Path) -> None:
    outline = read_report(write_rich_text(tmp_path / "b.doc"))
    assert outline.kind == "doc"
    assert [section.heading for section in outline.walk()] == ["第一章 总论", "第二章 网络安全"]


@needs_office
def test_several_documents_are_converted_at_once(saved: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        read = list(pool.map(read_headings, [saved, REPORT, saved]))
    assert read == [NUMBERED, HEADINGS, NUMBERED]


def test_rich_text_is_refused_where_nothing_converts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OFFICE_VARIABLE, "none")
    path = tmp_path / "a.doc"
    path.write_bytes(b"{\\rtf1 abc}")
    with pytest.raises(ReportUnreadable) as refused:
        read_report(path)
    assert (refused.value.code, refused.value.message.count("。")) == ("unsupported_type", 1)


@pytest.mark.parametrize(
    "content",
    [
        # Web systems save a page under the name of a DOC, Word a page with its pictures.
        "<html xmlns:w='urn:schemas-microsoft-com:office:word'><h1>第一章 总论</h1></html>",
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n\n<html>',
        '<?xml version="1.0"?><w:wordDocument xmlns:w="x"><w:body/></w:wordDocument>',
    ],
)
def test_a_web_page_under_the_name_of_a_doc_is_refused_in_one_sentence(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "a.doc"
    path.write_text(content, "utf-8")
    with pytest.raises(ReportUnreadable) as refused:
        read_report(path)
    assert (refused.value.code, refused.value.message.count("。")) == ("wrong_type", 1)
