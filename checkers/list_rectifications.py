"""CheckResult -> what has to be mended, gravest first: the same list in every output."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from checkers.finding import CheckResult, RuleFinding, Severity, TopicFinding
from checkers.place_chapter import name_topic_places
from checkers.render_badge import (
    SEVERITY_NAMES,
    Badge,
    choose_badge,
    list_advice,
    name_badge,
    name_rule_places,
)

Urgency = Literal["must", "should", "confirm"]
URGENCY_NAMES: dict[Urgency, str] = {
    "must": "必须整改",
    "should": "建议整改",
    "confirm": "需人工复核",
}
"""In the order of the list."""
URGENCY_NOTES: dict[Urgency, str] = {
    "must": "办法明文要求写的内容缺少或不全，或与条文不符",
    "should": "办法规定了相应义务，报告应当写到；或疑似与条文不符",
    "confirm": "程序拿不准，请人看过再定",
}
_STEP = re.compile(r"^\d+[.．、]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectification:
    """One thing to be mended or looked at.

    Attributes:
        urgency: how grave it is.
        name: of the topic or the rule, in Chinese.
        status: verdict or severity, in Chinese.
        kind: which decides the colour.
        problem: what is wrong, in Chinese.
        remedy: what to do, a Chinese sentence; empty where there is nothing to say.
        steps: what belongs to it in detail, without numbers.
        places: where in the report; for a missing chapter, where it belongs.
        basis: labels of the articles; empty for plain consistency.
    """

    urgency: Urgency
    name: str
    status: str
    kind: Badge | Severity
    problem: str
    remedy: str
    steps: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()


def list_rectifications(result: CheckResult) -> tuple[Rectification, ...]:
    """All of them: topics ahead of rules within one urgency, both in the order of the result."""
    found = [*_list_topics(result), *_list_rules(result)]
    order = tuple(URGENCY_NAMES)
    return tuple(sorted(found, key=lambda part: order.index(part.urgency)))


def group_rectifications(
    result: CheckResult,
) -> tuple[tuple[Urgency, tuple[Rectification, ...]], ...]:
    """The list by urgency; groups without entries are left out."""
    found = list_rectifications(result)
    groups = ((name, tuple(p for p in found if p.urgency == name)) for name in URGENCY_NAMES)
    return tuple((name, parts) for name, parts in groups if parts)


def _list_topics(result: CheckResult) -> Iterator[Rectification]:
    for finding in result.topics:
        if finding.falls_short and finding.verdict != "unreadable":
            urgency: Urgency = "must" if finding.level == "required" else "should"
            yield _list_topic(finding, urgency, result)
        elif finding.falls_short or (finding.needs_person and finding.level != "not_regulated"):
            yield _list_topic(finding, "confirm", result)


def _list_topic(finding: TopicFinding, urgency: Urgency, result: CheckResult) -> Rectification:
    remedy, *steps = list_advice(finding) or ("",)
    doubt = finding.needs_person
    if urgency == "confirm" and doubt:
        remedy, steps = doubt, []
    return Rectification(
        urgency=urgency,
        name=finding.name,
        status=name_badge(finding),
        kind=choose_badge(finding),
        problem=finding.evidence,
        remedy=remedy,
        steps=tuple(_STEP.sub("", step) for step in steps),
        places=name_topic_places(finding, result),
        basis=_name_basis(finding),
    )


def _list_rules(result: CheckResult) -> Iterator[Rectification]:
    for finding in result.findings:
        if finding.severity != "note":
            yield Rectification(
                urgency="must" if finding.severity == "error" else "should",
                name=finding.name,
                status=SEVERITY_NAMES[finding.severity],
                kind=finding.severity,
                problem=finding.message,
                remedy=finding.remedy,
                places=name_rule_places(finding),
                basis=_name_basis(finding),
            )


def _name_basis(finding: TopicFinding | RuleFinding) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.label for citation in finding.citations))
