"""The words around figures, read from ``data/scenario_words.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

BaseKind = Literal["investment", "budget", "estimate", "contract", "any"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: BaseKind = "any"
    asked: tuple[str, ...]
    printed: tuple[str, ...]


class _Around(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    before: tuple[str, ...]
    behind: tuple[str, ...]


class _Passes(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    share: tuple[str, ...]
    time: tuple[str, ...]


class _Otherwise(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    share: tuple[str, ...]
    duration: tuple[str, ...]
    deadline: tuple[str, ...]
    money: tuple[str, ...]


class _WordsFile(BaseModel):
    """``data/scenario_words.yaml``, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bases: tuple[_Entry, ...]
    plain_base: tuple[str, ...]
    base_behind: tuple[str, ...]
    part_behind: tuple[str, ...]
    becomes: tuple[str, ...]
    becomes_between: tuple[str, ...]
    grows: tuple[str, ...]
    matters: tuple[_Entry, ...]
    sizes: tuple[_Entry, ...]
    narrower: tuple[_Entry, ...]
    penalties: tuple[str, ...]
    events: tuple[_Entry, ...]
    actions: tuple[_Entry, ...]
    claims: _Around
    share_claims: tuple[str, ...]
    date_claims: _Around
    plans: tuple[str, ...]
    today: tuple[str, ...]
    what_then: tuple[str, ...]
    passes: _Passes
    breach: str
    otherwise: _Otherwise
    qualifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One thing that a figure may be a figure of, and the words for it."""

    name: str
    kind: BaseKind
    asked: re.Pattern[str]
    printed: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands right before or right behind a figure."""

    before: re.Pattern[str]
    behind: re.Pattern[str]

    def matches(self, text: str, start: int, end: int) -> bool:
        """Whether the words around ``text[start:end]`` are of this sort."""
        return bool(self.before.search(text[:start]) or self.behind.search(text[end:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioWords:
    """All words, ready for matching; see the comments in the data file."""

    bases: tuple[Cue, ...]
    plain_base: re.Pattern[str]
    base_behind: re.Pattern[str]
    part_behind: re.Pattern[str]
    becomes: re.Pattern[str]
    becomes_between: re.Pattern[str]
    grows: re.Pattern[str]
    matters: tuple[Cue, ...]
    sizes: tuple[Cue, ...]
    narrower: tuple[Cue, ...]
    penalties: re.Pattern[str]
    events: tuple[Cue, ...]
    actions: tuple[Cue, ...]
    claims: Around
    share_claims: re.Pattern[str]
    date_claims: Around
    plans: re.Pattern[str]
    today: re.Pattern[str]
    what_then: re.Pattern[str]
    passes_share: re.Pattern[str]
    passes_time: re.Pattern[str]
    breach: re.Pattern[str]
    otherwise: dict[str, re.Pattern[str]]
    qualifiers: re.Pattern[str]


def nearest_before(cues: Iterable[Cue], text: str) -> tuple[Cue, int] | None:
    """The cue whose words end last in the text before a figure, and where they end."""
    best: tuple[Cue, int] | None = None
    for cue in cues:
        ends = [found.end() for found in cue.asked.finditer(text) if found.group()]
        if ends and (best is None or ends[-1] > best[1]):
            best = cue, ends[-1]
    return best


def asked_names(cues: Sequence[Cue], text: str) -> frozenset[str]:
    """Names of the cues that a question holds."""
    return frozenset(cue.name for cue in cues if cue.asked.search(text))


def printed_names(cues: Sequence[Cue], text: str) -> frozenset[str]:
    """Names of the cues that a provision holds."""
    return frozenset(cue.name for cue in cues if cue.printed.search(text))


def _any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(expressions))


def _cues(entries: Iterable[_Entry]) -> tuple[Cue, ...]:
    return tuple(
        Cue(
            name=entry.name,
            kind=entry.kind,
            asked=_any_of(entry.asked),
            printed=_any_of(entry.printed),
        )
        for entry in entries
    )


def _around(entry: _Around) -> Around:
    return Around(before=_any_of(entry.before), behind=_any_of(entry.behind))


@cache
def load_scenario_words() -> ScenarioWords:
    """The words that come with the product."""
    raw = (files("assistant") / "data/scenario_words.yaml").read_bytes()
    words = _WordsFile.model_validate(yaml.load(raw, Loader=yaml.CSafeLoader))
    return ScenarioWords(
        bases=_cues(words.bases),
        plain_base=_any_of(words.plain_base),
        base_behind=_any_of(f"^{e}" for e in words.base_behind),
        part_behind=_any_of(f"^{e}" for e in words.part_behind),
        becomes=_any_of(words.becomes),
        becomes_between=_any_of(words.becomes_between),
        grows=_any_of(words.grows),
        matters=_cues(words.matters),
        sizes=_cues(words.sizes),
        narrower=_cues(words.narrower),
        penalties=_any_of(words.penalties),
        events=_cues(words.events),
        actions=_cues(words.actions),
        claims=_around(words.claims),
        share_claims=_any_of(words.share_claims),
        date_claims=_around(words.date_claims),
        plans=_any_of(words.plans),
        today=_any_of(words.today),
        what_then=_any_of(words.what_then),
        passes_share=_any_of(words.passes.share),
        passes_time=_any_of(words.passes.time),
        breach=re.compile(words.breach),
        otherwise={
            kind: _any_of(expressions) for kind, expressions in words.otherwise.model_dump().items()
        },
        qualifiers=_any_of(words.qualifiers),
    )
