"""Question whether a regulation is in force -> the article that brings it into force."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.extract_lead import extract_lead
from assistant.region_answer import ArticleAnswer, RegionAnswer
from assistant.remark_validity import asks_term, asks_validity
from assistant.understand_question import Query
from corpus.library import Library
from corpus.read_validity import read_validity
from corpus.regulation import Regulation


def tell_validity(
    query: Query, asked: Sequence[Regulation], library: Library
) -> tuple[RegionAnswer, ...]:
    """What each regulation says on its own coming into force and its term.

    Empty where the question asks for something else, or no regulation asked about has such an
    article, or it asks for a term and none has one. What follows for the day is told by
    ``remark_validity``.
    """
    if not asks_validity(query):
        return ()
    return tuple(
        answer for regulation in asked if (answer := _tell(query, regulation, library)) is not None
    )


def _tell(query: Query, regulation: Regulation, library: Library) -> RegionAnswer | None:
    validity = read_validity(regulation)
    article = validity.article
    if article is None or (asks_term(query) and not validity.has_term):
        return None
    citation = library.cite(article.ref)
    told = ArticleAnswer(lead=extract_lead(query, (citation,)), citations=(citation,))
    return RegionAnswer(regulation=regulation, articles=(told,))
