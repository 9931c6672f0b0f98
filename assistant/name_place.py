"""Regulation -> how a remark calls it: 淅川县 before an article, 淅川县的办法, else 《title》."""

from __future__ import annotations

from corpus.regulation import Regulation

_DIVISIONS = ("省", "市", "县", "区", "州", "旗", "盟", "镇", "乡")


def name_place(regulation: Regulation) -> str:
    """The place where the title begins with it; the title where no division is meant (国家)."""
    return regulation.region.name if _is_of_place(regulation) else f"《{regulation.title}》"


def name_text(regulation: Regulation) -> str:
    """``淅川县的办法``; the title where no division is meant."""
    place = name_place(regulation)
    return f"{place}的办法" if _is_of_place(regulation) else place


def _is_of_place(regulation: Regulation) -> bool:
    name = regulation.region.name
    return name.endswith(_DIVISIONS) and regulation.title.startswith(name)
