"""Tell what a file is from its content, whatever its name says."""

from __future__ import annotations

import zipfile
from pathlib import Path

from checkers.errors import ReportUnreadable
from checkers.outline import FileKind

# A report of 350 pages with pictures weighs some 30 MB; beyond this the file is no report.
LARGEST_FILE = 200 * 1024 * 1024

_PDF_MAGIC = b"%PDF-"
# Readers of PDF accept some bytes of mail or web debris before the magic.
_PDF_MAGIC_WITHIN = 1024
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF_MAGIC = b"{\\rtf"
_HEAD = 4096
_LONGEST_NAME = 60
# Names inside an OLE container are UTF-16; the directory is scanned as raw bytes.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

_SAVE_AS_DOCX = "请用Word或WPS打开后另存为DOCX格式，再重新上传。"
_TEXT_SUFFIXES: dict[str, FileKind] = {".md": "markdown", ".markdown": "markdown", ".txt": "text"}


def detect_kind(path: Path) -> FileKind:
    """Return the kind of a report file by its content.

    Raises:
        ReportUnreadable: the file is absent, empty, too large, encrypted, damaged, or of a kind
            that can't be read.
    """
    head = _read_head(path)
    if _PDF_MAGIC in head[:_PDF_MAGIC_WITHIN]:
        return "pdf"
    if head.startswith(_ZIP_MAGIC):
        return _detect_package(path)
    if head.startswith(_OLE_MAGIC):
        raise _refuse_ole(path)
    if head.startswith(_RTF_MAGIC):
        raise ReportUnreadable("unsupported_type", f"这是RTF文件，暂不支持；{_SAVE_AS_DOCX}")
    return _refuse_other(path)


def _read_head(path: Path) -> bytes:
    """Return the first bytes of the file, after the checks that need no content."""
    try:
        if path.is_dir():
            raise ReportUnreadable(
                "not_a_file", f"“{_show_name(path)}”是文件夹，请指定一个报告文件。"
            )
        size = path.stat().st_size
        if not path.is_file():
            raise ReportUnreadable(
                "not_a_file", f"“{_show_name(path)}”不是普通文件，请指定一个报告文件。"
            )
        if size == 0:
            raise ReportUnreadable("empty_file", "文件是空的（0字节），请检查后重新上传。")
        if size > LARGEST_FILE:
            limit = LARGEST_FILE // 1024 // 1024
            raise ReportUnreadable(
                "too_large",
                f"文件有{size // 1024 // 1024} MB，超过{limit} MB的上限，请压缩图片后再上传。",
            )
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except FileNotFoundError:
        raise ReportUnreadable(
            "not_found", f"找不到文件“{_show_name(path)}”，请检查路径。"
        ) from None
    except PermissionError:
        raise ReportUnreadable(
            "not_permitted", f"没有读取“{_show_name(path)}”的权限，请检查文件权限。"
        ) from None
    except (OSError, ValueError):
        raise ReportUnreadable(
            "not_found", f"打不开文件“{_show_name(path)}”，请检查路径和文件名。"
        ) from None


def _show_name(path: Path) -> str:
    """The name of a file as a message can show it: on one line, and not too long."""
    return "".join(char if char.isprintable() else "?" for char in path.name)[:_LONGEST_NAME]


def _detect_package(path: Path) -> FileKind:
    """Tell the ZIP-based formats apart by the parts inside."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise ReportUnreadable(
            "damaged", "文件已损坏或没有传完整，打不开；请重新导出或重新上传。"
        ) from None
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    if "OFD.xml" in names:
        raise ReportUnreadable(
            "unsupported_type", "这是OFD文件，暂不支持；请导出为DOCX或文字版PDF后再上传。"
        )
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise ReportUnreadable(
            "wrong_type", "这是表格或演示文稿，不是报告文档；请上传DOCX或PDF格式的报告。"
        )
    raise ReportUnreadable(
        "wrong_type", "这是压缩包，不是报告文档；请解压后上传其中的DOCX或PDF文件。"
    )


def _refuse_ole(path: Path) -> ReportUnreadable:
    """Tell an encrypted DOCX from an old DOC; both come in the same container."""
    if _ENCRYPTED_PACKAGE in path.read_bytes():
        return ReportUnreadable("encrypted", "文件设有打开密码，无法读取；请取消密码后重新上传。")
    return ReportUnreadable(
        "unsupported_type", f"这是旧版DOC（或WPS）文件，暂不支持；{_SAVE_AS_DOCX}"
    )


def _refuse_other(path: Path) -> FileKind:
    """Name what an unknown file claims to be, and refuse it."""
    suffix = path.suffix.lower()
    if suffix in {".docx", ".pdf"}:
        raise ReportUnreadable(
            "wrong_type",
            f"文件名是{suffix}，内容却不是{suffix[1:].upper()}文档，可能已损坏或改过扩展名；请上传原文件。",
        )
    if suffix in _TEXT_SUFFIXES:
        raise ReportUnreadable(
            "unsupported_type", "暂不支持纯文本报告；请另存为DOCX或文字版PDF后再上传。"
        )
    raise ReportUnreadable(
        "unsupported_type",
        f"不支持“{suffix or _show_name(path)}”类型的文件；请上传DOCX或PDF格式的报告。",
    )
