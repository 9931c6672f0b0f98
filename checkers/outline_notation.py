"""Outline notation -> Outline: the plain text in which rule fixtures and small cases are written.

@title 某县项目可行性研究报告
# 第一章 项目概述          a chapter; ## its sections, and so on
正文一段。                 a paragraph a line
| 名称 | 周期 |            consecutive lines with bars are one table
@contents 第一章 概述…1    a line of the contents pages
@unread 3 4               pages without text
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from checkers.outline import Block, Outline, Place, Section

NUMBERED_HEADING = re.compile(
    r"^(?P<number>第[一二三四五六七八九十\d]+[章节篇条编]|[一二三四五六七八九十]+、|"
    r"[（(][一二三四五六七八九十]+[)）]|\d+(?:\.\d+)*[.、．]?)\s*(?P<title>.+)$"
)


@dataclass(slots=True)
class _Node:
    level: int
    number: str
    title: str
    place: Place
    body: list[Block] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)

    def freeze(self) -> Section:
        return Section(
            level=self.level,
            number=self.number,
            title=self.title,
            place=self.place,
            body=tuple(self.body),
            children=tuple(child.freeze() for child in self.children),
        )


def parse_outline(text: str) -> Outline:
    """The outline that the notation describes; its kind is ``text``."""
    root = _Node(level=0, number="", title="", place=Place())
    path = [root]
    tags: dict[str, list[str]] = {"title": [], "contents": [], "unread": []}
    for number, lines in _group_lines(text):
        line = lines[0]
        if line.startswith("@"):
            tag, _, value = line[1:].partition(" ")
            tags[tag].append(value)
        elif line.startswith("#"):
            _open_section(path, line, Place(paragraph=number))
        else:
            path[-1].body.append(_make_block(lines, Place(paragraph=number)))
    return Outline(
        kind="text",
        title="".join(tags["title"]),
        preamble=tuple(root.body),
        sections=tuple(child.freeze() for child in root.children),
        contents_lines=tuple(tags["contents"]),
        unread_pages=tuple(int(page) for line in tags["unread"] for page in line.split()),
    )


def _group_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines with their number; the lines of a table together."""
    table: list[str] = []
    number = 0
    for number, line in enumerate((line.strip() for line in text.splitlines()), 1):
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            yield number - len(table), table
            table = []
        if line:
            yield number, [line]
    if table:
        yield number + 1 - len(table), table


def _open_section(path: list[_Node], line: str, place: Place) -> None:
    title = line.lstrip("#")
    level = len(line) - len(title)
    while path[-1].level >= level:
        path.pop()
    match = NUMBERED_HEADING.match(title.strip())
    number, name = (match["number"], match["title"]) if match else ("", title.strip())
    node = _Node(level=level, number=number, title=name, place=place)
    path[-1].children.append(node)
    path.append(node)


def _make_block(lines: list[str], place: Place) -> Block:
    if not lines[0].startswith("|"):
        return Block(text=lines[0], place=place)
    rows = tuple(tuple(cell.strip() for cell in row.strip("|").split("|")) for row in lines)
    return Block(text="\n".join("\t".join(row) for row in rows), rows=rows, place=place)
