"""numbering.xml -> the automatic numbers that Word prints before paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from checkers import docx_names as w
from checkers.print_numerals import print_numeral

_LEVELS = 9
_DOTS = ".．。、"
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLevel:
    """One level of a list definition, as w:lvl gives it."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberList:
    """A w:num: the abstract list it counts in, its levels, and where it begins anew."""

    abstract: str
    levels: dict[int, NumberLevel]
    overrides: dict[int, int]


@dataclass(slots=True)
class NumberPrinter:
    """Counts numbered paragraphs in document order and prints their numbers."""

    lists: dict[str, NumberList]
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def find_level(self, num_id: str, style_id: str | None) -> int:
        """Return the level that is linked to a style, 0 where none is."""
        numbers = self.lists.get(num_id)
        if numbers is not None and style_id is not None:
            for index, level in numbers.levels.items():
                if level.style == style_id:
                    return index
        return 0

    def shows_mark(self, num_id: str, level: int) -> bool:
        """Whether a list sets a number or a bullet before its paragraphs of a level."""
        numbers = self.lists.get(num_id)
        own = None if numbers is None else numbers.levels.get(level)
        return own is not None and bool(own.text) and own.number_format != "none"

    def print_next(self, num_id: str, level: int) -> str:
        """Count one paragraph and return its number; empty for bullets and unknown lists."""
        numbers = self.lists.get(num_id)
        if numbers is None or level not in numbers.levels:
            return ""
        counters = self._counters.setdefault(numbers.abstract, [None] * _LEVELS)
        self._advance(numbers, num_id, level, counters)
        own = numbers.levels[level]
        if own.number_format == "bullet":
            return ""
        printed = _PLACEHOLDER.sub(_printer_of(numbers, counters, own), own.text).strip()
        # %1.%2 below a level without a number begins with the dot.
        return printed.lstrip(_DOTS) if _PLACEHOLDER.match(own.text) else printed

    def _advance(
        self, numbers: NumberList, num_id: str, level: int, counters: list[int | None]
    ) -> None:
        for above in range(level):
            # A level that is skipped counts as begun by the deeper one.
            if counters[above] is None and above in numbers.levels:
                counters[above] = numbers.levels[above].start
        current = counters[level]
        if level in numbers.overrides and (num_id, level) not in self._begun:
            counters[level] = numbers.overrides[level]
        elif current is None:
            counters[level] = numbers.levels[level].start
        else:
            counters[level] = current + 1
        self._begun.add((num_id, level))
        for deeper in range(level + 1, _LEVELS):
            definition = numbers.levels.get(deeper)
            restart = None if definition is None else definition.restart
            if restart is None or (restart != 0 and level < restart):
                counters[deeper] = None


def _printer_of(
    numbers: NumberList, counters: list[int | None], own: NumberLevel
) -> Callable[[re.Match[str]], str]:
    """Return the function that prints one %n of a level's text."""

    def print_placeholder(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        definition = numbers.levels.get(index)
        if definition is None:
            return ""
        value = counters[index]
        number_format = definition.number_format
        if own.legal and number_format != "none":
            number_format = "decimal"
        return print_numeral(definition.start if value is None else value, number_format)

    return print_placeholder


def read_numbering(root: w.Element | None, style_lists: Mapping[str, str]) -> NumberPrinter:
    """Return a printer for the lists of a document.

    Args:
        root: of numbering.xml; None where there is none.
        style_lists: list ids by numbering style, for definitions that only name a style.
    """
    if root is None:
        return NumberPrinter(lists={})
    abstracts = {
        str(element.get(w.ABSTRACT_NUM_ID, "")): element for element in root.iter(w.ABSTRACT_NUM)
    }
    nums = {str(element.get(w.NUM_ID, "")): element for element in root.iter(w.NUM)}
    named = {
        name: abstracts.get(_abstract_id(nums.get(list_id)))
        for name, list_id in style_lists.items()
    }
    named |= {
        name: element
        for element in abstracts.values()
        if (name := w.find_value(element, w.STYLE_LINK)) is not None
    }
    lists: dict[str, NumberList] = {}
    for list_id, element in nums.items():
        abstract = abstracts.get(_abstract_id(element))
        link = w.find_value(abstract, w.NUM_STYLE_LINK)
        linked = None if link is None else named.get(link)
        abstract = abstract if linked is None else linked
        if abstract is not None:
            key = str(abstract.get(w.ABSTRACT_NUM_ID, ""))
            lists[list_id] = _read_list(element, key, abstract)
    return NumberPrinter(lists=lists)


def _abstract_id(num: w.Element | None) -> str:
    return w.find_value(num, w.ABSTRACT_NUM_ID) or ""


def _read_list(num: w.Element, abstract_id: str, abstract: w.Element) -> NumberList:
    levels = _read_levels(abstract)
    overrides: dict[int, int] = {}
    for override in num.iterfind(w.LEVEL_OVERRIDE):
        index = _parse_index(override)
        levels.update(_read_levels(override))
        start = w.find_number(override, w.START_OVERRIDE)
        if start is not None:
            overrides[index] = start
    return NumberList(abstract=abstract_id, levels=levels, overrides=overrides)


def _read_levels(parent: w.Element) -> dict[int, NumberLevel]:
    return {
        _parse_index(level): NumberLevel(
            start=_first(w.find_number(level, w.START), 1),
            number_format=w.find_value(level, w.NUM_FORMAT) or "decimal",
            text=w.find_value(level, w.LEVEL_TEXT) or "",
            restart=w.find_number(level, w.LEVEL_RESTART),
            legal=bool(w.find_switch(level, w.IS_LEGAL)),
            style=w.find_value(level, w.PARAGRAPH_STYLE),
        )
        for level in parent.iterfind(w.LEVEL)
    }


def _parse_index(level: w.Element) -> int:
    value = str(level.get(w.LEVEL_ID, "0"))
    return min(int(value), _LEVELS - 1) if value.isdigit() else 0


def _first(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value
