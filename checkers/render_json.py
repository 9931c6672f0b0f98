"""CheckResult -> the JSON object of the command-line contract."""

from __future__ import annotations

import json
from typing import TypedDict

from checkers.change import Change, Changes
from checkers.finding import CheckResult, HeadingPlace, RuleFinding, TopicFinding
from corpus.citation import Citation


class CitationJson(TypedDict):
    """A citation; ``paragraph`` and ``item`` are null where the whole is cited.

    ``notes`` are the library's remarks on damage to the words quoted.
    """

    regulation: str
    article: int
    paragraph: int | None
    item: int | None
    label: str
    quote: str
    notes: list[str]


class HeadingJson(TypedDict):
    """A heading and its place."""

    text: str
    page: int | None
    paragraph: int | None


class TopicJson(TypedDict):
    """The finding on one topic."""

    topic: str
    name: str
    level: str
    verdict: str
    headings: list[HeadingJson]
    missing: list[str]
    evidence: str
    terms: list[str]
    confidence: float
    needs_person: str | None
    requirement: str
    citations: list[CitationJson]
    advice: str


class FindingJson(TypedDict):
    """What a rule beside the four topics found."""

    rule: str
    name: str
    severity: str
    message: str
    remedy: str
    evidence: str
    headings: list[HeadingJson]
    page: int | None
    paragraph: int | None
    citations: list[CitationJson]


class ChangeJson(TypedDict):
    """One thing found wanting before, now, or both; ``topic`` or ``rule`` is null."""

    topic: str | None
    rule: str | None
    name: str
    before: str
    after: str
    trend: str


class ChangesJson(TypedDict):
    """What changed since an earlier version."""

    previous: str
    warning: str
    mended: list[ChangeJson]
    open: list[ChangeJson]
    new: list[ChangeJson]


class FaultJson(TypedDict):
    """Why a file could not be read."""

    code: str
    message: str


class ResultJson(TypedDict):
    """The object of one file."""

    file: str
    kind: str
    profile: str
    profile_name: str
    title: str
    is_feasibility_report: bool
    report_evidence: str
    topics: list[TopicJson]
    findings: list[FindingJson]
    notes: list[str]
    changes: ChangesJson | None
    error: FaultJson | None
    ms: float


def to_json(result: CheckResult) -> ResultJson:
    """The result as plain values, with the keys of the contract and some more."""
    error = result.error
    return {
        "file": result.file,
        "kind": result.kind,
        "profile": result.profile,
        "profile_name": result.profile_name,
        "title": result.title,
        "is_feasibility_report": result.is_feasibility_report,
        "report_evidence": result.report_evidence,
        "topics": [_topic_to_json(finding) for finding in result.topics],
        "findings": [_finding_to_json(finding) for finding in result.findings],
        "notes": list(result.notes),
        "changes": _changes_to_json(result.changes) if result.changes else None,
        "error": {"code": error.code, "message": error.message} if error else None,
        "ms": round(result.milliseconds, 1),
    }


def render_json(results: tuple[CheckResult, ...]) -> str:
    """A JSON list, one object a file."""
    return json.dumps([to_json(result) for result in results], ensure_ascii=False, indent=2)


def _topic_to_json(finding: TopicFinding) -> TopicJson:
    return {
        "topic": finding.topic,
        "name": finding.name,
        "level": finding.level,
        "verdict": finding.verdict,
        "headings": [_heading_to_json(heading) for heading in finding.headings],
        "missing": list(finding.missing),
        "evidence": finding.evidence,
        "terms": list(finding.terms),
        "confidence": finding.confidence,
        "needs_person": finding.needs_person,
        "requirement": finding.requirement,
        "citations": [_citation_to_json(citation) for citation in finding.citations],
        "advice": finding.advice,
    }


def _finding_to_json(finding: RuleFinding) -> FindingJson:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "remedy": finding.remedy,
        "evidence": finding.evidence,
        "headings": [_heading_to_json(heading) for heading in finding.headings],
        "page": finding.place.page if finding.place else None,
        "paragraph": finding.place.paragraph if finding.place else None,
        "citations": [_citation_to_json(citation) for citation in finding.citations],
    }


def _heading_to_json(heading: HeadingPlace) -> HeadingJson:
    place = heading.place
    return {"text": heading.text, "page": place.page, "paragraph": place.paragraph}


def _changes_to_json(changes: Changes) -> ChangesJson:
    return {
        "previous": changes.previous,
        "warning": changes.warning,
        "mended": [_change_to_json(change) for change in changes.mended],
        "open": [_change_to_json(change) for change in changes.open],
        "new": [_change_to_json(change) for change in changes.new],
    }


def _change_to_json(change: Change) -> ChangeJson:
    return {
        "topic": change.topic,
        "rule": change.rule,
        "name": change.name,
        "before": change.before,
        "after": change.after,
        "trend": change.trend,
    }


def _citation_to_json(citation: Citation) -> CitationJson:
    ref = citation.ref
    return {
        "regulation": ref.regulation,
        "article": ref.article,
        "paragraph": ref.paragraph or None,
        "item": ref.item or None,
        "label": citation.label,
        "quote": citation.quote,
        "notes": list(citation.article.notes_on(citation.quote)),
    }
