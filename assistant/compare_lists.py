"""Lists of several regions -> sentences on what all have and what only one has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]|[《》“”]")
_LABEL = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")
_OPEN_END = re.compile(r"^(?:等|及其[他它])")
_OTHERS = re.compile("^其[他它]|及其[他它]")
# Entries longer than this are clauses; that two of them mean the same can't be told from words.
_LONGEST_NAME = 24
# Share of common pairs of characters from which two names may mean the same thing.
_ALIKE = 0.5
_MIN_LISTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionList:
    """What one region lists.

    Attributes:
        region: name of the place.
        place: ``第十八条``.
        entries: verbatim.
        quote: the words the entries stand in.
    """

    region: str
    place: str
    entries: tuple[str, ...]
    quote: str


def tell_list_differences(lists: Sequence[RegionList], *, of_all: bool = True) -> tuple[str, ...]:
    """Number of entries, entries of all, entries of one only; empty for fewer than two lists.

    Args:
        lists: one a region.
        of_all: no other region was asked about.
    """
    given = _take_alike([one for one in lists if one.entries])
    if len(given) < _MIN_LISTS or all(len(one.entries) == 1 for one in given):
        return ()
    counts = "；".join(f"{one.region}{len(one.entries)}项（{one.place}）" for one in given)
    sentences = [f"列出的项数：{counts}。"]
    compared = "、".join(one.region for one in given)
    if all(len(_name(entry)) <= _LONGEST_NAME for one in given for entry in one.entries):
        sentences += _tell_common(given, compared)
        # A list that could not be read may hold the same entry.
        is_complete = of_all and len(given) == len(lists)
        sentences += _tell_own(given, "" if is_complete else f"{compared}中，")
    is_open = [one.region for one in given if _is_open(one)]
    if is_open:
        sentences.append(f"{'、'.join(is_open)}的列举以“等”或“其他”收尾，没有列尽。")
    return tuple(sentences)


def _take_alike(lists: Sequence[RegionList]) -> list[RegionList]:
    """The lists of names where there are any; steps and conditions (项) are no names."""
    of_names = [one for one in lists if not _LABEL.match(one.entries[0])]
    return of_names or list(lists)


def _tell_common(lists: Sequence[RegionList], compared: str) -> list[str]:
    first, *others = lists
    common = [
        entry
        for entry in first.entries
        if all(any(_name(entry) == _name(other) for other in one.entries) for one in others)
    ]
    names = "、".join(map(_name, common))
    return [f"{compared}都列出：{names}。"] if common else []


def _tell_own(lists: Sequence[RegionList], among: str) -> list[str]:
    """Entries that no other list has under a like name."""
    sentences = []
    for one in lists:
        elsewhere = [entry for other in lists if other is not one for entry in other.entries]
        own = [e for e in one.entries if not any(_may_be_same(e, other) for other in elsewhere)]
        if own:
            sentences.append(f"{among}只有{one.region}列出：{'、'.join(own)}（{one.place}）。")
    return sentences


def _may_be_same(one: str, other: str) -> bool:
    first, second = _name(one), _name(other)
    if first in second or second in first:
        return True
    pairs, others = _pairs(first), _pairs(second)
    return 2 * len(pairs & others) >= _ALIKE * (len(pairs) + len(others))


def _pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)}


def _name(entry: str) -> str:
    """An entry without label and brackets."""
    return _BRACKETS.sub("", _LABEL.sub("", entry)).strip("。；;，, ")


def _is_open(one: RegionList) -> bool:
    last = one.entries[-1]
    end = one.quote.rfind(last) + len(last)
    return bool(_OPEN_END.match(one.quote[end:])) or bool(_OTHERS.search(_name(last)))
