"""The liberties of a restatement (``data/paraphrase.yaml``), ready for matching."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

Modal = Literal["must", "may", "must_not"]


class ParaphraseEntry(BaseModel):
    """``data/paraphrase.yaml``, as written; its comments say what each part means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    groups: tuple[tuple[str, ...], ...]
    modals: Mapping[Modal, tuple[str, ...]]
    printed: Mapping[Modal, tuple[str, ...]]
    negations: str
    single_words: str
    compounds: tuple[str, ...]
    droppable: tuple[str, ...]
    clause_droppable: tuple[str, ...]
    exception_glue: tuple[str, ...]
    all_glue: tuple[str, ...]
    deadline: str
    all_of: str
    glue: tuple[str, ...]
    clause_glue: tuple[str, ...]
    condition_glue: tuple[str, ...]
    item_glue: tuple[str, ...]
    condition_tails: tuple[str, ...]
    default_subjects: tuple[str, ...]
    binding: tuple[str, ...]
    predicate: str
    exception: str
    hedge: str
    hanging: str
    governing: str
    subject: str
    manner: str
    strict_brackets: str
    any_of: str
    alternatives: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParaphraseRules:
    """The same, compiled.

    Attributes:
        alike: form -> the forms that may stand for it, longest first.
        modals: kind -> its forms in statements, longest first.
        printed_modals: form in provisions -> its kind.
        sure_word: matches, as a group, what is a word wherever it stands.
    """

    alike: Mapping[str, tuple[str, ...]]
    modals: Mapping[Modal, tuple[str, ...]]
    printed_modals: Mapping[str, Modal]
    negations: frozenset[str]
    sure_word: re.Pattern[str]
    droppable: tuple[str, ...]
    clause_droppable: tuple[str, ...]
    exception_glue: tuple[str, ...]
    all_glue: tuple[str, ...]
    deadline: re.Pattern[str]
    all_of: re.Pattern[str]
    glue: tuple[str, ...]
    clause_glue: tuple[str, ...]
    condition_glue: tuple[str, ...]
    item_glue: tuple[str, ...]
    condition_tails: tuple[str, ...]
    default_subjects: tuple[str, ...]
    binding: re.Pattern[str]
    predicate: re.Pattern[str]
    exception: re.Pattern[str]
    hedge: re.Pattern[str]
    hanging: re.Pattern[str]
    governing: re.Pattern[str]
    subject: re.Pattern[str]
    manner: re.Pattern[str]
    strict_brackets: re.Pattern[str]
    any_of: re.Pattern[str]
    alternatives: re.Pattern[str]


@cache
def load_paraphrase_rules() -> ParaphraseRules:
    """The rules that come with the product."""
    text = (files("assistant") / "data/paraphrase.yaml").read_bytes()
    entry = ParaphraseEntry.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    return ParaphraseRules(
        alike=_join_groups(entry.groups),
        modals={kind: _longest_first(forms) for kind, forms in entry.modals.items()},
        printed_modals={form: kind for kind, forms in entry.printed.items() for form in forms},
        negations=frozenset(entry.negations),
        sure_word=_compile_sure_words(entry),
        droppable=_longest_first(entry.droppable),
        clause_droppable=_longest_first(entry.clause_droppable),
        exception_glue=_longest_first(entry.exception_glue),
        all_glue=_longest_first(entry.all_glue),
        deadline=re.compile(entry.deadline),
        all_of=re.compile(entry.all_of),
        glue=_longest_first(entry.glue),
        clause_glue=_longest_first(entry.clause_glue),
        condition_glue=_longest_first(entry.condition_glue),
        item_glue=_longest_first(entry.item_glue),
        condition_tails=_longest_first(entry.condition_tails),
        default_subjects=_longest_first(entry.default_subjects),
        binding=re.compile("|".join(entry.binding)),
        predicate=re.compile(entry.predicate),
        exception=re.compile(entry.exception),
        hedge=re.compile(entry.hedge),
        hanging=re.compile(entry.hanging),
        governing=re.compile(entry.governing),
        subject=re.compile(entry.subject),
        manner=re.compile(entry.manner),
        strict_brackets=re.compile(entry.strict_brackets),
        any_of=re.compile(entry.any_of),
        alternatives=re.compile(entry.alternatives),
    )


def _join_groups(groups: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    alike: dict[str, set[str]] = {}
    for group in groups:
        for form in group:
            alike.setdefault(form, set()).update(other for other in group if other != form)
    return {form: _longest_first(others) for form, others in alike.items()}


def _compile_sure_words(entry: ParaphraseEntry) -> re.Pattern[str]:
    """Single characters that are no part of a compound, and what has two characters or more."""
    words = {*entry.droppable, *entry.default_subjects, *(f for g in entry.groups for f in g)}
    longer = _longest_first(word for word in words if len(word) > 1)
    compounds = _longest_first(entry.compounds)
    return re.compile(f"{'|'.join(compounds)}|({'|'.join(longer)})|([{entry.single_words}])")


def _longest_first(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))
