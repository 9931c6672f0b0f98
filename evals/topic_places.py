"""Undamaged reports -> where a topic is treated in them, and in what words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkers.find_topics import find_topic_sections
from checkers.finding import Topic
from checkers.join_bodies import MarkedSection
from checkers.load_rules import Rules
from checkers.mark_report import MarkedReport, mark_report
from checkers.outline import Outline, Section

_GRAM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPlaces:
    """Where a topic is treated.

    Attributes:
        chapters: headings of the chapters on the topic.
        sections: headings of all sections on the topic.
        around: headings of the sections around those that are no chapters.
        grams: of the text of all sections on the topic.
    """

    chapters: frozenset[str]
    sections: frozenset[str]
    around: frozenset[str]
    grams: frozenset[str]


def list_topic_places(outlines: Sequence[Outline], topic: Topic, rules: Rules) -> TopicPlaces:
    """Find the sections on a topic in one report, or in all reports of an archive."""
    chapters: set[str] = set()
    sections: set[str] = set()
    around: set[str] = set()
    grams: set[str] = set()
    for outline in outlines:
        report = mark_report(outline, rules)
        for found in find_topic_sections(report, rules, rules.topics[topic]):
            section = found.marked.section
            sections.add(section.heading)
            grams.update(*map(list_grams, _list_texts(section)))
            if found.is_chapter:
                chapters.add(section.heading)
            else:
                around.update(part.heading for part in _list_around(report, found.marked))
    return TopicPlaces(
        chapters=frozenset(chapters),
        sections=frozenset(sections),
        around=frozenset(around - sections),
        grams=frozenset(grams),
    )


def _list_texts(section: Section) -> Iterator[str]:
    for part in section.walk():
        yield part.heading
        yield from (block.text for block in part.body)


def _list_around(report: MarkedReport, wanted: MarkedSection) -> Iterator[Section]:
    """Yield the sections that hold one, the chapter first."""
    parts = report.chapters
    while True:
        for part in parts:
            if part is not wanted and any(inner is wanted for inner in part.walk()):
                yield part.section
                parts = part.children
                break
        else:
            return


def list_grams(text: str) -> frozenset[str]:
    """Return all runs of four characters, blanks left out."""
    plain = "".join(text.split())
    return frozenset(plain[at : at + _GRAM] for at in range(len(plain) - _GRAM + 1))
