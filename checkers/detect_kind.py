"""Tell what a file is from its content, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from checkers.decode_text import decode_text
from checkers.errors import ReportUnreadable
from checkers.outline import FileKind

SourceKind = FileKind | Literal["zip"]

# A report of 350 pages with pictures weighs some 30 MB; beyond this the file is no report.
LARGEST_FILE = 200 * 1024 * 1024

_PDF_MAGIC = b"%PDF-"
# Readers of PDF accept some bytes of mail or web debris before the magic.
_PDF_MAGIC_WITHIN = 1024
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF_MAGIC = b"{\\rtf"
# PNG, JPEG, TIFF of both byte orders (and of more than 4 GB), BMP.
_PICTURE_MAGIC = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+",
)  # fmt: skip
_BITMAP_MAGIC = re.compile(rb"BM.{4}\x00{4}.{4}[\x0c\x28\x6c\x7c]\x00{3}", re.DOTALL)
_HEAD = 4096
_LONGEST_NAME = 60

# Names inside an OLE container are UTF-16; the directory is scanned as raw bytes.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_MACRO_STREAM = "_VBA_PROJECT".encode("utf-16-le")
_OTHER_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "PowerPoint Document"))
# The head of a Word document stands at the beginning of a sector, with flags at byte 10.
_SECTOR = 512
_WORD_MAGIC = b"\xec\xa5"
_ENCRYPTED_FLAG = 0x100

_SAVE_AS_DOCX = "请用Word或WPS打开后另存为DOCX格式，再重新上传。"
_TEXT_SUFFIXES: dict[str, FileKind] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
_WORD_SUFFIXES = frozenset({".doc", ".wps", ".docx", ".docm"})
_OFFICE_SUFFIXES = frozenset({".docx", ".docm", ".pdf", ".doc", ".wps", ".ofd", ".zip"})
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|head|body|w:|office:)", re.IGNORECASE)
_MAIL_ARCHIVE = re.compile(
    r"\s*(?:MIME-Version|From|Content-Type|Snapshot-Content-Location):", re.IGNORECASE
)
_PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"})
_MARKDOWN_HEADING = re.compile(r"^#{1,6}[ \t]+\S|^\S.*\n(?:=|-){3,}[ \t]*$", re.MULTILINE)
_FEWEST_MARKDOWN_HEADINGS = 3
_CHINESE = re.compile(r"[一-鿿]")
# A file that doesn't call itself a text has to read like a Chinese one.
_FEWEST_CHINESE = 50


def detect_kind(path: Path) -> SourceKind:
    """Return the kind of a file by its content; plain text is told from Markdown by the name too.

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
        return _detect_ole(path)
    if head.startswith(_PICTURE_MAGIC) or _BITMAP_MAGIC.match(head):
        return "image"
    if head.startswith(_RTF_MAGIC):
        # Web systems and old programs save it under the name of a DOC; it is converted like one.
        return "doc"
    return _detect_text(path)


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


def _detect_package(path: Path) -> SourceKind:
    """Tell the ZIP-based formats apart by the parts inside."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise ReportUnreadable(
            "damaged", "文件已损坏或没有传完整，打不开；请重新导出或重新上传。"
        ) from None
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise _refuse_macros()
        return "docx"
    if "OFD.xml" in names:
        return "ofd"
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise ReportUnreadable(
            "wrong_type", "这是表格或演示文稿，不是报告文档；请上传DOCX或PDF格式的报告。"
        )
    if "mimetype" in names and "content.xml" in names:
        raise ReportUnreadable("unsupported_type", f"这是ODF文档，暂不支持；{_SAVE_AS_DOCX}")
    return "zip"


def _refuse_macros() -> ReportUnreadable:
    return ReportUnreadable(
        "has_macros", "文件里带有宏，为安全起见不读取；请另存为不含宏的DOCX后再上传。"
    )


def _detect_ole(path: Path) -> FileKind:
    """Tell a DOC or WPS from an encrypted DOCX and other files in the same container."""
    content = path.read_bytes()
    if _ENCRYPTED_PACKAGE in content:
        raise _refuse_encrypted()
    if _WORD_STREAM not in content:
        if any(name in content for name in _OTHER_STREAMS):
            raise ReportUnreadable(
                "wrong_type", "这是表格或演示文稿，不是报告文档；请上传DOCX或PDF格式的报告。"
            )
        raise ReportUnreadable(
            "unsupported_type", f"认不出这份文件的格式（旧版Office容器）；{_SAVE_AS_DOCX}"
        )
    if _MACRO_STREAM in content:
        raise _refuse_macros()
    if _is_encrypted_word(content):
        raise _refuse_encrypted()
    return "wps" if path.suffix.lower() == ".wps" else "doc"


def _is_encrypted_word(content: bytes) -> bool:
    """Whether the flags in the head of the Word stream say that a password is needed."""
    position = content.find(_WORD_MAGIC)
    while position >= 0:
        if position % _SECTOR == 0:
            flags = int.from_bytes(content[position + 10 : position + 12], "little")
            return bool(flags & _ENCRYPTED_FLAG)
        position = content.find(_WORD_MAGIC, position + 1)
    return False


def _refuse_encrypted() -> ReportUnreadable:
    return ReportUnreadable("encrypted", "文件设有打开密码，无法读取；请取消密码后重新上传。")


def _detect_text(path: Path) -> FileKind:
    """Tell text and Markdown from everything else, and name what an unknown file claims to be."""
    suffix = path.suffix.lower()
    text = decode_text(path.read_bytes())
    if suffix in _OFFICE_SUFFIXES:
        raise _refuse_text_as_office(suffix, text)
    if text is None and suffix in _TEXT_SUFFIXES:
        raise ReportUnreadable(
            "damaged", "文件不是文字、已损坏，或编码认不出来；请另存为UTF-8编码后再上传。"
        )
    if suffix in _PICTURE_SUFFIXES and (text is None or not _has_report_text(text)):
        raise _refuse_as_picture(suffix)
    if text is None or _is_web_page(text):
        raise _refuse_other(path)
    if suffix in _TEXT_SUFFIXES:
        return _tell_markdown(text, named=_TEXT_SUFFIXES[suffix])
    if not _has_report_text(text):
        raise _refuse_other(path)
    return _tell_markdown(text, named="text")


def _is_web_page(text: str) -> bool:
    """Whether a text is HTML, XML, or a web page kept as one file (MHT)."""
    return bool(_MARKUP.match(text) or _MAIL_ARCHIVE.match(text))


def _has_report_text(text: str) -> bool:
    return not _is_web_page(text) and len(_CHINESE.findall(text)) >= _FEWEST_CHINESE


def _tell_markdown(text: str, *, named: FileKind) -> FileKind:
    headings = len(_MARKDOWN_HEADING.findall(text))
    return "markdown" if headings >= _FEWEST_MARKDOWN_HEADINGS else named


def _refuse_text_as_office(suffix: str, text: str | None) -> ReportUnreadable:
    if text is not None and suffix in _WORD_SUFFIXES and _is_web_page(text):
        # Web systems offer such files for download as if Word had written them.
        return ReportUnreadable("wrong_type", f"文件名是{suffix}，内容却是网页；{_SAVE_AS_DOCX}")
    return ReportUnreadable(
        "wrong_type",
        f"文件名是{suffix}，内容却不是{suffix[1:].upper()}文档，可能已损坏或改过扩展名；请上传原文件。",
    )


def _refuse_as_picture(suffix: str) -> ReportUnreadable:
    return ReportUnreadable(
        "damaged",
        f"文件名是{suffix}，内容却不是图片，可能已损坏或没有传完整；请上传原图，或扫描成PDF后上传。",
    )


def _refuse_other(path: Path) -> ReportUnreadable:
    shown = path.suffix.lower() or _show_name(path)
    return ReportUnreadable(
        "unsupported_type",
        f"不支持“{shown}”类型的文件；请上传DOCX、PDF、OFD、WPS、DOC、RTF、Markdown、TXT格式的报告"
        "或扫描图片（PNG、JPG、TIFF、BMP）。",
    )
