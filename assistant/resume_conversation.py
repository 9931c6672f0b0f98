"""Query and earlier queries -> the query that is meant.

A follow-up that names only another place takes the subject from before (那金寨呢); one that names
only another subject keeps the place (那截止时间呢).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.understand_question import Query

# Words that point back to what was said before.
_POINTS_BACK = re.compile(
    "^(那|那么|换成|换|还有|另外|再)|呢[?？]?$|^(超过|逾期|如果|要是|不)|(这|那)(个|种|块|些)|一块"
)


def resume_conversation(query: Query, earlier: Sequence[Query]) -> Query:
    """Fill in the place and the subject that a follow-up leaves out.

    Args:
        query: the question just asked.
        earlier: the queries before it, oldest first, as they were asked.
    """
    meant: Query | None = None
    for question in [*earlier, query]:
        meant = question if meant is None else _carry_over(question, meant)
    return query if meant is None else meant


def _carry_over(query: Query, before: Query) -> Query:
    regions = query.regions
    if not query.regions and not query.unknown_places:
        regions = before.regions
    if query.concepts or (query.words and not _POINTS_BACK.search(query.text)):
        return replace(query, regions=regions)
    facets = query.facets or before.facets
    return replace(
        query,
        core=before.core,
        regions=regions,
        concepts=before.concepts,
        words=before.words,
        nouns=before.nouns,
        facets=facets,
        units=query.units or before.units,
    )
