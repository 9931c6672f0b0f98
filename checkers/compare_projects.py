"""Two reports -> whether they seem to be of different projects."""

from __future__ import annotations

from checkers.join_bodies import REPORT_SUFFIX
from checkers.outline import Outline

OTHER_PROJECT = "两份报告的题名和章节很不一样，可能不是同一个项目，请核对上一版是否给对。"
_FEWEST_HEADINGS = 5
# Shares of pairs of characters, and of headings, that both have. Reports of one office follow one
# outline, so that like headings alone prove nothing against titles that have nothing in common.
_SAME_TITLE = 0.4
_NO_SAME_TITLE = 0.15
_SAME_HEADINGS = 0.5
_NO_SAME_HEADINGS = 0.2


def list_titles(outline: Outline | None) -> frozenset[str]:
    """The titles of all sections, without their numbers."""
    return frozenset() if outline is None else frozenset(part.title for part in outline.walk())


def are_other_projects(
    titles: tuple[str, str], headings: tuple[frozenset[str], frozenset[str]]
) -> bool:
    """Whether neither titles nor headings speak for one project; in doubt they are the same.

    Args:
        titles: of both reports; empty where unknown.
        headings: of both, as of ``list_titles``; empty where unknown.
    """
    first, second = (_pair_characters(title) for title in titles)
    has_headings = min(map(len, headings)) >= _FEWEST_HEADINGS
    if not first or not second:
        return has_headings and _share(*headings) < _NO_SAME_HEADINGS
    alike = _share(first, second)
    if not has_headings:
        return alike < _NO_SAME_TITLE
    return alike < _SAME_TITLE and _share(*headings) < _SAME_HEADINGS


def _pair_characters(title: str) -> frozenset[str]:
    name = REPORT_SUFFIX.sub("", title)
    return frozenset(name[start : start + 2] for start in range(len(name) - 1))


def _share(first: frozenset[str], second: frozenset[str]) -> float:
    """How much two sets have in common, from 0 to 1 (Dice)."""
    return 2 * len(first & second) / (len(first) + len(second)) if first or second else 1.0
