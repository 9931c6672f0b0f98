"""A DOCX package as its author had it, with its text open for additions.

python-docx writes every part of a package anew and fails on the dangling relationships of WPS.
Here all parts are copied as they are, save those that the additions touch.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import cast

from lxml import etree

from checkers import docx_names as w
from checkers.errors import ReportUnreadable

MOST_UNPACKED = 1024 * 1024 * 1024
"""Bytes of all parts together; pictures of a large report come to a fifth of it."""
MAIN_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_RELATIONSHIP = "/officeDocument"
# zipfile raises the last two for members with a password and of unknown compression.
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    KeyError,
    EOFError,
    RuntimeError,
    NotImplementedError,
)

Element = etree._Element


@dataclass(slots=True, kw_only=True)
class EditableDocx:
    """A package whose main text can be changed and which can take further parts.

    Attributes:
        source: the package as it came.
        main: name of the part with the text.
        document: root of that part, to be changed in place.
        changed: other parts that differ from the source, by name.
    """

    source: bytes
    main: str
    document: Element
    changed: dict[str, Element] = field(default_factory=dict)

    @property
    def body(self) -> Element:
        """The body of the text."""
        body = self.document.find(w.BODY)
        if body is None:
            raise ReportUnreadable("damaged", "DOCX文件里没有正文，可能已损坏，无法写入批注。")
        return body

    def read_part(self, name: str) -> Element | None:
        """Return the root of a part, as changed so far; None where there is no such part."""
        if name in self.changed:
            return self.changed[name]
        with _explain_damage(), zipfile.ZipFile(BytesIO(self.source)) as package:
            return _parse(package.read(name)) if name in package.namelist() else None

    def open_related(self, kind: str, *, name: str, content_type: str, root: str) -> Element:
        """Return the part that the text refers to as ``kind``, made where it lacks.

        Args:
            kind: last word of the relationship's type, e.g. ``comments``.
            name: of the file, where the part is made.
            content_type: of the part, where it is made.
            root: name of its root element, where it is made.
        """
        folder, main = posixpath.split(self.main)
        links_name = posixpath.join(folder, "_rels", f"{main}.rels")
        links = self.read_part(links_name)
        if links is None:
            links = etree.Element(
                f"{{{_RELATIONSHIPS}}}Relationships",
                nsmap=cast("dict[str, str]", {None: _RELATIONSHIPS}),
            )
        for link in list(links):
            if str(link.get("Type", "")).endswith(f"/{kind}"):
                target = _resolve(folder, str(link.get("Target", "")))
                found = self.read_part(target)
                if found is not None:
                    self.changed[target] = found
                    return found
                links.remove(link)  # It points to nothing.
        return self._add_part(links_name, links, kind, name, content_type, root)

    def _add_part(
        self, links_name: str, links: Element, kind: str, name: str, content_type: str, root: str
    ) -> Element:
        folder = posixpath.dirname(self.main)
        target = posixpath.join(folder, name)
        used = {link.get("Id") for link in links}
        number = next(n for n in range(1, len(used) + 2) if f"zx{n}" not in used)
        etree.SubElement(
            links,
            f"{{{_RELATIONSHIPS}}}Relationship",
            Id=f"zx{number}",
            Type=f"{_OFFICE}/{kind}",
            Target=name,
        )
        self.changed[links_name] = links
        types = self.read_part(_CONTENT_TYPES)
        if types is None:
            raise ReportUnreadable("damaged", "DOCX文件缺少内容清单，已损坏，无法写入批注。")
        if not any(entry.get("PartName") == f"/{target}" for entry in types):
            etree.SubElement(
                types, f"{{{_TYPES}}}Override", PartName=f"/{target}", ContentType=content_type
            )
        self.changed[_CONTENT_TYPES] = types
        part = etree.Element(f"{{{MAIN_NAMESPACE}}}{root}", nsmap={"w": MAIN_NAMESPACE})
        self.changed[target] = part
        return part

    def save(self) -> bytes:
        """Return the package; parts that were not touched hold the same bytes as before."""
        changed = {self.main: self.document, **self.changed}
        stream = BytesIO()
        with (
            _explain_damage(),
            zipfile.ZipFile(BytesIO(self.source)) as old,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for entry in old.infolist():
                if old.getinfo(entry.filename) is not entry:
                    continue  # Of two entries of one name, the last is the one that counts.
                part = changed.pop(entry.filename, None)
                new.writestr(entry, old.read(entry) if part is None else _print(part))
            for name, part in changed.items():
                new.writestr(zipfile.ZipInfo(name), _print(part), zipfile.ZIP_DEFLATED)
        return stream.getvalue()


def edit_docx(source: bytes) -> EditableDocx:
    """Open a package that has been read as a report before.

    Raises:
        ReportUnreadable: no DOCX, damaged, too large, or in the strict form of the format.
    """
    with _explain_damage(), zipfile.ZipFile(BytesIO(source)) as package:
        if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
            raise ReportUnreadable("too_large", "文件解压后过大，无法写入批注。")
        main = _find_main(package)
        document = _parse(package.read(main))
    if etree.QName(document).namespace != MAIN_NAMESPACE:
        raise ReportUnreadable(
            "unsupported_type",
            "这份文件是“严格Open XML”格式，无法写入批注；请在Word里另存为普通的Word文档（.docx）。",
        )
    return EditableDocx(source=source, main=main, document=document)


@contextmanager
def _explain_damage() -> Iterator[None]:
    """Turn what the package's own damage raises into a sentence."""
    try:
        yield
    except _FAULTS:
        raise ReportUnreadable(
            "damaged", "DOCX文件已损坏，无法写入批注；请用Word或WPS重新保存后再试。"
        ) from None


def _find_main(package: zipfile.ZipFile) -> str:
    if "_rels/.rels" in package.namelist():
        for link in _parse(package.read("_rels/.rels")):
            if str(link.get("Type", "")).endswith(_MAIN_RELATIONSHIP):
                return str(link.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _resolve(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)


def _parse(content: bytes) -> Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _print(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
