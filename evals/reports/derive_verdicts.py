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
# Issue 4 counts what a template left as ``empty`` or ``incomplete``.
GUIDED: Verdicts = frozenset({"empty", "incomplete"})
# Paragraphs of substance without a heading are no section (``missing``), though they do stand in
# a section below another subject (``subsection``): the design leaves it open, present it is not.
PASSAGE: Verdicts = frozenset({"missing", "subsection"})
PROFILES_WITH_PARTS = ("xichuan", "strictest")
_SHORT_OF_PARTS: Verdicts = frozenset({"incomplete"})


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
        return _judge_passages(report, topic, profile)
    if frozenset({"present"}) in judged:
        return frozenset({"present"})
    return frozenset().union(*judged)


def _judge_passages(report: Report, topic: Topic, profile: Profile) -> Verdicts:
    if not any(topic in node.passages and node.is_seen for _, node in report.walk()):
        return frozenset({"missing"})
    return PASSAGE | _SHORT_OF_PARTS if _names_parts(topic, profile) else PASSAGE


def _names_parts(topic: Topic, profile: Profile) -> bool:
    return topic == "sharing" and profile in PROFILES_WITH_PARTS


def _judge_treatment(level: int, node: Node, topic: Topic, profile: Profile) -> Verdicts:
    if node.state == "blank":
        return frozenset({"empty"})
    if node.state == "hollow":
        return _SHORT_OF_PARTS
    if node.state == "negated":
        return NOT_TREATED
    if node.state == "guided":
        return GUIDED
    treated: Verdicts = frozenset({"present"}) if level == 1 else frozenset({"subsection"})
    if node.state == "thin":
        return treated | {"incomplete"}
    if _names_parts(topic, profile) and not has_all_parts(node):
        return _judge_lacking_parts(level, treated, profile)
    return treated


def _judge_lacking_parts(level: int, treated: Verdicts, profile: Profile) -> Verdicts:
    if profile == "xichuan" and level == 1:
        return _SHORT_OF_PARTS
    return treated | _SHORT_OF_PARTS


def has_all_parts(node: Node) -> bool:
    """Whether a sharing section holds the analysis, the catalogue and the list."""
    below = list(node.walk())
    return any(one.is_whole for one in below) or {one.part for one in below}.issuperset(PARTS)
