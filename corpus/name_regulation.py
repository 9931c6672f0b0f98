"""Names people use for a regulation -> the regulation: id, title, place, shortened title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.regulation import Regulation

# What may follow a place, 金寨办法, 淅川县的管理办法, before the number of the article.
_SUBJECT = r"(?:政务|电子政务|政务信息化|信息化|工程|项目|建设|运营|运维|管理|暂行|试行|促进)*"
_KIND = rf"(?:的|之)?(?:{_SUBJECT}(?:办法|条例|规定|细则|规则|制度|法))?(?:的|里|中|里的|中的)?"
_EDITION = re.compile(
    r"[（(](?:修订版?|试行|暂行|[\d\u3007○零一二三四五六七八九]{4}年?(?:修订|修正)?版?)[)）]"
)
_NOISE = re.compile(r"[\s《》〈〉“”\"'：:，,]")
_COUNTRY = "中华人民共和国"
_LAWS = ("法", "条例", "办法", "规定", "细则")
# Shorter words would fit too many titles.
SHORTEST_TITLE_PART = 4
LONGEST_NAME = 40


def normalize_name(name: str) -> str:
    """A name as it is compared: no spaces, brackets of titles, editions; lower case."""
    without_edition = _EDITION.sub("", name.replace("（", "(").replace("）", ")"))
    return _NOISE.sub("", without_edition).lower()


def names_of(regulation: Regulation) -> tuple[str, ...]:
    """Every name of the regulation's place, its short title and its id, longest first."""
    region = regulation.region
    names = {region.name, *region.aliases, *short_titles(regulation), regulation.id}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def short_titles(regulation: Regulation) -> tuple[str, ...]:
    """The title without the country and the edition: 密码法 for 中华人民共和国密码法."""
    short = _EDITION.sub("", regulation.title).strip().removeprefix(_COUNTRY)
    return (short,) if short != regulation.title and short.endswith(_LAWS) else ()


def find_named(name: str, regulations: Sequence[Regulation]) -> tuple[Regulation, ...]:
    """The regulations that a name may stand for; exact names before parts of titles."""
    wanted = normalize_name(name)
    if not wanted:
        return ()
    for matches in (_is_exact, _is_place_and_kind, _is_part_of_title, _is_abbreviated_title):
        found = tuple(item for item in regulations if matches(wanted, item))
        if found:
            return found
    return ()


def ends_with_name(text: str, regulations: Sequence[Regulation]) -> bool:
    """Whether a text ends with the place or short name of a regulation: 请问淅川办法."""
    tail = text[-LONGEST_NAME:]
    return any(
        re.search(re.escape(name) + _KIND + r"\s*$", tail, re.IGNORECASE)
        for regulation in regulations
        for name in names_of(regulation)
    )


def _is_exact(wanted: str, regulation: Regulation) -> bool:
    title = normalize_name(regulation.title)
    return wanted in (regulation.id.lower(), title) or wanted in {
        normalize_name(name) for name in names_of(regulation)
    }


def _is_place_and_kind(wanted: str, regulation: Regulation) -> bool:
    return any(
        re.fullmatch(re.escape(normalize_name(name)) + _KIND, wanted)
        for name in names_of(regulation)
    )


def _is_part_of_title(wanted: str, regulation: Regulation) -> bool:
    title = normalize_name(regulation.title)
    return len(wanted) >= SHORTEST_TITLE_PART and (wanted in title or title in wanted)


def _is_abbreviated_title(wanted: str, regulation: Regulation) -> bool:
    """XX县智慧城市办法: begins with the place, and all its characters follow in the title."""
    region = regulation.region
    names = [normalize_name(name) for name in (region.name, *region.aliases)]
    prefix = next((name for name in names if wanted.startswith(name)), None)
    if prefix is None:
        return False
    rest = iter(normalize_name(regulation.title))
    return all(character in rest for character in wanted[len(prefix) :])
