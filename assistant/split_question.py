"""Question -> the questions that it asks one after the other; most ask only one.

“什么时候验收，要什么材料” asks twice. What the second half leaves out stands in the first one, so
it is read as a follow-up to it; everything behind this sees two whole questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.read_turn import Reader
from assistant.resume_conversation import resume_conversation
from assistant.understand_question import Query

_JOINTS = re.compile(r"[，,、；;。？?！!]+|(?:还有|以及|另外|顺便(?:问一?下)?)[，,、]?")
_ASKS = re.compile(
    "什么|啥|谁|哪|多少|多久|多长|多大|何时|几(?:个|天|年|月|日|号|次|人|名|项|份|时|步|类|种)"
    "|怎么|咋|如何|怎样|[吗么]$|是否|能否|可否"
    "|(?P<word>[要能会行有算用得该])(?:不|没)(?P=word)|可不可以|需不需要|是不是"
)
# 什么都不懂, 不管哪里 and 几个局合建 ask nothing.
_NOTHING_ASKED = re.compile("(?:什么|啥|谁|哪里?|怎么|多少)[都也]|不管|无论|不论|^几个")
# Whether a claim holds is one question, however many halves the claim has.
_CLAIM = re.compile("(?:吧|对吗|对不对|是吗|是不是|没错)[？?。！!]*$|听说|据说")
# Figures given are worked out for the question as a whole.
_GIVES_FIGURE = "threshold"
_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the questions: a whole one, and the words it was asked in."""

    query: Query
    words: str


def split_question(query: Query, read: Reader) -> tuple[Part, ...]:
    """The questions asked, in their order; empty where there is only one.

    Args:
        query: the question.
        read: reads a question by itself.
    """
    if _GIVES_FIGURE in query.facets or _CLAIM.search(query.text):
        return ()
    pieces = _join_pieces(query.text, read)
    if not 1 < len(pieces) <= _MOST:
        return ()
    parts = tuple(_complete(pieces, query, read))
    asked = {_key(part.query) for part in parts}
    return parts if len(asked) == len(parts) else ()


def _join_pieces(text: str, read: Reader) -> list[str]:
    """The text cut where a question ends; what asks nothing by itself stays with its neighbour."""
    pieces: list[str] = []
    waiting = ""
    for piece in _cut(text):
        waiting += piece
        is_first = not pieces
        if _asks(piece) and _is_whole(waiting if is_first else piece, read, is_first=is_first):
            pieces.append(waiting)
            waiting = ""
    if waiting and pieces:
        pieces[-1] += waiting
    return pieces


def _cut(text: str) -> Iterable[str]:
    """The pieces between the joints, each with the joint behind it."""
    start = 0
    for joint in _JOINTS.finditer(text):
        if text[start : joint.start()].strip():
            yield text[start : joint.end()]
            start = joint.end()
    if text[start:].strip():
        yield text[start:]


def _asks(piece: str) -> bool:
    bare = _JOINTS.sub("", piece).strip()
    return bool(_ASKS.search(bare)) and not _NOTHING_ASKED.search(bare)


def _is_whole(piece: str, read: Reader, *, is_first: bool) -> bool:
    """Whether a piece says what it asks for, and the first one of what."""
    query = read(piece)
    return bool(query.concepts) if is_first else bool(query.facets or query.concepts)


def _complete(pieces: list[str], query: Query, read: Reader) -> Iterable[Part]:
    """Each piece with what it leaves out; a place named anywhere counts where none is named."""
    regions = read(pieces[0]).regions or query.regions
    for number, piece in enumerate(pieces):
        bare = _JOINTS.sub(" ", piece).strip()
        part = read(bare)
        if number:
            part = resume_conversation([pieces[0], bare], read).query
        regions = read(bare).regions or regions
        yield Part(query=replace(part, regions=regions), words=bare)


def _key(part: Query) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """What is asked of what and where; the same for two wordings of one question."""
    concepts = frozenset(match.concept.name for match in part.concepts)
    return concepts, part.facets, part.regions
