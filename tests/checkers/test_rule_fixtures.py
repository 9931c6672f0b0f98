"""Every rule against its own passing and failing outlines, and its basis against the library."""

from __future__ import annotations

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

from checkers.check_report import check_outline
from checkers.finding import TOPICS, Topic, Verdict
from checkers.load_rules import RULES_FOLDER, Rules, load_rules, verify_bases
from checkers.outline_notation import parse_outline
from corpus.library import Library


class Fixture(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    profiles: list[str]
    verdict: Verdict
    report: str


def read_fixtures(topic: Topic) -> list[Fixture]:
    text = (RULES_FOLDER / "fixtures" / f"{topic}.yaml").read_text(encoding="utf-8")
    return [Fixture.model_validate(case) for case in yaml.safe_load(text)]


CASES = [
    pytest.param(topic, profile, case, id=f"{profile}-{topic}-{case.name}")
    for topic in TOPICS
    for case in read_fixtures(topic)
    for profile in case.profiles
]
RULES = [
    (profile.id, topic)
    for profile in load_rules().profiles.values()
    for topic in TOPICS
    if profile.topics[topic].level != "not_regulated"
]


@pytest.mark.parametrize(("topic", "profile", "case"), CASES)
def test_a_fixture_gets_the_verdict_it_states(
    topic: Topic, profile: str, case: Fixture, library: Library, rules: Rules
) -> None:
    result = check_outline(
        parse_outline(case.report), profile=profile, library=library, rules=rules
    )
    finding = next(finding for finding in result.topics if finding.topic == topic)
    assert finding.verdict == case.verdict, finding.evidence


@pytest.mark.parametrize(("profile", "topic"), RULES)
def test_every_rule_has_a_passing_and_a_failing_fixture(profile: str, topic: Topic) -> None:
    verdicts = {case.verdict for case in read_fixtures(topic) if profile in case.profiles}
    assert "present" in verdicts
    assert verdicts - {"present"}


def test_every_basis_is_verbatim_in_its_article(rules: Rules, library: Library) -> None:
    assert verify_bases(rules, library) == ()


def test_the_levels_are_those_of_the_table_of_regulations(rules: Rules) -> None:
    short = {"required": "R", "expected": "E", "not_regulated": "-"}
    levels = {
        profile.id: "".join(short[profile.topics[topic].level] for topic in TOPICS)
        for profile in rules.profiles.values()
    }
    assert levels == {
        "xx-county": "RRR-",
        "xichuan": "REEE",
        "jinzhai": "EEE-",
        "xiangxi": "----",
        "erenhot": "EEE-",
        "strictest": "RRRE",
    }
