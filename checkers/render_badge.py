"""Finding -> the word and the colour of its badge, the same in every output."""

from __future__ import annotations

from typing import Literal

from checkers.finding import TopicFinding, Verdict
from checkers.verdict_names import LEVEL_NAMES, VERDICT_NAMES

Badge = Verdict | Literal["unregulated"]


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
