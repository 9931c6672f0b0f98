"""A part of a ZIP package -> its XML tree, without entities, network or bombs, and its elements."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from checkers.errors import ReportUnreadable

# The text of a 1,000-page report is 20 to 60 MB of XML.
LARGEST_PART = 96 * 1024 * 1024

Element = etree._Element


def read_package_part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """Return the bytes of one part; None where it is absent.

    Raises:
        ReportUnreadable: larger unpacked than any report.
    """
    try:
        entry = package.getinfo(name)
    except KeyError:
        return None
    with package.open(entry) as stream:
        # The size in the directory can lie, so the limit is on what comes out.
        content = stream.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise ReportUnreadable("too_large", "文件解压后过大，疑似压缩炸弹，已拒绝读取。")
    return content


def parse_package_xml(content: bytes) -> Element:
    """Parse one part, without entities, network or huge trees.

    Raises:
        ReportUnreadable: it declares entities.
        etree.XMLSyntaxError: it is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        # No program writes one; it is there to declare entities.
        raise ReportUnreadable("damaged", "文件内含有不允许的实体声明，疑似恶意文件，已拒绝读取。")
    return root


def resolve_part(folder: str, location: str) -> str:
    """Return the name of a part that another one names; none leads out of the package."""
    location = location.strip()
    joined = location if location.startswith("/") else posixpath.join(folder, location)
    return posixpath.normpath("/" + joined).lstrip("/")


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace, which differs between makers.

    It is empty for comments and processing instructions.
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def find_all(element: Element, name: str) -> Iterator[Element]:
    """Yield the element and what is below it, as far as it bears a name in any namespace."""
    return (child for child in element.iter() if local_name(child) == name)
