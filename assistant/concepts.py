"""Thesaurus: the concepts behind the words of a question or a provision."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter


class ConceptEntry(BaseModel):
    """One entry of ``data/thesaurus.yaml``, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    concept: str
    forms: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept ready for matching.

    Attributes:
        name: the standard term.
        broader: concepts that it is a kind of.
        weight: how much it narrows a question down, 0 to 1.
        forms: literal words that mean it.
        asked: matches the words of questions.
        printed: matches the words of regulations.
    """

    name: str
    broader: tuple[str, ...]
    weight: float
    forms: tuple[str, ...]
    asked: re.Pattern[str]
    printed: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptMatch:
    """A concept found in a text, with the places of its words."""

    concept: Concept
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """All concepts, and their matching."""

    concepts: tuple[Concept, ...]

    def find_asked(self, question: str) -> tuple[ConceptMatch, ...]:
        """The concepts that a question speaks of."""
        found = []
        for concept in self.concepts:
            spans = tuple(match.span() for match in concept.asked.finditer(question))
            if spans:
                found.append(ConceptMatch(concept=concept, spans=spans))
        return tuple(found)

    def forms(self) -> tuple[str, ...]:
        """All literal words of all concepts."""
        return tuple(form for concept in self.concepts for form in concept.forms)

    def find_printed(self, provision: str) -> frozenset[str]:
        """Names of the concepts that a provision speaks of."""
        return frozenset(c.name for c in self.concepts if c.printed.search(provision))


def _any_of(literals: Iterable[str], expressions: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(literals, key=len, reverse=True)
    parts = [*map(re.escape, longest_first), *expressions]
    return re.compile("|".join(parts) if parts else r"(?!)", re.MULTILINE)


@cache
def load_thesaurus() -> Thesaurus:
    """The thesaurus that comes with the product."""
    raw = yaml.load(
        (files("assistant") / "data/thesaurus.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    entries = TypeAdapter(tuple[ConceptEntry, ...]).validate_python(raw)
    return Thesaurus(
        tuple(
            Concept(
                name=entry.concept,
                broader=entry.broader,
                weight=entry.weight,
                forms=entry.forms,
                asked=_any_of(entry.forms, entry.asked),
                printed=_any_of(entry.forms, entry.printed),
            )
            for entry in entries
        )
    )
