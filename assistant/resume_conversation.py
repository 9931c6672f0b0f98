"""Query and earlier queries -> the query that is meant.

A follow-up that names only another place takes the subject from before (那金寨呢). One that points
back, or names no subject of its own (谁来批, 超了呢), is read together with what it follows, which
then counts half. A question with a subject of its own keeps only the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.concepts import ConceptMatch
from assistant.understand_question import Query

# Words that point back to what was said before.
_POINTS_BACK = re.compile(
    r"^(那|那么|换成|换|还有|另外)|呢[?？]?$|^(超|逾期|如果|要是|万一|不|没)|(这|那)(个|种|块|些)|一块"
)
# Words that ask for all regions, whatever was asked before.
_EVERYWHERE = re.compile("所有|全部|各个?(地|县|市|地区|地方)|哪些地方|每个(地区|县|地方)|五个地")
# A concept of less weight than this stands almost everywhere and is no subject of its own.
_SUBJECT_FROM = 0.9
# A question up to here is too short to stand alone unless it names a subject.
_SHORT = 12


def resume_conversation(
    query: Query, earlier: Sequence[Query], *, has_selection: bool = False
) -> Query:
    """Fill in the place and the subject that a follow-up leaves out.

    Args:
        query: the question just asked.
        earlier: the queries before it, oldest first, as they were asked.
        has_selection: a region is selected beside the question; one that stands alone is then
            asked of that region, whatever was asked before.
    """
    if not earlier:
        return query
    before = earlier[0]
    for question in earlier[1:]:
        before = _carry_over(question, before)
    if has_selection and (query.concepts or query.words) and _stands_alone(query):
        return query
    return _carry_over(query, before)


def _carry_over(query: Query, before: Query) -> Query:
    if query.unknown_places and not query.regions:
        return query
    if _EVERYWHERE.search(query.text):
        return query
    placed = replace(query, regions=query.regions or before.regions)
    if not query.concepts and not query.words:
        return _take_subject(placed, before)
    return placed if _stands_alone(query) else _read_together(placed, before)


def _stands_alone(query: Query) -> bool:
    if _POINTS_BACK.search(query.text):
        return False
    has_subject = any(match.concept.weight >= _SUBJECT_FROM for match in query.concepts)
    return has_subject or len(query.core) > _SHORT


def _take_subject(query: Query, before: Query) -> Query:
    return replace(
        query,
        core=before.core,
        concepts=before.concepts,
        words=before.words,
        nouns=before.nouns,
        facets=query.facets or before.facets,
        units=query.units or before.units,
    )


def _read_together(query: Query, before: Query) -> Query:
    named = {match.concept.name for match in query.concepts}
    carried = [_halve(match) for match in before.concepts if match.concept.name not in named]
    return replace(
        query,
        core=f"{before.core} {query.core}",
        concepts=(*query.concepts, *carried),
        words=(*query.words, *before.words),
        nouns=query.nouns | before.nouns,
        facets=query.facets or before.facets,
    )


def _halve(match: ConceptMatch) -> ConceptMatch:
    return replace(match, concept=replace(match.concept, weight=match.concept.weight / 2))
