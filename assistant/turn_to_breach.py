"""那怎么办 or 超过了怎么办, with the answer before -> a question for what follows a breach.

建成八个月了 is answered by a working, and 调整上限 by the bound: neither says what is to be done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.conversation_words import load_conversation_words
from assistant.read_thresholds import Threshold, read_thresholds
from assistant.read_turn import Reader
from assistant.resume_conversation import Meant
from assistant.understand_question import Query
from corpus.citation import Citation

# What is asked where a period is over, and how the bound of one is printed: 6个月内, 10月底前.
_OVERDUE = "不能按期怎么办"
_PERIOD = re.compile("[年月日天周底].{0,2}[内前]")
_PASSES = re.compile(r"(?:超过|超出|突破|超)了?(?![\d%])")


def turn_to_breach(meant: Meant, before: Answer, read: Reader) -> Query:
    """The question to be searched by; the one that is meant where nothing was passed.

    Args:
        meant: with ``what_then`` or ``exceeds``.
        before: the answer to ``meant.before``.
        read: reads a question by itself.
    """
    core = _exceed_bound(meant.query.core, before.citations) if meant.exceeds else ""
    if not core and _is_overdue(meant, before):
        core = _ask_overdue(meant.query)
    return replace(read(core), regions=meant.query.regions) if core else meant.query


def _exceed_bound(core: str, quoted: Sequence[Citation]) -> str:
    """The question with the share or sum quoted before; empty where there is not just one."""
    numbers = {t.number for t in _read(quoted) if t.kind in ("share", "money")}
    passes = [*_PASSES.finditer(core)]
    if len(numbers) != 1 or not passes:
        return ""
    last = passes[-1]
    return f"{core[: last.start()]}超过{numbers.pop()}{core[last.end() :]}"


def _is_overdue(meant: Meant, before: Answer) -> bool:
    if meant.exceeds:
        return {threshold.kind for threshold in _read(before.citations)} == {"duration"}
    return any(w.outcome == "beyond" and _PERIOD.search(w.threshold) for w in before.workings)


def _ask_overdue(query: Query) -> str:
    kind_of = load_conversation_words().kind_of
    names = [match.concept.name for match in query.concepts]
    stages = [name for name in names if kind_of.get(name) == "stage"]
    return f"{stages[0]} {_OVERDUE}" if stages else ""


def _read(quoted: Sequence[Citation]) -> list[Threshold]:
    """The bounds that were quoted; none where several regulations set them."""
    if len({citation.ref.regulation for citation in quoted}) != 1:
        return []
    return [threshold for citation in quoted for threshold in read_thresholds(citation.quote)]
