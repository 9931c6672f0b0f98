"""Rules beside the four topics -> compiled, with one finder for the words of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checkers.check_rule_file import (
    BudgetItemLook,
    CheckFile,
    Column,
    ForbiddenLook,
    LeftoversLook,
    TableLook,
    TermGroup,
    TermsLook,
)
from checkers.compile_terms import (
    CueFinder,
    CueKey,
    TermMatcher,
    compile_cues,
    compile_terms,
    expand_choices,
    join_patterns,
    normalize_text,
)

GIVEN = -1
"""Number of the group that holds the words of a rule's condition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledGroup:
    """A thing to be said: the cue that its words are found by, and what stands beside them."""

    label: str
    cue: CueKey
    beside: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledColumn:
    """A column: the finder for its words, and those that name it only as a whole cell."""

    label: str
    words: TermMatcher
    plain: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledCheck:
    """A rule with its patterns; those that its kind has no use for match nowhere.

    Attributes:
        groups: of ``terms`` and ``budget_item``; of ``table``, what says that it is elsewhere.
        columns, below: of ``table``.
        acts, allowed, before, headings, rows, ignored_headings: of ``forbidden``.
        leftovers, ignored, anonymous: of ``leftovers``.
    """

    file: CheckFile
    groups: tuple[CompiledGroup, ...]
    columns: tuple[CompiledColumn, ...]
    below: re.Pattern[str]
    acts: re.Pattern[str]
    allowed: re.Pattern[str]
    before: re.Pattern[str]
    headings: re.Pattern[str]
    rows: re.Pattern[str]
    ignored_headings: re.Pattern[str]
    leftovers: re.Pattern[str]
    ignored: re.Pattern[str]
    anonymous: re.Pattern[str]

    @property
    def id(self) -> str:
        """Id of the rule."""
        return self.file.id


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledChecks:
    """All rules by id, and the finder for their words."""

    by_id: Mapping[str, CompiledCheck]
    cues: CueFinder


def compile_checks(files: Iterable[CheckFile]) -> CompiledChecks:
    """The rules in the order given."""
    kept = tuple(files)
    return CompiledChecks(
        by_id={file.id: _compile_check(file) for file in kept},
        cues=compile_cues(cue for file in kept for cue in _list_cues(file)),
    )


def _list_cues(file: CheckFile) -> Iterator[tuple[CueKey, tuple[str, ...]]]:
    yield (file.id, GIVEN), file.given.terms
    look = file.look
    if isinstance(look, ForbiddenLook):
        yield (file.id, 0), look.objects
    elif isinstance(look, LeftoversLook):
        yield (file.id, 0), look.cues
    else:
        for number, group in enumerate(_groups(file)):
            yield (file.id, number), group.terms


def _groups(file: CheckFile) -> tuple[TermGroup, ...]:
    if isinstance(file.look, TableLook):
        return (file.look.elsewhere,) if file.look.elsewhere else ()
    return file.look.groups if isinstance(file.look, TermsLook | BudgetItemLook) else ()


def _compile_check(file: CheckFile) -> CompiledCheck:
    look = file.look
    forbidden = look if isinstance(look, ForbiddenLook) else None
    leftovers = look if isinstance(look, LeftoversLook) else None
    anonymous = leftovers.anonymous if leftovers else None
    return CompiledCheck(
        file=file,
        groups=tuple(_compile_group(file.id, n, part) for n, part in enumerate(_groups(file))),
        columns=_compile_columns(look.columns) if isinstance(look, TableLook) else (),
        below=join_patterns(look.below if isinstance(look, TableLook) else ()),
        acts=join_patterns(forbidden.acts if forbidden else ()),
        allowed=join_patterns(forbidden.allowed if forbidden else ()),
        before=join_patterns(f"(?:{p})$" for p in forbidden.before) if forbidden else _NOWHERE,
        headings=join_patterns(forbidden.headings if forbidden else ()),
        rows=join_patterns(forbidden.rows if forbidden else ()),
        ignored_headings=join_patterns(forbidden.ignored_headings if forbidden else ()),
        leftovers=join_patterns(leftovers.patterns if leftovers else ()),
        ignored=join_patterns(leftovers.ignored if leftovers else ()),
        anonymous=join_patterns((anonymous,) if anonymous else ()),
    )


_NOWHERE = join_patterns(())


def _compile_group(rule: str, number: int, group: TermGroup) -> CompiledGroup:
    beside = join_patterns(group.beside) if group.beside else None
    return CompiledGroup(label=group.label, cue=(rule, number), beside=beside)


def _compile_columns(columns: tuple[Column, ...]) -> tuple[CompiledColumn, ...]:
    return tuple(
        CompiledColumn(
            label=part.label,
            words=compile_terms([(part.label, part.terms)]),
            plain=frozenset(
                normalize_text(word) for term in part.plain for word in expand_choices(term)
            ),
        )
        for part in columns
    )
