"""Question -> what it takes for granted, and the open question behind it.

淅川验收要在一年内完成对吧 claims a period of one year; asked openly it reads 淅川验收要在多久内
完成, and that is what the search can answer whether or not the claim is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.premise_words import load_premise_words
from assistant.read_bounds import Bound, BoundKind, read_bounds, states_rule

_CLAUSE = re.compile(r"[^,，;；。?？!！\n]+")
_OPENED: dict[BoundKind, str] = {
    "percent": "多少",
    "duration": "多久",
    "date": "什么时候",
    "frequency": "多久一次",
    "count": "几",
}
_BEFORE = re.compile("以前|之前|前")
_OPENED_BODY = "谁"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a question takes for granted.

    Attributes:
        text: the clauses that claim something.
        is_presumed: it is taken to be so (对吧, 听说, 既然); else only asked whether it is (吗).
        bounds: the figures claimed to be the rule.
    """

    text: str
    is_presumed: bool
    bounds: tuple[Bound, ...]


def read_claim(question: str) -> Claim | None:
    """What a question claims; None where it asks openly."""
    words = load_premise_words()
    bare = words.sources.sub(",", _strip_frame(question))
    clauses = [c for c in _CLAUSE.findall(bare) if not words.open_words.search(c)]
    text = ",".join(clause.strip() for clause in clauses if clause.strip())
    presumed = _is_presumed(question)
    if not text or not (presumed or words.yes_or_no.search(question)):
        return None
    return Claim(text=text, is_presumed=presumed, bounds=_claimed_bounds(text))


def open_claim(question: str) -> str:
    """The question that is left when what is taken for granted is asked openly."""
    words = load_premise_words()
    # Which article says so can only be answered by one that does.
    if words.sources.search(question) or not _is_presumed(question):
        return question
    opened = _strip_frame(question)
    edits = [
        (bound.start, _end_of_opened(bound, opened), _open_bound(bound))
        for bound in read_bounds(opened)
        if _can_open(bound) and states_rule(bound, opened)
    ]
    edits += [
        (*match.span("body"), _OPENED_BODY)
        for match in words.acts.finditer(opened)
        if not words.open_words.search(match.group())
    ]
    return _replace_spans(opened, edits) or question


def _can_open(bound: Bound) -> bool:
    # 每年 and 一次 are as common in open questions.
    if bound.kind == "frequency":
        return not bound.text.startswith("每")
    return bound.kind in _OPENED and (bound.kind != "count" or bound.value > 1)


def _is_presumed(question: str) -> bool:
    words = load_premise_words()
    if words.sources.search(question) or words.heads.search(question):
        return True
    asks = words.open_words.search(_strip_frame(question)) is not None
    if words.tags.search(question) and not asks:
        return True
    if asks:
        return _grants_something(question)
    return not words.yes_or_no.search(question) and bool(words.rules.search(question))


def _grants_something(question: str) -> bool:
    """Whether a clause states what the regulation holds and another asks on: …规定五人，从哪抽."""
    words = load_premise_words()
    return any(
        words.grants.search(clause) and not words.open_words.search(clause)
        for clause in _CLAUSE.findall(question)
    )


def _strip_frame(question: str) -> str:
    words = load_premise_words()
    return words.tags.sub("", words.heads.sub("", question)).strip(" ,，")


def _claimed_bounds(text: str) -> tuple[Bound, ...]:
    bounds = [bound for bound in read_bounds(text) if states_rule(bound, text)]
    kinds = {bound.kind for bound in bounds}
    # 每年6月底前 claims the day, 每年一次 the frequency.
    told_twice = {"frequency"} if "date" in kinds else {"count"} if "frequency" in kinds else set()
    return tuple(bound for bound in bounds if bound.kind not in told_twice)


def _end_of_opened(bound: Bound, text: str) -> int:
    # 什么时候前报 is no Chinese.
    before = _BEFORE.match(text, bound.end) if bound.kind == "date" else None
    return before.end() if before else bound.end


def _open_bound(bound: Bound) -> str:
    numeral = re.search(r"[\d零一二两三四五六七八九十百半]", bound.text)
    before = bound.text[: numeral.start()] if numeral and bound.kind != "date" else ""
    behind = re.search(r"(?:以?内|之内|以上|以下|以?后|之后)$", bound.text)
    return before + _OPENED[bound.kind] + bound.unit + (behind.group() if behind else "")


def _replace_spans(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
