"""One w:p -> its visible text and look, tracked changes taken as accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from checkers import docx_names as w
from checkers.read_docx_boxes import choose_alternate, find_text_boxes
from checkers.read_docx_fields import FieldState, is_contents_field
from checkers.read_docx_styles import PLAIN_RUN, ParagraphStyle, RunStyle, StyleSheet
from checkers.source_block import Look

Value = TypeVar("Value", str, float)

_LINE_BREAK = "\n"
_HIDDEN = frozenset(
    {w.DELETED, w.MOVED_AWAY, w.PARAGRAPH_PR, w.RUN_PR, w.SDT_PR, w.FALLBACK, w.PARAGRAPH}
)
_FIELD_MARKS = frozenset({w.FIELD_CHAR, w.FIELD_INSTRUCTION})
_SHAPES = frozenset({w.DRAWING, w.PICTURE, w.OBJECT})
_CHARACTERS = {
    w.TAB: "\t",
    w.POSITIONED_TAB: "\t",
    w.CARRIAGE_RETURN: _LINE_BREAK,
    w.NO_BREAK_HYPHEN: "-",
}
# Word's names for the headings that its contents lines lead to.
_CONTENTS_ANCHOR = "_Toc"
_CONTENTS_SHARE = 0.8
# Signs of pictorial fonts that are set as text; the others are ornaments.
_SIGNS = {
    ("Wingdings", 0xFE): "☑", ("Wingdings", 0xFD): "☒", ("Wingdings", 0xA8): "□",
    ("Wingdings", 0x6F): "□", ("Wingdings 2", 0x52): "☑", ("Wingdings 2", 0xA3): "□",
    ("Symbol", 0xB7): "•", ("Symbol", 0xB3): "≥", ("Symbol", 0xA3): "≤",
}  # fmt: skip
_PICTORIAL = 0xF000
# Stands for a picture in texts that went through other programs.
_OBJECT = "\ufffc"
_INVISIBLE = dict.fromkeys(
    [
        *(0xAD, 0x180E, 0xFEFF, ord(_OBJECT)),
        *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065)),
    ]
)


@dataclass(slots=True)
class ParagraphText:
    """The text of a paragraph while it is being collected.

    Attributes:
        parts: pieces of visible text.
        sizes: characters by size in points.
        families: characters by typeface.
        bold_characters: number of bold characters.
        linked_characters: number of those that lead to a heading, as contents lines do.
        text_boxes: w:txbxContent elements anchored here.
        page_breaks_before: whether a page break stands before the first character.
        page_breaks_after: whether one stands behind it.
        in_contents: whether a contents field was open at some point of it.
    """

    parts: list[str] = field(default_factory=list)
    sizes: dict[float, int] = field(default_factory=dict)
    families: dict[str, int] = field(default_factory=dict)
    bold_characters: int = 0
    linked_characters: int = 0
    text_boxes: list[w.Element] = field(default_factory=list)
    page_breaks_before: bool = False
    page_breaks_after: bool = False
    in_contents: bool = False

    @property
    def text(self) -> str:
        """Everything visible, with line breaks and tabs, without signs of no width."""
        text = "".join(self.parts)
        if text.isprintable() and _OBJECT not in text:
            return text
        return text.translate(_INVISIBLE)

    @property
    def is_contents_line(self) -> bool:
        """Whether a contents field was open, or nearly all of it leads to a heading."""
        if self.in_contents or not self.linked_characters:
            return self.in_contents
        return self.linked_characters >= _CONTENTS_SHARE * sum(map(len, self.parts))

    def look(self, style: ParagraphStyle, *, centred: bool) -> Look:
        """Return how most of its characters look."""
        return Look(
            size=_find_most(self.sizes, style.size),
            bold=self.bold_characters * 2 > sum(self.sizes.values()),
            centred=centred,
            family=_find_most(self.families, style.family),
        )


@dataclass(frozen=True, slots=True)
class ParagraphReader:
    """Collects paragraphs under one style sheet; the fields carry over between them."""

    styles: StyleSheet
    fields: FieldState

    def read(self, paragraph: w.Element, style: ParagraphStyle) -> ParagraphText:
        """Return the visible text of a paragraph."""
        fields = self.fields
        collected = ParagraphText(in_contents=fields.in_contents)
        self._collect(paragraph, style, collected)
        if fields.instructions:
            collected.in_contents = collected.in_contents or fields.in_contents
            fields.drop_open_instructions()
        return collected

    def _collect(self, parent: w.Element, style: ParagraphStyle, into: ParagraphText) -> None:
        for child in parent:
            tag = child.tag
            if tag == w.RUN:
                self._collect_run(child, style, into)
            elif tag == w.HYPERLINK:
                self._collect_link(child, style, into)
            elif tag == w.FIELD_SIMPLE:
                instruction = str(child.get(w.INSTRUCTION, ""))
                into.in_contents = into.in_contents or is_contents_field(instruction)
                self._collect(child, style, into)
            elif tag == w.MATH_TEXT:
                into.parts.append(child.text or "")
            elif isinstance(tag, str) and tag not in _HIDDEN:
                self._collect(child, style, into)

    def _collect_link(self, link: w.Element, style: ParagraphStyle, into: ParagraphText) -> None:
        before = len(into.parts)
        self._collect(link, style, into)
        if str(link.get(w.ANCHOR, "")).startswith(_CONTENTS_ANCHOR):
            into.linked_characters += sum(map(len, into.parts[before:]))

    def _collect_run(self, run: w.Element, style: ParagraphStyle, into: ParagraphText) -> None:
        look = PLAIN_RUN
        hidden, length = style.hidden, 0
        for child in run:
            tag = child.tag
            if tag == w.RUN_PR:
                look = self.styles.find_run(child)
                hidden = style.hidden if look.hidden is None else look.hidden
            elif hidden:
                self._take_field_mark(child, into)
            elif tag == w.TEXT:
                if child.text and self.fields.shows_text:
                    into.parts.append(child.text)
                    length += len(child.text)
            else:
                before = len(into.parts)
                self._collect_special(child, style, into)
                length += sum(map(len, into.parts[before:]))
        if length:
            _note_look(look, style, length, into)

    def _take_field_mark(self, child: w.Element, into: ParagraphText) -> None:
        """Note the mark of a field, which counts in hidden text too."""
        if child.tag == w.FIELD_CHAR:
            self.fields.take(str(child.get(w.FIELD_CHAR_TYPE, "")))
            into.in_contents = into.in_contents or self.fields.in_contents
        elif child.tag == w.FIELD_INSTRUCTION:
            self.fields.instruct(child.text or "")

    def _collect_special(
        self, child: w.Element, style: ParagraphStyle, into: ParagraphText
    ) -> None:
        """Collect what a run holds beside text."""
        tag = child.tag
        if tag in _CHARACTERS:
            into.parts.append(_CHARACTERS[tag])
        elif tag == w.BREAK:
            _collect_break(child, into)
        elif tag in _FIELD_MARKS:
            self._take_field_mark(child, into)
        elif tag in _SHAPES:
            into.text_boxes.extend(find_text_boxes(child))
        elif tag == w.ALTERNATE:
            self._collect_alternate(child, style, into)
        elif tag == w.RUBY:
            for base in child.iterfind(w.RUBY_BASE):
                self._collect(base, style, into)
        elif tag == w.SYMBOL:
            into.parts.append(_read_symbol(child))

    def _collect_alternate(
        self, alternate: w.Element, style: ParagraphStyle, into: ParagraphText
    ) -> None:
        """Collect the boxes of a shape, or the characters that old readers have another way for."""
        boxes = list(find_text_boxes(alternate))
        into.text_boxes.extend(boxes)
        if not boxes:
            for child in choose_alternate(alternate, w.TEXT):
                self._collect_plain(child, style, into)

    def _collect_plain(self, child: w.Element, style: ParagraphStyle, into: ParagraphText) -> None:
        if child.tag == w.TEXT:
            into.parts.append(child.text or "")
        else:
            self._collect_special(child, style, into)


def _find_most(counts: dict[Value, int], otherwise: Value) -> Value:
    """Return what most characters have; nearly always all have the same."""
    if len(counts) > 1:
        return max(counts, key=counts.__getitem__)
    return next(iter(counts), otherwise)


def _note_look(own: RunStyle, style: ParagraphStyle, length: int, into: ParagraphText) -> None:
    size, family = own.size or style.size, own.family or style.family
    bold = style.bold if own.bold is None else own.bold
    into.sizes[size] = into.sizes.get(size, 0) + length
    into.families[family] = into.families.get(family, 0) + length
    into.bold_characters += length if bold else 0


def _collect_break(element: w.Element, into: ParagraphText) -> None:
    if element.get(w.TYPE) not in {"page", "column"}:
        into.parts.append(_LINE_BREAK)
    elif any(part.strip() for part in into.parts):
        into.page_breaks_after = True
        into.parts.append(_LINE_BREAK)
    else:
        into.page_breaks_before = True


def _read_symbol(symbol: w.Element) -> str:
    """Return the character that a w:sym shows; nothing for an ornament."""
    try:
        code = int(str(symbol.get(w.CHARACTER, "")), 16)
    except ValueError:
        return ""
    if code < _PICTORIAL:
        character = chr(code)
        return character if character.isprintable() else ""
    return _SIGNS.get((str(symbol.get(w.FONT, "")), code - _PICTORIAL), "")
