"""A base -> the mutations that it can carry, each on one or two topics drawn by seed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from evals.reports.derive_verdicts import has_all_parts
from evals.reports.number_headings import SCHEMES
from evals.reports.report_tree import PARTS, TOPICS, Node, Report, Topic, find_chapter

Steps = tuple[str, ...]

STEPS_ON_DOCX_ONLY = ("tracked_delete", "tracked_insert", "hide", "comment", "box")
# What must never pass: the text only sounds like the topic, or promises it, or forgoes it.
TRAP_STEPS = frozenset(
    {"trap", "mention", "contents_trap", "defer", "guide", "negate", "comment", "hide"}
)
_STEPS_ON_A_TOPIC = ("drop", "contents_trap", "trap", "mention")
_STEPS_ON_A_CHAPTER = (
    "demote",
    "blank",
    "skeleton",
    "placeholder",
    "hollow",
    "defer",
    "annotate",
)
_COMPOUNDS = (("demote", "hollow"), ("demote", "blank"), ("rename", "demote"), ("rename", "hollow"))
_PAIRS: tuple[tuple[Topic, Topic], ...] = (("security", "crypto"), ("sharing", "security"))
_FURTHER_PAIRS: tuple[tuple[Topic, Topic], ...] = (("sharing", "ai"), ("security", "ai"))
# The parts of a sharing chapter belong together; scattered they would be judged one by one.
_SCATTERED: tuple[Topic, ...] = ("security", "crypto", "ai")
_LOOKS = ("bold", "plain")


def plan_steps(base: Report) -> Iterator[Steps]:
    """The steps in an order that stays, so that a case keeps its name."""
    if not base.is_judged:
        return
    random = Random(base.base)
    treated = [topic for topic in TOPICS if _is_treated(base, topic)]
    chaptered = [topic for topic in TOPICS if find_chapter(base, topic) is not None]
    for name in _STEPS_ON_A_TOPIC:
        yield from ((f"{name}:{topic}",) for topic in _draw(treated, random))
    for name in _STEPS_ON_A_CHAPTER:
        yield from ((f"{name}:{topic}",) for topic in _draw(chaptered, random))
    yield from _plan_compounds(base, chaptered, random)
    if treated:
        yield (f"negate:{random.choice(treated)}",)
        yield from ((f"{name}:{random.choice(treated)}",) for name in STEPS_ON_DOCX_ONLY)
    yield from _plan_particular_steps(base, treated, chaptered)
    for scheme in random.sample(sorted(set(SCHEMES) - {base.numbering}), 3):
        yield (f"renumber:{scheme}",)
    yield ("wrap",)
    yield from _plan_further_steps(base, treated, chaptered)


def _plan_compounds(base: Report, chaptered: list[Topic], random: Random) -> Iterator[Steps]:
    for names in _COMPOUNDS if chaptered else ():
        topic = random.choice(chaptered)
        if "rename" not in names or _has_renames(base, topic):
            yield tuple(f"{name}:{topic}" for name in names)


def _plan_particular_steps(
    base: Report, treated: list[Topic], chaptered: list[Topic]
) -> Iterator[Steps]:
    """Steps that depend on what the base has: parts, other titles, sections to move."""
    yield from ((f"rename:{topic}",) for topic in treated if _has_renames(base, topic))
    yield from ((f"promote:{topic}",) for topic in treated if topic not in chaptered)
    yield from _plan_mergers(base, chaptered, _PAIRS)
    sharing = [node for _, node in base.walk() if "sharing" in node.topics]
    if sharing and has_all_parts(sharing[0]) and not sharing[0].is_whole:
        yield from ((f"drop_part:{part}",) for part in PARTS)


def _plan_further_steps(
    base: Report, treated: list[Topic], chaptered: list[Topic]
) -> Iterator[Steps]:
    """Steps that came later, drawn apart so that the earlier draws stay as they were."""
    random = Random(f"further steps of {base.base}")
    for name in ("guide", "dissolve"):
        yield from ((f"{name}:{topic}",) for topic in _draw(chaptered, random))
    scattered = [topic for topic in _SCATTERED if _has_sections(base, topic)]
    yield from ((f"scatter:{topic}",) for topic in scattered[:2])
    yield from ((f"unstyle:{looks}",) for looks in _LOOKS)
    yield from ((f"unstyle:{topic}",) for topic in _draw(treated, random)[:1])
    yield from _plan_mergers(base, chaptered, _FURTHER_PAIRS)
    yield ("lengthen",)
    yield from ((f"drop:{topic}", "lengthen") for topic in _draw(treated, random)[:1])


def _plan_mergers(
    base: Report, chaptered: list[Topic], pairs: tuple[tuple[Topic, Topic], ...]
) -> Iterator[Steps]:
    for first, second in pairs:
        if first in chaptered and second in chaptered and _are_apart(base, first, second):
            yield (f"merge:{first}+{second}",)


def _are_apart(base: Report, first: Topic, second: Topic) -> bool:
    return find_chapter(base, first) != find_chapter(base, second)


def _is_treated(base: Report, topic: Topic) -> bool:
    return any(topic in node.topics for _, node in base.walk())


def _has_renames(base: Report, topic: Topic) -> bool:
    return any(node.renames for _, node in base.walk() if topic in node.topics)


def _has_sections(base: Report, topic: Topic) -> bool:
    """Whether one chapter treats the topic, and no other, in sections."""
    nodes: list[Node] = [node for _, node in base.walk() if topic in node.topics]
    position = find_chapter(base, topic)
    if position is None or len(nodes) != 1:
        return False
    chapter = base.chapters[position]
    below = {one for child in chapter.children for node in child.walk() for one in node.topics}
    return chapter.topics == (topic,) and len(chapter.children) > 1 and not below


def _draw(topics: list[Topic], random: Random) -> list[Topic]:
    return random.sample(topics, min(2, len(topics)))


def list_touched(steps: Steps) -> tuple[Topic, ...]:
    """The topics that steps are about; all of them where the steps name none."""
    arguments = {
        argument for step in steps for argument in step.partition(":")[2].split("+") if argument
    }
    if arguments & set(PARTS):
        arguments.add("sharing")
    named = tuple(topic for topic in TOPICS if topic in arguments)
    return named or TOPICS
