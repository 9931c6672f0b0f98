"""CheckResult -> what is to be shown beside the headings of the report's outline."""

from __future__ import annotations

from dataclasses import dataclass

from checkers.finding import CheckResult, Severity
from checkers.outline import Place, Section
from checkers.render_badge import SEVERITY_NAMES, Badge, choose_badge, name_badge

HeadingKey = tuple[str, Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineMark:
    """What one finding says of a section.

    Attributes:
        subject: the topic or the rule, in Chinese.
        word: the verdict or the severity, in Chinese.
        kind: which decides the colour.
    """

    subject: str
    word: str
    kind: Badge | Severity


def mark_outline(result: CheckResult) -> dict[HeadingKey, tuple[OutlineMark, ...]]:
    """The marks by heading; each finding marks a heading once."""
    marks: dict[HeadingKey, dict[OutlineMark, None]] = {}
    for topic in result.topics:
        mark = OutlineMark(subject=topic.name, word=name_badge(topic), kind=choose_badge(topic))
        for heading in topic.headings:
            marks.setdefault((heading.text, heading.place), {})[mark] = None
    for rule in result.findings:
        word = SEVERITY_NAMES[rule.severity]
        mark = OutlineMark(subject=rule.name, word=word, kind=rule.severity)
        for heading in rule.headings:
            marks.setdefault((heading.text, heading.place), {})[mark] = None
    return {key: tuple(found) for key, found in marks.items()}


def key_of(section: Section) -> HeadingKey:
    """The key under which the marks of a section stand."""
    return section.heading, section.place
