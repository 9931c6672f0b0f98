"""Open a DOCX package safely and give its XML parts as trees.

The package is read directly instead of through python-docx: that one unpacks every part at once
(so a bomb in a picture folder is unpacked too), and fails on the dangling relationships that WPS
writes. Only the parts needed are unpacked here, within limits.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from checkers.errors import ReportUnreadable
from checkers.read_package_xml import Element, parse_package_xml, read_package_part

MOST_ENTRIES = 20_000

_MAIN_RELATIONSHIP = "/officeDocument"
_PACKAGE_RELATIONSHIPS = "_rels/.rels"
# "Strict Open XML" has the same elements under other names; one set is enough to read.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument)/(main|math)")
_STRICT_HOST = b"purl.oclc.org"
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxParts:
    """The parts of a DOCX that make up its text; absent ones are None.

    Attributes:
        main: name of the part with the document.
    """

    main: str
    document: Element
    styles: Element | None
    numbering: Element | None
    properties: Element | None


def open_docx(path: Path) -> DocxParts:
    """Return the XML parts of a DOCX.

    Raises:
        ReportUnreadable: damaged, encrypted, or larger unpacked than any report.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return _read_parts(package)
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, EOFError, OSError):
        raise ReportUnreadable(
            "damaged", "DOCX文件已损坏或没有传完整，无法读取；请用Word或WPS重新保存后再上传。"
        ) from None
    except (RuntimeError, NotImplementedError):
        # zipfile speaks so of members with a password and of unknown compression.
        raise ReportUnreadable(
            "encrypted", "文件设有密码或采用了特殊的压缩方式，无法读取；请取消密码后重新上传。"
        ) from None


def _read_parts(package: zipfile.ZipFile) -> DocxParts:
    if len(package.infolist()) > MOST_ENTRIES:
        raise ReportUnreadable("too_large", "文件内部的部件数目异常，疑似恶意文件，已拒绝读取。")
    main = _find_main_part(package)
    document = _read_xml(package, main)
    if document is None:
        raise KeyError(main)
    related = _list_related(package, main)
    folder = posixpath.dirname(main)
    styles = related.get("styles", posixpath.join(folder, "styles.xml"))
    numbering = related.get("numbering", posixpath.join(folder, "numbering.xml"))
    return DocxParts(
        main=main,
        document=document,
        styles=_read_xml(package, styles),
        numbering=_read_xml(package, numbering),
        properties=_read_xml(package, "docProps/core.xml"),
    )


def _list_related(package: zipfile.ZipFile, main: str) -> dict[str, str]:
    """Return the parts that the main one names, by the last word of their relationship."""
    folder, name = posixpath.split(main)
    relationships = _read_xml(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    related: dict[str, str] = {}
    for relationship in () if relationships is None else relationships:
        kind = str(relationship.get("Type", "")).rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, str(relationship.get("Target"))))
        if (
            relationship.get("TargetMode") != "External"
            and target.lstrip("/") in package.NameToInfo
        ):
            related.setdefault(kind, target.lstrip("/"))
    return related


def _find_main_part(package: zipfile.ZipFile) -> str:
    relationships = _read_xml(package, _PACKAGE_RELATIONSHIPS)
    if relationships is not None:
        for relationship in relationships:
            if str(relationship.get("Type", "")).endswith(_MAIN_RELATIONSHIP):
                return str(relationship.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _read_xml(package: zipfile.ZipFile, name: str) -> Element | None:
    """Parse one part; None where it is absent."""
    content = read_package_part(package, name)
    if content is None:
        return None
    if _STRICT_HOST in content:
        content = _STRICT.sub(_TRANSITIONAL, content)
    return parse_package_xml(content)
