"""Question that takes something for granted -> a correction, where the articles say otherwise.

A wrong correction is worse than none: nothing is said unless the provision found and the claim
give different values of the same kind, name different bodies for the same act, or order and
forbid the same thing. All that a correction says of the article is verbatim.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Remark
from assistant.correct_bodies import correct_bodies
from assistant.correct_bounds import correct_bounds
from assistant.correct_orders import correct_orders
from assistant.correct_years import correct_years
from assistant.find_passages import find_passages, narrow_concepts
from assistant.name_place import name_text
from assistant.read_bounds import read_bounds
from assistant.read_claim import Claim, read_claim
from assistant.region_answer import RegionAnswer
from assistant.understand_question import Query
from corpus.regulation import Regulation

# Of more regions than this the table says more than corrections do.
_MOST_REGIONS = 2
_NO_BASIS = "{places}没有这样的规定，提问中的说法没有依据。"


def correct_premise(
    query: Query, regions: Sequence[RegionAnswer], silent: Sequence[Regulation]
) -> tuple[Remark, ...]:
    """Corrections of what the question takes for granted; empty where nothing is wrong.

    Args:
        query: its text holds the claim.
        regions: what provides for the question; the most direct article first.
        silent: regulations that do not provide for it.
    """
    claim = read_claim(query.text)
    if claim is None or len(regions) + len(silent) > _MOST_REGIONS:
        return ()
    remarks = [
        remark for region in regions if region.articles for remark in _hold(claim, query, region)
    ]
    # Beside regions that do provide for it, the silent ones are told as such.
    if claim.is_presumed and not regions:
        remarks += _deny(claim, query, silent)
    return tuple(dict.fromkeys(remarks))


def _hold(claim: Claim, query: Query, region: RegionAnswer) -> tuple[Remark, ...]:
    """Hold a claim against what a regulation says; one way of being wrong is told."""
    years = correct_years(claim, region.regulation)
    if years:
        return years
    bounds = correct_bounds(claim, query, region)
    return bounds or correct_bodies(claim, query, region) or correct_orders(claim, query, region)


def _deny(claim: Claim, query: Query, silent: Sequence[Regulation]) -> list[Remark]:
    """Told of regulations that hold neither the figure claimed nor what else is claimed."""
    denying = [regulation for regulation in silent if not _may_hold(claim, query, regulation)]
    if not denying:
        return []
    places = "、".join(name_text(regulation) for regulation in denying)
    only = denying[0].id if len(denying) == 1 else None
    text = _NO_BASIS.format(places=places)
    return [Remark(kind="correction", text=text, regulation=only)]


def _may_hold(claim: Claim, query: Query, regulation: Regulation) -> bool:
    """Whether a sentence of the regulation may be what the claim speaks of."""
    narrow = narrow_concepts(query)
    passages = [p.text for article in regulation.articles for p in find_passages(query, article)]
    if claim.bounds:
        return any(
            printed.equals(bound)
            for text in passages
            if not narrow or any(concept.printed.search(text) for concept in narrow)
            for printed in read_bounds(text)
            for bound in claim.bounds
        )
    if not narrow:
        return not query.nouns or any(n in text for n in query.nouns for text in passages)
    return any(all(concept.printed.search(text) for concept in narrow) for text in passages)
