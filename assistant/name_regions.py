"""Regulations side by side -> how each is called: by its place, or by its title in a collision.

Three laws of the state are all of “国家”; only their titles tell them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from corpus.regulation import Regulation


def name_regions(regulations: Iterable[Regulation]) -> dict[str, str]:
    """Id of each regulation -> its name among the others."""
    unique = {regulation.id: regulation for regulation in regulations}
    places = Counter(regulation.region.name for regulation in unique.values())
    return {
        id: one.region.name if places[one.region.name] == 1 else f"《{one.title}》"
        for id, one in unique.items()
    }
