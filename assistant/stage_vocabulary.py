"""The stages of a project, and how questions and provisions speak of them (data files)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

_Model = TypeVar("_Model", bound=BaseModel)


class StageEntry(BaseModel):
    """One stage in ``data/stages.yaml``, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    stage: str
    in_flow: bool = True
    asked: tuple[str, ...]
    ends: tuple[str, ...]
    chapter: tuple[str, ...]
    telling: tuple[str, ...]
    passing: tuple[str, ...] = ()


class GeneralEntry(BaseModel):
    """What stands outside all stages, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chapters: tuple[str, ...]
    articles: tuple[str, ...]


class StageFile(BaseModel):
    """The shape of ``data/stages.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    general: GeneralEntry
    stages: tuple[StageEntry, ...]


class StageQuestionFile(BaseModel):
    """The shape of ``data/stage_questions.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    everything: tuple[str, ...]
    path: tuple[str, ...]
    how: tuple[str, ...]
    thing: tuple[str, ...]
    label: tuple[str, ...]
    broad: tuple[str, ...]
    counted: tuple[str, ...]
    materials: tuple[str, ...]
    filler: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage ready for matching.

    Attributes:
        name: as shown, e.g. ``验收``.
        in_flow: a project goes through it; False where it accompanies the others.
        asked: names the stage in a question.
        ends: narrower words that stand for it in 从…到….
        chapter: names the stage in the title of a chapter.
        telling: each pattern shows that a sentence is about the stage.
        passing: shows that a sentence only mentions it.
    """

    name: str
    in_flow: bool
    asked: re.Pattern[str]
    ends: re.Pattern[str]
    chapter: re.Pattern[str]
    telling: tuple[re.Pattern[str], ...]
    passing: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageVocabulary:
    """All stages in their order, and the words around them.

    Attributes:
        stages: in the order in which a project goes through them.
        general_chapter: titles of chapters that belong to no stage.
        general_article: articles that belong to no stage.
        everything: a question for the whole way of a project.
        path: a question for steps.
        how: a question for how to go about it.
        thing: a project.
        label: right behind the name of a stage: the stage as a whole.
        broad: a question for all that is said on something.
        counted: a question for the steps that one thing has.
        materials: what is to be brought, whatever for.
        filler: words that do not narrow such a question down.
    """

    stages: tuple[Stage, ...]
    general_chapter: re.Pattern[str]
    general_article: re.Pattern[str]
    everything: re.Pattern[str]
    path: re.Pattern[str]
    how: re.Pattern[str]
    thing: re.Pattern[str]
    label: re.Pattern[str]
    broad: re.Pattern[str]
    counted: re.Pattern[str]
    materials: re.Pattern[str]
    filler: re.Pattern[str]


@cache
def load_stages() -> StageVocabulary:
    """The stages that come with the product."""
    written = _read("stages.yaml", StageFile)
    questions = _read("stage_questions.yaml", StageQuestionFile)
    return StageVocabulary(
        stages=tuple(map(_ready, written.stages)),
        general_chapter=_any_of(written.general.chapters),
        general_article=_any_of(written.general.articles),
        everything=_any_of(questions.everything),
        path=_any_of(questions.path),
        how=_any_of(questions.how),
        thing=_any_of(questions.thing),
        label=_any_of(questions.label),
        broad=_any_of(questions.broad),
        counted=_any_of(questions.counted),
        materials=_any_of(questions.materials),
        filler=_any_of(questions.filler),
    )


def _ready(entry: StageEntry) -> Stage:
    return Stage(
        name=entry.stage,
        in_flow=entry.in_flow,
        asked=_any_of(entry.asked),
        ends=_any_of(entry.ends),
        chapter=_any_of(entry.chapter),
        telling=tuple(map(re.compile, entry.telling)),
        passing=_any_of(entry.passing),
    )


def _any_of(expressions: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(expressions) if expressions else r"(?!)")


def _read(name: str, shape: type[_Model]) -> _Model:
    raw = (files("assistant") / f"data/{name}").read_bytes()
    return shape.model_validate(yaml.load(raw, Loader=yaml.CSafeLoader))
