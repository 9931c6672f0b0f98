"""Headings -> their levels, by one scheme for the whole report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checkers.heading_numbers import Scheme
from checkers.report_line import ReportLine

Key = tuple[Scheme, int]

# Forms that always stand in this order, whatever comes first in the report.
_FIXED_ORDER: tuple[Scheme, ...] = ("part", "chapter", "section", "article")
# Forms that stand below another one wherever both occur.
_ABOVE: dict[Scheme, Scheme] = {"chinese": "chinese_paren", "chinese_paren": "arabic_paren"}
_DEEPEST = 9
_MOSTLY = 0.7


def assign_levels(headings: Sequence[ReportLine]) -> list[int]:
    """Return the level of each heading, from 1.

    Each form of number has one level; where styles or bookmarks state levels, most of a form
    decide it, and the forms that state none stand below the form they occur under.
    """
    levels = _level_forms(headings)
    looks = _level_looks(headings, levels)
    deepest = max([*levels.values(), 0])
    assigned: list[int] = []
    for heading in headings:
        level = _level_of(heading, levels)
        if level is None:
            level = looks.get(heading.block.look.size, min(deepest + 1, _DEEPEST))
        assigned.append(level)
    return _close_top(assigned)


def _close_top(levels: list[int]) -> list[int]:
    """Shift all levels so that the highest is 1."""
    top = min(levels, default=1)
    return [level - top + 1 for level in levels]


def _level_of(heading: ReportLine, levels: dict[Key, int]) -> int | None:
    stated = heading.block.level if heading.block.role == "heading" else None
    if heading.number is None or heading.number.scheme == "appendix":
        return stated or (1 if heading.number is not None else None)
    return levels[heading.number.key]


def order_forms(headings: Sequence[ReportLine]) -> list[Key]:
    """Return the forms of numbers in use, from the outermost in."""
    seen: list[Key] = []
    for heading in headings:
        number = heading.number
        if number is not None and number.scheme != "appendix" and number.key not in seen:
            seen.append(number.key)
    fixed = [key for scheme in _FIXED_ORDER for key in seen if key[0] == scheme]
    families: list[Scheme] = []
    for scheme, _ in seen:
        if scheme not in _FIXED_ORDER and scheme not in families:
            families.append(scheme)
    for above, below in _ABOVE.items():
        if above in families and below in families:
            families.remove(below)
            families.insert(families.index(above) + 1, below)
    if "enumerated" in families and ("decimal", 1) not in seen and "decimal" in families:
        families.remove("enumerated")
        families.insert(families.index("decimal"), "enumerated")
    ordered = fixed
    for scheme in families:
        ordered.extend(sorted(key for key in seen if key[0] == scheme))
    return ordered


def _level_forms(headings: Sequence[ReportLine]) -> dict[Key, int]:
    stated: dict[Key, Counter[int]] = {}
    for heading in headings:
        if heading.number is not None and heading.is_stated and heading.block.level:
            stated.setdefault(heading.number.key, Counter())[heading.block.level] += 1
    begun = Counter(h.number.key for h in headings if h.number and h.number.values[-1] == 1)
    levels: dict[Key, int] = {}
    previous: Key | None = None
    for key in order_forms(headings):
        if key in stated:
            level = stated[key].most_common(1)[0][0]
            if previous is not None and (begun[key] > 1 or _must_stand_below(key, previous)):
                level = max(level, levels[previous] + 1)
        else:
            level = max(levels.values(), default=0) + 1
        levels[key] = min(level, _DEEPEST)
        previous = key
    return levels


def _must_stand_below(key: Key, above: Key) -> bool:
    """Whether a form stands below another by its nature."""
    if key[0] == "decimal" and above[0] in {"decimal", "enumerated"}:
        return key[1] > above[1]
    if above[0] in _FIXED_ORDER:
        return True
    return _ABOVE.get(above[0]) == key[0]


def _level_looks(headings: Sequence[ReportLine], levels: dict[Key, int]) -> dict[float, int]:
    """Return the level of each type size, learnt from the headings whose level is known."""
    known: dict[float, Counter[int]] = {}
    unknown: set[float] = set()
    for heading in headings:
        level = _level_of(heading, levels)
        if level is None:
            unknown.add(heading.block.look.size)
        else:
            known.setdefault(heading.block.look.size, Counter())[level] += 1
    looks = {size: counts.most_common(1)[0][0] for size, counts in known.items()}
    deepest = max(levels.values(), default=0)
    for position, size in enumerate(sorted(unknown - set(looks), reverse=True), start=1):
        looks[size] = min(deepest + position, _DEEPEST)
    return looks
