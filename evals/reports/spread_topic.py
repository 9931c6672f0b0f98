"""A chapter on a topic -> sections, or mere paragraphs, of chapters on other subjects."""

from __future__ import annotations

from dataclasses import replace

from evals.reports.mutation_workshop import TOPIC_NAMES, Workshop, read_topic
from evals.reports.report_tree import (
    Node,
    Report,
    Topic,
    add_paragraphs,
    edit_topic,
    find_chapter,
    find_host,
)

# Shorter ones are captions and introductions of tables.
_SHORTEST_PARAGRAPH = 25


def dissolve(report: Report, argument: str, workshop: Workshop) -> Report:
    """Move the text about a topic, its headings left out, into a section of the host chapter."""
    removed, rest = take_out(report, read_topic(argument))
    texts = tuple(
        block
        for chapter in removed
        for node in chapter.walk()
        for block in node.body
        if isinstance(block, str) and len(block) >= _SHORTEST_PARAGRAPH
    )
    topics = tuple(dict.fromkeys(topic for chapter in removed for topic in chapter.topics))
    host = find_host(rest)
    chapters = list(rest.chapters)
    chapters[host] = add_paragraphs(chapters[host], texts, passages=topics)
    return replace(rest, chapters=tuple(chapters))


def scatter(report: Report, argument: str, workshop: Workshop) -> Report:
    """Make the sections of a chapter the last sections of several chapters on other subjects."""
    topic = read_topic(argument)
    position = find_chapter(report, topic)
    if position is None or not report.chapters[position].children:
        return report
    removed, rest = take_out(report, topic)
    sections = [
        replace(child, title=_name_subject(child.title, topic), topics=(topic,))
        for child in removed[0].children
    ]
    places = [place for place, chapter in enumerate(rest.chapters) if _can_take_in(chapter)]
    if not places:
        return report
    chapters = list(rest.chapters)
    for number, section in enumerate(sections):
        place = places[(position + number) % len(places)]
        chapters[place] = replace(chapters[place], children=(*chapters[place].children, section))
    return replace(rest, chapters=tuple(chapters))


def take_out(report: Report, topic: Topic) -> tuple[list[Node], Report]:
    """The sections about a topic, and the report without them."""
    removed: list[Node] = []
    return removed, edit_topic(report, topic, removed.append)


def _name_subject(title: str, topic: Topic) -> str:
    name = TOPIC_NAMES[topic]
    return title if name[:2] in title else f"{name}{title}"


def _can_take_in(chapter: Node) -> bool:
    return bool(chapter.children) and not any(node.topics for node in chapter.walk())
