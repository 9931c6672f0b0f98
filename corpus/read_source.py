"""File -> source text: TXT, Markdown and HTML here, DOCX and PDF by their own readers."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from lxml import etree, html

from corpus.errors import SourceUnreadable
from corpus.read_source_docx import read_docx_text
from corpus.read_source_pdf import read_pdf_text

LARGEST_FILE = 50 * 1024 * 1024
# Of a text's characters, at most this share may be control characters.
CONTROL_SHARE = 0.01

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_GUESSED_ENCODINGS = ("utf-8", "gb18030", "big5")
_HTML_START = re.compile(r"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_CHINESE = re.compile("[一-龥]")
_BLOCK_TAGS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "td")

# Signatures of files that hold no text we can take, with what to do instead.
_FOREIGN = (
    (b"{\\rtf", "是RTF文件，请另存为DOCX、PDF或TXT后再添加"),
    (b"\x89PNG", "是图片，请先做文字识别，存成TXT或DOCX后再添加"),
    (b"\xff\xd8\xff", "是图片，请先做文字识别，存成TXT或DOCX后再添加"),
    (b"Rar!", "是压缩包，请解压后逐个添加"),
    (b"\x1f\x8b", "是压缩包，请解压后逐个添加"),
    (b"7z\xbc\xaf", "是压缩包，请解压后逐个添加"),
)


def read_source(path: Path) -> str:
    """Read a regulation's text; the type is told by the content, not by the name.

    Raises:
        SourceUnreadable: the file is missing, empty, encrypted, scanned or no document.
    """
    content = _read_bytes(path)
    text = _read_content(content, path.name).replace("\r\n", "\n").replace("\r", "\n")
    if not _CHINESE.search(text):
        raise SourceUnreadable(f"文件“{path.name}”里没有中文文字，请确认选对了文件。")
    return text


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise SourceUnreadable(f"“{path.name}”是文件夹，请指定其中的一个文件。")
        if path.stat().st_size > LARGEST_FILE:
            raise SourceUnreadable(f"文件“{path.name}”超过50 MB，不像一份规定，请确认选对了文件。")
        content = path.read_bytes()
    except OSError as error:
        raise SourceUnreadable(f"无法打开文件“{path.name}”，请检查路径和权限。") from error
    if not content.strip():
        raise SourceUnreadable(f"文件“{path.name}”是空的，请换一份有内容的文件。")
    return content


def _read_content(content: bytes, name: str) -> str:
    if content[:1024].lstrip().startswith(b"%PDF"):
        return read_pdf_text(content, name)
    if content.startswith(b"PK"):
        return _read_zip(content, name)
    if content.startswith(_OLE_MAGIC):
        if _ENCRYPTED_STREAM in content:
            raise SourceUnreadable(f"文件“{name}”设有密码，请取消密码后再添加。")
        raise SourceUnreadable(f"文件“{name}”是旧版Word（DOC）或WPS文件，请另存为DOCX后再添加。")
    for signature, advice in _FOREIGN:
        if content.startswith(signature):
            raise SourceUnreadable(f"文件“{name}”{advice}。")
    text = _decode(content, name)
    return _read_html(text) if _HTML_START.match(text) else text


def _read_zip(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = set(archive.namelist())
            is_encrypted = any(entry.flag_bits & 1 for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise SourceUnreadable(f"文件“{name}”已损坏或不完整，请重新获取后再添加。") from error
    if is_encrypted:
        raise SourceUnreadable(f"文件“{name}”设有密码，请取消密码后再添加。")
    if "word/document.xml" not in members:
        kind = "OFD版式文件" if "OFD.xml" in members else "其他类型的文件"
        raise SourceUnreadable(
            f"文件“{name}”不是DOCX，而是{kind}，请另存为DOCX、PDF或TXT后再添加。"
        )
    return read_docx_text(content, name)


def _decode(content: bytes, name: str) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _require_text(content.decode(encoding, errors="replace"), name)
    if b"\x00" in content[:4096]:
        little = content[1::2].count(0) >= content[::2].count(0)
        text = content.decode("utf-16-le" if little else "utf-16-be", errors="replace")
        return _require_text(text, name)
    for encoding in _GUESSED_ENCODINGS:
        try:
            return _require_text(content.decode(encoding), name)
        except UnicodeDecodeError:
            continue
    raise SourceUnreadable(f"文件“{name}”不是文本，或使用了不支持的编码，请另存为UTF-8后再添加。")


def _require_text(text: str, name: str) -> str:
    if len(_CONTROL.findall(text)) > len(text) * CONTROL_SHARE:
        raise SourceUnreadable(f"文件“{name}”不是文本文件，请另存为DOCX、PDF或TXT后再添加。")
    return text.removeprefix("\ufeff")


def _read_html(text: str) -> str:
    """The visible text of a web page, one block a line."""
    root = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(root, "script", "style", "head", with_tail=False)
    etree.strip_tags(root, etree.Comment)
    for element in root.iter(*_BLOCK_TAGS):
        element.tail = "\n" + (element.tail or "")
    return "".join(str(part) for part in root.itertext())
