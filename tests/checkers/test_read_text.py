from __future__ import annotations

from pathlib import Path

import pytest

from checkers.decode_text import decode_text
from checkers.errors import ReportUnreadable
from checkers.outline import Outline
from checkers.read_report import read_report

TEXT = "本项目依托县级政务云平台部署，分为数据层、支撑层和应用层，服务全县各部门业务协同。"
REPORT = f"第一章 总论\n{TEXT}\n1.1 背景\n{TEXT}\n第二章 需求分析\n{TEXT}\n"


def read(tmp_path: Path, content: bytes, name: str = "a.txt") -> Outline:
    path = tmp_path / name
    path.write_bytes(content)
    return read_report(path)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_gives_the_same_outline(
    tmp_path: Path, encoding: str, line_end: str
) -> None:
    outline = read(tmp_path, REPORT.replace("\n", line_end).encode(encoding))
    assert outline.kind == "text"
    assert [(section.level, section.heading) for section in outline.walk()] == [
        (1, "第一章 总论"),
        (2, "1.1 背景"),
        (1, "第二章 需求分析"),
    ]
    assert outline.sections[1].body[0].text == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_damaged_byte_in_a_long_text_does_not_matter(tmp_path: Path, encoding: str) -> None:
    content = bytearray((REPORT * 10).encode(encoding))
    content[len(content) // 2] = 0xFF
    assert len(read(tmp_path, bytes(content)).sections) >= 2


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        # Bytes that are Chinese characters in no encoding.
        bytes(range(128, 256)) * 40,
        # An even number of zeros is UTF-16 in form only.
        bytes(4000),
    ],
)
def test_what_is_no_text_is_not_taken_for_one(tmp_path: Path, content: bytes) -> None:
    assert decode_text(content) is None
    with pytest.raises(ReportUnreadable) as refused:
        read(tmp_path, content)
    assert refused.value.code == "damaged"


def test_a_chinese_text_without_a_known_ending_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, REPORT.encode(), name="报告").kind == "text"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", REPORT, "wrong_type"),
        ("a.pdf", REPORT, "wrong_type"),
        ("a.doc", f"<html><body>{REPORT}</body></html>", "wrong_type"),
        ("a.html", f"<html><body>{REPORT}</body></html>", "unsupported_type"),
        ("a.xml", f"<?xml version='1.0'?><a>{REPORT}</a>", "unsupported_type"),
        ("a.py", "print('hello')", "unsupported_type"),
    ],
)
def test_a_text_that_claims_to_be_something_else_is_refused(
    tmp_path: Path, name: str, content: str, code: str
) -> None:
    with pytest.raises(ReportUnreadable) as refused:
        read(tmp_path, content.encode(), name=name)
    assert refused.value.code == code


def test_lines_broken_at_a_column_are_joined(tmp_path: Path) -> None:
    wrapped = "\n".join((TEXT * 4)[start : start + 35] for start in range(0, len(TEXT) * 4, 35))
    source = "".join(f"{numeral}、标题\n{wrapped}\n" for numeral in "一二三")
    outline = read(tmp_path, source.encode())
    assert [[block.text for block in section.body] for section in outline.sections] == [
        [TEXT * 4]
    ] * 3


def test_paragraphs_of_differing_length_are_not_joined(tmp_path: Path) -> None:
    source = f"一、总论\n{TEXT}\n{TEXT[:20]}。\n{TEXT}\n二、需求\n{TEXT}"
    assert len(read(tmp_path, source.encode()).sections[0].body) == 3


@pytest.mark.parametrize(
    "table",
    [
        "名称\t类型\n人口\t库",
        "| 名称 | 类型 |\n|------|------|\n| 人口 | 库 |",
        "名称|类型\n人口|库",
    ],
)
def test_rows_of_cells_are_a_table(tmp_path: Path, table: str) -> None:
    source = f"一、总论\n{TEXT}\n{table}\n{TEXT}\n二、需求\n{TEXT}"
    (_, found, _) = read(tmp_path, source.encode()).sections[0].body
    assert found.rows == (("名称", "类型"), ("人口", "库"))


def test_a_contents_list_is_no_section(tmp_path: Path) -> None:
    contents = "目录\n第一章 总论........1\n第二章 需求分析........3\n第三章 密码应用........5\n"
    outline = read(tmp_path, f"{contents}\f{REPORT}".encode())
    assert [section.number for section in outline.sections] == ["第一章", "第二章"]
    assert len(outline.contents_lines) >= 3
