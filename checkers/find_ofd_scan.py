"""OFD and the number of a page -> the largest picture on that page."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from lxml import etree

from checkers.errors import ReportUnreadable
from checkers.read_package_xml import (
    Element,
    find_all,
    parse_package_xml,
    read_package_part,
    resolve_part,
)

_ENTRY = "OFD.xml"
_RESOURCES = ("PublicRes", "DocumentRes")


def find_ofd_scan(path: Path, number: int) -> BytesIO:
    """Return the picture that fills a page, ``number`` from 1.

    Raises:
        ReportUnreadable: the page shows no picture, or the file is damaged.
    """
    try:
        with zipfile.ZipFile(path) as package:
            for page, resources in _list_pages(package):
                number -= 1
                if number == 0:
                    return _open_picture(package, page, resources)
    except (
        zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError, ValueError,
        RuntimeError, NotImplementedError,
    ):  # fmt: skip
        raise _no_picture() from None
    raise _no_picture()


def _list_pages(package: zipfile.ZipFile) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the part of each page, and the parts of pictures by their ids."""
    for root in _find_all(_parse(package, _ENTRY), "DocRoot"):
        name = resolve_part("", root.text or "")
        folder = posixpath.dirname(name)
        document = _parse(package, name)
        pictures = dict(_list_pictures(package, document, folder))
        for pages in _find_all(document, "Pages"):
            for page in _find_all(pages, "Page"):
                yield resolve_part(folder, str(page.get("BaseLoc", ""))), pictures


def _list_pictures(
    package: zipfile.ZipFile, document: Element | None, folder: str
) -> Iterator[tuple[str, str]]:
    for kind in _RESOURCES:
        for location in _find_all(document, kind):
            name = resolve_part(folder, location.text or "")
            resources = _parse(package, name)
            base = "" if resources is None else str(resources.get("BaseLoc", ""))
            within = resolve_part(posixpath.dirname(name), base)
            for medium in _find_all(resources, "MultiMedia"):
                file = next(_find_all(medium, "MediaFile"), None)
                if file is not None:
                    yield str(medium.get("ID", "")), resolve_part(within, file.text or "")


def _open_picture(package: zipfile.ZipFile, page: str, pictures: dict[str, str]) -> BytesIO:
    shown = [
        (_measure(element), pictures[str(element.get("ResourceID"))])
        for element in _find_all(_parse(package, page), "ImageObject")
        if str(element.get("ResourceID")) in pictures
    ]
    content = read_package_part(package, max(shown)[1]) if shown else None
    if content is None:
        raise _no_picture()
    return BytesIO(content)


def _measure(element: Element) -> float:
    """Return the area of a picture on the page."""
    numbers = str(element.get("Boundary", "")).split()
    try:
        return float(numbers[2]) * float(numbers[3])
    except (ValueError, IndexError):
        return 0.0


def _parse(package: zipfile.ZipFile, name: str) -> Element | None:
    content = read_package_part(package, name)
    return None if content is None else parse_package_xml(content)


def _find_all(element: Element | None, name: str) -> Iterator[Element]:
    return iter(()) if element is None else find_all(element, name)


def _no_picture() -> ReportUnreadable:
    return ReportUnreadable("no_text", "这一页没有可以识别的图像。")
