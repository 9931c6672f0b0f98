"""What is claimed to be allowed, needed or spared against a provision that says the contrary."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Remark
from assistant.concepts import Concept
from assistant.conversation_words import load_conversation_words
from assistant.find_passages import Passage, find_passages, narrow_concepts
from assistant.name_place import name_place
from assistant.premise_words import load_premise_words
from assistant.read_claim import Claim
from assistant.region_answer import RegionAnswer
from assistant.understand_question import Query

_DIFFERS = "{place}写的是“{printed}”。"
_CLAUSE = re.compile(r"[^,，。;；:：]+")
_LONGEST = 70
# Concepts of less weight stand in many clauses.
_POINTED = 0.9


def correct_orders(claim: Claim, query: Query, region: RegionAnswer) -> tuple[Remark, ...]:
    """A correction where a clause of the provision found orders the contrary of the same thing.

    The clause must speak of all that the claim narrows itself down to, and neither side may make
    an exception.
    """
    words = load_premise_words()
    if not claim.is_presumed or words.exceptions.search(claim.text):
        return ()
    clause = _contrary_clause(claim, query, region)
    if clause is None:
        return ()
    label = region.articles[0].citations[0].article.label
    text = _DIFFERS.format(place=f"{name_place(region.regulation)}{label}", printed=clause)
    return (Remark(kind="correction", text=text, regulation=region.regulation.id),)


def _contrary_clause(claim: Claim, query: Query, region: RegionAnswer) -> str | None:
    article = region.articles[0].citations[0].article
    narrow = narrow_concepts(query)
    passages = [p for p in find_passages(query, article) if _count(narrow, p.text) == len(narrow)]
    if not narrow or _is_allowed(claim.text, passages):
        return None
    pointed = _pointed_concepts(query) or narrow
    clauses = (match.strip() for p in passages for match in _CLAUSE.findall(p.text))
    return next(
        (
            clause
            for clause in clauses
            if _count(pointed, clause) == len(pointed)
            and len(clause) <= _LONGEST
            and _is_contrary(claim.text, clause)
        ),
        None,
    )


def _pointed_concepts(query: Query) -> tuple[Concept, ...]:
    """What a claim is of beside the stage: 终验不用测评报告 is of the report."""
    kind_of = load_conversation_words().kind_of
    return tuple(
        match.concept
        for match in query.concepts
        if match.concept.weight >= _POINTED
        and kind_of.get(match.concept.name) not in ("stage", "body")
    )


def _count(concepts: Sequence[Concept], text: str) -> int:
    return sum(concept.printed.search(text) is not None for concept in concepts)


def _is_allowed(claim: str, passages: Sequence[Passage]) -> bool:
    """Whether a claim lets do what the article allows in one of its sentences after all."""
    words = load_premise_words()
    return bool(words.frees.search(claim)) and any(words.allows.search(p.text) for p in passages)


def _is_contrary(claim: str, clause: str) -> bool:
    return any(
        pair.claimed.search(claim) and pair.printed.search(clause)
        for pair in load_premise_words().contradictions
    )
