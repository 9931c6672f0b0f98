"""Rules and their trials -> JSON objects of ``zhengxin rules``."""

from __future__ import annotations

from collections.abc import Sequence

from checkers.check_rule_file import CheckFixture, TopicFixture
from checkers.describe_rules import RuleDemand, RuleDescription
from checkers.finding import TOPICS
from checkers.try_fixtures import FixtureResult, read_topic_fixtures
from corpus.citation import Citation

JsonObject = dict[str, object]


def summarize_rule(rule: RuleDescription) -> JsonObject:
    """The row of a rule; ``weight`` is the level of a topic or the severity of another rule."""
    return {
        "id": rule.id,
        "name": rule.name,
        "kind": rule.kind,
        "origin": rule.origin,
        "profiles": {demand.profile: demand.weight for demand in rule.demands},
    }


def rule_to_json(rule: RuleDescription) -> JsonObject:
    """All of a rule, with quotations and fixtures."""
    return {
        **summarize_rule(rule),
        "demands": [_demand_to_json(demand) for demand in rule.demands],
        "looks_for": rule.file.look.model_dump(mode="json") if rule.file else None,
        "given": rule.file.given.model_dump(mode="json") if rule.file else None,
        "message": rule.message,
        "remedy": list(rule.remedy),
        "fixtures": [fixture.model_dump(mode="json") for fixture in list_fixtures(rule)],
    }


def trials_to_json(results: Sequence[FixtureResult]) -> JsonObject:
    """How many fixtures hold, and what came of each."""
    failed = sum(result.problem is not None for result in results)
    return {
        "passed": len(results) - failed,
        "failed": failed,
        "results": [
            {
                "rule": result.rule,
                "profile": result.profile,
                "fixture": result.fixture,
                "passed": result.problem is None,
                "problem": result.problem,
            }
            for result in results
        ],
    }


def list_fixtures(rule: RuleDescription) -> tuple[CheckFixture | TopicFixture, ...]:
    """The fixtures of a rule, be it a topic or another one."""
    if rule.file is not None:
        return rule.file.fixtures
    return read_topic_fixtures(next(topic for topic in TOPICS if topic == rule.id))


def _demand_to_json(demand: RuleDemand) -> JsonObject:
    return {
        "profile": demand.profile,
        "name": demand.profile_name,
        "weight": demand.weight,
        "citations": [_citation_to_json(citation) for citation in demand.citations],
    }


def _citation_to_json(citation: Citation) -> JsonObject:
    ref = citation.ref
    return {
        "regulation": ref.regulation,
        "article": ref.article,
        "paragraph": ref.paragraph or None,
        "item": ref.item or None,
        "label": citation.label,
        "quote": citation.quote,
    }
