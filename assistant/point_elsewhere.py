"""Question that a regulation leaves open -> the articles of others that do provide for it.

These are named only: the rules of another place are no basis here. A place is named only where
its article speaks of all that narrows the question down, and gives the kind of figure asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.facets import find_printed_facets, hard_facets
from assistant.find_passages import narrow_concepts
from assistant.measure_units import printed_units
from assistant.understand_question import Query
from corpus.regulation import Article, Regulation

# Bounds on the probability that a regulation provides for the question. From the second one on
# words of the question that its article does not hold are taken for other words of the same.
_LIKELY_FROM, _SURELY_FROM = 0.65, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """An article of a region that was not asked for, to be named and never cited.

    Attributes:
        coverage: probability that its regulation provides for the question.
    """

    regulation: Regulation
    article: Article
    coverage: float = 1.0

    @property
    def label(self) -> str:
        """``淅川县（第十二条）``."""
        return f"{self.regulation.region.name}（{self.article.label}）"


def point_elsewhere(query: Query, best: Iterable[Pointer]) -> tuple[Pointer, ...]:
    """Those that really speak of what is asked.

    Args:
        query: the question.
        best: the best article of each other regulation that is likely to provide for it.
    """
    return tuple(pointer for pointer in best if _is_sure(query, pointer))


def _is_sure(query: Query, pointer: Pointer) -> bool:
    text = pointer.article.text
    if pointer.coverage < _LIKELY_FROM or not _speaks_of(query, text):
        return False
    # How many there are may be left open by an article on all else.
    if "count" in query.facets and not query.facets & hard_facets():
        return False
    return pointer.coverage >= _SURELY_FROM or all(noun in text for noun in query.nouns)


def _speaks_of(query: Query, text: str) -> bool:
    narrow = narrow_concepts(query)
    if not narrow or not all(concept.printed.search(text) for concept in narrow):
        return False
    facets = query.facets & hard_facets()
    return not (facets - find_printed_facets(text) or query.units - printed_units(text))
