"""Statement + provision -> whether the statement can be read off the provision.

A search over pairs of offsets: how much of the statement has been read, and how far into the
provision that took it. Every step either reads the same words, exchanges a word for one that says
the same, puts in a word without content, or leaves out what may be left out. There is no other
step: a figure, a body or a negation that differs leaves the search without a way on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.paraphrase_rules import load_paraphrase_rules
from assistant.parse_clauses import Clause
from assistant.prepare_provision import OWES_ETC, OWES_ITEMS, OWES_MOVED, Provision

# Where the items begin that were announced.
_ANNOUNCED = ":\n"
_STOPS = ",。;:\n"
# Marks that say nothing; a statement may have them or not.
_SILENT_MARKS = frozenset("“”《》,:;。.、!")
_NAMES_BODY = re.compile("[局委办]|政府|单位|中心|部门|小组|机构|企业|专家")
# A bound of time that may stand elsewhere in the same sentence.
_TIME = re.compile(
    r"(?:在|于)?(?:每年)?(?:[0-9]+月(?:[0-9]+日|底)?|第[一二三四]季度)(?:之?前|以前)"
)
_UP_TO = "不超过"
# 在一个月内完成整改后 is a condition that is itself to be met.
_AFTERWARDS = "后前内"
# States visited before a search is given up; honest restatements need a few thousand at most.
_MOST_STATES = 60_000

# How much of the statement has been read, where in the provision, and what is owed.
State = tuple[int, int, int]


def is_derivable(statement: str, provision: Provision) -> bool:
    """Whether a folded statement says only what the provision says."""
    return _Search(statement, provision).run() or any(
        _Search(rest, provision, moved=moved).run() for rest, moved in _move_parts(statement)
    )


def _move_parts(statement: str) -> Iterator[tuple[str, str]]:
    """The statement without a bound that may stand elsewhere, and that bound."""
    times = list(_TIME.finditer(statement))
    if len(times) == 1:
        (found,) = times
        rest = statement[: found.start()] + statement[found.end() :]
        yield rest.lstrip(","), found.group().lstrip("在于")
    if statement.count(_UP_TO) == 1 and len(re.findall(r"[0-9.]+", statement)) == 1:
        yield statement.replace(_UP_TO, ""), _UP_TO


class _Search:
    """One search; see the module."""

    def __init__(self, statement: str, provision: Provision, moved: str = "") -> None:
        self._said = statement
        self._provision = provision
        self._parsed = provision.parsed
        self._text = provision.text
        self._borders = provision.borders
        self._rules = load_paraphrase_rules()
        self._moved = moved
        self._names_body = _NAMES_BODY.search(statement) is not None

    def run(self) -> bool:
        owed = OWES_MOVED if self._moved else 0
        stack = [
            (0, clause.start, owed)
            for number, clause in enumerate(self._parsed.clauses)
            if self._parsed.may_begin(number)
        ]
        seen = set(stack)
        while stack and len(seen) < _MOST_STATES:
            state = stack.pop()
            if self._is_done(state):
                return True
            for step in self._steps(state):
                if step not in seen:
                    seen.add(step)
                    stack.append(step)
        return False

    def _is_done(self, state: State) -> bool:
        read, position, owed = state
        if self._said[read:].strip("。,;.!、:") or owed & (OWES_ETC | OWES_MOVED):
            return False
        number = self._parsed.by_end.get(position)
        if number is None or not self._parsed.may_end(number):
            return False
        return not (owed & OWES_ITEMS) or self._is_last_item(number)

    def _is_last_item(self, number: int) -> bool:
        following = self._parsed.clauses[number + 1 :]
        line = self._parsed.clauses[number].line
        return not any(c.line == line or c.is_item for c in following)

    def _steps(self, state: State) -> Iterator[State]:
        yield from self._read_same(state)
        yield from self._swap(state)
        yield from self._leave_out(state)
        yield from self._put_in(state)

    def _read_same(self, state: State) -> Iterator[State]:
        read, position, owed = state
        if position >= len(self._text):
            return
        printed = self._text[position]
        if printed in _STOPS and owed & OWES_ETC:
            return
        if self._text.startswith(_ANNOUNCED, position - 1):
            owed |= OWES_ITEMS
        if read < len(self._said) and self._said[read] == printed:
            clears = printed == "等" and position in self._borders
            yield read + 1, position + 1, owed & ~OWES_ETC if clears else owed
        if printed in _SILENT_MARKS and printed not in "。;\n、":
            yield read, position + 1, owed
        if printed in "。;\n" and self._stopped(read):
            yield read, position + 1, owed

    def _stopped(self, read: int) -> bool:
        """Whether a mark stands where the statement has been read to."""
        around = self._said[read - 1 : read + 1]
        return read > 0 and any(mark in ",。;、:" for mark in around)

    def _swap(self, state: State) -> Iterator[State]:
        read, position, owed = state
        for end, forms in self._provision.swaps.get(position, ()):
            for form in forms:
                if self._said.startswith(form, read):
                    clears = owed & ~OWES_ETC if form.startswith("等") else owed
                    yield read + len(form), end, clears

    def _leave_out(self, state: State) -> Iterator[State]:
        read, position, owed = state
        for target, debt in self._provision.leaps.get(position, ()):
            crossing = position in self._parsed.by_end
            if crossing and (owed & OWES_ETC or not self._may_cross(read, position, target)):
                continue
            yield read, target, owed | debt
        if self._moved and owed & OWES_MOVED:
            yield from self._leave_moved(state)
        yield from self._leave_subject(state)

    def _may_cross(self, read: int, position: int, target: int) -> bool:
        """Clauses that are not neighbours are parted by a mark or a joining word."""
        if target - position <= 1:
            return True
        joined = any(self._said.startswith(word, read) for word in self._rules.clause_glue)
        return joined or self._stopped(read)

    def _leave_moved(self, state: State) -> Iterator[State]:
        """Pass over the bound that the statement puts elsewhere in the same sentence."""
        read, position, owed = state
        if self._moved == _UP_TO:
            found = re.compile(_UP_TO).match(self._text, position)
        else:
            found = _TIME.match(self._text, position)
        if found is None or found.group().lstrip("在于") != self._moved:
            return
        clause = next(c for c in self._parsed.clauses if c.start <= position < c.end)
        figures = re.findall(r"[0-9.]+", self._parsed.text_of(clause))
        if self._moved != _UP_TO or len(figures) == 1:
            yield read, found.end(), owed & ~OWES_MOVED

    def _leave_subject(self, state: State) -> Iterator[State]:
        """Leave out who acts where everybody knows, and the joint that a clause begins with."""
        read, position, owed = state
        number = self._parsed.by_start.get(position)
        if number is None:
            return
        left = self._rules.clause_droppable
        if not self._names_body or self._parsed.clauses[number].is_condition:
            left += self._rules.default_subjects
        for word in left:
            if self._text.startswith(word, position) and position + len(word) in self._borders:
                yield read, position + len(word), owed

    def _put_in(self, state: State) -> Iterator[State]:
        read, position, owed = state
        if read >= len(self._said):
            return
        if position not in self._borders:
            return
        if self._said[read] in _SILENT_MARKS:
            yield read + 1, position, owed
        for word in self._insertable(position):
            if self._said.startswith(word, read):
                yield read + len(word), position, owed
        if owed & OWES_ETC and self._said.startswith("等", read) and self._ends_entry(position):
            yield read + 1, position, owed & ~OWES_ETC

    def _insertable(self, position: int) -> Iterator[str]:
        rules = self._rules
        yield from rules.glue
        number = self._parsed.by_start.get(position)
        if number is not None:
            clause = self._parsed.clauses[number]
            yield from rules.item_glue if clause.is_item else rules.clause_glue
            yield from rules.condition_glue if clause.is_condition else ()
            yield from rules.exception_glue if clause.is_exception else ()
        around = self._parsed.clause_at(position)
        if around is None:
            return
        if rules.all_of.search(self._parsed.text_of(around)):
            yield from rules.all_glue
        if self._takes_duty(around):
            yield from rules.modals["must"]

    def _takes_duty(self, clause: Clause) -> bool:
        """Whether a clause lays down a duty, though the word for it stands earlier or nowhere."""
        if clause.is_condition and self._text[clause.end - 1] not in _AFTERWARDS:
            return False
        rules = self._rules
        bound = (rules.governing, rules.hedge, rules.exception)
        return not any(
            pattern.search(self._parsed.text_of(other))
            for other in self._parsed.clauses
            if other.sentence == clause.sentence and other.start <= clause.start
            for pattern in (bound if not other.is_condition else bound[1:])
        )

    def _ends_entry(self, position: int) -> bool:
        return position >= len(self._text) or self._text[position] in "、和及与等,。;\n"
