"""Report index -> a table that is not there, or lacks columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checkers.check_rule_file import TableLook
from checkers.compile_checks import CompiledCheck
from checkers.index_report import ReportIndex, shorten
from checkers.join_bodies import MarkedTable
from checkers.observation import Observation


class _Match(NamedTuple):
    found: tuple[str, ...]
    table: MarkedTable
    header: tuple[str, ...]


def look_for_table(index: ReportIndex, check: CompiledCheck, look: TableLook) -> list[Observation]:
    """One observation if the best table lacks columns, or none is meant to be this one."""
    labels = tuple(label for label, _ in check.columns)
    best = max(_match_tables(index, check), key=lambda match: len(match.found), default=None)
    if best is None or len(best.found) < look.recognized:
        return [Observation(missing=labels)]
    if len(best.found) >= look.fewest:
        return []
    return [
        Observation(
            missing=tuple(label for label in labels if label not in best.found),
            found=best.found,
            evidence=shorten("、".join(best.header)),
            paths=(index.path_at(best.table.start),),
            place=index.block_at(best.table.start).place,
        )
    ]


def _match_tables(index: ReportIndex, check: CompiledCheck) -> Iterator[_Match]:
    for table in index.report.tables:
        for header in table.headers:
            # Joined by a sign that no word holds, so that one pass a column is enough.
            line = "\n".join(header)
            found = tuple(label for label, matcher in check.columns if matcher.occurs_in(line))
            if found:
                yield _Match(found, table, header)
