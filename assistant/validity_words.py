"""data/validity.yaml -> compiled patterns: questions on whether a regulation is in force."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class ValidityWords(BaseModel):
    """``data/validity.yaml``; see there for what each pattern stands for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    asks: re.Pattern[str]
    asks_term: re.Pattern[str]
    other_law: re.Pattern[str]
    title_words: re.Pattern[str]
    of_something_else: re.Pattern[str]
    of_regulation: re.Pattern[str]
    asked_day: re.Pattern[str]
    issued_in: re.Pattern[str]


@cache
def load_validity_words() -> ValidityWords:
    """The patterns that come with the product."""
    raw = yaml.load(
        (files("assistant") / "data/validity.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    return ValidityWords.model_validate(raw)
