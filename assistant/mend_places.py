"""Question -> the same with the misspelt name of a region of the library put right (浙川, 金赛县).

A name counts as misspelt where one of its characters is another, and what stands there is no
other place and no word. Without 县, 市, 州 behind it, it must begin the question, stand there as a
word by itself or sound the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import rjieba

_DIVISIONS = ("自治县", "自治州", "县", "市", "州", "区", "旗", "盟", "镇", "乡")
_SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedPlace:
    """A name as it was typed, and the name of the region that it is taken for."""

    typed: str
    meant: str


class PlaceMender:
    """Puts the names of some regions right.

    Args:
        names: of the regions, in full and in short.
        places: names of all places there are; none of them is a misspelling.
    """

    def __init__(self, names: Iterable[str], places: Collection[str]) -> None:
        # The longest first: 淅川县 before 淅川.
        fit = {name for name in names if len(name) >= _SHORTEST and _is_han(name)}
        self._names = sorted(fit, key=lambda name: (-len(name), name))
        self._places = places

    def mend(self, question: str) -> tuple[str, MendedPlace | None]:
        """The question with the first misspelt name put right; the length stays the same."""
        held = set(question)
        for name in self._names:
            if len(held.intersection(name)) < len(set(name)) - 1:
                continue
            for start in _near_windows(question, name):
                typed = question[start : start + len(name)]
                if self._is_misspelt(question, start, typed, name):
                    mended = question[:start] + name + question[start + len(name) :]
                    return mended, MendedPlace(typed=typed, meant=name)
        return question, None

    def _is_misspelt(self, question: str, start: int, typed: str, name: str) -> bool:
        if not _is_han(typed) or typed in self._places or _holds_word(question, start, len(typed)):
            return False
        division = next((d for d in _DIVISIONS if name.endswith(d) and name != d), "")
        bare = len(name) - len(division)
        if division:
            # 金赛市 is no slip for 金寨县, and a name of one character is like too many others.
            return typed.endswith(division) and bare >= _SHORTEST and typed[:bare] != name[:bare]
        return start == 0 or typed in rjieba.cut(question) or _sounds_like(typed, name)


def _near_windows(text: str, name: str) -> Iterator[int]:
    for start in range(len(text) - len(name) + 1):
        pairs = zip(text[start : start + len(name)], name, strict=True)
        if sum(typed != meant for typed, meant in pairs) == 1:
            yield start


def _holds_word(question: str, start: int, length: int) -> bool:
    """Whether a word that a dictionary knows reaches into the window, or fills it."""
    position = 0
    for token in rjieba.cut(question):
        end = position + len(token)
        touches = position < start + length and start < end
        if touches and len(token) >= _SHORTEST and rjieba.has_word(token):
            return True
        position = end
    return False


def _sounds_like(typed: str, name: str) -> bool:
    # pypinyin takes 0.15 s to import; a question without a near name never gets here.
    from pypinyin import lazy_pinyin

    return lazy_pinyin(typed) == lazy_pinyin(name)


def _is_han(text: str) -> bool:
    return all("一" <= character <= "鿿" for character in text)
