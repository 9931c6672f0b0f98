"""Outline -> one normalised text of all bodies, in which every section is a slice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from checkers.compile_terms import mask_terms, normalize_text
from checkers.load_rules import CompiledMarks
from checkers.outline import Block, Outline, Section

REPORT_SUFFIX = re.compile(
    r"(可行性研究报告|可行性研究|可研报告|项目建议书|初步设计.*|建设方案|实施方案|报告|方案)+.*$"
)
WRAPPER_TITLE = re.compile(r"(可行性研究报告|可研报告|项目建议书|报告书?|正文)$")
DEEPEST_WRAPPER = 3
CHAPTER = re.compile(r"第.{1,4}章")
SHORTEST_PROJECT_NAME = 6
# The second or a later section of a chapter that is not the first: 5.2.
LATER_SECTION = re.compile(r"(?P<chapter>[2-9]|[1-9]\d)[.．](?:[2-9]|[1-9]\d)\b")
FEWEST_CELLS = 3
LONGEST_COLUMN = 12
# A cell so long with a full stop in it holds text.
SHORTEST_RUNNING_TEXT = 40
SENTENCE_END = re.compile("[。;]")
# Another sign than for traps: the name of the project says nothing about a section.
PROJECT_MASK = "■"
# Inside a table row these would cut it into several sentences.
ROW_BREAKS = str.maketrans("\n。;!?", "     ")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedTable:
    """A table with entries.

    Attributes:
        start: offset where it stands.
        headers: what may name its columns: any row (a title may stand above the names, or two
            tables be joined in a PDF), and the first column, where it is a form.
    """

    start: int
    headers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSection:
    """A section with its slice of the text.

    Attributes:
        section: as read.
        title: normalised, without the project name and traps.
        start: offset of the body.
        own_end: offset behind its own body.
        end: offset behind its last child.
        children: marked likewise.
    """

    section: Section
    title: str
    start: int
    own_end: int
    end: int
    children: tuple[MarkedSection, ...]

    def walk(self) -> Iterator[MarkedSection]:
        """This section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedBodies:
    """All bodies as one text.

    Attributes:
        text: normalised, one paragraph or table row a line, traps and project name blotted out.
        chapters: the effective top level.
        rows: offsets of table rows with entries.
        tables: those with entries, by offset.
        blocks: offset and block of all that the text was made of.
        plain: the text with nothing blotted out, at the same offsets.
    """

    text: str
    plain: str
    chapters: tuple[MarkedSection, ...]
    rows: frozenset[int]
    tables: tuple[MarkedTable, ...]
    blocks: tuple[tuple[int, Block], ...]


@dataclass(slots=True)
class _Writer:
    """Collects the text of the bodies while the sections are walked."""

    marks: CompiledMarks
    project: str
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    rows: set[int] = field(default_factory=set)
    tables: list[MarkedTable] = field(default_factory=list)
    blocks: list[tuple[int, Block]] = field(default_factory=list)
    cells: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def mask(self, text: str) -> str:
        if self.project:
            text = text.replace(self.project, PROJECT_MASK * len(self.project))
        return mask_terms(text, self.marks.traps)

    def write(self, text: str) -> None:
        self.pieces.append(text + "\n")
        self.length += len(text) + 1

    def write_block(self, block: Block) -> None:
        self.blocks.append((self.length, block))
        if block.is_table:
            self._write_table(block)
        elif not _is_lone_row(block.text):
            self.write(normalize_text(block.text))

    def _write_table(self, block: Block) -> None:
        read = [[self._read_cell(cell) for cell in row] for row in block.rows]
        filled = [tuple([cell for cell, _ in row]) for row in read if _is_filled(row)]
        # A table of headings without entries says nothing; one row may still frame a text.
        is_table = len(filled) > 1
        if is_table:
            headers = (*filled, tuple(row[0] for row in filled))
            self.tables.append(MarkedTable(start=self.length, headers=headers))
        for number, row in enumerate(filled):
            entry = [cell for cell in row if not _is_running_text(cell)]
            if is_table and entry:
                if number and len(entry) >= min(2, len(row)):
                    self.rows.add(self.length)
                self.write("\t".join(entry).translate(ROW_BREAKS))
            for cell in row:
                if _is_running_text(cell):
                    self.write(cell)

    def _read_cell(self, cell: str) -> tuple[str, bool]:
        """The normalised text of a cell, and whether it is an entry; many cells come again."""
        read = self.cells.get(cell)
        if read is None:
            text = normalize_text(cell).strip()
            read = self.cells[cell] = text, not self._is_blank(text)
        return read

    def _is_blank(self, cell: str) -> bool:
        return bool(self.marks.fillers.search(cell) or self.marks.placeholders.search(cell))


def _is_filled(row: list[tuple[str, bool]]) -> bool:
    return sum(is_entry for _, is_entry in row) >= min(2, len(row))


def _is_lone_row(text: str) -> bool:
    """Whether a line of a PDF is the head of a table without entries: short cells, tabbed."""
    cells = text.split("\t")
    return len(cells) >= FEWEST_CELLS and all(len(cell) <= LONGEST_COLUMN for cell in cells)


def _is_running_text(cell: str) -> bool:
    """Whether a cell holds sentences that a table only lays out; they are no entry."""
    return len(cell) >= SHORTEST_RUNNING_TEXT and SENTENCE_END.search(cell) is not None


def join_bodies(outline: Outline, marks: CompiledMarks) -> JoinedBodies:
    """The bodies of all sections in reading order; nothing of the outline is changed."""
    writer = _Writer(marks=marks, project=find_project_name(outline))
    chapters = tuple(_mark_section(part, writer) for part in effective_chapters(outline))
    plain = "".join(writer.pieces)
    return JoinedBodies(
        text=writer.mask(plain),
        plain=plain,
        chapters=chapters,
        rows=frozenset(writer.rows),
        tables=tuple(writer.tables),
        blocks=tuple(writer.blocks),
    )


def find_project_name(outline: Outline) -> str:
    """Name of the project as normalised, or an empty text.

    A heading that carries the project's own name (智慧政务数据共享平台概况) is not about its words.
    """
    name = REPORT_SUFFIX.sub("", normalize_text(outline.title)).strip()
    return name if len(name) >= SHORTEST_PROJECT_NAME else ""


def effective_chapters(outline: Outline) -> tuple[Section, ...]:
    """The chapters of the report: below a title that wraps them all, and below its 篇."""
    sections = outline.sections
    for _ in range(DEEPEST_WRAPPER):
        wrapped = sum(len(part.children) for part in sections)
        unwrapped = [_unwrap(part, alone=len(sections) == 1, most=wrapped) for part in sections]
        sections = tuple(part for parts in unwrapped for part in parts)
    return sections


def is_torn_off(section: Section, outline: Outline) -> bool:
    """Whether a section stands on top only because the heading of its chapter is gone.

    A file that begins in the middle of a chapter has sections before its first chapter, or its
    first section is 5.2.
    """
    tops = outline.sections
    if not any(section is top for top in tops):
        return False
    if section.level > min(top.level for top in tops):
        return True
    first, number = LATER_SECTION.match(tops[0].number), LATER_SECTION.match(section.number)
    return first is not None and number is not None and first["chapter"] == number["chapter"]


def _unwrap(section: Section, *, alone: bool, most: int) -> tuple[Section, ...]:
    """The children of a title or 篇 that wraps chapters, else the section itself."""
    if len(section.children) < 2:
        return (section,)
    titled = WRAPPER_TITLE.search(section.title) and len(section.children) * 2 > most
    untitled = alone and not section.number
    return section.children if titled or untitled or _holds_chapters(section) else (section,)


def _holds_chapters(section: Section) -> bool:
    return not CHAPTER.match(section.number) and all(
        CHAPTER.match(child.number) for child in section.children
    )


def _mark_section(section: Section, writer: _Writer) -> MarkedSection:
    start = writer.length
    for block in section.body:
        writer.write_block(block)
    own_end = writer.length
    children = tuple(_mark_section(child, writer) for child in section.children)
    return MarkedSection(
        section=section,
        title=writer.mask(normalize_text(section.title)),
        start=start,
        own_end=own_end,
        end=writer.length,
        children=children,
    )
