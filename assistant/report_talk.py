"""data/report_talk.yaml -> compiled patterns: how people speak of a report that was checked."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from checkers.finding import Topic

FactId = Literal["name", "owner", "total", "period", "funds", "author", "site"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(_Entry):
    """What a report states of its project.

    Attributes:
        id: which one.
        name: in Chinese, as shown.
        asks: how it is asked after.
        label: how cells, lines and headings of a report name it.
        stated: how sentences state it.
        always: no regulation could answer, so that a report without it is told to lack it.
    """

    id: FactId
    name: str
    asks: re.Pattern[str]
    label: re.Pattern[str]
    stated: re.Pattern[str]
    always: bool


class ReportTalkFile(_Entry):
    """``data/report_talk.yaml``, as written."""

    names_report: re.Pattern[str]
    asks_procedure: re.Pattern[str]
    asks_written: re.Pattern[str]
    asks_contents: re.Pattern[str]
    asks_why: re.Pattern[str]
    asks_basis: re.Pattern[str]
    asks_fix: re.Pattern[str]
    asks_where: re.Pattern[str]
    asks_outline: re.Pattern[str]
    asks_all: re.Pattern[str]
    asks_whole: re.Pattern[str]
    asks_others: re.Pattern[str]
    asks_confirm: re.Pattern[str]
    asks_good: re.Pattern[str]
    asks_must: re.Pattern[str]
    asks_profile: re.Pattern[str]
    asks_rejudge: re.Pattern[str]
    names_basis: re.Pattern[str]
    names_strictest: re.Pattern[str]
    asks_fact: re.Pattern[str]
    after_changes: re.Pattern[str]
    names_chapter: re.Pattern[str]
    numbers_chapter: re.Pattern[str]
    topics: dict[Topic, re.Pattern[str]]
    rules: dict[str, re.Pattern[str]]
    facts: tuple[Fact, ...]
    fillers: re.Pattern[str]


@cache
def load_report_talk() -> ReportTalkFile:
    """The patterns that come with the product."""
    raw = (files("assistant") / "data/report_talk.yaml").read_bytes()
    return ReportTalkFile.model_validate(yaml.load(raw, Loader=yaml.CSafeLoader))
