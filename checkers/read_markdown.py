"""Markdown -> blocks, with ``#`` and underlined lines as headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from lxml import etree, html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from checkers.heading_numbers import split_heading
from checkers.outline import Place
from checkers.source_block import PLAIN, Look, Role, SourceBlock

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)(?:---|\.\.\.)\s*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title\s*[:：]\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CONTENTS_MARK = re.compile(r"^\[?\[?_?toc_?\]?\]?$", re.IGNORECASE)
_LATIN_AROUND_BREAK = re.compile(r"(?<=[A-Za-z0-9,.;)])\n(?=[A-Za-z0-9(])")
_SENTENCE_END = tuple("。；;！!？?，,、")
_LONGEST_HEADING = 45
_BOLD = Look(bold=True)
_BLANKS = re.compile(r"[ \t]+")


@cache
def _make_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownText:
    """What a Markdown file says: its blocks in reading order, and the title of its front matter."""

    blocks: tuple[SourceBlock, ...]
    title: str = ""


def read_markdown(text: str) -> MarkdownText:
    """Return the paragraphs, headings and tables of a Markdown text.

    Code is text that heads nothing; comments are left out. A single heading of the first level
    before all others is the report's title. ``Place.paragraph`` counts the blocks from 1.
    """
    front = _FRONT_MATTER.match(text)
    title = ""
    if front is not None:
        named = _FRONT_TITLE.search(front[1])
        title = named[1] if named else ""
        text = text[front.end() :]
    walker = _TokenWalker(_make_parser().parse(text))
    walker.walk()
    return MarkdownText(blocks=_mark_title(walker.blocks), title=title)


def _mark_title(blocks: Sequence[SourceBlock]) -> tuple[SourceBlock, ...]:
    """Take the only top heading, where it comes first, as the title of the report."""
    headings = [index for index, block in enumerate(blocks) if block.role == "heading"]
    top = [index for index in headings if blocks[index].level == 1]
    if len(top) != 1 or len(headings) < 2 or top[0] != headings[0]:
        return tuple(blocks)
    marked = [
        replace(block, level=max((block.level or 1) - 1, 1)) if block.role == "heading" else block
        for block in blocks
    ]
    marked[top[0]] = replace(blocks[top[0]], role="title", level=None)
    return tuple(marked)


@dataclass(slots=True)
class _TokenWalker:
    """Walks the tokens of the parser and collects blocks."""

    tokens: Sequence[Token]
    blocks: list[SourceBlock] = field(default_factory=list)
    # The marks of the list items that wait for their first paragraph.
    marks: list[str] = field(default_factory=list)

    def walk(self) -> None:
        """Collect the blocks of all tokens."""
        position = 0
        while position < len(self.tokens):
            token = self.tokens[position]
            if token.type == "table_open":
                position = self._take_table(position)
            else:
                self._take(token, position)
            position += 1

    def _take(self, token: Token, position: int) -> None:
        if token.type == "inline":
            opening = self.tokens[position - 1]
            is_heading = opening.type == "heading_open"
            self._take_inline(token, level=int(opening.tag[1:]) if is_heading else None)
        elif token.type == "list_item_open":
            # An ordered item is text with a typed number, a bullet is not.
            self.marks.append(f"{token.info}{token.markup}" if token.info else "")
        elif token.type == "fence":
            self._add(token.content.rstrip("\n"), role="caption")
        elif token.type == "code_block":
            # In a report this is a paragraph with its first line indented by blanks.
            for line in token.content.split("\n"):
                self._add(line)
        elif token.type == "html_block":
            for block in _read_html(token.content):
                self._add(block.text, rows=block.rows)
        elif token.type == "list_item_close" and self.marks:
            self.marks.pop()

    def _take_inline(self, token: Token, *, level: int | None) -> None:
        text = _plain(token.children or [])
        if level is not None:
            self._add(text.replace("\n", " "), role="heading", level=level)
            return
        mark = self._use_mark()
        is_bullet = mark == ""
        is_contents = _is_contents(token) or bool(_CONTENTS_MARK.match(text))
        # A line each is a paragraph each where typed with hard breaks.
        for piece in _split_headings(text):
            self._add(
                f"{mark or ''} {_join_breaks(piece)}",
                role="contents" if is_contents else "body",
                look=_BOLD if _is_bold(token) else PLAIN,
                listed=is_bullet,
            )
            mark = None

    def _use_mark(self) -> str | None:
        """Return the mark of the item that begins here; None where none does."""
        if not self.marks or self.marks[-1] == "\0":
            return None
        mark, self.marks[-1] = self.marks[-1], "\0"
        return mark

    def _take_table(self, start: int) -> int:
        """Collect a table and return the position of its last token."""
        rows: list[list[str]] = []
        position = start
        while self.tokens[position].type != "table_close":
            token = self.tokens[position]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_join_breaks(_plain(token.children or []).replace("\v", " ")))
            position += 1
        self._add_rows(rows)
        return position

    def _add_rows(self, rows: Sequence[Sequence[str]]) -> None:
        cells = tuple(tuple(row) for row in rows if row)
        self._add("\n".join("\t".join(row) for row in cells), rows=cells)

    def _add(
        self,
        text: str,
        *,
        rows: tuple[tuple[str, ...], ...] = (),
        role: Role = "body",
        level: int | None = None,
        look: Look = PLAIN,
        listed: bool = False,
    ) -> None:
        if not text.strip():
            return
        self.blocks.append(
            SourceBlock(
                text=text.strip(),
                rows=rows,
                role=role,
                level=level,
                look=look,
                listed=listed,
                place=Place(paragraph=len(self.blocks) + 1),
            )
        )


def _plain(children: Sequence[Token]) -> str:
    """Return the text of a line without marks; pictures and markup are left out."""
    pieces: list[str] = []
    for child in children:
        if child.type in {"text", "code_inline"}:
            pieces.append(child.content)
        elif child.type == "softbreak":
            pieces.append("\n")
        elif child.type == "hardbreak" or (
            child.type == "html_inline" and child.content.lower().startswith("<br")
        ):
            pieces.append("\v")
    return _BLANKS.sub(" ", "".join(pieces))


def _split_headings(text: str) -> Iterator[str]:
    """Split a paragraph at hard breaks, and before and behind lines typed as headings."""
    for part in text.split("\v"):
        pending: list[str] = []
        for line in part.split("\n"):
            if pending and (_has_number(line) or _is_typed_heading(pending)):
                yield "\n".join(pending)
                pending = []
            pending.append(line)
        yield "\n".join(pending)


def _has_number(line: str) -> bool:
    return split_heading(line)[0] is not None


def _is_typed_heading(lines: Sequence[str]) -> bool:
    """Whether a line reads as a heading with a typed number that text follows at once."""
    line = lines[0].strip()
    return (
        len(lines) == 1
        and len(line) <= _LONGEST_HEADING
        and not line.endswith(_SENTENCE_END)
        and _has_number(line)
    )


def _join_breaks(text: str) -> str:
    """Join the lines of a paragraph, with a blank only between Latin words."""
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _LATIN_AROUND_BREAK.sub(" ", text).replace("\n", "")


def _is_bold(token: Token) -> bool:
    """Whether all of a line is set bold, which many write for a heading."""
    children = [child for child in token.children or [] if child.content or child.nesting]
    return (
        len(children) > 2
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and sum(child.type == "strong_open" for child in children) == 1
    )


def _is_contents(token: Token) -> bool:
    """Whether a line is nothing but a link to a heading of the same file."""
    children = token.children or []
    return (
        len(children) > 1
        and children[0].type == "link_open"
        and str(children[0].attrs.get("href", "")).startswith("#")
        and children[-1].type == "link_close"
    )


def _read_html(source: str) -> Iterator[SourceBlock]:
    """Yield the tables and the text of a piece of HTML."""
    source = _HTML_COMMENT.sub("", source)
    if not source.strip():
        return
    try:
        root = html.fragment_fromstring(source, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    for table in list(root.iter("table")):
        rows = tuple(
            tuple(str(cell.text_content()).strip() for cell in row.iter("td", "th"))
            for row in table.iter("tr")
        )
        yield SourceBlock(text="\n".join("\t".join(row) for row in rows), rows=rows)
        table.drop_tree()
    for hidden in list(root.iter("script", "style")):
        hidden.drop_tree()
    for line in str(root.text_content()).split("\n"):
        if line.strip():
            yield SourceBlock(text=line.strip())
