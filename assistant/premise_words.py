"""data/premises.yaml -> compiled patterns: how questions take something for granted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class Contradiction(BaseModel):
    """What is claimed, and what a provision prints to the contrary."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claimed: re.Pattern[str]
    printed: re.Pattern[str]


class PremiseWords(BaseModel):
    """``data/premises.yaml``; see there for what each pattern stands for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heads: re.Pattern[str]
    tags: re.Pattern[str]
    yes_or_no: re.Pattern[str]
    sources: re.Pattern[str]
    grants: re.Pattern[str]
    open_words: re.Pattern[str]
    rules: re.Pattern[str]
    frees: re.Pattern[str]
    binds: re.Pattern[str]
    only: re.Pattern[str]
    quotes_rule: re.Pattern[str]
    within_before: str
    within_behind: str
    beyond_before: str
    fillers: str
    beyond_behind: str
    happened_before: str
    ruling_behind: str
    happened_behind: str
    rule_before: str
    acts: re.Pattern[str]
    anyone: re.Pattern[str]
    acts_printed: Mapping[str, re.Pattern[str]]
    agents: re.Pattern[str]
    contradictions: tuple[Contradiction, ...]
    allows: re.Pattern[str]
    exceptions: re.Pattern[str]
    duties: re.Pattern[str]
    forbids: re.Pattern[str]


@cache
def load_premise_words() -> PremiseWords:
    """The patterns that come with the product."""
    raw = yaml.load(
        (files("assistant") / "data/premises.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    return PremiseWords.model_validate(raw)
