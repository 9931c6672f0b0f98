"""Question -> the regions it names, places that are not in the library, and what is left.

A place counts only where it stands on word borders: 新建区块链项目 does not name 新建区.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import rjieba
from ahocorasick_rs import AhoCorasick

from assistant.concepts import load_thesaurus
from assistant.mend_places import MendedPlace, PlaceMender
from assistant.split_words import load_stopwords
from corpus.name_regulation import short_titles
from corpus.regulation import Regulation

# 国家秘密, 国家有关规定 name no place; 国家办法, 国家级, 国家政务信息化项目 do.
_NATIONAL = frozenset({"国家", "全国", "中国"})
_NATIONAL_ONLY = r"(?=级|层面|的?(?:办法|政务信息化|项目怎么|那边|呢)|的?[?？。]*$|\s|$)"
# 那国家的呢, where the library holds no national regulation.
_ASKS_NATIONAL = re.compile(
    r"^(?:那|换成|换|和|跟)?(?:国家|全国)(?:层面|级)?的?(?:规定|要求|办法)?呢?[?？。]*$"
)
# What may follow a region's short name without changing what it names.
# 湘西县市 are the counties and cities of it.
_AFTER_REGION = r"(?:土家族苗族自治州|自治州|县(?!市|区)|市(?!县|区)|州|省)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsFound:
    """The places of a question.

    Attributes:
        regions: ids of the regulations named, in the order of the question.
        unknown_places: places that no regulation of the library applies to.
        rest: the question without the names of places.
        mended: a misspelt name that was put right; None where there is none.
    """

    regions: tuple[str, ...]
    unknown_places: tuple[str, ...]
    rest: str
    mended: MendedPlace | None = None


@cache
def _load_places() -> dict[str, str]:
    """Full and short names of all divisions; the value is the full name."""
    names: dict[str, str] = {}
    for line in (files("assistant") / "data/places.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        full, _, short = line.partition("\t")
        names[full] = full
        if short:
            names.setdefault(short, full)
    return names


def _region_names(regulation: Regulation) -> tuple[str, ...]:
    region = regulation.region
    return (region.name, *region.aliases, regulation.title, *short_titles(regulation))


class _NameSearch:
    """Finds the names of all regions at once, however many there are."""

    def __init__(self, regulations: Iterable[Regulation]) -> None:
        self._owners: dict[str, list[str]] = {}
        for regulation in regulations:
            for name in {folded for n in _region_names(regulation) if (folded := _fold(n))}:
                self._owners.setdefault(name, []).append(regulation.id)
        self._names = list(self._owners)
        self._automaton = AhoCorasick(self._names)

    def find(self, question: str) -> dict[str, list[tuple[int, int]]]:
        """Places of the names of each region: the first and longest where they overlap."""
        text = _fold(question)
        found: dict[str, list[tuple[int, int]]] = {}
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for number, start, end in sorted(matches, key=lambda match: (match[1], -match[2])):
            name = self._names[number]
            if name in _NATIONAL and not re.match(_NATIONAL_ONLY, text[end:]):
                continue
            for owner in self._owners[name]:
                spans = found.setdefault(owner, [])
                if not spans or start >= spans[-1][1]:
                    spans.append((start, end))
        return found


def _fold(text: str) -> str:
    """Small letters, where that keeps every character in its place."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


# Tags of the jieba dictionary for names of places and of persons, and what makes them a place.
_NAME_TAGS = frozenset({"ns", "nr", "nrt", "nrfg"})
_DIVISIONS = frozenset({"省", "市", "县", "区", "州", "旗", "盟", "镇", "乡", "自治县", "自治州"})


class RegionFinder:
    """Finds the regions of one library in questions."""

    def __init__(self, regulations: Iterable[Regulation]) -> None:
        regulations = tuple(regulations)
        self._names = _NameSearch(regulations)
        within = {place for r in regulations for place in r.region.within}
        places = _load_places()
        shorts = {short for short, full in places.items() if full in within}
        self._within = frozenset([*within, *shorts])
        named = (name for r in regulations for name in (r.region.name, *r.region.aliases))
        self._mender = PlaceMender(named, places)

    def find(self, question: str) -> RegionsFound:
        """The places that a question names; a misspelt one where it names no other."""
        found = self._find(question)
        if found.regions:
            return found
        right, mended = self._mender.mend(question)
        return found if mended is None else replace(self._find(right), mended=mended)

    def _find(self, question: str) -> RegionsFound:
        spans: list[tuple[int, int, str]] = []
        for region_id, named in self._names.find(question).items():
            for start, end in named:
                tail = re.match(_AFTER_REGION, question[end:])
                spans.append((start, end + (tail.end() if tail else 0), region_id))
        spans = _drop_contained(spans)
        regions = tuple(dict.fromkeys(region_id for _, _, region_id in sorted(spans)))
        masked = _mask(question, [(start, end) for start, end, _ in spans])
        listed = _find_places(masked)
        unknown = sorted(
            [*listed, *(s for s in _find_unlisted(masked) if not _overlaps(s, listed))]
        )
        if regions:
            unknown = [span for span in unknown if masked[span[0] : span[1]] not in self._within]
        places = tuple(dict.fromkeys(masked[start:end] for start, end in unknown))
        rest = _mask(masked, unknown)
        if not regions and not places and _ASKS_NATIONAL.match(question.strip()):
            return RegionsFound(regions=(), unknown_places=("国家",), rest="")
        if regions:
            rest = _mask(rest, [s for s in _find_places(rest) if rest[s[0] : s[1]] in self._within])
        return RegionsFound(regions=regions, unknown_places=places, rest=_tidy(rest))


def _drop_contained(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Keep the longest of names that overlap; names of equal reach are all kept."""
    return [
        span
        for span in spans
        if not any(
            other[0] <= span[0] and span[1] <= other[1] and other[1] - other[0] > span[1] - span[0]
            for other in spans
        )
    ]


def _find_places(text: str) -> list[tuple[int, int]]:
    places = _load_places()
    borders = _word_borders(text)
    found: list[tuple[int, int]] = []
    for start in sorted(borders):
        if found and start < found[-1][1]:
            continue
        ends = [end for end in borders if start + 2 <= end <= start + 12]
        named = [end for end in ends if text[start:end] in places]
        if named:
            found.append((start, max(named)))
    return found


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _find_unlisted(text: str) -> list[tuple[int, int]]:
    """Places that no list holds, told by their build: a name and 县, 市, 州…

    A plain noun counts only at the very beginning: 绿洲市 验收, but not 资金由市财政.
    """
    found: list[tuple[int, int]] = []
    position = 0
    tokens = rjieba.tag(text)
    for (word, tag), (following, _) in itertools.pairwise(tokens):
        named = tag in _NAME_TAGS or (tag == "n" and position == 0)
        if named and following in _DIVISIONS and len(word) > 1 and not _is_term(word):
            found.append((position, position + len(word) + len(following)))
        position += len(word)
    return found


def _is_term(word: str) -> bool:
    return word in load_stopwords() or word in load_thesaurus().forms()


def _word_borders(text: str) -> set[int]:
    borders = {0}
    position = 0
    for token in rjieba.cut(text):
        position += len(token)
        borders.add(position)
    return borders


def _mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,，、:：的")
