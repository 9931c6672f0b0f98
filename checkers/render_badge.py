"""Finding -> the word and the colour of its badge, the same in every output."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from checkers.finding import CheckResult, RuleFinding, Severity, TopicFinding, Verdict
from checkers.verdict_names import LEVEL_NAMES, VERDICT_NAMES, name_place, name_places

Badge = Verdict | Literal["unregulated"]

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
    """The lines of the advice; a first line that announces others never stands alone."""
    lines = tuple(line for line in finding.advice.splitlines() if line.strip())
    if len(lines) == 1 and lines[0].endswith("："):
        head, mark, _ = lines[0].rpartition("；")
        return (f"{head}。",) if mark else ()
    return lines


def name_rule_places(finding: RuleFinding) -> tuple[str, ...]:
    """The headings that a rule's finding rests on, else the place of the words alone."""
    alone = name_place(finding.place) if finding.place else ""
    return name_places(finding) or ((alone,) if alone else ())


def count_findings(result: CheckResult) -> str:
    """How many findings of each severity the further rules made; empty where none."""
    counts = Counter(finding.severity for finding in result.findings)
    named = [f"{name}{counts[kind]}项" for kind, name in SEVERITY_NAMES.items() if counts[kind]]
    return "，".join(named)
