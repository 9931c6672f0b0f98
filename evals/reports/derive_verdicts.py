"""Tagged chapters -> the verdicts that a reviewer must come to, per profile."""

from __future__ import annotations

from typing import Literal

from evals.reports.report_tree import PARTS, TOPICS, Node, Report, Topic

Verdict = Literal["present", "subsection", "incomplete", "empty", "missing", "unreadable"]
Profile = Literal["strictest", "xx-county", "xichuan", "jinzhai", "xiangxi", "erenhot"]
Verdicts = frozenset[Verdict]

# 淅川 article 26 names the three parts. Whether ``strictest`` takes them over is left open by the
# design ("asks for all four"), so both verdicts are right there.
# The design has no verdict for a heading followed by "there is none here"; it is never a pass.
NOT_TREATED: Verdicts = frozenset({"incomplete", "empty", "missing"})
PROFILES_WITH_PARTS = ("xichuan", "strictest")


def derive_verdicts(report: Report, profile: Profile) -> dict[Topic, Verdicts]:
    """The acceptable verdicts per topic; more than one only where the design leaves it open."""
    return {topic: _judge_topic(report, topic, profile) for topic in TOPICS}


def _judge_topic(report: Report, topic: Topic, profile: Profile) -> Verdicts:
    treatments = [
        (level, node) for level, node in report.walk() if topic in node.topics and node.is_seen
    ]
    # A thin section, such as a line under 需求分析, decides only where there is nothing better.
    solid = [(level, node) for level, node in treatments if node.state != "thin"]
    judged = [_judge_treatment(level, node, topic, profile) for level, node in solid or treatments]
    if not judged:
        return frozenset({"missing"})
    if frozenset({"present"}) in judged:
        return frozenset({"present"})
    return frozenset().union(*judged)


def _judge_treatment(level: int, node: Node, topic: Topic, profile: Profile) -> Verdicts:
    if node.state == "blank":
        return frozenset({"empty"})
    if node.state == "hollow":
        return frozenset({"incomplete"})
    if node.state == "negated":
        return NOT_TREATED
    treated: Verdicts = frozenset({"present"}) if level == 1 else frozenset({"subsection"})
    if node.state == "thin":
        return treated | {"incomplete"}
    if topic == "sharing" and profile in PROFILES_WITH_PARTS and not has_all_parts(node):
        return _judge_lacking_parts(level, treated, profile)
    return treated


def _judge_lacking_parts(level: int, treated: Verdicts, profile: Profile) -> Verdicts:
    if profile == "xichuan" and level == 1:
        return frozenset({"incomplete"})
    return treated | {"incomplete"}


def has_all_parts(node: Node) -> bool:
    """Whether a sharing section holds the analysis, the catalogue and the list."""
    found = {below.part for below in node.walk()}
    return found.issuperset(PARTS)
