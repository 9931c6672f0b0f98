"""Values of several regions -> sentences on where they differ and where they agree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.number_citations import name_place
from assistant.read_values import KIND_NAMES, Value, ValueKind
from assistant.understand_question import Query
from corpus.citation import Citation

# What kind of value answers a question, by the facets it asks for; the first match decides, as
# some facets (多少, 什么时候) come along with narrower ones.
_KINDS_OF_FACETS: tuple[tuple[str, tuple[ValueKind, ...]], ...] = (
    ("percent", ("percent",)),
    ("money", ("money", "percent")),
    ("people", ("people",)),
    ("frequency", ("frequency",)),
    ("deadline", ("time",)),
    ("count", ("percent", "money", "people")),
    ("duration", ("time",)),
    ("body", ("body",)),
    ("threshold", ("percent", "money")),
)
# Names of bodies differ from place to place as a matter of course.
_NAMED_ONLY = frozenset[ValueKind]({"body"})
_TWO = 2
# By when something has to be done; after how many months it may be done is another thing.
_LIMITS = frozenset({"内", "前", "某日前"})
# 谁更严: which of the places, not which body.
_WHICH_PLACE = re.compile("谁(?:更|比较|.{0,3}得?(?:[细严松多少早晚高低快慢宽紧]))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one region tells, for the comparison.

    Attributes:
        region: name of the place.
        provision: verbatim words that answer.
        citation: where they stand.
        values: values of the kind compared; empty where the provision gives none.
        lacks_value: no article on the subject gives one.
    """

    region: str
    provision: str
    citation: Citation
    values: tuple[Value, ...] = ()
    lacks_value: bool = False

    @property
    def place(self) -> str:
        """``第十七条第二款``, without the title."""
        return name_place(self.citation)


def asked_kinds(query: Query) -> tuple[ValueKind, ...]:
    """Kinds of value that a question asks for; empty where it asks for none."""
    facets = query.facets - {"body"} if _WHICH_PLACE.search(query.core) else query.facets
    return next((kinds for facet, kinds in _KINDS_OF_FACETS if facet in facets), ())


def tell_differences(kind: ValueKind, told: Sequence[Told]) -> tuple[str, ...]:
    """Where the values of a kind differ or agree; empty where fewer than two regions give one."""
    giving = [one for one in told if one.values]
    if len(giving) < _TWO or (kind in _NAMED_ONLY and len(giving) < len(told)):
        return ()
    alike = _take_alike(giving)
    limits = [one for one in giving if all(value.side in _LIMITS for value in one.values)]
    if len(alike) < _TWO:
        bounds = "；".join(map(_quote_values, limits))
        sentence = f"各地写明的{KIND_NAMES[kind]}（写法不同，不能直接比较）：{bounds}。"
        return (sentence,) if len(limits) >= _TWO else ()
    groups = _group_by_key(alike)
    listed = "；".join("、".join(map(_quote_values, group)) for group in groups.values())
    sentences = [f"{_head(kind, groups)}：{listed}。"]
    if others := [one for one in limits if one not in alike]:
        sentences.append(f"另一种写法，不能直接比较：{'、'.join(map(_quote_values, others))}。")
    if lacking := [one for one in told if one.lacks_value]:
        names = "、".join(f"{one.region}（{one.place}）" for one in lacking)
        sentences.append(f"{names}没有写明{KIND_NAMES[kind]}。")
    return tuple(sentences)


def _take_alike(giving: Sequence[Told]) -> list[Told]:
    """The regions whose values bound the same side, the most common one."""
    sides = [frozenset(value.side for value in one.values) for one in giving]
    common = max(sides, key=sides.count)
    if len(common) > 1:
        return []
    return [one for one, side in zip(giving, sides, strict=True) if side == common]


def _group_by_key(told: Sequence[Told]) -> dict[tuple[str, ...], list[Told]]:
    groups: dict[tuple[str, ...], list[Told]] = {}
    for one in told:
        groups.setdefault(tuple(value.key for value in one.values), []).append(one)
    return groups


def _head(kind: ValueKind, groups: Mapping[tuple[str, ...], Sequence[Told]]) -> str:
    """What the values are to each other, where that can be told."""
    name = KIND_NAMES[kind]
    members = [one for group in groups.values() for one in group]
    if kind in _NAMED_ONLY or len(members) == 1:
        return name
    if len(groups) == 1:
        texts = {tuple(value.text for value in one.values) for one in members}
        return f"{name}相同" if len(texts) == 1 else f"{name}相同，写法不同"
    single = all(len(one.values) == 1 for one in members)
    return f"{name}不同" if single else f"各地写明的{name}"


def _quote_values(told: Told) -> str:
    values = "".join(f"“{value.text}”" for value in told.values)
    return f"{told.region}{values}（{told.place}）"
