"""A report and a step such as ``drop:crypto`` -> the report with that fault, tags kept true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast, get_args

from evals.reports.lengthen_report import lengthen
from evals.reports.mutation_workshop import TOPIC_NAMES, Mutation, Workshop, read_topic
from evals.reports.report_tree import (
    Content,
    Looks,
    Node,
    Part,
    Report,
    State,
    Topic,
    add_paragraphs,
    edit_topic,
    find_chapter,
    find_host,
)
from evals.reports.spread_topic import dissolve, scatter

_MERGED_TITLES = {
    ("security", "crypto"): (
        "网络安全与密码应用",
        "安全合规（等保/密评）",
        "信息安全及商用密码保障",
    ),
    ("sharing", "security"): ("数据共享与网络安全", "信息资源共享及安全保障"),
    ("sharing", "ai"): ("数据资源共享与人工智能应用", "数据共享开放及大模型应用设计"),
    ("security", "ai"): ("网络安全防护及人工智能应用", "安全体系与智能化应用"),
}
_LOOKS: tuple[Looks, ...] = get_args(Looks)


def apply_step(report: Report, step: str, workshop: Workshop) -> Report:
    """Apply one step, ``name`` or ``name:argument``.

    Raises:
        KeyError: there is no mutation of this name.
        ValueError: the report has nothing for the step to change.
    """
    name, _, argument = step.partition(":")
    mutated = MUTATIONS[name](report, argument, workshop)
    if mutated == report:
        raise ValueError(f"step {step} changes nothing in base {report.base}")
    return mutated


def drop(report: Report, argument: str, workshop: Workshop) -> Report:
    """Take out everything about a topic."""
    return edit_topic(report, read_topic(argument), lambda node: None)


def demote(report: Report, argument: str, workshop: Workshop) -> Report:
    """Move the chapter on a topic below the host chapter, which is about something else."""
    position = find_chapter(report, read_topic(argument))
    if position is None:
        return report
    chapters = list(report.chapters)
    chapter = chapters.pop(position)
    rest = replace(report, chapters=tuple(chapters))
    host = find_host(rest)
    chapters[host] = replace(chapters[host], children=(*chapters[host].children, chapter))
    return replace(rest, chapters=tuple(chapters))


def promote(report: Report, argument: str, workshop: Workshop) -> Report:
    """Make the section on a topic a chapter of its own, after the chapter that it was in."""
    topic = read_topic(argument)
    for position, chapter in enumerate(report.chapters):
        section = next((node for node in chapter.walk() if topic in node.topics), None)
        if section is not None and section is not chapter:
            rest = drop(report, argument, workshop)
            chapters = list(rest.chapters)
            chapters.insert(position + 1, section)
            return replace(rest, chapters=tuple(chapters))
    return report


def blank(report: Report, argument: str, workshop: Workshop) -> Report:
    """Leave the heading with nothing below it."""
    return edit_topic(report, read_topic(argument), lambda node: _refill(node, "blank", ()))


def leave_skeleton(report: Report, argument: str, workshop: Workshop) -> Report:
    """Leave the heading and the headings below it, all without text."""

    def strip(node: Node) -> Node:
        return replace(
            node, state="blank", body=(), children=tuple(strip(child) for child in node.children)
        )

    return edit_topic(report, read_topic(argument), strip)


def put_placeholder(report: Report, argument: str, workshop: Workshop) -> Report:
    """Replace the text of a section, or of each section below it, by a placeholder."""
    text = workshop.random.choice(workshop.texts.placeholders)
    everywhere = workshop.random.random() < 0.5

    def fill(node: Node) -> Node:
        if everywhere and node.children:
            children = tuple(_refill(child, "blank", (text,)) for child in node.children)
            return replace(node, state="blank", body=(), children=children)
        return _refill(node, "blank", (text,))

    return edit_topic(report, read_topic(argument), fill)


def make_hollow(report: Report, argument: str, workshop: Workshop) -> Report:
    """Replace the text by sentences that any report could hold."""
    topic = read_topic(argument)
    sentences = workshop.random.choice(workshop.texts.hollow)
    body = tuple(sentence.format(subject=TOPIC_NAMES[topic]) for sentence in sentences)
    return edit_topic(report, topic, lambda node: _refill(node, "hollow", body))


def defer(report: Report, argument: str, workshop: Workshop) -> Report:
    """Replace the text by the announcement of another document."""
    topic = read_topic(argument)
    sentence = workshop.random.choice(workshop.texts.deferrals)
    body = (sentence.format(subject=TOPIC_NAMES[topic]),)
    return edit_topic(report, topic, lambda node: _refill(node, "hollow", body))


def guide(report: Report, argument: str, workshop: Workshop) -> Report:
    """Replace the text by what a template tells the author to write."""
    topic = read_topic(argument)
    texts = workshop.random.choice(workshop.texts.guides)
    body = tuple(text.format(subject=TOPIC_NAMES[topic]) for text in texts)
    return edit_topic(report, topic, lambda node: _refill(node, "guided", body))


def negate(report: Report, argument: str, workshop: Workshop) -> Report:
    """Replace the text by a sentence that denies the subject."""
    topic = read_topic(argument)
    sentence = workshop.random.choice(workshop.texts.negations)
    body = (sentence.format(subject=TOPIC_NAMES[topic]),)
    return edit_topic(report, topic, lambda node: _refill(node, "negated", body))


def drop_part(report: Report, argument: str, workshop: Workshop) -> Report:
    """Take one of the parts named by 淅川 article 26 out of the sharing chapter."""
    part = cast(Part, argument)

    def prune(node: Node) -> Node:
        kept = tuple(prune(child) for child in node.children if child.part != part)
        return replace(node, children=kept)

    return edit_topic(report, "sharing", prune)


def rename(report: Report, argument: str, workshop: Workshop) -> Report:
    """Give the section a title without the words of the regulations."""

    def retitle(node: Node) -> Node:
        return replace(node, title=workshop.random.choice(node.renames)) if node.renames else node

    return edit_topic(report, read_topic(argument), retitle)


def merge(report: Report, argument: str, workshop: Workshop) -> Report:
    """Put two chapters under one heading that names both subjects."""
    names = tuple(argument.split("+"))
    first_topic, second_topic = (read_topic(name) for name in names)
    first, second = find_chapter(report, first_topic), find_chapter(report, second_topic)
    if first is None or second is None or first == second:
        return report
    merged = Node(
        title=workshop.random.choice(_MERGED_TITLES[(first_topic, second_topic)]),
        topics=(first_topic, second_topic),
        children=(
            _leave_topics(report.chapters[first], (first_topic, second_topic)),
            _leave_topics(report.chapters[second], (first_topic, second_topic)),
        ),
    )
    kept = [
        chapter for place, chapter in enumerate(report.chapters) if place not in {first, second}
    ]
    kept.insert(min(first, second), merged)
    return replace(report, chapters=tuple(kept))


def _leave_topics(chapter: Node, named: tuple[Topic, ...]) -> Node:
    """What else the chapter is about goes with it into a section."""
    return replace(chapter, topics=tuple(topic for topic in chapter.topics if topic not in named))


def leave_in_contents(report: Report, argument: str, workshop: Workshop) -> Report:
    """Take a topic out of the body while the contents page goes on listing it."""
    return replace(drop(report, argument, workshop), contents=report.chapters)


def set_trap(report: Report, argument: str, workshop: Workshop) -> Report:
    """Put a chapter that only sounds like the topic where the topic's own was."""
    topic = read_topic(argument)
    trap = workshop.random.choice(workshop.texts.traps[topic]).to_node()
    position = find_chapter(report, topic)
    rest = drop(report, argument, workshop)
    chapters = list(rest.chapters)
    chapters.insert(len(chapters) - 1 if position is None else position, trap)
    return replace(rest, chapters=tuple(chapters))


def mention(report: Report, argument: str, workshop: Workshop) -> Report:
    """Take a topic out but for a sentence in the host chapter."""
    topic = read_topic(argument)
    rest = drop(report, argument, workshop)
    sentence = workshop.random.choice(workshop.texts.mentions[topic])
    host = find_host(rest)
    chapters = list(rest.chapters)
    chapters[host] = add_paragraphs(chapters[host], (sentence,))
    return replace(rest, chapters=tuple(chapters))


def delete_tracked(report: Report, argument: str, workshop: Workshop) -> Report:
    """Delete what is about a topic as a tracked change."""
    return edit_topic(
        report,
        read_topic(argument),
        lambda node: _for_all(node, lambda n: replace(n, revision="deleted")),
    )


def insert_tracked(report: Report, argument: str, workshop: Workshop) -> Report:
    """Have what is about a topic inserted as a tracked change."""
    return edit_topic(
        report,
        read_topic(argument),
        lambda node: _for_all(node, lambda n: replace(n, revision="inserted")),
    )


def hide(report: Report, argument: str, workshop: Workshop) -> Report:
    """Format what is about a topic as hidden text."""
    return edit_topic(
        report, read_topic(argument), lambda node: _for_all(node, lambda n: replace(n, hidden=True))
    )


def comment(report: Report, argument: str, workshop: Workshop) -> Report:
    """Take a topic out and leave a reviewer's comment that it is lacking."""
    rest = drop(report, argument, workshop)
    host = find_host(rest)
    chapters = list(rest.chapters)
    wish = f"缺少{TOPIC_NAMES[read_topic(argument)]}篇章，请补充后再报。"
    chapters[host] = replace(chapters[host], comment=wish)
    return replace(rest, chapters=tuple(chapters))


def box(report: Report, argument: str, workshop: Workshop) -> Report:
    """Put the text about a topic into one-celled tables."""
    return edit_topic(
        report, read_topic(argument), lambda node: _for_all(node, lambda n: replace(n, boxed=True))
    )


def annotate(report: Report, argument: str, workshop: Workshop) -> Report:
    """Add a bracketed note to the heading, as templates have it."""
    note = workshop.random.choice(("（必填）", "（含附表）", "（本章由承建单位配合编写）"))
    return edit_topic(
        report, read_topic(argument), lambda node: replace(node, title=node.title + note)
    )


def unstyle(report: Report, argument: str, workshop: Workshop) -> Report:
    """Take the styles from all headings (``bold``, ``plain``), or from those about a topic."""
    looks = next((name for name in _LOOKS if name == argument), None)
    if looks is not None:
        return replace(report, unstyled=looks)
    return edit_topic(
        report,
        read_topic(argument),
        lambda node: _for_all(node, lambda n: replace(n, unstyled=True)),
    )


def wrap(report: Report, argument: str, workshop: Workshop) -> Report:
    """Make the title of the report a heading above all chapters."""
    return replace(report, wrapped=True)


def renumber(report: Report, argument: str, workshop: Workshop) -> Report:
    """Number the headings by another scheme."""
    return replace(report, numbering=argument)


def _refill(node: Node, state: State, body: tuple[Content, ...]) -> Node:
    return replace(node, state=state, body=body, children=())


def _for_all(node: Node, edit: Callable[[Node], Node]) -> Node:
    below = tuple(_for_all(child, edit) for child in node.children)
    return edit(replace(node, children=below))


MUTATIONS: dict[str, Mutation] = {
    "drop": drop,
    "demote": demote,
    "promote": promote,
    "blank": blank,
    "skeleton": leave_skeleton,
    "placeholder": put_placeholder,
    "hollow": make_hollow,
    "defer": defer,
    "guide": guide,
    "negate": negate,
    "drop_part": drop_part,
    "rename": rename,
    "merge": merge,
    "contents_trap": leave_in_contents,
    "trap": set_trap,
    "mention": mention,
    "tracked_delete": delete_tracked,
    "tracked_insert": insert_tracked,
    "hide": hide,
    "comment": comment,
    "box": box,
    "annotate": annotate,
    "wrap": wrap,
    "renumber": renumber,
    "dissolve": dissolve,
    "scatter": scatter,
    "unstyle": unstyle,
    "lengthen": lengthen,
}
