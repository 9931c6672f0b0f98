"""Builders for the reader tests: DOCX packages from the XML that is under test."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEXT = "本项目依托县级政务云平台部署，分为数据层、支撑层和应用层，服务全县各部门业务协同。"


def write_docx(
    path: Path,
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    parts: dict[str, str] | None = None,
) -> Path:
    """Write a DOCX that Word and LibreOffice open, from the XML inside its parts.

    Args:
        path: of the file.
        body: XML inside ``w:body``.
        styles: XML inside ``w:styles``; no such part where it is empty.
        numbering: XML inside ``w:numbering``; likewise.
        parts: more of them, by root element and kind of relationship (``footnotes``, ``hdr``).
    """
    inner = {"document": f"<w:body>{body}</w:body>", "styles": styles, "numbering": numbering}
    inner |= parts or {}
    kept = {name: content for name, content in inner.items() if content}
    related = [name for name in kept if name != "document"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _list_types(kept))
        package.writestr("_rels/.rels", _relate({"officeDocument": "word/document.xml"}))
        package.writestr(
            "word/_rels/document.xml.rels", _relate({name: f"{name}.xml" for name in related})
        )
        for name, content in kept.items():
            package.writestr(f"word/{name}.xml", f"<w:{name} {_NAMESPACES}>{content}</w:{name}>")
    return path


def _list_types(names: Iterable[str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" '
        f'ContentType="{_TYPE}.{"document.main" if name == "document" else name}+xml"/>'
        for name in names
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relate(targets: dict[str, str]) -> str:
    relations = "".join(
        f'<Relationship Id="r{number}" Target="{target}" Type="{_RELATION}/{kind}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relations}</Relationships>"
    )


def p(text: str = "", *, properties: str = "", run: str = "", inner: str = "") -> str:
    """Return a paragraph; ``inner`` is XML behind its only run."""
    runs = f"<w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}{inner}</w:p>"


def styled(text: str, style: str) -> str:
    """Return a paragraph in a style."""
    return p(text, properties=f'<w:pStyle w:val="{style}"/>')


def style(style_id: str, name: str, *, based_on: str = "", paragraph: str = "") -> str:
    """Return a paragraph style."""
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{paragraph}</w:pPr></w:style>"
    )


def level(index: int, text: str, *, form: str = "decimal", extra: str = "") -> str:
    """Return a level of an automatic numbering."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'{extra}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, overrides: str = "") -> str:
    """Return one list definition with the id 1 and the lists 1 (plain) and 2 (overridden)."""
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{overrides}</w:num>'
    )


def numbered(text: str, index: int, *, list_id: int = 1, outline: int | None = None) -> str:
    """Return a paragraph in a list, with an outline level where one is given."""
    heading = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    return p(
        text,
        properties=f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{list_id}"/></w:numPr>'
        + heading,
    )


def table(*rows: tuple[str, ...]) -> str:
    """Return a table; a cell is XML where it begins with ``<``, else text."""
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row)
        for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"
