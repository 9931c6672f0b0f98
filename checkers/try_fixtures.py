"""Rules and their own small reports -> whether each says what it has to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from checkers.check_report import check_outline
from checkers.check_rule_file import CheckFile, CheckFixture, TopicFixture
from checkers.describe_rules import find_check
from checkers.finding import TOPICS, RuleFinding, Topic
from checkers.judge_topic import judge_topic
from checkers.load_rules import DEFAULT_PROFILE, RULES_FOLDER, Rules, add_check
from checkers.mark_report import mark_report
from checkers.outline_notation import parse_outline
from checkers.read_rule_file import LOADER, read_rule_file
from checkers.rule_files import ProfileFile
from checkers.run_checks import run_checks
from checkers.split_run_in_headings import split_run_in_headings
from corpus.library import Library

_TOPIC_FIXTURES = TypeAdapter(tuple[TopicFixture, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class FixtureResult:
    """What came of one fixture under one profile.

    Attributes:
        rule: id of the rule.
        fixture: name of the fixture.
        problem: why it fails, a Chinese sentence; None where it holds.
    """

    rule: str
    profile: str
    fixture: str
    problem: str | None = None


def try_all_fixtures(rules: Rules, library: Library) -> tuple[FixtureResult, ...]:
    """Every fixture of every rule."""
    ids = (*rules.topics, *rules.checks.by_id)
    return tuple(result for id in ids for result in try_rule(id, rules, library))


def try_rule(id: str, rules: Rules, library: Library) -> tuple[FixtureResult, ...]:
    """The fixtures of one rule under each profile that asks for it.

    Raises:
        RuleUnknown: there is no such rule.
        CorpusError: a basis is not verbatim in the library.
    """
    topic = next((topic for topic in TOPICS if topic == id), None)
    if topic is not None:
        return tuple(_try_topic(topic, rules, library))
    check = find_check(id, rules)
    return tuple(
        _try_check(check, fixture, profile, rules, library)
        for profile in _list_profiles(check, rules)
        for fixture in check.fixtures
    )


def try_file(path: Path, rules: Rules, library: Library) -> tuple[FixtureResult, ...]:
    """The fixtures of a rule file that need not be in use yet.

    Raises:
        RulesInvalid: with file, line, key and what is allowed.
        CorpusError: a basis is not verbatim in the library.
    """
    check = read_rule_file(path, CheckFile)
    return try_rule(check.id, add_check(rules, check, path, library), library)


def read_topic_fixtures(topic: Topic) -> tuple[TopicFixture, ...]:
    """The fixtures that come with a topic."""
    text = (RULES_FOLDER / "fixtures" / f"{topic}.yaml").read_text(encoding="utf-8")
    return _TOPIC_FIXTURES.validate_python(yaml.load(text, Loader=LOADER))


def _try_topic(topic: Topic, rules: Rules, library: Library) -> Iterator[FixtureResult]:
    for fixture in read_topic_fixtures(topic):
        for profile in fixture.profiles:
            outline = parse_outline(fixture.report)
            result = check_outline(outline, profile=profile, library=library, rules=rules)
            finding = next(part for part in result.topics if part.topic == topic)
            right = finding.verdict == fixture.verdict
            said = f"应判为 {fixture.verdict}，却判为 {finding.verdict}：{finding.evidence}"
            yield FixtureResult(
                rule=topic, profile=profile, fixture=fixture.name, problem=None if right else said
            )


def _list_profiles(check: CheckFile, rules: Rules) -> Iterator[ProfileFile]:
    """Those that demand the rule; for one that none demands, the default one."""
    demanding = [
        profile
        for profile in rules.profiles.values()
        if profile.id in check.demands or check.id in profile.checks
    ]
    yield from demanding or [rules.profile(DEFAULT_PROFILE)]


def _try_check(
    check: CheckFile, fixture: CheckFixture, profile: ProfileFile, rules: Rules, library: Library
) -> FixtureResult:
    """Run a rule whether or not the small report can be told to be a feasibility report."""
    report = mark_report(split_run_in_headings(parse_outline(fixture.report)), rules)
    judgements = {
        topic: judge_topic(report, rules, rules.topics[topic], profile.topics[topic])
        for topic in TOPICS
    }
    found = run_checks(report, judgements, rules=rules, profile=profile, library=library)
    findings = tuple(finding for finding in found if finding.rule == check.id)
    return FixtureResult(
        rule=check.id,
        profile=profile.id,
        fixture=fixture.name,
        problem=_find_problem(fixture, findings),
    )


def _find_problem(fixture: CheckFixture, findings: tuple[RuleFinding, ...]) -> str | None:
    if not fixture.finds:
        return f"不应发现问题，却报告：{findings[0].message}" if findings else None
    if not findings:
        return "应当发现问题，却没有发现。"
    told = "".join(finding.message + finding.evidence for finding in findings)
    unsaid = [word for word in fixture.says if word not in told]
    return f"结论里没有写到{'、'.join(unsaid)}：{findings[0].message}" if unsaid else None
