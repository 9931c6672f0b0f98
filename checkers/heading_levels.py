"""Headings -> their levels, by one scheme for the whole report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from checkers.heading_numbers import Scheme
from checkers.report_line import ReportLine
from checkers.source_block import Look

Key = tuple[Scheme, int]

# Forms that always stand in this order, whatever comes first in the report.
_FIXED_ORDER: tuple[Scheme, ...] = ("part", "chapter", "section", "article")
# Forms that stand below another one wherever both occur.
_ABOVE: dict[Scheme, Scheme] = {"chinese": "chinese_paren", "chinese_paren": "arabic_paren"}
# Forms that mean the same level wherever they stand; decimal numbers tell theirs by their depth.
_SETTLED: frozenset[Scheme] = frozenset({*_FIXED_ORDER, "chinese_paren"})
_SECOND_FORMS: frozenset[Key] = frozenset({("decimal", 2), ("chinese_paren", 1)})
# A level above the highest; all levels are shifted so that it becomes the first.
_ABOVE_TOP = 0
_DEEPEST = 9


def assign_levels(headings: Sequence[ReportLine]) -> list[int]:
    """Return the level of each heading, from 1.

    Each form of number has one level; where styles or bookmarks state levels, most of a form
    decide it, and the forms that state none stand below the form they occur under.
    """
    stated = _count_stated(headings)
    levels = _level_forms(headings, stated)
    looks = _level_looks(headings, levels)
    last: dict[Key, int] = {}
    assigned: list[int] = []
    for heading in headings:
        above = assigned[-1] if assigned else 0
        level = _level_of(heading, levels, stated, last, above)
        assigned.append(looks[heading.block.look] if level is None else level)
        if heading.number is not None and level == levels.get(heading.number.key):
            last[heading.number.key] = heading.number.values[-1]
    return _nest_annexes(headings, _close_top(assigned))


def _nest_annexes(headings: Sequence[ReportLine], levels: list[int]) -> list[int]:
    """Put the chapters of an appended document, which count from 1 again, below its annex."""
    seen: set[Key] = set()
    nested: list[int] = []
    is_appended = False
    for position, (heading, level) in enumerate(zip(headings, levels, strict=True)):
        number = heading.number
        is_annex = number is not None and number.scheme == "appendix" and level == 1
        if is_annex:
            is_appended = _counts_anew(headings, levels, position + 1, seen)
        elif number is not None and level == 1:
            seen.add(number.key)
        nested.append(min(level + 1, _DEEPEST) if is_appended and not is_annex else level)
    return nested


def _counts_anew(
    headings: Sequence[ReportLine], levels: Sequence[int], position: int, seen: set[Key]
) -> bool:
    """Whether the first chapter below an annex has the number of the report's own first one."""
    if position >= len(headings) or levels[position] != 1:
        return False
    number = headings[position].number
    return number is not None and number.key in seen and number.values[-1] == 1


def _close_top(levels: list[int]) -> list[int]:
    """Shift all levels so that the highest is 1."""
    top = min(levels, default=1)
    return [level - top + 1 for level in levels]


def _level_of(
    heading: ReportLine,
    levels: dict[Key, int],
    stated: dict[Key, Counter[int]],
    last: dict[Key, int],
    above: int,
) -> int | None:
    """Return the level by number or style; None where only the look can tell.

    A style that differs from most of its form is believed where the form may stand anywhere,
    save where the number goes on with the others or begins right below its usual parent.
    """
    own = heading.block.level if heading.is_stated else None
    number = heading.number
    if number is None or number.scheme == "appendix":
        return own or (None if number is None else 1)
    key = number.key
    if own is None or own == stated[key].most_common(1)[0][0]:
        return levels[key]
    count, usual = number.values[-1], levels[key]
    goes_on = count == last.get(key, 0) + 1 or (count == 1 and above == usual - 1)
    return usual if goes_on or key[1] > 1 or key[0] in _SETTLED else own


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


def _count_stated(headings: Sequence[ReportLine]) -> dict[Key, Counter[int]]:
    """Return for each form of number how often styles state each level for it."""
    stated: dict[Key, Counter[int]] = {}
    for heading in headings:
        if heading.number is not None and heading.is_stated and heading.block.level:
            stated.setdefault(heading.number.key, Counter())[heading.block.level] += 1
    return stated


def _level_forms(headings: Sequence[ReportLine], stated: dict[Key, Counter[int]]) -> dict[Key, int]:
    begun = Counter(h.number.key for h in headings if h.number and h.number.values[-1] == 1)
    levels: dict[Key, int] = {}
    previous: Key | None = None
    for key in order_forms(headings):
        if key in stated:
            level = stated[key].most_common(1)[0][0]
            if previous is not None and (begun[key] > 1 or _must_stand_below(key, previous)):
                level = max(level, levels[previous] + 1)
        else:
            level = max([*levels.values(), _find_level_above(headings, key)]) + 1
        levels[key] = min(level, _DEEPEST)
        previous = key
    return levels


def _find_level_above(headings: Sequence[ReportLine], key: Key) -> int:
    """Return the level of the styled headings without a number that a form begins anew below.

    0 where it does not, or only once: 一、 below a styled 前言 is the first chapter.
    """
    above: list[int] = []
    for previous, heading in pairwise(headings):
        number = heading.number
        if number is not None and number.key == key and number.values[-1] == 1:
            is_parent = previous.number is None and previous.is_stated
            above.append(previous.block.level or 0 if is_parent else 0)
    led = [level for level in above if level]
    return max(led) if len(led) > 1 and len(led) * 2 > len(above) else 0


def _must_stand_below(key: Key, above: Key) -> bool:
    """Whether a form stands below another by its nature."""
    if key[0] == "decimal" and above[0] in {"decimal", "enumerated"}:
        return key[1] > above[1]
    if above[0] in _FIXED_ORDER:
        return True
    return _ABOVE.get(above[0]) == key[0]


def _level_looks(headings: Sequence[ReportLine], levels: dict[Key, int]) -> dict[Look, int]:
    """Return the level of each look, learnt from the headings whose level is known.

    Other looks are ranked by size among the known ones; those as small as the smallest, and all
    where none is known, stand below.
    """
    known: dict[Look, Counter[int]] = {}
    for heading in headings:
        level = heading.block.level if heading.is_stated else None
        if heading.number is not None:
            level = levels.get(heading.number.key, level)
        if level is not None:
            known.setdefault(heading.block.look, Counter())[level] += 1
    looks = {look: counts.most_common(1)[0][0] for look, counts in known.items()}
    if _lacks_top(levels):
        largest = max(look.size for look in known)
        counts = Counter(heading.block.look for heading in headings)
        for look in [look for look in counts if look not in looks and look.size > largest]:
            if counts[look] > 1:
                looks[look] = _ABOVE_TOP
    smallest = min((look.size for look in known), default=float("inf"))
    deepest = max(looks.values(), default=0)
    unknown = {heading.block.look for heading in headings} - set(looks)
    ranked = dict(looks)
    for look in sorted(unknown, key=_prominence, reverse=True):
        if look.size > smallest:
            larger = {level for other, level in looks.items() if other.size > look.size}
            ranked[look] = max(larger, default=0) + 1
        else:
            deepest = min(deepest + 1, _DEEPEST)
            ranked[look] = deepest
    return ranked


def _lacks_top(levels: dict[Key, int]) -> bool:
    """Whether the outermost numbers are 1.1 or （一）, which stand below something."""
    return bool(levels) and min(levels, key=levels.__getitem__) in _SECOND_FORMS


def _prominence(look: Look) -> tuple[float, bool, bool, str]:
    return look.size, look.bold, look.centred, look.family
