"""Question -> the stages of a project that it asks for as a whole; None where it asks for less.

A question is one for stages only where nothing narrower is left of it once the names of stages
and the words of asking are taken out: “验收阶段有哪些规定” is one, “验收材料有哪些要求” is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.stage_vocabulary import Stage, load_stages

_FROM_TO = re.compile(r"从?(.{1,20}?)(?:一直|直)?[到至](.{1,16})")
# What the fillers leave over of colloquial questions.
_LEFT_OVER = 1
_FIGURE = re.compile(r"\d|[一二三四五六七八九十]+个?[月日天年]")
# The stage whose name also means the project as a whole: 建设一个系统, 项目建设流程.
_WHOLE_WAY = "建设"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageQuestion:
    """Stages that are asked for.

    Attributes:
        stages: in their order.
        whole: all stages that a project goes through are asked for.
    """

    stages: tuple[Stage, ...]
    whole: bool = False


def read_stage_question(question: str) -> StageQuestion | None:
    """The stages that a question asks for as a whole.

    Args:
        question: without names of places.
    """
    vocabulary = load_stages()
    between = _read_range(question)
    if between:
        return StageQuestion(stages=between)
    named = tuple(stage for stage in vocabulary.stages if stage.asked.search(question))
    if not _is_bare(question, named):
        return None
    if _asks_for_all(question, named):
        stages = tuple(stage for stage in vocabulary.stages if stage.in_flow)
        return StageQuestion(stages=stages, whole=True)
    if named and _asks_for_whole_stages(question, named):
        return StageQuestion(stages=named)
    return None


def lacks_stage(question: str, text: str) -> bool:
    """Whether materials are asked for and nothing says what for (需要什么材料).

    Args:
        question: without names of places, what is taken for granted opened.
        text: as asked; one that gives a figure says more.
    """
    vocabulary = load_stages()
    if _FIGURE.search(text):
        return False
    rest, hits = vocabulary.materials.subn("", question)
    return hits > 0 and not vocabulary.filler.sub("", rest)


def _read_range(question: str) -> tuple[Stage, ...]:
    """The stages of 从申报到验收; empty where no such range is asked for."""
    found = _FROM_TO.search(question)
    if found is None:
        return ()
    first, last = (_find_ends(part) for part in found.groups())
    if not first or not last or first[0] >= last[-1]:
        return ()
    stages = load_stages().stages
    if not _is_bare(question, stages, with_ends=True):
        return ()
    return tuple(stage for stage in stages[first[0] : last[-1] + 1] if stage.in_flow)


def _find_ends(words: str) -> list[int]:
    """Positions of the stages that one end of a range names."""
    stages = load_stages().stages
    named = [i for i, stage in enumerate(stages) if stage.asked.search(words)]
    return named or [i for i, stage in enumerate(stages) if stage.ends.search(words)]


def _is_bare(question: str, named: Sequence[Stage], *, with_ends: bool = False) -> bool:
    """Whether nothing is left without the names of stages and the words of asking."""
    rest = question
    for stage in named:
        rest = stage.asked.sub(" ", rest)
        rest = stage.ends.sub(" ", rest) if with_ends else rest
    return len(load_stages().filler.sub("", rest)) <= _LEFT_OVER


def _asks_for_all(question: str, named: Sequence[Stage]) -> bool:
    vocabulary = load_stages()
    if [stage for stage in named if stage.name != _WHOLE_WAY]:
        return False
    if named and _is_labelled(question, named):
        return False
    if vocabulary.everything.search(question) or vocabulary.path.search(question):
        return True
    about_projects = bool(vocabulary.thing.search(question))
    return about_projects and bool(vocabulary.how.search(question))


def _asks_for_whole_stages(question: str, named: Sequence[Stage]) -> bool:
    vocabulary = load_stages()
    if vocabulary.everything.search(question) or _is_labelled(question, named):
        return True
    counted = vocabulary.counted.search(question)
    return not counted and bool(vocabulary.broad.search(question))


def _is_labelled(question: str, named: Sequence[Stage]) -> bool:
    """Whether the name of a stage is followed by 阶段, 这块 and the like."""
    label = load_stages().label
    ends = [found.end() for stage in named for found in stage.asked.finditer(question)]
    return any(label.match(question, end) for end in ends)
