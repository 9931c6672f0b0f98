"""templates/skeletons.yaml -> the sections of a chapter to be written, with their prompts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field

from checkers.finding import Topic, TopicFinding

_FILE = "templates/skeletons.yaml"
# A prompt that were two sentences would leave a second one without its mark.
_SENTENCE_END = re.compile(r"[。；;！!？?\n]+")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SectionTemplate(_File):
    """A section: its title, the words of an article that name it, and what to write."""

    title: str
    article: tuple[str, ...] = ()
    prompts: tuple[str, ...] = Field(min_length=1)


class ChapterTemplate(_File):
    """A chapter: its heading and its sections in order."""

    heading: str
    sections: tuple[SectionTemplate, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkeletonSection:
    """A section of a skeleton with its prompts as they stand in the document."""

    title: str
    prompts: tuple[str, ...]


@cache
def load_templates() -> dict[Topic, ChapterTemplate]:
    """The templates of all topics."""
    text = resources.files("checkers").joinpath(_FILE).read_text("utf-8")
    return {topic: ChapterTemplate(**entry) for topic, entry in yaml.safe_load(text).items()}


def list_skeleton_sections(finding: TopicFinding) -> tuple[SkeletonSection, ...]:
    """The sections of the topic's chapter; each says which article names it."""
    return tuple(
        SkeletonSection(title=part.title, prompts=_word_prompts(part, finding))
        for part in load_templates()[finding.topic].sections
    )


def word_lead(finding: TopicFinding) -> str:
    """The prompt below the chapter's heading."""
    labels = "、".join(dict.fromkeys(citation.label for citation in finding.citations))
    basis = f"本章依据{labels}" if labels else "本章办法没有规定，供参考"
    return make_prompt(f"{basis}，各节写完后删去这些提示")


def make_prompt(text: str) -> str:
    """A prompt as one sentence that checks take for a placeholder."""
    return f"【待编写：{_SENTENCE_END.sub('，', text).strip('，')}】"


def _word_prompts(part: SectionTemplate, finding: TopicFinding) -> tuple[str, ...]:
    label = next(
        (
            citation.label
            for word in part.article
            for citation in finding.citations
            if word in citation.quote
        ),
        "",
    )
    basis = f"（{label}要求）" if label else ""
    first, *others = part.prompts
    return tuple(map(make_prompt, [first + basis, *others]))
