"""Finding -> the word and the colour of its badge, the same in every output."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from checkers.finding import CheckResult, RuleFinding, Severity, TopicFinding, Verdict
from checkers.verdict_names import LEVEL_NAMES, VERDICT_NAMES, name_place, name_places

Badge = Verdict | Literal["unregulated"]

NOT_A_REPORT = "疑非可研"
"""Outcome of what is taken for another kind of document."""
SEVERITY_NAMES: dict[Severity, str] = {
    "error": "不符合",
    "warning": "可能不符合",
    "note": "提示",
}
"""What a rule beside the four topics says of its finding."""


def choose_badge(finding: TopicFinding) -> Badge:
    """The verdict; what nobody asks for can be present but never lacking."""
    if finding.level == "not_regulated" and finding.verdict != "present":
        return "unregulated"
    return finding.verdict


def name_badge(finding: TopicFinding) -> str:
    """The badge's word in Chinese."""
    badge = choose_badge(finding)
    return LEVEL_NAMES["not_regulated"] if badge == "unregulated" else VERDICT_NAMES[badge]


def list_advice(finding: TopicFinding) -> tuple[str, ...]:
    """The lines of the advice; a first line that announces others never stands alone.

    Of what could not be read, the reason for a person says what to do.
    """
    if finding.verdict == "unreadable" and finding.needs_person:
        return ()
    lines = tuple(line for line in finding.advice.splitlines() if line.strip())
    if len(lines) == 1 and lines[0].endswith("："):
        head, mark, _ = lines[0].rpartition("；")
        return (f"{head}。",) if mark else ()
    return lines


def name_rule_places(finding: RuleFinding) -> tuple[str, ...]:
    """The headings that a rule's finding rests on, else the place of the words alone."""
    alone = name_place(finding.place) if finding.place else ""
    return name_places(finding) or ((alone,) if alone else ())


def name_evidence(finding: RuleFinding) -> str:
    """The words of the report that a rule's finding rests on; empty where its message has them."""
    if not finding.evidence or finding.evidence in finding.message:
        return ""
    return f"原文：“{finding.evidence}”"


def name_outcome(result: CheckResult) -> tuple[str, Badge]:
    """What came of a whole report, for a table of many: a word and its colour."""
    if result.error is not None:
        return "未读成", "unreadable"
    short = [finding for finding in result.topics if finding.falls_short]
    # Own servers where an article forbids them are to be mended, however many chapters there are.
    against = any(finding.severity == "error" for finding in result.findings)
    if not short and not against:
        return "符合", "present"
    if not result.is_feasibility_report and not (result.outline and result.outline.unread_pages):
        return NOT_A_REPORT, "unregulated"
    if short and all(finding.verdict == "unreadable" for finding in short):
        return "待判断", "unreadable"
    return "需整改", "missing"


def count_findings(result: CheckResult) -> str:
    """How many findings of each severity the further rules made; empty where none."""
    counts = Counter(finding.severity for finding in result.findings)
    named = [f"{name}{counts[kind]}项" for kind, name in SEVERITY_NAMES.items() if counts[kind]]
    return "，".join(named)
