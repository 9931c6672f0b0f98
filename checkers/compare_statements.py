"""Statements of a report on itself -> those that do not agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from checkers.check_rule_file import ConsistencyLook
from checkers.find_budget import Budget
from checkers.index_report import ReportIndex
from checkers.observation import Observation
from checkers.read_running_statements import read_running_names, read_running_owners
from checkers.read_statements import Statement, read_names, read_owners, read_totals
from checkers.sum_budget import find_wrong_sums

# Words and signs that one place writes and another leaves out.
LOOSE_WORDS = re.compile(r"\(.*?\)|[\s“”\"《》·\-—,.、]|可行性研究报告|建设|项目|工程|系统|平台")
LOOSE_OWNER = re.compile(r"\(.*?\)|[\s“”\"《》·]|人民政府|办公室")
SHORTEST_NAME = 3


def compare_statements(
    index: ReportIndex, look: ConsistencyLook, budget: Budget
) -> list[Observation]:
    """At most one observation a subject: the first place and the first that contradicts it."""
    if look.of == "project_name":
        return _compare((*read_names(index), *read_running_names(index)), _are_one_name)
    if look.of == "owner":
        builders, applicants = read_owners(index)
        groups = ((*builders, *read_running_owners(index)), applicants)
        return [part for group in groups for part in _compare(group, _are_one_owner)]
    if look.of == "total_investment":
        return _compare(read_totals(index), _are_one_sum)
    return find_wrong_sums(index, budget)


def _compare(
    statements: Sequence[Statement], agree: Callable[[Statement, Statement], bool]
) -> list[Observation]:
    for number, first in enumerate(statements):
        for second in statements[number + 1 :]:
            if not agree(first, second):
                return [_contradict(first, second)]
    return []


def _contradict(first: Statement, second: Statement) -> Observation:
    return Observation(
        evidence=f"{first.where}写“{first.text}”，{second.where}写“{second.text}”",
        paths=tuple(part.path for part in (first, second) if part.path),
        place=second.place,
        count=2,
    )


def _are_one_sum(first: Statement, second: Statement) -> bool:
    return first.amount is None or second.amount is None or first.amount.agrees(second.amount)


def _are_one_name(first: Statement, second: Statement) -> bool:
    return _is_short_for(LOOSE_WORDS.sub("", first.value), LOOSE_WORDS.sub("", second.value))


def _are_one_owner(first: Statement, second: Statement) -> bool:
    return _is_short_for(LOOSE_OWNER.sub("", first.value), LOOSE_OWNER.sub("", second.value))


def _is_short_for(first: str, second: str) -> bool:
    """Whether one leaves out characters of the other: 县水利局 is short for 云溪县水利局."""
    short, long = sorted((first, second), key=len)
    if len(short) < SHORTEST_NAME:
        return True
    rest = iter(long)
    return all(char in rest for char in short)
