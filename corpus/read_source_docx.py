"""DOCX -> source text: paragraphs one a line with Word's automatic numbers, tables as rows."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from corpus.chinese_numerals import LARGEST_NUMBER, format_numeral
from corpus.errors import SourceUnreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Text that Word does not print in the line: deleted, moved away, field codes, text boxes.
_SKIPPED = {f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "txbxContent", "pPr", "rPr")}
_CHINESE_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
_SILENT_FORMATS = {"bullet", "none"}
_PLACEHOLDER = re.compile(r"%([1-9])")
# What reading a damaged archive or XML part can raise.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
    EOFError,
    OSError,
)
# A style may be based on another; deeper chains are circular.
DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its number is printed."""

    number_format: str
    text: str
    start: int


@dataclass(slots=True)
class _Numbering:
    """Word's lists and the state of their counters."""

    levels: dict[str, dict[int, _Level]]
    abstract_of: dict[str, str]
    styles: dict[str, tuple[str | None, int | None, str | None]]
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next_label(self, number_id: str, depth: int) -> str:
        """Count one paragraph on and return its printed number; empty for bullets."""
        abstract = self.abstract_of.get(number_id, "")
        levels = self.levels.get(abstract, {})
        level = levels.get(depth)
        if level is None or level.number_format in _SILENT_FORMATS:
            return ""
        counters = self.counters[abstract]
        # A list that restarts does so where it is first used; later it counts on.
        for restarted, start in self.restarts.pop(number_id, {}).items():
            counters[restarted] = start - 1
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [key for key in counters if key > depth]:
            del counters[deeper]
        return _PLACEHOLDER.sub(
            lambda match: _print_counter(levels, counters, int(match.group(1)) - 1), level.text
        )


def _print_counter(levels: dict[int, _Level], counters: dict[int, int], depth: int) -> str:
    level = levels.get(depth)
    if level is None:
        return ""
    number = counters.get(depth, level.start)
    if level.number_format in _CHINESE_FORMATS and number <= LARGEST_NUMBER:
        return format_numeral(number)
    return str(number)


def read_docx_text(content: bytes, name: str) -> str:
    """Read the body of a Word document.

    Raises:
        SourceUnreadable: the file is damaged.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            document = _parse_part(archive, "word/document.xml")
            numbering = _read_numbering(archive)
    except _DAMAGED as error:
        raise SourceUnreadable(f"文件“{name}”已损坏或不完整，请重新获取后再添加。") from error
    body = document.find(f"{_W}body")
    if body is None:
        return ""
    return "\n".join(_block_lines(body, numbering))


def _parse_part(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(archive.read(part), parser)


def _read_numbering(archive: zipfile.ZipFile) -> _Numbering:
    members = set(archive.namelist())
    levels: dict[str, dict[int, _Level]] = {}
    abstract_of: dict[str, str] = {}
    restarts: dict[str, dict[int, int]] = {}
    if "word/numbering.xml" in members:
        root = _parse_part(archive, "word/numbering.xml")
        for abstract in root.iter(f"{_W}abstractNum"):
            levels[abstract.get(f"{_W}abstractNumId", "")] = dict(_read_levels(abstract))
        for number in root.iter(f"{_W}num"):
            target = _value(number, "abstractNumId")
            number_id = number.get(f"{_W}numId", "")
            abstract_of[number_id] = target or ""
            restarts[number_id] = dict(_read_restarts(number))
    styles = {}
    if "word/styles.xml" in members:
        styles = dict(_read_styles(_parse_part(archive, "word/styles.xml")))
    return _Numbering(levels=levels, abstract_of=abstract_of, styles=styles, restarts=restarts)


def _read_levels(abstract: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in abstract.iter(f"{_W}lvl"):
        yield (
            int(level.get(f"{_W}ilvl", "0")),
            _Level(
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText") or "",
                int(_value(level, "start") or "1"),
            ),
        )


def _read_restarts(number: etree._Element) -> Iterator[tuple[int, int]]:
    for override in number.iter(f"{_W}lvlOverride"):
        start = _value(override, "startOverride")
        if start is not None:
            yield int(override.get(f"{_W}ilvl", "0")), int(start)


def _read_styles(
    root: etree._Element,
) -> Iterator[tuple[str, tuple[str | None, int | None, str | None]]]:
    for style in root.iter(f"{_W}style"):
        properties = style.find(f"{_W}pPr")
        number_id, depth = _number_of(properties)
        yield style.get(f"{_W}styleId", ""), (number_id, depth, _value(style, "basedOn"))


def _value(element: etree._Element | None, tag: str) -> str | None:
    child = element.find(f"{_W}{tag}") if element is not None else None
    return child.get(f"{_W}val") if child is not None else None


def _number_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """List and level that paragraph properties name; None for what they leave open."""
    entry = properties.find(f"{_W}numPr") if properties is not None else None
    depth = _value(entry, "ilvl")
    return _value(entry, "numId"), int(depth) if depth else None


def _block_lines(parent: etree._Element, numbering: _Numbering) -> Iterator[str]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield _paragraph_line(element, numbering)
        elif element.tag == f"{_W}tbl":
            yield from _table_lines(element, numbering)
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _block_lines(element, numbering)


def _table_lines(table: etree._Element, numbering: _Numbering) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        cells = [
            " ".join(line for line in _block_lines(cell, numbering) if line.strip())
            for cell in row.findall(f"{_W}tc")
        ]
        yield "\t".join(cells)


def _paragraph_line(paragraph: etree._Element, numbering: _Numbering) -> str:
    label = _paragraph_label(paragraph, numbering)
    text = "".join(_run_texts(paragraph))
    return f"{label} {text}" if label else text


def _paragraph_label(paragraph: etree._Element, numbering: _Numbering) -> str:
    properties = paragraph.find(f"{_W}pPr")
    number_id, depth = _number_of(properties)
    style = _value(properties, "pStyle")
    for _ in range(DEEPEST_STYLE):
        if number_id is not None or style not in numbering.styles:
            break
        number_id, style_depth, style = numbering.styles[style]
        depth = style_depth if depth is None else depth
    # List 0 takes the numbers of the style away.
    return "" if number_id in (None, "0") else numbering.next_label(str(number_id), depth or 0)


def _run_texts(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _run_texts(child)
