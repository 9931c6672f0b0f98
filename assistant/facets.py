"""Facets: what kind of thing a question asks for (a date, a list, a body in charge…)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter


class FacetEntry(BaseModel):
    """One entry of ``data/facets.yaml``, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    facet: str
    asked: tuple[str, ...]
    printed: tuple[str, ...]
    hard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A facet ready for matching: in questions (``asked``), in provisions (``printed``).

    ``hard``: a question that asks for it can't be answered by a provision that lacks it.
    """

    name: str
    asked: re.Pattern[str]
    printed: re.Pattern[str]
    hard: bool


@cache
def load_facets() -> tuple[Facet, ...]:
    """The facets that come with the product, in the order of the data file."""
    raw = yaml.load((files("assistant") / "data/facets.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    entries = TypeAdapter(tuple[FacetEntry, ...]).validate_python(raw)
    return tuple(
        Facet(
            name=entry.facet,
            asked=re.compile("|".join(entry.asked)),
            printed=re.compile("|".join(entry.printed)),
            hard=entry.hard,
        )
        for entry in entries
    )


# Who asks how often does not ask how long or until when, though the words are the same.
_NOT_BESIDE_FREQUENCY = frozenset({"duration", "deadline"})


def find_asked_facets(question: str) -> frozenset[str]:
    """Names of the facets that a question asks for; empty for bare keywords."""
    asked = frozenset(facet.name for facet in load_facets() if facet.asked.search(question))
    return asked - _NOT_BESIDE_FREQUENCY if "frequency" in asked else asked


def find_printed_facets(provision: str) -> frozenset[str]:
    """Names of the facets that a provision says something on."""
    return frozenset(facet.name for facet in load_facets() if facet.printed.search(provision))


@cache
def hard_facets() -> frozenset[str]:
    """Names of the facets that a provision must hold to answer a question for them."""
    return frozenset(facet.name for facet in load_facets() if facet.hard)
