"""What a model writes, as it comes in -> statements to verify, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# A statement ends with one of these; a semicolon may part the entries of one list.
_END = re.compile(r"[。！？!?]|\n")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
_OPEN_THOUGHT = "<think>"
# Marks that the model attaches itself: [1], 【2】, [^3], （条文1）; the program attaches its own.
_MARKS = re.compile(
    r"\[\^?\d+(?:[,，、-]\d+)*\]|【\d+】|[（(](?:见|依据|来源[:：]?)?(?:条文|规定|引文)\s*\[?\d+\]?[）)]"
)
_MARKDOWN = re.compile(r"\*\*|__|`|^\s*>+\s*|^\s*#{1,6}\s*", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-*•·●]|\d{1,2}[.、)）](?!\d)|[（(]\d{1,2}[）)]|[①-⑳])\s*")
_TRAILING = "；;。，,、 "
_LONGEST_STATEMENT = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence, or a sentence with its list.

    Attributes:
        shown: Markdown, without the model's own marks.
        readings: the same as running text; one of them has to hold.
    """

    shown: str
    readings: tuple[str, ...]


def split_statements(chunks: Iterable[str]) -> Iterator[Statement]:
    """Split a text that comes in pieces; each statement comes out as soon as it is complete."""
    announced, entries = "", list[str]()
    for line, sentence in _split_sentences(chunks):
        if announced and (_BULLET.match(line) or not sentence):
            entries += [entry] if (entry := _tidy(line).strip(_TRAILING)) else []
            continue
        if announced:
            yield from _list_statement(announced, entries)
            announced, entries = "", []
        text = _tidy(line)
        if text.endswith(("：", ":")):
            announced = text
        elif text:
            yield Statement(shown=text, readings=(text,))
    if announced:
        yield from _list_statement(announced, entries)


def _split_sentences(chunks: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Sentences in order; the flag is False for an empty line."""
    pending = ""
    for chunk in chunks:
        pending = (
            _THOUGHT.sub("", pending + chunk)
            if "</think>" in pending + chunk
            else (pending + chunk)
        )
        if _OPEN_THOUGHT in pending:
            continue
        while (end := _END.search(pending)) is not None:
            piece, pending = pending[: end.end()], pending[end.end() :]
            yield piece.strip("\n"), bool(piece.strip())
    rest = _THOUGHT.sub("", pending)
    if rest.strip():
        yield rest, True


def _tidy(line: str) -> str:
    text = _MARKDOWN.sub("", _MARKS.sub("", line))
    return _BULLET.sub("", text).strip()[:_LONGEST_STATEMENT]


def _list_statement(announced: str, entries: list[str]) -> Iterator[Statement]:
    if not entries:
        return
    shown = "\n".join([announced, "", *(f"- {entry}" for entry in entries)])
    readings = tuple(announced + joint.join(entries) for joint in ("、", "；"))
    yield Statement(shown=shown, readings=readings)
