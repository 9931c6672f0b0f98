"""CheckResult -> SARIF 2.1.0, for tools that collect findings."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Literal
from urllib.parse import quote

from checkers.finding import TOPICS, CheckResult, RuleFinding, TopicFinding
from checkers.render_badge import name_badge, name_rule_places
from checkers.verdict_names import name_places

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
SarifLevel = Literal["error", "warning", "note", "none"]
JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


def render_sarif(results: tuple[CheckResult, ...]) -> str:
    """One run over all files; what is present is listed with ``kind: pass``."""
    run: dict[str, JsonValue] = {
        "tool": {
            "driver": {"name": "zhengxin", "language": "zh-CN", "rules": _list_rules(results)}
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_describe_invocation(results)],
        "results": [
            shown
            for result in results
            for shown in (
                *(_render_finding(result, finding) for finding in result.topics),
                *(_render_rule_finding(result, finding) for finding in result.findings),
            )
        ],
    }
    log: dict[str, JsonValue] = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _list_rules(results: tuple[CheckResult, ...]) -> list[JsonValue]:
    """One rule a topic and profile that the results used, in a fixed order."""
    rules: dict[str, JsonValue] = {}
    for topic in TOPICS:
        for result in results:
            for finding in result.topics:
                if finding.topic == topic:
                    rules.setdefault(_rule_id(result, finding), _render_rule(result, finding))
    for result in results:
        for rule in result.findings:
            rules.setdefault(f"{result.profile}/{rule.rule}", _render_further_rule(result, rule))
    return list(rules.values())


def _rule_id(result: CheckResult, finding: TopicFinding) -> str:
    return f"{result.profile}/{finding.topic}"


def _render_rule(result: CheckResult, finding: TopicFinding) -> JsonValue:
    basis = "\n".join(f"{part.label}：{part.quote}" for part in finding.citations)
    return {
        "id": _rule_id(result, finding),
        "shortDescription": {"text": finding.name},
        "fullDescription": {"text": finding.requirement or finding.name},
        "help": {"text": basis or finding.requirement or finding.name},
        "defaultConfiguration": {"level": _worst_level(finding)},
    }


def _worst_level(finding: TopicFinding) -> SarifLevel:
    return {"required": "error", "expected": "warning", "not_regulated": "note"}[finding.level]  # type: ignore[return-value]


def _render_finding(result: CheckResult, finding: TopicFinding) -> JsonValue:
    short = finding.falls_short
    shown: dict[str, JsonValue] = {
        "ruleId": _rule_id(result, finding),
        "kind": "fail" if short else "pass" if finding.verdict == "present" else "informational",
        "level": _worst_level(finding) if short else "none",
        "message": {
            "text": f"{finding.name}：{name_badge(finding)}。{finding.evidence}\n{finding.advice}"
        },
        "locations": _render_locations(result, finding, name_places(finding)),
        "properties": {
            "verdict": finding.verdict,
            "level": finding.level,
            "confidence": finding.confidence,
            "missing": list(finding.missing),
        },
    }
    return shown


def _render_further_rule(result: CheckResult, finding: RuleFinding) -> JsonValue:
    basis = "\n".join(f"{part.label}：{part.quote}" for part in finding.citations)
    return {
        "id": f"{result.profile}/{finding.rule}",
        "shortDescription": {"text": finding.name},
        "help": {"text": basis or finding.remedy or finding.name},
        "defaultConfiguration": {"level": finding.severity},
    }


def _render_rule_finding(result: CheckResult, finding: RuleFinding) -> JsonValue:
    evidence = f"\n原文：“{finding.evidence}”" if finding.evidence else ""
    return {
        "ruleId": f"{result.profile}/{finding.rule}",
        "kind": "fail",
        "level": finding.severity,
        "message": {"text": f"{finding.message}{evidence}\n{finding.remedy}".strip()},
        "locations": _render_locations(result, finding, name_rule_places(finding)),
        "properties": {"severity": finding.severity},
    }


def _render_locations(
    result: CheckResult, finding: TopicFinding | RuleFinding, places: tuple[str, ...]
) -> list[JsonValue]:
    artifact: JsonValue = {"artifactLocation": {"uri": _name_uri(result.file)}}
    if not finding.headings:
        return [{"physicalLocation": artifact, **_name_message(places)}]
    return [
        {
            "physicalLocation": artifact,
            "logicalLocations": [{"name": heading.text, "kind": "section"}],
            "message": {"text": place},
        }
        for heading, place in zip(finding.headings, places, strict=True)
    ]


def _name_message(places: tuple[str, ...]) -> dict[str, JsonValue]:
    return {"message": {"text": "、".join(places)}} if places else {}


def _describe_invocation(results: tuple[CheckResult, ...]) -> JsonValue:
    notices: list[JsonValue] = [
        {
            "level": "error",
            "message": {"text": result.error.message},
            "descriptor": {"id": result.error.code},
            "locations": [
                {"physicalLocation": {"artifactLocation": {"uri": _name_uri(result.file)}}}
            ],
        }
        for result in results
        if result.error is not None
    ]
    return {"executionSuccessful": not notices, "toolExecutionNotifications": notices}


def _name_uri(file: str) -> str:
    """The file as given, so that reports of one name in two folders stay apart."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
