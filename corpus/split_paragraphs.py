"""Body of an article -> paragraphs (款) and items (项), with every character's origin."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.chinese_numerals import parse_numeral
from corpus.regulation import Item, Paragraph
from corpus.source_words import load_source_words
from corpus.traced_text import Debris, Ledger, TextSpan, TracedText

_ITEM_LABEL = re.compile(r"[（(]\s*([一二三四五六七八九十]{1,3})\s*[)）]")
_LOWER_LABEL = re.compile(
    r"(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]{1,2}、)"
)
_BREAK = re.compile(r"[^\S\n]*\n\s*")
_BLANKS = re.compile(r"\s+")
_CHAPTER_HEAD = re.compile(r"第[^章节编\n]{1,8}[章节编]")
_LATIN = re.compile(r"[A-Za-z0-9]")
# What may stand before an item in the same line: the end of a sentence or of a part of it.
_ITEM_MAY_FOLLOW = "。；：;:，,"

# Of the lines of a hard-wrapped text, at least this share ends in mid-sentence.
WRAPPED_SHARE = 0.12
# A line at least this share of the longest one is full; the paragraph may go on behind it.
FULL_LINE_SHARE = 0.93
# The longest lines are the odd ones; this share of the lines is no longer than the usual length.
LONG_LINE_SHARE = 0.9
# Of the articles' first lines, at least this share is indented where paragraphs are.
INDENTED_SHARE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class TextShape:
    """How a source sets its lines.

    Attributes:
        is_flat: the whole source stands on a few lines; paragraphs show only around items.
        full_line: width from which a line counts as full; None where lines are not wrapped.
        is_indented: whether lines are wrapped and each paragraph's first one is indented.
    """

    is_flat: bool = False
    full_line: int | None = None
    is_indented: bool = False


@dataclass(slots=True)
class TracedParagraph:
    """A paragraph in the making: its text and items, each with origins."""

    texts: list[TracedText] = field(default_factory=list)
    items: list[tuple[TracedText, list[TracedText]]] = field(default_factory=list)

    def pieces(self) -> list[TracedText]:
        """All parts in reading order."""
        return [*self.texts, *(part for label, texts in self.items for part in (label, *texts))]

    def freeze(self) -> Paragraph:
        """The paragraph as the library holds it."""
        return Paragraph(
            text=_joined(self.texts),
            items=tuple(Item(label=label.text, text=_joined(texts)) for label, texts in self.items),
        )


def split_paragraphs(
    body: TracedText, shape: TextShape, ledger: Ledger
) -> tuple[TracedParagraph, ...]:
    """Split what stands behind a heading; white space goes to the ledger."""
    lines = [
        part
        for start, end in _logical_lines(body.text, shape)
        for part in _split_inline_items(_tidy(body.cut(start, end), ledger), shape)
    ]
    _claim_between(body, _logical_lines(body.text, shape), ledger)
    return tuple(_group_lines([line for line in lines if line.text]))


def describe_shape(text: str, before_headings: Sequence[str]) -> TextShape:
    """Tell how the source sets its lines.

    Args:
        text: cleaned text from the first heading to the end of the last article.
        before_headings: for each article, what precedes its heading in the line.
    """
    if sum(not before.strip() for before in before_headings) * 2 < len(before_headings):
        return TextShape(is_flat=True)
    stripped = (line.strip() for line in text.split("\n"))
    lines = [line for line in stripped if line and not _CHAPTER_HEAD.match(line)]
    ends = load_source_words().sentence_end
    open_ended = sum(not ends.search(line) for line in lines)
    if not lines or open_ended < len(lines) * WRAPPED_SHARE:
        return TextShape()
    widths = sorted(_width_of(line) for line in lines)
    usual = widths[min(int(len(widths) * LONG_LINE_SHARE), len(widths) - 1)]
    indented = sum(bool(before) and before.isspace() for before in before_headings)
    return TextShape(
        full_line=int(usual * FULL_LINE_SHARE),
        is_indented=indented >= len(before_headings) * INDENTED_SHARE,
    )


def _width_of(line: str) -> int:
    """Printed width in half characters."""
    return sum(1 if character.isascii() else 2 for character in line)


def _logical_lines(text: str, shape: TextShape) -> list[TextSpan]:
    """Spans of the lines after joining those that break in mid-sentence."""
    spans: list[TextSpan] = []
    start = 0
    for match in _BREAK.finditer(text):
        if _breaks_paragraph(text, start, match, shape):
            spans.append((start, match.start()))
            start = match.end()
    spans.append((start, len(text)))
    return spans


def _breaks_paragraph(text: str, start: int, match: re.Match[str], shape: TextShape) -> bool:
    before = text[start : match.start()].strip()
    behind = text[match.end() : match.end() + 12]
    if not before or not behind:
        return True
    if _begins_item(before, behind):
        return True
    if not load_source_words().sentence_end.search(before):
        return False
    last_line = before.rsplit("\n", 1)[-1].strip()
    is_full = shape.full_line is not None and _width_of(last_line) >= shape.full_line
    has_indent = text[match.start() : match.end()].rsplit("\n", 1)[-1] != ""
    return has_indent or not (is_full or shape.is_indented)


def _begins_item(before: str, behind: str) -> bool:
    label = _ITEM_LABEL.match(behind)
    if label is None:
        return _LOWER_LABEL.match(behind) is not None
    # 第（一）项 broken over two lines is a reference.
    return not before.endswith("第") and not behind[label.end() :].startswith("项")


def _claim_between(body: TracedText, spans: Sequence[TextSpan], ledger: Ledger) -> None:
    for (_, end), (start, _) in itertools.pairwise(spans):
        _claim_blanks(body.cut(end, start), ledger)


def _tidy(line: TracedText, ledger: Ledger) -> TracedText:
    """Take white space away, save between two Latin words or numbers."""
    spans: list[TextSpan] = []
    for match in _BLANKS.finditer(line.text):
        around = (
            line.text[match.start() - 1 : match.start()],
            line.text[match.end() : match.end() + 1],
        )
        if match.start() and all(_LATIN.match(character) for character in around):
            spans.append((match.start() + 1, match.end()))
        else:
            spans.append(match.span())
    for start, end in spans:
        _claim_blanks(line.cut(start, end), ledger)
    kept = line.without(spans)
    # A line end between Latin words stays as the space that it stands for.
    return TracedText(_BLANKS.sub(" ", kept.text), kept.origins)


def _claim_blanks(blanks: TracedText, ledger: Ledger) -> None:
    for character, origin in zip(blanks.text, blanks.origins, strict=True):
        ledger.claim((origin,), name_blank(character))


def name_blank(character: str) -> Debris:
    """The ledger's name for a white space character."""
    if character in "\n\f\v":
        return "line_break"
    return "no_break_space" if character == "\u00a0" else "space"


def _split_inline_items(line: TracedText, shape: TextShape) -> list[TracedText]:
    """Split ``…：（一）…；（二）…`` at its labels; behind the last item begins a paragraph."""
    starts = _inline_item_starts(line.text)
    if not starts:
        return [line]
    bounds = [0, *starts, len(line.text)]
    parts = [line.cut(start, end) for start, end in itertools.pairwise(bounds)]
    if starts[0] == 0 and len(starts) == 1 and not shape.is_flat:
        return parts
    *earlier, last = parts
    if any("。" in part.text[:-1] for part in earlier[1:]):
        return parts
    end = last.text.find("。") + 1 or len(last.text)
    return [*earlier, last.cut(0, end), last.cut(end, len(last.text))]


def _inline_item_starts(text: str) -> list[int]:
    """Starts of labels that count up from the first one and stand where an item may begin."""
    starts: list[int] = []
    expected = 0
    for match in _ITEM_LABEL.finditer(text):
        number = parse_numeral(match.group(1))
        before = text[: match.start()]
        if before and before[-1] not in _ITEM_MAY_FOLLOW:
            continue
        if not starts and (number == 1 or not before):
            expected = number
        if number == expected:
            starts.append(match.start())
            expected += 1
    return starts


def _group_lines(lines: list[TracedText]) -> list[TracedParagraph]:
    paragraphs: list[TracedParagraph] = []
    for index, line in enumerate(lines):
        label = _ITEM_LABEL.match(line.text)
        if label:
            if not paragraphs:
                paragraphs.append(TracedParagraph())
            rest = [line.cut(label.end(), len(line.text))]
            paragraphs[-1].items.append((line.cut(0, label.end()), rest))
        elif paragraphs and _continues(paragraphs[-1], lines, index):
            last = paragraphs[-1]
            (last.items[-1][1] if last.items else last.texts).append(line)
        else:
            paragraphs.append(TracedParagraph(texts=[line]))
    return paragraphs


def _continues(paragraph: TracedParagraph, lines: list[TracedText], index: int) -> bool:
    """Whether a line without （一） belongs to what precedes it: a lower list, or amid items."""
    if _LOWER_LABEL.match(lines[index].text):
        return True
    if not paragraph.items:
        return False
    following = next(
        (match for line in lines[index + 1 :] if (match := _ITEM_LABEL.match(line.text))), None
    )
    last_label = _ITEM_LABEL.match(paragraph.items[-1][0].text)
    if following is None or last_label is None:
        return False
    return parse_numeral(following.group(1)) == parse_numeral(last_label.group(1)) + 1


def _joined(texts: Sequence[TracedText]) -> str:
    return "\n".join(part.text for part in texts)
