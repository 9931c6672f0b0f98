"""Question that a regulation leaves open -> what it does say of the same thing.

淅川 asks for no chapter on cryptography, but for cryptography that is planned and built along with
the system: who writes the report must know both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Remark
from assistant.concepts import Concept
from assistant.facets import hard_facets
from assistant.find_passages import Passage, find_passages, narrow_concepts
from assistant.name_place import name_place
from assistant.premise_words import load_premise_words
from assistant.understand_question import Query
from corpus.citation import Citation
from corpus.regulation import Regulation

_CHAPTER = "篇章"
# A chapter is asked of a report; what is laid down of the same thing need not name either.
_OF_REPORTS = frozenset({_CHAPTER, "可行性研究报告", "初步设计"})
_NO_CHAPTER = "{place}没有要求单列这样的篇章；但{label}写的是“{printed}”。"
_BESIDE = "{place}没有直接规定；但{label}写的是“{printed}”。"
_LONGEST = 100
_CLAUSE = re.compile(r"[^,，]+[,，]?")


def point_within(
    query: Query, related: Sequence[Citation], regulation: Regulation
) -> tuple[Remark, ...]:
    """The sentence of the nearest provisions that lays down a duty of all that is asked about.

    Empty where a figure is asked for, or where no sentence speaks of the very same thing.

    Args:
        query: a question that the regulation does not provide for.
        related: its nearest provisions, best first.
        regulation: the one asked about.
    """
    asks_chapter = any(match.concept.name == _CHAPTER for match in query.concepts)
    narrow = [c for c in narrow_concepts(query) if c.name not in _OF_REPORTS]
    if not narrow or query.facets & hard_facets() or query.units:
        return ()
    for citation in related:
        for passage in find_passages(query, citation.article):
            if _lays_down(query, passage, narrow, asks_chapter=asks_chapter):
                text = (_NO_CHAPTER if asks_chapter else _BESIDE).format(
                    place=name_place(regulation),
                    label=citation.article.label,
                    printed=_shorten(passage.text.strip(), narrow),
                )
                return (Remark(kind="notice", text=text, regulation=regulation.id),)
    return ()


def _lays_down(
    query: Query, passage: Passage, narrow: Sequence[Concept], *, asks_chapter: bool
) -> bool:
    words = load_premise_words()
    text = passage.text
    if not all(concept.printed.search(text) for concept in narrow):
        return False
    if asks_chapter:
        return bool(words.duties.search(text))
    return bool(words.forbids.search(text)) and all(noun in text for noun in query.nouns)


def _shorten(sentence: str, narrow: Sequence[Concept]) -> str:
    """The clauses from the first to the last that speak of the thing; verbatim."""
    if len(sentence) <= _LONGEST:
        return sentence
    clauses: list[str] = _CLAUSE.findall(sentence)
    hits = [n for n, clause in enumerate(clauses) if any(c.printed.search(clause) for c in narrow)]
    kept = "".join(clauses[hits[0] : hits[-1] + 1]) if hits else sentence
    return kept.strip(",， ")
