"""The shape of a rule beside the four topics: what it looks for, who asks for it, its fixtures."""

from __future__ import annotations

import string
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from checkers.finding import Topic, Verdict
from checkers.rule_files import Demand, Pattern, RuleFile, Term

MESSAGE_FIELDS = ("missing", "found", "evidence", "heading", "count")
"""What a message can fill in between braces."""

Statement = Literal["project_name", "owner", "total_investment", "budget_sum"]


def _require_fields(text: str) -> str:
    try:
        used = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as fault:
        raise ValueError("花括号没有成对") from fault
    unknown = sorted(used - set(MESSAGE_FIELDS))
    if unknown:
        allowed = "、".join(MESSAGE_FIELDS)
        raise ValueError(f"不能填入“{'、'.join(unknown)}”，花括号里允许的值：{allowed}")
    return text


def _list_one(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(_list_one)]
"""One pattern or several, any of which may match."""
Message = Annotated[str, Field(min_length=4), AfterValidator(_require_fields)]


class TermGroup(RuleFile):
    """One thing that a sentence or heading says, in all its wordings.

    Attributes:
        label: for people.
        terms: one of them has to stand in the sentence; ``<a|b>`` gives both wordings.
        beside: patterns, one of which the same sentence has to match too.
    """

    label: str
    terms: tuple[Term, ...] = Field(min_length=1)
    beside: Patterns = ()


class TermsLook(RuleFile):
    """The report has to say these things, in headings with a text or in live sentences.

    Attributes:
        groups: the things.
        fewest: how many of them are enough; all where it is left out.
        where: ``topics`` looks only at the sections on the topics of the rule's condition.
    """

    kind: Literal["terms"]
    groups: tuple[TermGroup, ...] = Field(min_length=1)
    fewest: int | None = Field(default=None, ge=1)
    where: Literal["report", "topics"] = "report"


class Column(TermGroup):
    """A column of a table, in all its wordings.

    Attributes:
        plain: words that many tables have as a heading (名称, 类型); as a whole cell they name the
            column too where the table stands below a heading or line that announces it.
    """

    plain: tuple[Term, ...] = ()


class TableLook(RuleFile):
    """The report has to have a table with these columns.

    Attributes:
        columns: by their wordings.
        fewest: so many of them make the table complete.
        recognized: so many of them tell that a table is meant to be this one.
        below: patterns of a heading, or of the words right before a table, that announce it.
        elsewhere: a sentence of this kind says that the table is not in this file.
    """

    kind: Literal["table"]
    columns: tuple[Column, ...] = Field(min_length=2)
    fewest: int = Field(ge=2)
    recognized: int = Field(default=2, ge=1)
    below: tuple[Pattern, ...] = ()
    elsewhere: TermGroup | None = None


class BudgetItemLook(RuleFile):
    """The chapters on money, where they go into items, have to list one of these."""

    kind: Literal["budget_item"]
    groups: tuple[TermGroup, ...] = Field(min_length=1)


class ForbiddenLook(RuleFile):
    """The report must not plan these things.

    Attributes:
        objects: words of the things; only sentences with one of them are looked at.
        acts: patterns of planning them; an act that is allowed elsewhere is none.
        allowed: patterns, in the same clause, of what makes it no breach.
        before: patterns that end right before the act and turn it round (不得, 无需).
        headings: patterns of a heading that announces them; the text below then decides only
            whether it is allowed.
        rows: patterns of a table cell that lists the thing as something to be bought.
        ignored_headings: sections, with all below them, that do not plan anything.
        where: ``budget`` looks only at the chapters on money.
    """

    kind: Literal["forbidden"]
    objects: tuple[Term, ...] = Field(min_length=1)
    acts: tuple[Pattern, ...] = ()
    allowed: tuple[Pattern, ...] = ()
    before: tuple[Pattern, ...] = ()
    headings: tuple[Pattern, ...] = ()
    rows: tuple[Pattern, ...] = ()
    ignored_headings: tuple[Pattern, ...] = ()
    where: Literal["report", "budget"] = "report"


class LeftoversLook(RuleFile):
    """Nothing of a template must be left, in headings, text, tables or on the cover.

    Attributes:
        cues: only lines with one of them are looked at.
        patterns: of what has been left.
        ignored: patterns of lines that are meant so.
        anonymous: a pattern that says, where the report's title matches it, that names were left
            out on purpose; what it matches is then no leftover.
    """

    kind: Literal["leftovers"]
    cues: tuple[Term, ...] = Field(min_length=1)
    patterns: tuple[Pattern, ...] = Field(min_length=1)
    ignored: tuple[Pattern, ...] = ()
    anonymous: Pattern | None = None


class ConsistencyLook(RuleFile):
    """What the report says of itself in several places has to agree."""

    kind: Literal["consistency"]
    of: Statement


Look = Annotated[
    TermsLook | TableLook | BudgetItemLook | ForbiddenLook | LeftoversLook | ConsistencyLook,
    Field(discriminator="kind"),
]


class Condition(RuleFile):
    """When a rule is looked at at all.

    Attributes:
        topics: one of them is treated in the report, and with substance.
        terms: one of them stands in the report.
        part: name of a part of these topics; where the verdict says that it is missing, the rule
            would only say it again.
    """

    topics: tuple[Topic, ...] = ()
    terms: tuple[Term, ...] = ()
    part: str | None = None


class CheckFixture(RuleFile):
    """A small report in outline notation and what the rule has to say to it.

    Attributes:
        name: what it shows.
        finds: whether the rule finds fault.
        says: words that the message or the evidence has to hold.
        report: see ``outline_notation``.
    """

    name: str
    finds: bool
    says: tuple[str, ...] = ()
    report: str


class TopicFixture(RuleFile):
    """A small report in outline notation and the verdict on a topic under some profiles."""

    name: str
    profiles: tuple[str, ...]
    verdict: Verdict
    report: str


class CheckFile(RuleFile):
    """One rule.

    Attributes:
        id: as profiles and outputs name it.
        name: what it looks at, in Chinese.
        demands: who asks for it, by profile; a profile can add its own.
        otherwise: what it is under a profile that does not ask for it.
        given: when it is looked at; always where left out.
        look: what it looks for.
        message: to the author; see ``MESSAGE_FIELDS``.
        message_absent: the same where nothing of what is looked for was found.
        remedy: what to write or change.
        fixtures: at least one that passes and one that fails.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    name: str
    demands: dict[str, Demand] = Field(default_factory=dict)
    otherwise: Literal["note", "skip"] = "skip"
    given: Condition = Condition()
    look: Look
    message: Message
    message_absent: Message | None = None
    remedy: str
    fixtures: tuple[CheckFixture, ...]

    @model_validator(mode="after")
    def _require_both_fixtures(self) -> Self:
        if {fixture.finds for fixture in self.fixtures} != {True, False}:
            raise ValueError("fixtures 至少要有一个 finds: true 和一个 finds: false 的例子")
        return self
