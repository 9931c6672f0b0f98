"""What a damaged report is taken for, beside the undamaged one -> whether it was misread.

A topic that is ``present`` in a damaged file must be ``present`` in the original as well, rest on
the same chapter, and on what is left of that chapter's own text. Else damage has made a pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal, get_args

from checkers.check_report import check_outline
from checkers.finding import TOPICS, Topic, TopicFinding, Verdict
from checkers.judge_topic import Judgement, judge_topic
from checkers.load_rules import Rules
from checkers.mark_report import mark_report
from checkers.outline import Outline, Section
from checkers.split_run_in_headings import split_run_in_headings
from corpus.library import Library
from evals.topic_places import TopicPlaces, list_grams, list_topic_places

PROFILE = "strictest"
Misreading = Literal["gained", "promoted", "moved", "hollowed", "joined"]
"""``gained``: no such chapter in the original. ``promoted``: a subsection there, and the chapter
around it is still read. ``moved``: rests on another section than in the original. ``hollowed``:
nothing is left of the chapter's own text, and it rests on that of other chapters. ``joined``: the
same or ``gained``, where the heading of a chapter is gone and its text stands below the heading
before; the file reads as if its author had meant that."""

_BY_OTHER_TEXT = frozenset({"gained", "hollowed"})
_BEST: tuple[Verdict, ...] = get_args(Verdict)
_MOST_CHAPTERS = 4
# Damage inside a heading leaves more of it than this; two different headings share less.
_LIKE = 0.6
# A sentence of which less than this is found in the original chapter is from elsewhere.
_OWN_SHARE = 0.5
# Characters: less than a sentence.
_LEAST_LEFT = 20
_SENTENCE_END = re.compile(r"(?<=[。；;\n])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What is known of an undamaged file; of an archive, of all reports inside.

    Attributes:
        verdicts: the best one of each topic.
        places: where each topic is treated, and under which headings.
        headings: of all sections, as printed.
        chapters: of these, those on top.
    """

    verdicts: dict[Topic, Verdict]
    places: dict[Topic, TopicPlaces]
    headings: frozenset[str]
    chapters: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DamageJudge:
    """Judges damaged reports by the same rules as the originals."""

    library: Library
    rules: Rules

    def learn(self, outlines: Sequence[Outline]) -> Original:
        """Note what the reports of an undamaged file say."""
        outlines = [split_run_in_headings(outline) for outline in outlines]
        verdicts: dict[Topic, Verdict] = dict.fromkeys(TOPICS, "missing")
        for outline in outlines:
            for finding in self._check(outline):
                known = verdicts[finding.topic]
                verdicts[finding.topic] = min(known, finding.verdict, key=_BEST.index)
        return Original(
            verdicts=verdicts,
            places={topic: list_topic_places(outlines, topic, self.rules) for topic in TOPICS},
            headings=frozenset(part.heading for one in outlines for part in one.walk()),
            chapters=frozenset(part.heading for one in outlines for part in one.sections),
        )

    def find_misreadings(self, outline: Outline, original: Original) -> dict[Topic, Misreading]:
        """Return the topics of a damaged report that are ``present`` and may not be."""
        found: dict[Topic, Misreading] = {}
        for finding in self._check(outline):
            if finding.verdict == "present":
                misreading = self._judge(outline, finding, original)
                if misreading in _BY_OTHER_TEXT and _has_lost_chapter(outline, original):
                    misreading = "joined"
                if misreading is not None:
                    found[finding.topic] = misreading
        return found

    def _check(self, outline: Outline) -> Sequence[TopicFinding]:
        checked = check_outline(outline, profile=PROFILE, library=self.library, rules=self.rules)
        return checked.topics

    def _judge(
        self, outline: Outline, finding: TopicFinding, original: Original
    ) -> Misreading | None:
        verdict, places = original.verdicts[finding.topic], original.places[finding.topic]
        if verdict not in {"present", "subsection"}:
            return "gained"
        if verdict == "subsection" and places.around & frozenset(_list_headings(outline)):
            return "promoted"
        return self._compare_places(split_run_in_headings(outline), finding.topic, original)

    def _compare_places(
        self, outline: Outline, topic: Topic, original: Original
    ) -> Misreading | None:
        places = original.places[topic]
        own = places.chapters if original.verdicts[topic] == "present" else places.sections
        judgement = self._judge_topic(outline, topic)
        for _ in range(_MOST_CHAPTERS):
            resting = [part.marked.section for part in judgement.sections]
            if _may_be(resting[0], own, original.headings):
                left = sum(_count_own(section, places.grams) for section in resting)
                return "hollowed" if left < _LEAST_LEFT else None
            # The chapter of the original may be there as well, and only say less.
            outline = _drop_section(outline, resting[0])
            judgement = self._judge_topic(outline, topic)
            if judgement.verdict != "present":
                break
        return "moved"

    def _judge_topic(self, outline: Outline, topic: Topic) -> Judgement:
        report = mark_report(outline, self.rules)
        wanted = self.rules.profile(PROFILE).topics[topic]
        return judge_topic(report, self.rules, self.rules.topics[topic], wanted)


def _list_headings(outline: Outline) -> Iterator[str]:
    return (section.heading for section in outline.walk())


def _has_lost_chapter(outline: Outline, original: Original) -> bool:
    """Whether a chapter of the original is gone, so that what it held hangs below another one."""
    return bool(original.chapters - frozenset(_list_headings(outline)))


def _may_be(section: Section, own: frozenset[str], headings: frozenset[str]) -> bool:
    """Whether a section is one of the original's own, whose heading may be damaged.

    A heading that is like none has become unreadable; what stands below it is looked at then.
    """
    nearest = _find_nearest(section.heading, headings)
    numbers = {heading.partition(" ")[0] for heading in own}
    return not nearest or bool(nearest & own) or section.number in numbers


def _find_nearest(heading: str, headings: Iterable[str]) -> frozenset[str]:
    """Return the original headings that a damaged one is most like; none that is unlike it."""
    scores = {one: SequenceMatcher(None, heading, one, autojunk=False).ratio() for one in headings}
    best = max(scores.values(), default=0.0)
    return frozenset(one for one, score in scores.items() if score == best >= _LIKE)


def _drop_section(outline: Outline, dropped: Section) -> Outline:
    """Return the outline without one of its sections, told by identity."""

    def visit(sections: tuple[Section, ...]) -> tuple[Section, ...]:
        return tuple(
            replace(section, children=visit(section.children))
            for section in sections
            if section is not dropped
        )

    return replace(outline, sections=visit(outline.sections))


def _count_own(section: Section, grams: frozenset[str]) -> int:
    """Count the characters of the sentences and rows that were there before.

    Damage to a text joins the beginning of one paragraph to the end of another.
    """
    texts = (block.text for part in section.walk() for block in part.body)
    pieces = (piece for text in texts for piece in _SENTENCE_END.split(text))
    return sum(len(piece) for piece in pieces if _is_own(piece, grams))


def _is_own(text: str, grams: frozenset[str]) -> bool:
    found = list_grams(text)
    return not found or len(found & grams) >= _OWN_SHARE * len(found)
