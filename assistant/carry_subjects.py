"""The question before and a turn -> the subjects that are taken over, and how they are shown."""

from __future__ import annotations

from dataclasses import replace

from assistant.concepts import ConceptMatch
from assistant.conversation_words import load_conversation_words
from assistant.read_turn import Turn
from assistant.replace_words import drop_figures, find_subject, has_figure
from assistant.tell_turn_form import is_contrary
from assistant.understand_question import Query

# Names of subjects that are shown at most.
_SHOWN = 3
# What is asked for does not depend on the figures given before.
_FREE_OF_FIGURES = frozenset({"body", "list", "people", "definition"})


def prefer_subjects(matches: list[ConceptMatch]) -> list[ConceptMatch]:
    """Of 申报 and 审批 (申报由谁审批) the one that is a subject by itself."""
    aspects = load_conversation_words().aspects
    return [m for m in matches if m.concept.name not in aspects] or matches


def names_part(turn: Turn, before: Query) -> bool:
    """A topic that a document treats: 可研要写什么 -> 密码那一块呢."""
    words = load_conversation_words()
    topics = {name for name in turn.own_concepts if words.kind_of.get(name) == "topic"}
    if not topics or turn.own_concepts - topics or turn.query.facets or is_contrary(turn):
        return False
    return "list" in before.facets and bool(names_of(before) & words.parts_of)


def clear_figures(turn: Turn, subject: str) -> str:
    """The subject without the figures that the turn leaves behind.

    超过15%呢 replaces 不超过15%; who is to be told (备案找谁) does not depend on any.
    """
    if is_contrary(turn) and has_figure(turn.rest):
        return drop_figures(subject, turn.rest)
    if turn.query.facets & _FREE_OF_FIGURES and not has_figure(turn.rest):
        return drop_figures(subject)
    return subject


def anchor_of(query: Query) -> str:
    """What follow-ups go on from: a statement (概算500万的项目) whole, of others the subject."""
    states = has_figure(query.core) and not load_conversation_words().asks.search(query.core)
    return query.core if states else find_subject(query)


def names_of(query: Query) -> frozenset[str]:
    """Names of the concepts of a question."""
    return frozenset(match.concept.name for match in query.concepts)


def halve_old(query: Query, old: frozenset[str]) -> Query:
    """What is only carried over counts half beside what is asked now."""
    return replace(
        query, concepts=tuple(_halve(m) if m.concept.name in old else m for m in query.concepts)
    )


def _halve(match: ConceptMatch) -> ConceptMatch:
    return replace(match, concept=replace(match.concept, weight=match.concept.weight / 2))


def show_subjects(names: frozenset[str], before: Query, anchor: str) -> tuple[str, ...]:
    """Names of concepts of the question before as shown; its words where it has no concept."""
    aspects = load_conversation_words().aspects
    concepts = [m.concept for m in before.concepts if m.concept.name in names]
    broader = {name for concept in concepts for name in concept.broader}
    narrow = [concept.name for concept in concepts if concept.name not in broader]
    subjects = [name for name in narrow if name not in aspects] or narrow
    # A single verb (管) tells nobody anything.
    return tuple(subjects[:_SHOWN]) or ((anchor,) if len(anchor) > 1 else ())
