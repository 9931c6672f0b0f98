"""Counters -> heading numbers, in the schemes seen in real reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evals.reports.report_tree import Node

_DIGITS = "零一二三四五六七八九十"

# One pattern a level: {cK} is the counter of level K in Chinese, {nK} in Arabic numerals.
SCHEMES: dict[str, tuple[str, str, str, str]] = {
    "chapter_section_article": ("第{c1}章 ", "第{c2}节 ", "第{c3}条 ", "{n4}．"),
    "chapter_decimal": ("第{c1}章 ", "{n1}.{n2} ", "{n1}.{n2}.{n3} ", "{n1}.{n2}.{n3}.{n4} "),
    "chinese": ("{c1}、", "（{c2}）", "{n3}.", "（{n4}）"),
    "decimal": ("{n1} ", "{n1}.{n2} ", "{n1}.{n2}.{n3} ", "{n1}.{n2}.{n3}.{n4} "),
    "part_chinese": ("第{c1}篇 ", "{c2}、", "（{c3}）", "{n4}."),
    "trailing_dot": ("{n1}. ", "{n1}.{n2}. ", "{n1}.{n2}.{n3}. ", "{n1}.{n2}.{n3}.{n4}. "),
    "fullwidth_dot": ("{n1}．", "{n1}．{n2} ", "{n1}．{n2}．{n3} ", "（{n4}）"),
    "chinese_decimal": ("第{c1}章 ", "{c1}.{n2} ", "{c1}.{n2}.{n3} ", "（{n4}）"),
    "ideographic_stop": ("{n1} ", "{n1}。{n2} ", "{n1}。{n2}.{n3} ", "（{n4}）"),
    "chapter_stop": ("第{c1}章.", "{n1}.{n2}.", "{n1}.{n2}.{n3}.", "（{n4}）"),
    "glued": ("第{n1}章", "{n1}.{n2}", "{n1}.{n2}.{n3}", "（{n4}）"),
    "ideographic_space": ("第{c1}章　", "第{c2}节　", "{c3}、", "（{n4}）"),
    "arabic_comma": ("{n1}、", "（{n2}）", "{n3}）", "{n4}."),
    "half_width": ("{c1}、", "({c2})", "{n3}.", "({n4})"),
    "part_words": ("第{c1}部分 ", "{c2}、", "（{c3}）", "{n4}."),
    "chinese_dot": ("{c1}. ", "{n2}. ", "（{n3}）", "{n4}）"),
    "unnumbered": ("", "", "", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedNode:
    """A section with its level (from 1) and its number as printed, trailing space included."""

    level: int
    number: str
    node: Node

    @property
    def heading(self) -> str:
        """Number and title as typed."""
        return self.number + self.node.title


def number_nodes(nodes: tuple[Node, ...], scheme: str) -> Iterator[NumberedNode]:
    """All sections in reading order with their numbers."""
    yield from _number_below(nodes, SCHEMES[scheme], ())


def _number_below(
    nodes: tuple[Node, ...], patterns: tuple[str, ...], above: tuple[int, ...]
) -> Iterator[NumberedNode]:
    for position, node in enumerate(nodes, start=1):
        counters = (*above, position)
        level = len(counters)
        pattern = patterns[min(level, len(patterns)) - 1]
        yield NumberedNode(level=level, number=_fill_pattern(pattern, counters), node=node)
        yield from _number_below(node.children, patterns, counters)


def _fill_pattern(pattern: str, counters: tuple[int, ...]) -> str:
    values: dict[str, str] = {}
    for level, counter in enumerate(counters, start=1):
        values[f"n{level}"] = str(counter)
        values[f"c{level}"] = print_chinese(counter)
    return pattern.format(**values)


def print_chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese: 12 -> 十二."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
