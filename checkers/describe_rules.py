"""Rules -> what each of them is, who asks for it, and in which words of which article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from checkers.check_rule_file import CheckFile
from checkers.cite_rules import cite_basis, find_demand
from checkers.errors import CheckerError
from checkers.finding import Level, Severity, Topic
from checkers.load_rules import RULES_FOLDER, Rules
from corpus.citation import Citation
from corpus.library import Library


class RuleUnknown(CheckerError):
    """No rule has this id; the message lists those there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDemand:
    """What one profile asks of a rule.

    Attributes:
        weight: level of a topic, or severity of another rule.
        own: whether the profile itself asks for it, not only all regulations together.
    """

    profile: str
    profile_name: str
    weight: Level | Severity
    citations: tuple[Citation, ...]
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDescription:
    """A rule as people and programs see it.

    Attributes:
        kind: ``topic``, or what the rule looks for.
        demands: by profile; a profile that is not named does not look at it.
        message: to the author; empty for topics, where each verdict has its own.
        remedy: what to write, one line each.
        origin: ``shipped``, or ``added`` by the user.
        file: of a rule beside the topics; None for a topic.
    """

    id: str
    name: str
    kind: str
    demands: tuple[RuleDemand, ...]
    message: str = ""
    remedy: tuple[str, ...]
    origin: Literal["shipped", "added"] = "shipped"
    file: CheckFile | None = None


def describe_rules(rules: Rules, library: Library) -> tuple[RuleDescription, ...]:
    """All rules: the four topics, then the others by id.

    Raises:
        CorpusError: a basis is not verbatim in the library.
    """
    topics = (_describe_topic(topic, rules, library) for topic in rules.topics)
    checks = (_describe_check(check.file, rules, library) for check in rules.checks.by_id.values())
    return (*topics, *checks)


def describe_rule(id: str, rules: Rules, library: Library) -> RuleDescription:
    """The rule with this id.

    Raises:
        RuleUnknown: there is none.
        CorpusError: a basis is not verbatim in the library.
    """
    topic = next((topic for topic in rules.topics if topic == id), None)
    if topic is not None:
        return _describe_topic(topic, rules, library)
    return _describe_check(find_check(id, rules), rules, library)


def find_check(id: str, rules: Rules) -> CheckFile:
    """The rule beside the topics with this id.

    Raises:
        RuleUnknown: there is none.
    """
    if id not in rules.checks.by_id:
        known = "、".join((*rules.topics, *rules.checks.by_id))
        raise RuleUnknown(f"没有编号为“{id}”的规则，可用的有：{known}。")
    return rules.checks.by_id[id].file


def _describe_topic(topic: Topic, rules: Rules, library: Library) -> RuleDescription:
    file = rules.topics[topic].file
    return RuleDescription(
        id=topic,
        name=file.name,
        kind="topic",
        demands=tuple(
            RuleDemand(
                profile=profile.id,
                profile_name=profile.name,
                weight=profile.topics[topic].level,
                citations=tuple(
                    cite_basis(profile, basis, library) for basis in profile.topics[topic].basis
                ),
                own=profile.regulation is not None,
            )
            for profile in rules.profiles.values()
            if profile.topics[topic].level != "not_regulated"
        ),
        remedy=file.write,
    )


def _describe_check(file: CheckFile, rules: Rules, library: Library) -> RuleDescription:
    shipped = RULES_FOLDER in rules.sources[f"checks/{file.id}"].parents
    return RuleDescription(
        id=file.id,
        name=file.name,
        kind=file.look.kind,
        demands=tuple(_list_demands(file, rules, library)),
        message=file.message,
        remedy=(file.remedy,),
        origin="shipped" if shipped else "added",
        file=file,
    )


def _list_demands(file: CheckFile, rules: Rules, library: Library) -> Iterator[RuleDemand]:
    for profile in rules.profiles.values():
        demand = find_demand(rules, profile, file)
        if demand is not None:
            yield RuleDemand(
                profile=profile.id,
                profile_name=profile.name,
                weight=demand.severity,
                citations=tuple(cite_basis(profile, basis, library) for basis in demand.basis),
                own=profile.regulation is not None and bool(demand.basis),
            )
