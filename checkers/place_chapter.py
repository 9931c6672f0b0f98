"""A missing chapter -> where in the report it belongs, by the usual order of chapters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from checkers.finding import CheckResult, Topic, TopicFinding
from checkers.outline import Section
from checkers.verdict_names import name_places

_ORDER_FILE = "templates/chapter_order.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterPlace:
    """Where a chapter belongs.

    Attributes:
        after: the chapter that usually precedes it; None at the beginning.
        before: the chapter that follows in the report; None at the end.
        where: names both in Chinese, e.g. ``“三、方案”之后、“四、投资”之前``; empty for neither.
        reason: a Chinese sentence that names both.
    """

    after: Section | None
    before: Section | None
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Kind:
    topic: str | None
    heading: re.Pattern[str] | None


def place_chapter(topic: Topic, result: CheckResult) -> ChapterPlace:
    """Return the place that puts the fewest chapters on the wrong side of the new one.

    Chapters of no known kind count for nothing; of equally good places, the last one is taken.
    """
    chapters = list_chapters(result)
    own = rank_topic(topic)
    ranks = [_rank_chapter(chapter, result) for chapter in chapters]
    costs = [
        sum(rank is not None and rank > own for rank in ranks[:cut])
        + sum(rank is not None and rank < own for rank in ranks[cut:])
        for cut in range(len(chapters) + 1)
    ]
    cut = max(range(len(costs)), key=lambda index: (-costs[index], index))
    after = chapters[cut - 1] if cut else None
    before = chapters[cut] if cut < len(chapters) else None
    where = _name_place(after, before)
    return ChapterPlace(after=after, before=before, where=where, reason=_explain(where, ranks))


def name_topic_places(finding: TopicFinding, result: CheckResult) -> tuple[str, ...]:
    """The headings of a topic with their places; of a missing chapter also where it belongs."""
    places = name_places(finding)
    if finding.verdict != "missing" or not finding.falls_short:
        return places
    where = place_chapter(finding.topic, result).where
    return (*places, f"建议放在{where}") if where else places


def list_chapters(result: CheckResult) -> tuple[Section, ...]:
    """The chapters of the report; a title that wraps all of them is none."""
    chapters = result.outline.sections if result.outline else ()
    while len(chapters) == 1 and len(chapters[0].children) > 1:
        chapters = chapters[0].children
    return chapters


def rank_topic(topic: Topic) -> int:
    """The place of a topic's chapter in the usual order, from 0."""
    return next(n for n, kind in enumerate(_load_order()) if kind.topic == topic)


def _name_place(after: Section | None, before: Section | None) -> str:
    sides = [(after, "后"), (before, "前")]
    return "、".join(f"“{part.heading}”之{side}" for part, side in sides if part)


def _explain(where: str, ranks: list[int | None]) -> str:
    if not where:
        return "报告没有认出章节，这一章放在哪里请自行决定。"
    if all(rank is None for rank in ranks):
        return f"报告的章节看不出通常的顺序，这一章建议放在{where}。"
    return f"按可行性研究报告各章的通常顺序，这一章放在{where}。"


def _rank_chapter(chapter: Section, result: CheckResult) -> int | None:
    """The last kind that fits; a chapter that a topic's verdict rests on is of that topic."""
    for finding in result.topics:
        for heading in finding.headings:
            if (heading.text, heading.place) == (chapter.heading, chapter.place):
                return rank_topic(finding.topic)
    fitting = (
        n
        for n, kind in enumerate(_load_order())
        if kind.heading is not None and kind.heading.search(chapter.title)
    )
    return max(fitting, default=None)


@cache
def _load_order() -> tuple[_Kind, ...]:
    text = resources.files("checkers").joinpath(_ORDER_FILE).read_text("utf-8")
    return tuple(
        _Kind(entry.get("topic"), re.compile(entry["heading"]) if "heading" in entry else None)
        for entry in yaml.safe_load(text)["order"]
    )
