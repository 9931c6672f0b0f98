"""Headings that a reader found -> how many are right, beside those that the report has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# 目录 is a heading to some readers; nobody is marked down for it, nor for the report's own title.
_FORGIVEN = frozenset({"目录", "目次"})
# Markdown writes these where the report has none.
_MARKUP = re.compile(r"[\s*\\#_]+")
# A number printed in another form may stand before the title, and is no longer than this.
_LONGEST_NUMBER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueHeading:
    """A heading as it was written; ``level`` is 1 for chapters."""

    level: int
    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingScore:
    """How well the headings of some files were found.

    Attributes:
        true: headings that the files have.
        found: headings that the reader told, less those that are forgiven.
        right: found in the right order, whether with their number or without.
        level: right ones that stand on their level, as counted from the most frequent offset.
    """

    true: int
    found: int
    right: int
    level: int

    @property
    def precision(self) -> float | None:
        """Right of those found; None where none was."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float:
        """Right of those that there are."""
        return self.right / self.true

    @property
    def level_share(self) -> float | None:
        """Right ones on their level; None where there are none."""
        return self.level / self.right if self.right else None


def add_heading_scores(scores: Iterable[HeadingScore]) -> HeadingScore:
    """Sums over files."""
    parts = tuple(scores)
    return HeadingScore(
        true=sum(part.true for part in parts),
        found=sum(part.found for part in parts),
        right=sum(part.right for part in parts),
        level=sum(part.level for part in parts),
    )


def score_headings(
    true: Sequence[TrueHeading], found: Sequence[tuple[int, str]], title: str
) -> HeadingScore:
    """Compare what a reader told (level, text) with what the report titled ``title`` has."""
    forgiven = _FORGIVEN | {_fold(title)}
    kept = [(level, _fold(text)) for level, text in found if _fold(text) not in forgiven]
    pairs = _align(true, [text for _, text in kept])
    offsets = Counter(kept[other][0] - true[one].level for one, other in pairs)
    return HeadingScore(
        true=len(true),
        found=len(kept),
        right=len(pairs),
        level=max(offsets.values(), default=0),
    )


def _fold(text: str) -> str:
    return _MARKUP.sub("", unicodedata.normalize("NFKC", text)).lower()


def _align(true: Sequence[TrueHeading], found: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of the longest run of pairs in order; the same heading may come many times."""
    titles = [_fold(heading.title) for heading in true]
    longest = [[0] * (len(found) + 1) for _ in range(len(true) + 1)]
    for one in reversed(range(len(true))):
        for other in reversed(range(len(found))):
            matched = longest[one + 1][other + 1] + 1 if _is_it(titles[one], found[other]) else 0
            longest[one][other] = max(matched, longest[one + 1][other], longest[one][other + 1])
    return _walk_back(longest, titles, found)


def _walk_back(
    longest: Sequence[Sequence[int]], titles: Sequence[str], found: Sequence[str]
) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    one = other = 0
    while one < len(titles) and other < len(found):
        is_pair = _is_it(titles[one], found[other])
        if is_pair and longest[one][other] == longest[one + 1][other + 1] + 1:
            pairs.append((one, other))
            one, other = one + 1, other + 1
        elif longest[one + 1][other] >= longest[one][other + 1]:
            one += 1
        else:
            other += 1
    return pairs


def _is_it(title: str, found: str) -> bool:
    return found.endswith(title) and len(found) - len(title) <= _LONGEST_NUMBER
