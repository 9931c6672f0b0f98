"""Base files and mutation texts (YAML) -> reports before mutation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from evals.reports.report_tree import (
    Content,
    Node,
    Part,
    Report,
    State,
    SubsetName,
    Table,
    Topic,
)

_FOLDER = Path(__file__).parent
BASES_FOLDER = _FOLDER / "bases"
MUTATION_TEXTS = _FOLDER / "mutation_texts.yaml"


class _StrictModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class _TableText(_StrictModel):
    table: list[list[str]] = Field(min_length=2)


class SectionText(_StrictModel):
    """A section as written in a YAML file; see ``Node`` for the meaning of the keys."""

    title: str = Field(min_length=1)
    topics: list[Topic] = []
    part: Part | None = None
    state: State = "full"
    passages: list[Topic] = []
    whole: bool = False
    host: bool = False
    renames: list[str] = []
    body: list[str | _TableText] = []
    sections: list[SectionText] = []

    def to_node(self) -> Node:
        """The section as a tree."""
        return Node(
            title=self.title,
            topics=tuple(self.topics),
            part=self.part,
            state=self.state,
            passages=tuple(self.passages),
            is_whole=self.whole,
            body=tuple(_to_content(block) for block in self.body),
            children=tuple(section.to_node() for section in self.sections),
            renames=tuple(self.renames),
            is_host=self.host,
        )


def _to_content(block: str | _TableText) -> Content:
    if isinstance(block, str):
        return block
    return Table(rows=tuple(tuple(row) for row in block.table))


class _BaseText(_StrictModel):
    subset: SubsetName
    feasibility_report: bool | None = True
    judged: bool | None = None
    near_topics: list[Topic] = []
    title: str
    owner: str
    date: str
    numbering: str
    chapters: list[SectionText] = Field(min_length=3)


class FillerText(_StrictModel):
    """Words of a long functional design; sentences have the slots ``{module}``, ``{function}``."""

    modules: list[str] = Field(min_length=8)
    functions: list[str] = Field(min_length=8)
    sentences: list[str] = Field(min_length=6)


class TextsOfSubset(_StrictModel):
    """What mutations write into reports, for one of the two parts.

    ``mentions`` and ``traps`` are per topic; hollow, deferring and guiding texts have a slot
    ``{subject}``.
    """

    placeholders: list[str] = Field(min_length=3)
    hollow: list[list[str]] = Field(min_length=2)
    deferrals: list[str] = Field(min_length=2)
    negations: list[str] = Field(min_length=1)
    guides: list[list[str]] = Field(min_length=2)
    mentions: dict[Topic, list[str]]
    traps: dict[Topic, list[SectionText]]
    filler: FillerText


def load_bases(folder: Path = BASES_FOLDER) -> tuple[Report, ...]:
    """All bases by id, which is the name of the file."""
    return tuple(_load_base(path) for path in sorted(folder.glob("*.yaml")))


def _load_base(path: Path) -> Report:
    text = _BaseText.model_validate(_read_yaml(path))
    return Report(
        base=path.stem,
        subset=text.subset,
        is_feasibility_report=text.feasibility_report,
        is_judged=text.feasibility_report is True if text.judged is None else text.judged,
        near_topics=tuple(text.near_topics),
        title=text.title,
        owner=text.owner,
        date=text.date,
        numbering=text.numbering,
        chapters=tuple(chapter.to_node() for chapter in text.chapters),
    )


def load_mutation_texts(path: Path = MUTATION_TEXTS) -> dict[SubsetName, TextsOfSubset]:
    """The texts of both parts; those of the measured part are never tuned on."""
    raw = _read_yaml(path)
    return {
        "working": TextsOfSubset.model_validate(raw["working"]),
        "measured": TextsOfSubset.model_validate(raw["measured"]),
    }


def _read_yaml(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise ValueError(f"{path.name}: a mapping is expected, not {type(loaded).__name__}")
    return loaded
