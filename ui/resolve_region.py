"""What a person writes for a region -> id of a regulation or of a check profile."""

from __future__ import annotations

from checkers.load_rules import DEFAULT_PROFILE, Rules
from corpus.library import Library
from corpus.regulation import Regulation
from ui.errors import RegionUnknown


def resolve_region(wanted: str | None, library: Library) -> str | None:
    """Return the id for an id, a region's name or alias, or a title; None stands for all regions.

    Raises:
        RegionUnknown: nothing in the library answers to it, or several do.
    """
    name = (wanted or "").strip().strip("《》")
    if not name:
        return None
    exact = [regulation.id for regulation in library.regulations if regulation.id == name.lower()]
    named = exact or [r.id for r in library.regulations if name in _names(r)]
    if len(named) == 1:
        return named[0]
    reason = f"“{name}”对应多个办法" if named else f"没有“{name}”这个地区"
    raise RegionUnknown(f"{reason}，请从下列编号中选一个：{list_regions(library)}。")


def resolve_profile(wanted: str | None, rules: Rules, library: Library) -> str:
    """Return the id of a profile for a profile's id or whatever names a region.

    Raises:
        RegionUnknown: there is no such profile.
    """
    name = (wanted or DEFAULT_PROFILE).strip()
    if name in rules.profiles:
        return name
    try:
        region = resolve_region(name, library)
    except RegionUnknown:
        region = None
    if region is not None and region in rules.profiles:
        return region
    known = "、".join(f"{p.id}（{p.name}）" for p in rules.profiles.values())
    raise RegionUnknown(f"没有“{name}”的检查口径，请从下列编号中选一个：{known}。")


def list_regions(library: Library) -> str:
    """Return all ids with their regions, for messages."""
    return "、".join(f"{r.id}（{r.region.name}）" for r in library.regulations)


def _names(regulation: Regulation) -> tuple[str, ...]:
    return (regulation.id, regulation.region.name, *regulation.region.aliases, regulation.title)
