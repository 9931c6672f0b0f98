"""The shape of the rule files: topics, profiles and the marks shared by all topics."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from checkers.finding import TOPICS, Level, Severity, Topic


def _require_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as fault:
        raise ValueError(f"不是有效的正则表达式：{fault}") from fault
    return text


PHRASE = re.compile(r"\{\{(.+?)\}\}")
"""A reference to a phrase within a pattern."""
Pattern = Annotated[str, AfterValidator(_require_pattern)]
Term = Annotated[str, Field(min_length=1)]
Confusion = Annotated[str, Field(min_length=2)]


class RuleFile(BaseModel):
    """Common settings: unknown keys are errors, values can't be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class HeadingTerms(RuleFile):
    """Words of a heading, by how surely they name the topic.

    Attributes:
        strong: name it alone.
        medium: name it unless the body treats something else.
        weak: name it only together with a body that does.
        shared: patterns of wordings that another topic has too; with these the body decides.
    """

    strong: tuple[Term, ...]
    medium: tuple[Term, ...] = ()
    weak: tuple[Term, ...] = ()
    shared: tuple[Pattern, ...] = ()


class Concept(RuleFile):
    """A concrete thing that only a text of substance names, in all its wordings.

    Attributes:
        label: what the thing is.
        soft: it is said of other subjects too (值守, 应急预案) and decides only beside others.
        terms: its wordings.
    """

    label: str
    soft: bool = False
    terms: tuple[Term, ...] = Field(min_length=1)


class Part(RuleFile):
    """A part of a chapter that an article names.

    Attributes:
        id: as the profiles refer to it.
        name: as the article prints it.
        headings: words of a heading that announce it.
        sentences: patterns of sentences that carry it out without a heading, given a figure or a
            word of action.
        contents: patterns of sentences that are what the part consists of, named or not.
        unless: what makes such a sentence one of another part.
        aspects: patterns of which two different ones, in a sentence or in two that follow one
            another, are what it consists of.
        traces: words that may hint at the part where it was not found.
        concepts: groups of labels of the topic's concepts; plain text that has all of a group
            carries it out as well.
        columns: headings of table columns; two of them make a table of this part.
        telling_columns: the same of which one will do.
        advice: what to write.
    """

    id: str
    name: str
    headings: tuple[Term, ...]
    sentences: tuple[Pattern, ...] = ()
    contents: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    aspects: tuple[Pattern, ...] = ()
    traces: tuple[Term, ...] = ()
    concepts: tuple[tuple[str, ...], ...] = ()
    columns: tuple[Term, ...] = ()
    telling_columns: tuple[Term, ...] = ()
    advice: str


class TopicFile(RuleFile):
    """One topic: the words that tell it, and what an author should write.

    Attributes:
        id: of the topic.
        name: in Chinese.
        headings: words of its headings.
        names: words that name the subject; they tell a topic but give no substance.
        concepts: concrete things; they give substance.
        traps: phrases that hold the topic's words and mean something else.
        kept: longer phrases that are no traps all the same.
        phrases: patterns by name, which the patterns of parts refer to as ``{{name}}``.
        parts: parts that an article may name.
        suggested_heading: for a chapter to be added.
        suggested_sections: sections of such a chapter.
        write: what a chapter of substance says, one line each.
    """

    id: Topic
    name: str
    headings: HeadingTerms
    names: tuple[Term, ...]
    concepts: tuple[Concept, ...]
    traps: tuple[Term, ...] = ()
    kept: tuple[Term, ...] = ()
    phrases: dict[str, Pattern] = {}
    parts: tuple[Part, ...] = ()
    suggested_heading: str
    suggested_sections: tuple[str, ...]
    write: tuple[str, ...]

    @model_validator(mode="after")
    def _require_phrases(self) -> Self:
        for part in self.parts:
            for pattern in (*part.sentences, *part.contents, *part.unless, *part.aspects):
                unknown = [name for name in PHRASE.findall(pattern) if name not in self.phrases]
                if unknown:
                    known = "、".join(self.phrases) or "无"
                    raise ValueError(
                        f"{part.id} 引用的“{unknown[0]}”不在 phrases 中（现有：{known}）"
                    )
        return self


class Basis(RuleFile):
    """A provision and the verbatim words of it that bear the rule.

    ``regulation`` may be left out where the profile names one.
    """

    regulation: str | None = None
    article: int = Field(ge=1)
    suffix: int = Field(default=0, ge=0)
    paragraph: int = Field(default=0, ge=0)
    item: int = Field(default=0, ge=0)
    quote: str = Field(min_length=4)


class ProfileTopic(RuleFile):
    """What one regulation asks on one topic.

    Attributes:
        level: required, expected or not_regulated.
        basis: none exactly when the topic is not regulated.
        parts: ids of the parts that the article names.
        requirement: what the article asks, in one sentence to the author.
        advice: what to do here beyond the topic's own list, one line each.
    """

    level: Level
    basis: tuple[Basis, ...] = ()
    parts: tuple[str, ...] = ()
    requirement: str
    advice: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _require_basis(self) -> Self:
        if (self.level == "not_regulated") == bool(self.basis):
            raise ValueError("level 为 required 或 expected 时必须有 basis，not_regulated 时不得有")
        return self


class Demand(RuleFile):
    """What one regulation asks of a rule beside the four topics.

    Attributes:
        severity: ``error``: a breach of the article; ``warning``: likely one; ``note``: advice.
        basis: required for errors and warnings.
    """

    severity: Severity
    basis: tuple[Basis, ...] = ()

    @model_validator(mode="after")
    def _require_basis(self) -> Self:
        if self.severity != "note" and not self.basis:
            raise ValueError("severity 为 error 或 warning 时必须有 basis")
        return self


class ProfileFile(RuleFile):
    """One regulation (or ``strictest``): the four topics and the other rules under it.

    Attributes:
        checks: by id of the rule; what a rule's own file says of this profile yields to it.
    """

    id: str
    name: str
    regulation: str | None = None
    topics: dict[Topic, ProfileTopic]
    checks: dict[str, Demand] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _require_every_topic(self) -> Self:
        absent = [topic for topic in TOPICS if topic not in self.topics]
        if absent:
            raise ValueError(f"缺少主题：{'、'.join(absent)}")
        bases: dict[str, tuple[Basis, ...]] = {
            **{f"主题 {name}": topic.basis for name, topic in self.topics.items()},
            **{f"规则 {name}": check.basis for name, check in self.checks.items()},
        }
        for name, basis in bases.items():
            if self.regulation is None and any(part.regulation is None for part in basis):
                raise ValueError(f"{name} 的 basis 没有写明 regulation")
        return self


class Thresholds(RuleFile):
    """Where the verdicts part; shares are 0 to 1, the rest are counts.

    Attributes:
        concepts: fewest distinct concepts of a text with substance.
        score: fewest points (concepts, and up to ``specific_cap`` sentences with figures).
        specific_cap: most points that figures and table rows can add.
        firm_concepts: fewest among them that are not soft.
        named_concepts: fewest concepts below a heading that names the topic, given
        named_figures: at least so many sentences with figures there, or
        named_words: so many distinct words of concrete things, in sentences of together
        named_characters: so many characters, or
        named_plain: so many characters of plain statements.
        medium_share: least share of the body on the topic for a medium heading.
        weak_share: the same for a weak heading.
        body_share: the same where the heading does not name the topic.
        chapter_share: the same for a chapter of its own.
        body_score: fewest points where the heading does not name the topic.
    """

    concepts: int
    score: int
    firm_concepts: int
    specific_cap: int
    named_concepts: int
    named_figures: int
    named_words: int
    named_characters: int
    named_plain: int
    medium_share: float
    weak_share: float
    body_share: float
    chapter_share: float
    body_score: int


class ReportMarks(RuleFile):
    """How a feasibility report is told from other documents.

    Attributes:
        titles: patterns of titles that say so.
        other_titles: patterns of titles that say otherwise.
        chapters: patterns of headings, one a chapter that such reports have.
        other_chapters: patterns of headings that only other documents have.
        fewest_chapters: how many of ``chapters`` a report has at least.
    """

    titles: tuple[Pattern, ...]
    other_titles: tuple[Pattern, ...]
    chapters: tuple[Pattern, ...]
    other_chapters: tuple[Pattern, ...]
    fewest_chapters: int


class MarksFile(RuleFile):
    """What is the same for all topics.

    Attributes:
        placeholders: what stands where text has yet to be written; such a sentence says nothing.
        deferrals: sentences that leave the matter to another document.
        negations: sentences that leave it out.
        backgrounds: sentences on the world at large or on the author's company.
        fillers: words that alone fill a paragraph or a cell without saying anything.
        cues: every sentence that placeholders, deferrals, negations or backgrounds can match
            holds one of these.
        hollow: words of sentences that could stand in any report.
        figures: what makes a sentence specific.
        actions: words of a sentence that carries something out.
        generic_headings: headings that are never about a topic, whatever project they name.
        background_headings: sections that only tell the background.
        background_exceptions: headings that are no background all the same.
        foreign_ancestors: chapters whose sections never treat a topic, e.g. the budget.
        weakening_ancestors: chapters where a general word (安全保障) means something else.
        general_chapters: chapters of any report; dwelling on a topic does not make them its own.
        confusions: a character and those that writers and text recognition take for it.
        pictures: sentences that only point to a picture or are its caption.
        reasons: words of a sentence that says why a topic is left out.
        promises: sentences that only announce what is to be written.
    """

    thresholds: Thresholds
    placeholders: tuple[Pattern, ...]
    fillers: tuple[Pattern, ...]
    deferrals: tuple[Pattern, ...]
    negations: tuple[Pattern, ...]
    backgrounds: tuple[Pattern, ...]
    cues: tuple[Term, ...]
    hollow: tuple[Term, ...]
    figures: tuple[Pattern, ...]
    actions: tuple[Pattern, ...]
    generic_headings: tuple[Pattern, ...]
    background_headings: tuple[Pattern, ...]
    background_exceptions: tuple[Pattern, ...]
    foreign_ancestors: tuple[Pattern, ...]
    weakening_ancestors: tuple[Pattern, ...]
    general_chapters: tuple[Pattern, ...]
    confusions: tuple[Confusion, ...]
    pictures: tuple[Pattern, ...]
    reasons: tuple[Pattern, ...]
    promises: tuple[Pattern, ...]
    report: ReportMarks
