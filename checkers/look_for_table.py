"""Report index -> a table that is not there, or lacks columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checkers.check_rule_file import TableLook
from checkers.compile_checks import CompiledCheck, CompiledColumn
from checkers.compile_terms import join_patterns, normalize_text
from checkers.index_report import ReportIndex, shorten
from checkers.join_bodies import MarkedSection, MarkedTable
from checkers.observation import Observation

ANNOUNCED_WITHIN = 60
"""Characters before a table in which a line announces it."""
LONGEST_CELL = 12
FEWEST_NAMED = 3
"""A sentence that names so many columns says what each entry of the table holds."""
CELL_SIGNS = re.compile(r"[\s/、()]+")


class _Match(NamedTuple):
    found: tuple[str, ...]
    table: MarkedTable
    header: tuple[str, ...]


def look_for_table(
    index: ReportIndex,
    check: CompiledCheck,
    look: TableLook,
    topic_sections: Sequence[MarkedSection],
) -> list[Observation]:
    """One observation if the best table lacks columns, or none is meant to be this one."""
    labels = tuple(column.label for column in check.columns)
    best = max(_match_tables(index, check), key=lambda match: len(match.found), default=None)
    if best is not None and len(best.found) >= look.fewest:
        return []
    if _is_elsewhere(index, check, topic_sections):
        return []
    if best is None or len(best.found) < look.recognized:
        return [Observation(missing=labels)]
    named = _name_columns(index, check, topic_sections).union(best.found)
    if len(named) >= look.fewest:
        return []
    return [
        Observation(
            missing=tuple(label for label in labels if label not in named),
            found=tuple(label for label in labels if label in named),
            evidence=shorten("、".join(best.header)),
            paths=(index.path_at(best.table.start),),
            place=index.block_at(best.table.start).place,
        )
    ]


def _match_tables(index: ReportIndex, check: CompiledCheck) -> Iterator[_Match]:
    # One for all tables: putting it together takes longer than searching a table for it.
    words = _join_words(check.columns)
    for table in index.report.tables:
        announced = _is_announced(index, check, table)
        for header in table.headers:
            found = _find_columns(check.columns, header, words if announced else None)
            if found:
                yield _Match(found, table, header)


def _is_announced(index: ReportIndex, check: CompiledCheck, table: MarkedTable) -> bool:
    """Whether the heading of its section or the words right before a table tell what it is."""
    section = index.path_at(table.start)[-1]
    title = normalize_text(section.section.title)
    before = index.report.plain[max(section.start, table.start - ANNOUNCED_WITHIN) : table.start]
    return bool(check.below.search(title) or check.below.search(before))


def _find_columns(
    columns: Sequence[CompiledColumn], header: Sequence[str], words: re.Pattern[str] | None
) -> tuple[str, ...]:
    """The columns that a header names; also by plain words where ``words`` may tell them."""
    # Joined by a sign that no word holds, so that one pass a column is enough.
    line = "\n".join(header)
    plain = frozenset() if words is None else _split_cells(words, header)
    return tuple(
        column.label for column in columns if column.words.occurs_in(line) or column.plain & plain
    )


def _join_words(columns: Sequence[CompiledColumn]) -> re.Pattern[str]:
    """One pattern for all words of the columns, the longest first."""
    known = {word for column in columns for word in column.plain}
    known.update(word for column in columns for _, word in column.words.terms)
    return join_patterns(map(re.escape, sorted(known, key=lambda word: (-len(word), word))))


def _split_cells(pattern: re.Pattern[str], header: Sequence[str]) -> frozenset[str]:
    """The plain words that cells are made of; a PDF may join two columns to one (周期属性)."""
    found: set[str] = set()
    for cell in header:
        text = CELL_SIGNS.sub("", cell)
        if len(text) <= LONGEST_CELL and not pattern.sub("", text):
            found.update(pattern.findall(text))
    return frozenset(found)


def _is_elsewhere(
    index: ReportIndex, check: CompiledCheck, topic_sections: Sequence[MarkedSection]
) -> bool:
    """Whether the report says that the table is in an annex, which may be another file."""
    return any(
        group.beside is None or group.beside.search(sentence.text)
        for group in check.groups
        for sentence in index.sentences(group.cue)
        if any(part.start <= sentence.start < part.end for part in topic_sections)
    )


def _name_columns(
    index: ReportIndex, check: CompiledCheck, topic_sections: Sequence[MarkedSection]
) -> frozenset[str]:
    """Columns that a sentence on the entries of the table names, beside what the table shows."""
    named: set[str] = set()
    for section in topic_sections:
        for sentence in index.report.sentences_in(section.start, section.end):
            if sentence.state == "live" and "\t" not in sentence.text:
                found = _find_columns(check.columns, (sentence.text,), None)
                named.update(found if len(found) >= FEWEST_NAMED else ())
    return frozenset(named)
