"""A report before it is a file: chapters that know which topic they treat, and how well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

Topic = Literal["sharing", "security", "crypto", "ai"]
Part = Literal["analysis", "catalogue", "list"]
Revision = Literal["inserted", "deleted"]
State = Literal["full", "thin", "hollow", "guided", "blank", "negated"]
Looks = Literal["bold", "plain"]
SubsetName = Literal["working", "measured"]

TOPICS: tuple[Topic, ...] = get_args(Topic)
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the body, row by row; the first row is its head."""

    rows: tuple[tuple[str, ...], ...]


Content = str | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A section of the report to be written.

    Attributes:
        title: heading without a number; numbers are set when the file is written.
        topics: the topics that the section, as a whole, is about.
        part: the part of a sharing chapter (article 26 of 淅川) that the section is.
        state: what the text is worth to a reviewer: ``full``; ``thin`` (a paragraph that some would
            call substance); ``hollow`` (phrases, or a promise of another document); ``guided``
            (what a template tells the author to write); ``blank`` (nothing, or a placeholder);
            ``negated`` (says that there is no such thing here).
        is_whole: whether the body holds all parts of a sharing chapter, without headings on them.
        passages: topics that paragraphs of the body treat, without any heading on them.
        renames: other titles of the same section, without the words of the regulations.
        is_host: a chapter on another subject below which demoted chapters are put.
        revision: tracked change that the whole section is part of.
        boxed: whether the body stands in a one-celled table.
        hidden: whether the whole section is formatted as hidden text.
        comment: a reviewer's comment on the heading.
        unstyled: whether this heading alone, and those below it, lost their style.
    """

    title: str
    topics: tuple[Topic, ...] = ()
    part: Part | None = None
    state: State = "full"
    passages: tuple[Topic, ...] = ()
    is_whole: bool = False
    body: tuple[Content, ...] = ()
    children: tuple[Node, ...] = ()
    renames: tuple[str, ...] = ()
    is_host: bool = False
    revision: Revision | None = None
    boxed: bool = False
    hidden: bool = False
    comment: str | None = None
    unstyled: bool = False

    @property
    def is_seen(self) -> bool:
        """Whether a reader of the printed report, changes accepted, sees the section."""
        return not self.hidden and self.revision != "deleted"

    def walk(self) -> Iterator[Node]:
        """This section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole document to be written.

    Attributes:
        base: id of the base that the text is from.
        is_feasibility_report: whether it is one; None where a reviewer may say either.
        is_judged: whether the topics are judged; the articles ask the same of a preliminary design.
        near_topics: topics that it lacks though its text sounds like them.
        numbering: name of a scheme in ``number_headings.SCHEMES``.
        contents: chapters that the contents page lists, where they are not those of the body.
        wrapped: whether the title of the report is a heading above all chapters.
        unstyled: looks of all headings, where none of them has a style.
    """

    base: str
    subset: SubsetName
    is_feasibility_report: bool | None
    is_judged: bool
    title: str
    owner: str
    date: str
    numbering: str
    chapters: tuple[Node, ...]
    near_topics: tuple[Topic, ...] = ()
    contents: tuple[Node, ...] | None = None
    wrapped: bool = False
    unstyled: Looks | None = None

    def walk(self) -> Iterator[tuple[int, Node]]:
        """All sections with their level, chapters being level 1, in reading order."""
        yield from _walk_levels(self.chapters, 1)


def _walk_levels(nodes: tuple[Node, ...], level: int) -> Iterator[tuple[int, Node]]:
    for node in nodes:
        yield level, node
        yield from _walk_levels(node.children, level + 1)


def edit_topic(report: Report, topic: Topic, edit: Callable[[Node], Node | None]) -> Report:
    """Apply an edit to every section about a topic; an edit that returns None removes it."""
    return replace(report, chapters=_edit_nodes(report.chapters, topic, edit))


def _edit_nodes(
    nodes: tuple[Node, ...], topic: Topic, edit: Callable[[Node], Node | None]
) -> tuple[Node, ...]:
    edited: list[Node] = []
    for node in nodes:
        if topic in node.topics:
            changed = edit(node)
            edited.extend([] if changed is None else [changed])
        else:
            edited.append(replace(node, children=_edit_nodes(node.children, topic, edit)))
    return tuple(edited)


def find_chapter(report: Report, topic: Topic) -> int | None:
    """Position of the chapter about a topic; None where the topic has no chapter of its own."""
    for position, node in enumerate(report.chapters):
        if topic in node.topics:
            return position
    return None


def find_host(report: Report) -> int:
    """Position of the chapter that takes in what other chapters lose."""
    for position, node in enumerate(report.chapters):
        if node.is_host:
            return position
    raise ValueError(f"base {report.base}: no chapter is marked is_host")


def add_paragraphs(
    chapter: Node, paragraphs: tuple[str, ...], passages: tuple[Topic, ...] = ()
) -> Node:
    """The chapter with paragraphs at the end of its first section, or of its own body.

    ``passages`` are the topics that the paragraphs treat.
    """
    if chapter.children:
        first, *others = chapter.children
        return replace(chapter, children=(add_paragraphs(first, paragraphs, passages), *others))
    return replace(
        chapter, body=(*chapter.body, *paragraphs), passages=(*chapter.passages, *passages)
    )
