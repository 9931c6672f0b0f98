from __future__ import annotations

from pathlib import Path

import pytest

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
