"""One w:p -> its visible text and look, tracked changes taken as accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from checkers import docx_names as w
from checkers.read_docx_styles import ParagraphStyle, StyleSheet
from checkers.source_block import Look

_LINE_BREAK = "\n"
_HIDDEN = frozenset(
    {w.DELETED, w.MOVED_AWAY, w.PARAGRAPH_PR, w.RUN_PR, w.SDT_PR, w.FALLBACK, w.PARAGRAPH}
)
_SHAPES = frozenset({w.DRAWING, w.PICTURE, w.OBJECT, w.ALTERNATE})
_CHARACTERS = {w.TAB: "\t", w.CARRIAGE_RETURN: _LINE_BREAK, w.NO_BREAK_HYPHEN: "-"}
_CONTENTS_FIELD = "TOC"


@dataclass(slots=True)
class FieldState:
    """The complex fields that are open, across paragraphs.

    Attributes:
        instructions: of each open field, outermost first.
        in_result: of each open field, whether its result has begun.
    """

    instructions: list[str] = field(default_factory=list)
    in_result: list[bool] = field(default_factory=list)

    @property
    def shows_text(self) -> bool:
        """Whether text is a result and not an instruction."""
        return all(self.in_result)

    @property
    def in_contents(self) -> bool:
        """Whether a field for a table of contents is open."""
        # Asked for every run, and nearly always there is no open field.
        return bool(self.instructions) and any(
            text.strip().upper().startswith(_CONTENTS_FIELD) for text in self.instructions
        )

    def take(self, kind: str) -> None:
        """Note the begin, separate or end mark of a field."""
        if kind == "begin":
            self.instructions.append("")
            self.in_result.append(False)
        elif kind == "separate" and self.in_result:
            self.in_result[-1] = True
        elif kind == "end" and self.instructions:
            self.instructions.pop()
            self.in_result.pop()

    def drop_open_instructions(self) -> None:
        """Close the fields whose result never began: instructions don't cross paragraphs."""
        while self.in_result and not self.in_result[-1]:
            self.take("end")


@dataclass(slots=True)
class ParagraphText:
    """The text of a paragraph while it is being collected.

    Attributes:
        parts: pieces of visible text.
        sizes: characters by size in points.
        families: characters by typeface.
        bold_characters: number of bold characters.
        text_boxes: w:txbxContent elements anchored here.
        page_breaks_before: whether a page break stands before the first character.
        page_breaks_after: whether one stands behind it.
        in_contents: whether a contents field was open at some point of it.
    """

    parts: list[str] = field(default_factory=list)
    sizes: dict[float, int] = field(default_factory=dict)
    families: dict[str, int] = field(default_factory=dict)
    bold_characters: int = 0
    text_boxes: list[w.Element] = field(default_factory=list)
    page_breaks_before: bool = False
    page_breaks_after: bool = False
    in_contents: bool = False

    @property
    def text(self) -> str:
        """Everything visible, with line breaks and tabs."""
        return "".join(self.parts)

    def look(self, style: ParagraphStyle, *, centred: bool) -> Look:
        """Return how most of its characters look."""
        total = sum(self.sizes.values())
        return Look(
            size=max(self.sizes, key=self.sizes.__getitem__, default=style.size),
            bold=self.bold_characters * 2 > total,
            centred=centred,
            family=max(self.families, key=self.families.__getitem__, default=style.family),
        )


@dataclass(frozen=True, slots=True)
class ParagraphReader:
    """Collects paragraphs under one style sheet; the fields carry over between them."""

    styles: StyleSheet
    fields: FieldState

    def read(self, paragraph: w.Element, style: ParagraphStyle) -> ParagraphText:
        """Return the visible text of a paragraph."""
        collected = ParagraphText(in_contents=self.fields.in_contents)
        self._collect(paragraph, style, collected)
        collected.in_contents = collected.in_contents or self.fields.in_contents
        self.fields.drop_open_instructions()
        return collected

    def _collect(self, parent: w.Element, style: ParagraphStyle, into: ParagraphText) -> None:
        for child in parent:
            tag = child.tag
            if tag == w.RUN:
                self._collect_run(child, style, into)
            elif tag == w.FIELD_SIMPLE:
                instruction = str(child.get(w.INSTRUCTION, "")).strip().upper()
                into.in_contents = into.in_contents or instruction.startswith(_CONTENTS_FIELD)
                self._collect(child, style, into)
            elif isinstance(tag, str) and tag not in _HIDDEN:
                self._collect(child, style, into)

    def _collect_run(self, run: w.Element, style: ParagraphStyle, into: ParagraphText) -> None:
        properties = run.find(w.RUN_PR)
        if self._is_hidden(properties, style):
            return
        before = len(into.parts)
        for child in run:
            self._collect_run_child(child, style, into)
        length = sum(len(part) for part in into.parts[before:])
        if length:
            self._note_look(properties, style, length, into)

    def _collect_run_child(
        self, child: w.Element, style: ParagraphStyle, into: ParagraphText
    ) -> None:
        tag = child.tag
        if tag == w.TEXT:
            if self.fields.shows_text:
                into.parts.append(child.text or "")
        elif tag in _CHARACTERS:
            into.parts.append(_CHARACTERS[tag])
        elif tag == w.BREAK:
            _collect_break(child, into)
        elif tag in {w.FIELD_CHAR, w.FIELD_INSTRUCTION}:
            self._take_field_mark(child, into)
        elif tag in _SHAPES:
            into.text_boxes.extend(find_text_boxes(child))
        elif tag == w.RUBY:
            for base in child.iterfind(w.RUBY_BASE):
                self._collect(base, style, into)

    def _take_field_mark(self, mark: w.Element, into: ParagraphText) -> None:
        if mark.tag == w.FIELD_CHAR:
            self.fields.take(str(mark.get(w.FIELD_CHAR_TYPE, "")))
            into.in_contents = into.in_contents or self.fields.in_contents
        elif self.fields.instructions:
            self.fields.instructions[-1] += mark.text or ""

    def _is_hidden(self, properties: w.Element | None, style: ParagraphStyle) -> bool:
        if properties is None:
            return style.hidden
        own = w.find_switch(properties, w.VANISH)
        if own is not None:
            return own
        return style.hidden or w.find_value(properties, w.RUN_STYLE) in self.styles.hidden_runs

    def _note_look(
        self, properties: w.Element | None, style: ParagraphStyle, length: int, into: ParagraphText
    ) -> None:
        size = w.find_number(properties, w.SIZE)
        bold = w.find_switch(properties, w.BOLD)
        if bold is None:
            run_style = w.find_value(properties, w.RUN_STYLE)
            bold = style.bold or run_style in self.styles.bold_runs
        points = size / 2 if size else style.size
        into.sizes[points] = into.sizes.get(points, 0) + length
        family = w.find_family(properties) or style.family
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


def find_text_boxes(element: w.Element) -> Iterator[w.Element]:
    """Yield the outermost text boxes below an element, each once.

    Word writes a box twice, for new and for old readers; the second writing (mc:Fallback) only
    counts where the first holds no box.
    """
    if element.tag == w.TEXT_BOX:
        yield element
        return
    if element.tag == w.ALTERNATE:
        chosen = [box for choice in element.iterfind(w.CHOICE) for box in find_text_boxes(choice)]
        if chosen:
            yield from chosen
            return
        element = next(element.iterfind(w.FALLBACK), element)
    for child in element:
        if isinstance(child.tag, str):
            yield from find_text_boxes(child)
