"""CheckResult -> SARIF 2.1.0, for tools that collect findings."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import PurePath
from typing import Literal
from urllib.parse import quote

from checkers.finding import TOPICS, CheckResult, RuleFinding, TopicFinding
from checkers.heading_numbers import split_heading
from checkers.outline import Place
from checkers.render_badge import name_badge, name_evidence
from checkers.verdict_names import name_place

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_DIGITS = 16
SarifLevel = Literal["error", "warning", "note", "none"]
JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


def render_sarif(results: tuple[CheckResult, ...]) -> str:
    """One run over all files; what is present is listed with ``kind: pass``.

    A report in an archive is named by the archive's path and its own inside. Pages and paragraphs
    stand in the properties of a location: SARIF knows lines and characters only.
    """
    run: dict[str, JsonValue] = {
        "tool": {
            "driver": {
                "name": "zhengxin",
                "version": version("zhengxin"),
                "language": "zh-CN",
                "rules": _list_rules(results),
                "notifications": _list_notifications(results),
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_describe_invocation(results)],
        "artifacts": [_describe_artifact(result) for result in results],
        "results": [
            shown
            for index, result in enumerate(results)
            for shown in (
                *(_render_finding(result, finding, index) for finding in result.topics),
                *(_render_rule_finding(result, finding, index) for finding in result.findings),
            )
        ],
    }
    log: dict[str, JsonValue] = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _describe_artifact(result: CheckResult) -> JsonValue:
    properties: dict[str, JsonValue] = {"kind": result.kind, "profile": result.profile}
    if result.outline is not None and result.outline.pages is not None:
        properties["pages"] = result.outline.pages
    return {
        "location": {"uri": _name_uri(result.file)},
        "roles": ["analysisTarget"],
        "properties": properties,
        **({"description": {"text": result.title}} if result.title else {}),
    }


def _list_notifications(results: tuple[CheckResult, ...]) -> list[JsonValue]:
    """One descriptor for each reason for which a file could not be read."""
    codes = dict.fromkeys(result.error.code for result in results if result.error is not None)
    return [{"id": code, "defaultConfiguration": {"level": "error"}} for code in codes]


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
        "name": finding.topic,
        "shortDescription": {"text": finding.name},
        "fullDescription": {"text": finding.requirement or finding.name},
        "help": {"text": basis or finding.requirement or finding.name},
        "defaultConfiguration": {"level": _worst_level(finding)},
        "properties": {"profile": result.profile, "tags": ["topic"]},
    }


def _worst_level(finding: TopicFinding) -> SarifLevel:
    return {"required": "error", "expected": "warning", "not_regulated": "note"}[finding.level]  # type: ignore[return-value]


def _render_finding(result: CheckResult, finding: TopicFinding, index: int) -> JsonValue:
    short = finding.falls_short
    shown: dict[str, JsonValue] = {
        "ruleId": _rule_id(result, finding),
        "kind": "fail" if short else "pass" if finding.verdict == "present" else "informational",
        "level": _worst_level(finding) if short else "none",
        "message": {
            "text": f"{finding.name}：{name_badge(finding)}。{finding.evidence}\n{finding.advice}"
        },
        "locations": _render_locations(result, finding, index),
        "partialFingerprints": _fingerprint(finding.topic, finding),
        "properties": {
            "verdict": finding.verdict,
            "level": finding.level,
            "confidence": finding.confidence,
            "missing": list(finding.missing),
            **({"needsPerson": finding.needs_person} if finding.needs_person else {}),
        },
    }
    return shown


def _render_further_rule(result: CheckResult, finding: RuleFinding) -> JsonValue:
    basis = "\n".join(f"{part.label}：{part.quote}" for part in finding.citations)
    return {
        "id": f"{result.profile}/{finding.rule}",
        "name": finding.rule,
        "shortDescription": {"text": finding.name},
        "fullDescription": {"text": finding.remedy or finding.name},
        "help": {"text": basis or finding.remedy or finding.name},
        "defaultConfiguration": {"level": finding.severity},
        "properties": {"profile": result.profile, "tags": ["rule"]},
    }


def _render_rule_finding(result: CheckResult, finding: RuleFinding, index: int) -> JsonValue:
    lines = (finding.message, name_evidence(finding), finding.remedy)
    return {
        "ruleId": f"{result.profile}/{finding.rule}",
        "kind": "fail",
        "level": finding.severity,
        "message": {"text": "\n".join(filter(None, lines))},
        "locations": _render_locations(result, finding, index),
        "partialFingerprints": _fingerprint(finding.rule, finding),
        "properties": {"severity": finding.severity},
    }


def _render_locations(
    result: CheckResult, finding: TopicFinding | RuleFinding, index: int
) -> list[JsonValue]:
    """A location for each heading; without any, the file with the place of the words."""
    artifact: JsonValue = {"artifactLocation": {"uri": _name_uri(result.file), "index": index}}
    if finding.headings:
        return [
            {
                "physicalLocation": artifact,
                "logicalLocations": [{"name": heading.text, "kind": "section"}],
                **_describe_place(heading.place, heading.text),
            }
            for heading in finding.headings
        ]
    place = finding.place if isinstance(finding, RuleFinding) else None
    return [{"physicalLocation": artifact, **(_describe_place(place) if place else {})}]


def _describe_place(place: Place, heading: str = "") -> dict[str, JsonValue]:
    named = name_place(place)
    text = f"{heading}（{named}）" if heading and named else heading or named
    numbers: dict[str, JsonValue] = {}
    if place.page is not None:
        numbers["page"] = place.page
    if place.paragraph is not None:
        numbers["paragraph"] = place.paragraph
    return {
        **({"message": {"text": text}} if text else {}),
        **({"properties": numbers} if numbers else {}),
    }


def _fingerprint(rule: str, finding: TopicFinding | RuleFinding) -> dict[str, JsonValue]:
    """What stays the same when chapters move: the rule and the titles, without their numbers."""
    titles = [split_heading(heading.text)[1] for heading in finding.headings]
    text = "\n".join([rule, *titles])
    return {"zhengxin/v1": hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]}


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
