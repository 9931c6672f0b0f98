"""DOCX -> the pictures in it that are whole pages: scans that somebody pasted into Word."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from checkers import docx_names as w
from checkers.open_docx import DocxParts
from checkers.read_package_xml import (
    Element,
    local_name,
    parse_package_xml,
    read_package_part,
    resolve_part,
)
from checkers.source_block import SourceBlock

_MEDIA = "/media/"
# A picture of a page with writing on it takes at least so many bytes.
_SMALLEST_SCAN = 8_000
# Lengths are in EMU in drawings, in points in VML, in twentieths of a point for the page.
_EMU_A_POINT = 12_700
_TWIPS_A_POINT = 20
_VML_LENGTH = re.compile(r"(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm)", re.IGNORECASE)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835}
_A4 = (595.0, 842.0)
# Shares of the paper: margins leave room for so much of it.
_WIDE, _HIGH = 0.6, 0.6
# One picture of that size in a report is a diagram; with so little text beside it, or several in
# a row, they are pages.
_LITTLE_TEXT = 1_500
_IN_A_ROW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxScan:
    """A picture of a page: the count of its paragraph, from 1, and its part of the package."""

    paragraph: int
    part: str


def find_docx_scans(
    path: Path, opened: DocxParts, blocks: Sequence[SourceBlock]
) -> tuple[DocxScan, ...]:
    """Return the pictures of pages, in order.

    Args:
        path: of a DOCX.
        opened: what it holds.
        blocks: its text.
    """
    try:
        with zipfile.ZipFile(path) as package:
            if not _has_large_pictures(package):
                return ()
            parts = dict(_list_pictures(package, opened.main))
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError, ValueError):
        return ()
    found = list(_find_large(opened.document, parts))
    if sum(len(block.text) for block in blocks) < _LITTLE_TEXT:
        return tuple(scan for scan, _ in found)
    return tuple(_keep_rows(found))


def _has_large_pictures(package: zipfile.ZipFile) -> bool:
    return any(
        _MEDIA in entry.filename and entry.file_size >= _SMALLEST_SCAN
        for entry in package.infolist()
    )


def _list_pictures(package: zipfile.ZipFile, main: str) -> Iterator[tuple[str, str]]:
    """Yield the id and the part of each picture that the main part names."""
    folder, name = posixpath.split(main)
    content = read_package_part(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    for relationship in () if content is None else parse_package_xml(content):
        target = resolve_part(folder, str(relationship.get("Target", "")))
        if (
            str(relationship.get("Type", "")).endswith("/image")
            and relationship.get("TargetMode") != "External"
            and target in package.NameToInfo
        ):
            yield str(relationship.get("Id", "")), target


def _find_large(document: Element, parts: dict[str, str]) -> Iterator[tuple[DocxScan, int]]:
    """Yield each picture as large as a page, with the count of paragraphs with text before it."""
    width, height = _find_paper(document)
    written = 0
    for count, paragraph in enumerate(document.iter(w.PARAGRAPH), start=1):
        if any((text.text or "").strip() for text in paragraph.iter(w.TEXT)):
            written += 1
            continue
        for across, up, part in _list_drawn(paragraph, parts):
            if across >= width * _WIDE and up >= height * _HIGH:
                yield DocxScan(paragraph=count, part=part), written


def _find_paper(document: Element) -> tuple[float, float]:
    size = next(document.iter(w.PAGE_SIZE), None)
    if size is None:
        return _A4
    try:
        return (
            float(size.get(w.PAGE_WIDTH, "")) / _TWIPS_A_POINT,
            float(size.get(w.PAGE_HEIGHT, "")) / _TWIPS_A_POINT,
        )
    except ValueError:
        return _A4


def _list_drawn(paragraph: Element, parts: dict[str, str]) -> Iterator[tuple[float, float, str]]:
    """Yield width, height in points, and part of each picture; a fallback repeats no other."""
    seen: set[str] = set()
    for element in paragraph.iter():
        name = local_name(element)
        if name in {"inline", "anchor"}:
            extent = next((e for e in element if local_name(e) == "extent"), None)
            size = (0.0, 0.0) if extent is None else _read_extent(extent)
        elif name == "shape":
            size = _read_style(str(element.get("style", "")))
        else:
            continue
        for part in _list_parts(element, parts):
            if part not in seen:
                seen.add(part)
                yield *size, part


def _read_extent(extent: Element) -> tuple[float, float]:
    try:
        return (
            float(extent.get("cx", "0")) / _EMU_A_POINT,
            float(extent.get("cy", "0")) / _EMU_A_POINT,
        )
    except ValueError:
        return 0.0, 0.0


def _read_style(style: str) -> tuple[float, float]:
    lengths = {
        name.lower(): float(value) * _POINTS[unit.lower()]
        for name, value, unit in _VML_LENGTH.findall(style)
        if value.replace(".", "", 1).isdigit()
    }
    return lengths.get("width", 0.0), lengths.get("height", 0.0)


def _list_parts(element: Element, parts: dict[str, str]) -> Iterable[str]:
    """Return the parts that a drawing shows, by the relationships that it names."""
    for shown in element.iter():
        if local_name(shown) in {"blip", "imagedata"}:
            for name, value in shown.attrib.items():
                if str(name).endswith(("}embed", "}id")) and str(value) in parts:
                    yield parts[str(value)]


def _keep_rows(found: Sequence[tuple[DocxScan, int]]) -> Iterator[DocxScan]:
    """Yield the pictures that follow each other without text between."""
    for scan, written in found:
        if sum(other == written for _, other in found) >= _IN_A_ROW:
            yield scan
