"""Every rule against its own passing and failing outlines, and its basis against the library."""

from __future__ import annotations

import pytest

from checkers.check_report import check_outline
from checkers.check_rule_file import TopicFixture
from checkers.cite_rules import verify_bases
from checkers.finding import TOPICS, Topic
from checkers.load_rules import Rules, load_rules
from checkers.outline_notation import parse_outline
from checkers.try_fixtures import read_topic_fixtures, try_rule
from corpus.library import Library

CASES = [
    pytest.param(topic, profile, case, id=f"{profile}-{topic}-{case.name}")
    for topic in TOPICS
    for case in read_topic_fixtures(topic)
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
    topic: Topic, profile: str, case: TopicFixture, library: Library, rules: Rules
) -> None:
    result = check_outline(
        parse_outline(case.report), profile=profile, library=library, rules=rules
    )
    finding = next(finding for finding in result.topics if finding.topic == topic)
    assert finding.verdict == case.verdict, finding.evidence


@pytest.mark.parametrize(("profile", "topic"), RULES)
def test_every_rule_has_a_passing_and_a_failing_fixture(profile: str, topic: Topic) -> None:
    verdicts = {case.verdict for case in read_topic_fixtures(topic) if profile in case.profiles}
    assert "present" in verdicts
    assert verdicts - {"present"}


@pytest.mark.parametrize("id", list(load_rules().checks.by_id))
def test_a_rule_beside_the_topics_says_what_its_fixtures_state(
    id: str, library: Library, rules: Rules
) -> None:
    results = try_rule(id, rules, library)
    assert [result for result in results if result.problem] == []


def test_a_rule_file_is_named_after_its_rule(rules: Rules) -> None:
    assert {source.split("/")[1] for source in rules.sources} == {
        path.stem for path in rules.sources.values()
    }


def test_a_rule_that_no_article_asks_for_is_at_most_a_note(rules: Rules) -> None:
    for check in rules.checks.by_id.values():
        for profile, demand in check.file.demands.items():
            assert demand.basis or demand.severity == "note", (check.id, profile)


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
