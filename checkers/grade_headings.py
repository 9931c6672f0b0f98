"""A heading -> how surely it names a topic, and by which word."""

from __future__ import annotations

import re
from typing import Literal, get_args

from checkers.compile_terms import TermMatcher, mask_terms
from checkers.load_rules import GARBLED_LENGTH, CompiledTopic, Rules, list_gaps

SHARED_WORD = 2
CONJUNCTION = re.compile("[与和及、/,&+]")

Strength = Literal["strong", "medium", "weak", "none"]
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
SURE_STRENGTHS: tuple[Strength, ...] = ("strong", "medium")


def is_background(rules: Rules, title: str) -> bool:
    """Whether a section of this normalised heading only tells the background."""
    marks = rules.marks
    return bool(marks.background_headings.search(title)) and not marks.background_exceptions.search(
        title
    )


def grade_heading(rules: Rules, topic: CompiledTopic, title: str) -> tuple[Strength, str]:
    """How surely a normalised heading names a topic, and the word that does."""
    if rules.marks.generic_headings.search(title):
        return _grade_beside_generic(rules, topic, title)
    return _grade_words(topic, title)


def _grade_beside_generic(rules: Rules, topic: CompiledTopic, title: str) -> tuple[Strength, str]:
    """The grade of a heading on money or time that names the topic first: 密码应用及投资说明.

    In 网络安全与密码应用投资 the money is for both; then it names none.
    """
    first, *others = CONJUNCTION.split(title)
    if not others or rules.marks.generic_headings.search(first):
        return "none", ""
    strength, word = _grade_words(topic, first)
    named = any(
        _grade_words(one, other)[0] in SURE_STRENGTHS
        for one in rules.topics.values()
        for other in others
    )
    # The text may be on the other subject alone: it has to bear the heading out.
    return ("medium", word) if strength == "strong" and not named else ("none", "")


def _grade_words(topic: CompiledTopic, title: str) -> tuple[Strength, str]:
    graded: tuple[tuple[Strength, TermMatcher], ...] = (
        ("strong", topic.strong),
        ("medium", topic.medium),
        ("weak", topic.weak),
    )
    for strength, matcher in graded:
        word = matcher.occurs_in(title)
        if word:
            return strength, word
    return "none", ""


def grade_conjuncts(rules: Rules, topic: CompiledTopic, title: str) -> tuple[Strength, str]:
    """The same of a heading that may join several subjects: the surest of them."""
    graded = grade_heading(rules, topic, title)
    if graded[0] in SURE_STRENGTHS:
        return graded
    if graded[0] == "weak":
        joined = [grade_heading(rules, topic, part) for part in list_conjuncts(title)]
        graded = next((part for part in joined if part[0] == "strong"), graded)
    return _grade_misspelt(rules, topic, title) or graded


def _grade_misspelt(rules: Rules, topic: CompiledTopic, title: str) -> tuple[Strength, str] | None:
    """The grade of a heading with characters mistaken for others (网络安仝), where it names one."""
    marks = rules.marks
    mended = title.translate(marks.confusions)
    if mended == title:
        return None
    strength, word = grade_heading(rules, topic, mask_terms(mended, marks.traps))
    # 职能 may be meant: the text has to bear the mending out.
    return ("medium", word) if strength in SURE_STRENGTHS else None


def list_conjuncts(title: str) -> list[str]:
    """The subjects that a heading joins, each with the word they share.

    ``网络与密码安全`` gives 网络安全 and 密码安全; a heading for one subject gives itself.
    """
    *parts, last = CONJUNCTION.split(title)
    return [part + last[-SHARED_WORD:] for part in parts if part] + [*parts, last]


def find_garbled(topic: CompiledTopic, title: str) -> str | None:
    """The term of a topic that a normalised heading has with one wrong character, or None."""
    windows = (title[start : start + GARBLED_LENGTH] for start in range(len(title)))
    return next(
        (
            topic.garbled[gap]
            for window in windows
            for gap in list_gaps(window)
            if gap in topic.garbled
        ),
        None,
    )
