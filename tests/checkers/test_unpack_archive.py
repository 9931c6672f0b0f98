from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest
from make_docx import TEXT, p, write_docx

from checkers.check_archive import check_reports
from checkers.errors import ReportUnreadable
from checkers.load_rules import Rules
from checkers.unpack_archive import MOST_REPORTS, ArchiveMember, unpack_archive
from corpus.library import Library


class GbkName(zipfile.ZipInfo):
    """A member whose name is in GBK and says nothing of it, as Windows writes it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), 0


class RawUtf8Name(zipfile.ZipInfo):
    """A member whose name is in UTF-8 and says nothing of it, as macOS writes it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode(), 0


def named(name: str, kind: type[zipfile.ZipInfo] = zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = kind("x")
    entry.filename = name
    return entry


def write_zip(path: Path, members: list[tuple[zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in members:
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return path


def unpack(tmp_path: Path, members: list[tuple[zipfile.ZipInfo, bytes]]) -> list[ArchiveMember]:
    folder = tmp_path / "unpacked"
    folder.mkdir()
    return list(unpack_archive(write_zip(tmp_path / "a.zip", members), folder))


@pytest.mark.parametrize("kind", [zipfile.ZipInfo, GbkName, RawUtf8Name])
def test_chinese_names_are_decoded(tmp_path: Path, kind: type[zipfile.ZipInfo]) -> None:
    (member,) = unpack(tmp_path, [(named("报告/甲项目可研报告.docx", kind), b"x")])
    assert member.name == "报告/甲项目可研报告.docx"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/甲.docx", "etc/甲.docx"),
        ("/etc/甲.docx", "etc/甲.docx"),
        ("C:\\Windows\\甲.docx", "Windows/甲.docx"),
        ("..\\..\\甲.docx", "甲.docx"),
        ("a/./b//甲.docx", "a/b/甲.docx"),
        ("甲\n乙.docx", "甲?乙.docx"),
    ],
)
def test_a_name_leads_nowhere(tmp_path: Path, name: str, shown: str) -> None:
    (member,) = unpack(tmp_path, [(named(name), b"content")])
    assert member.name == shown
    assert member.path is not None
    assert Path(member.path).parent == tmp_path / "unpacked"
    assert Path(member.path).read_bytes() == b"content"
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "unpacked"}


def test_members_of_one_name_are_all_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        members = unpack(tmp_path, [(named("甲.docx"), b"one"), (named("甲.docx"), b"two")])
    contents = [Path(member.path).read_bytes() for member in members if member.path]
    assert contents == [b"one", b"two"]


def test_links_folders_leftovers_and_other_files_are_passed_over(tmp_path: Path) -> None:
    link = named("链接.docx")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    passed = ["报告/", "__MACOSX/._甲.docx", "~$甲.docx", ".隐藏.docx", "图.png", "表.xlsx"]
    members = [(link, b"/etc/passwd"), *((named(name), b"") for name in passed)]
    found = unpack(tmp_path, [*members, (named("甲.pdf"), b"x")])
    assert [member.name for member in found] == ["甲.pdf"]


def test_a_tiff_is_taken_for_a_scanned_report_and_a_photograph_is_not(tmp_path: Path) -> None:
    members = [(named(name), b"x") for name in ("扫描.TIF", "现场.jpg", "图.png")]
    assert [member.name for member in unpack(tmp_path, members)] == ["扫描.TIF"]


def test_an_archive_inside_is_named_and_not_unpacked(tmp_path: Path) -> None:
    inner, report = unpack(tmp_path, [(named("内.zip"), b"PK"), (named("甲.docx"), b"x")])
    assert (inner.path, inner.code) == (None, "nested_archive")
    assert report.path is not None


def test_a_member_with_a_password_is_refused_alone(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", [(named("a.docx"), b"x"), (named("b.docx"), b"x")])
    content = bytearray(path.read_bytes())
    # The flag stands in the local head and in the directory; the first member is encrypted.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    folder = tmp_path / "unpacked"
    folder.mkdir()
    assert [member.code for member in unpack_archive(path, folder)] == ["encrypted", None]


def test_a_damaged_member_is_refused_alone(tmp_path: Path) -> None:
    members = [(named("a.docx"), b"content " * 99), (named("b.docx"), b"x")]
    path = write_zip(tmp_path / "a.zip", members)
    content = bytearray(path.read_bytes())
    content[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    folder = tmp_path / "unpacked"
    folder.mkdir()
    assert [member.code for member in unpack_archive(path, folder)] == ["damaged", None]


def test_a_member_that_is_a_bomb_is_refused_and_removed(tmp_path: Path) -> None:
    members = [(named("a.docx"), bytes(4 * 1024 * 1024)), (named("b.docx"), b"x")]
    folder = tmp_path / "unpacked"
    folder.mkdir()
    path = write_zip(tmp_path / "a.zip", members)
    bomb, report = unpack_archive(path, folder, largest=3 * 1024 * 1024)
    assert (bomb.code, report.code) == ("too_large", None)
    assert [path.name for path in folder.iterdir()] == ["0002.docx"]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ([], "empty_archive"),
        (["图.png", "说明.html"], "empty_archive"),
        ([f"{n}.docx" for n in range(MOST_REPORTS + 1)], "too_large"),
    ],
)
def test_an_archive_without_reports_or_with_too_many_is_refused(
    tmp_path: Path, names: list[str], code: str
) -> None:
    with pytest.raises(ReportUnreadable) as refused:
        unpack(tmp_path, [(named(name), b"") for name in names])
    assert refused.value.code == code


def test_each_report_in_an_archive_has_a_result_of_its_own(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    report = write_docx(tmp_path / "a.docx", p("第一章 总论") + p(TEXT)).read_bytes()
    archive = write_zip(
        tmp_path / "报送.zip",
        [
            (named("甲/可研.docx", GbkName), report),
            (named("乙/可研.txt"), f"第一章 总论\n{TEXT}".encode()),
            (named("丙.pdf"), b"%PDF-1.7\n"),
            # An archive under the name of a report.
            (named("丁.docx"), b"PK\x05\x06" + bytes(18)),
        ],
    )
    results = check_reports(archive, library=library, rules=rules)
    assert [
        (result.file, result.kind, result.error and result.error.code) for result in results
    ] == [
        ("报送.zip/甲/可研.docx", "docx", None),
        ("报送.zip/乙/可研.txt", "text", None),
        ("报送.zip/丙.pdf", "unknown", "damaged"),
        ("报送.zip/丁.docx", "unknown", "nested_archive"),
    ]


def test_a_single_report_is_checked_as_it_is(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    path = write_docx(tmp_path / "a.docx", p("第一章 总论") + p(TEXT))
    (result,) = check_reports(path, library=library, rules=rules)
    assert (result.file, result.error) == ("a.docx", None)


def test_files_that_are_no_reports_are_named_beside_the_first_report(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    report = ("第一章 总论\n" + TEXT * 3).encode()
    members = [("甲.txt", report), ("乙.txt", report), ("图/照片.jpg", b"x"), ("~$甲.docx", b"")]
    archive = write_zip(tmp_path / "a.zip", [(named(name), content) for name, content in members])
    first, second = check_reports(archive, library=library, rules=rules)
    assert "1个文件从名称看不是报告，没有检查：图/照片.jpg；" in first.notes[-1]
    assert not any("照片" in note for note in second.notes)
