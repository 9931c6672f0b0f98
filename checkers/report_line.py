"""SourceBlock -> a line with its number and title told apart, and whether it can be a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checkers.heading_numbers import HeadingNumber, parse_number, split_heading
from checkers.source_block import Look, SourceBlock

# Longest title seen in real reports is 38 characters; a chapter may wrap once.
_LONGEST_TITLE = 45
_LONGEST_CHAPTER_TITLE = 60
_LONGEST_STATED_TITLE = 90
# A title with a comma in it is rare and short ("现状、必要性和需求分析" has none).
_LONGEST_TITLE_WITH_COMMA = 30
_LONGEST_LABEL = 14
# A contents line with its leaders is the longest line of structure.
_LONGEST_LINE = 120
_LEADER_RUN = re.compile(r"(?:[.…·・•．_\-—－]\s*){6,}")
_CONTENTS_ENDS = frozenset("0123456789ivxIVX.…·・•．。_-—－")
_SENTENCE_END = tuple("。；;！!？?，,、")
_SENTENCE_INSIDE = re.compile(r"[。；;！？?]|.[:：].{12}")
_COMMA = re.compile("[，,]")
_COLON = tuple("：:")
_CAPTION = re.compile(r"^[图表]\s*(?:\d|[一二三四五六七八九十]+\s*[-—、.．:： ]|[-—]\s*\d)")
_WORDS = re.compile(r"[一-鿿A-Za-z]|\$\{")
# What a row of a table reads like where its cells are not told apart.
_ROW = re.compile(r"(?:\s\d[\d.,%]*){2,}\s*$|\s\d[\d.,]*\s+\S+\s+\d")
# A short title set wide: 总  则.
_SPACED = re.compile(r"^[一-鿿](?:\s+[一-鿿])+$")
_BLANKS = re.compile(r"\s+")
_CHAPTER_SCHEMES = {"part", "chapter", "section"}
# A reference at the beginning of a sentence: 第三章所述, 第一条规定.
_REFERENCE = re.compile(
    r"^(?:所述|规定|中[的所]|的|至|到|和第|与第|[（(]?[一二三四五六七八九十]+[)）]?项)"
)
# Text of body paragraphs decides what body text looks like; headings are shorter than this.
_BODY_LENGTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A block with its number told from its title.

    Attributes:
        index: of the block, from 0.
        block: as the reader gave it.
        number: None where the line has none.
        title: text without the number, blanks joined.
        can_head: whether its wording allows it to be a heading.
    """

    index: int
    block: SourceBlock
    number: HeadingNumber | None
    title: str
    can_head: bool

    @property
    def key(self) -> str:
        """Number and title without blanks, to find a heading again in the contents."""
        printed = "" if self.number is None else self.number.printed
        return _BLANKS.sub("", printed + self.title)

    @property
    def is_stated(self) -> bool:
        """Whether the file itself says that it is a heading, and the wording allows it."""
        return self.block.role == "heading" and self.can_head


def read_lines(blocks: Sequence[SourceBlock]) -> list[ReportLine]:
    """Return one line for each block; a chapter set on two lines (第三章 / 需求分析) is one."""
    lines: list[ReportLine] = []
    skipped = False
    for index, block in enumerate(blocks):
        if skipped:
            skipped = False
            continue
        line = _read_line(index, block)
        if _is_bare_chapter(line) and index + 1 < len(blocks):
            title = _read_line(index + 1, blocks[index + 1])
            if title.can_head and title.number is None:
                joined = replace(
                    block,
                    text=f"{block.text} {title.block.text}",
                    role="heading" if title.block.role == "heading" else block.role,
                    level=block.level or title.block.level,
                )
                line, skipped = _read_line(index, joined), True
        lines.append(line)
    return lines


def _is_bare_chapter(line: ReportLine) -> bool:
    return line.number is not None and line.number.scheme in _CHAPTER_SCHEMES and not line.title


def _read_line(index: int, block: SourceBlock) -> ReportLine:
    text = block.text
    if len(text) > _LONGEST_LINE and not block.rows and may_end_in_leaders(text):
        text = _LEADER_RUN.sub("……", text)
    if block.rows or len(text) > _LONGEST_LINE:
        return ReportLine(index=index, block=block, number=None, title="", can_head=False)
    number, title = _split_text(text, block.number)
    if _SPACED.match(title):
        title = _BLANKS.sub("", title)
    return ReportLine(
        index=index,
        block=block,
        number=number,
        title=title,
        can_head=can_head(block, number, title),
    )


def may_end_in_leaders(text: str) -> bool:
    """Whether a line ends in a leader or a page number; a quick look that spares a search."""
    if text[-1:] not in _CONTENTS_ENDS:
        return False
    return not (text[-1:] == "。" and text[-2:-1].isalnum())


def _split_text(text: str, printed: str) -> tuple[HeadingNumber | None, str]:
    """Take the automatic number, else the typed one; a number given twice is dropped once."""
    text = _BLANKS.sub(" ", text).strip()
    typed, title = split_heading(text)
    automatic = parse_number(printed) if printed else None
    if automatic is None:
        return typed, title
    if typed is not None and (typed.values == automatic.values or typed.scheme == "chapter"):
        return automatic, title
    return automatic, text


def can_head(block: SourceBlock, number: HeadingNumber | None, title: str) -> bool:
    """Whether the wording of a line allows it to be a heading: short, and no sentence."""
    if not _WORDS.search(title) or _CAPTION.match(title) or block.role == "caption":
        return False
    if block.listed and number is None:
        # A bullet stands before it.
        return False
    if block.role == "heading":
        is_sentence = title.endswith(_SENTENCE_END) and len(title) > _LONGEST_TITLE_WITH_COMMA
        return len(title) <= _LONGEST_STATED_TITLE and not is_sentence
    if number is not None and number.scheme in _CHAPTER_SCHEMES:
        longest = _LONGEST_CHAPTER_TITLE
        if _REFERENCE.match(title):
            return False
    else:
        longest = _LONGEST_TITLE
    if len(title) > longest or title.endswith(_SENTENCE_END):
        return False
    if _SENTENCE_INSIDE.search(title) or _ROW.search(title):
        return False
    if title.endswith(_COLON):
        return number is not None and len(title) <= _LONGEST_LABEL
    return not _COMMA.search(title) or len(title) <= _LONGEST_TITLE_WITH_COMMA


def find_body_look(lines: Sequence[ReportLine]) -> Look:
    """Return the look that most characters of the running text have."""
    weights: Counter[Look] = Counter()
    for line in lines:
        if not line.block.rows and len(line.block.text) >= _BODY_LENGTH and not line.is_stated:
            weights[line.block.look] += len(line.block.text)
    return weights.most_common(1)[0][0] if weights else Look()


def stands_out(line: ReportLine, body: Look) -> bool:
    """Whether a line is larger or bolder than the running text, or centred where it is not.

    A numbered line in another typeface counts too: official style sets 一、 in 黑体.
    """
    look = line.block.look
    larger = bool(body.size) and look.size >= body.size + 1
    if larger or (look.bold and not body.bold) or (look.centred and not body.centred):
        return True
    differs = bool(look.family and body.family) and look.family != body.family
    return differs and line.number is not None
