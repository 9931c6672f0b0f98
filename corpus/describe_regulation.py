"""Source text -> title, place, document number and date of issue of a regulation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.chinese_numerals import parse_numeral
from corpus.manifest import RegionEntry
from corpus.read_yaml import read_yaml

WORDS_FILE = Path(__file__).with_name("place_words.yaml")
LONGEST_TITLE = 60

_BRACKET_LINE = re.compile(r"[（(][^（）()]{1,14}[)）]")
_MARKUP = re.compile(r"^[#>\s]+|[\s*]+$|^[a-z]+:\s*|^(?:标\s*题|名\s*称)[:：]?\s*")
_PAGE_MARK = re.compile(r"^\d{1,4}、")
_QUOTED_TITLE = re.compile(r"《([^《》\n]{4,60})》")
_NUMBER = re.compile(
    r"[一-龥]{1,10}[〔\[\uff3b（(【]\s*(?:19|20)\d{2}\s*[〕\]\uff3d）)】]\s*第?\s*\d{1,4}\s*号"
    r"|(?:[一-龥]{2,20}[令]|公告)第\s*[\d\u3007零一二三四五六七八九十百]{1,6}\s*号"
)
_DIGIT = "[0-9\u3007○零一二三四五六七八九十]"
_DATE = re.compile(
    rf"((?:19|20)\d{{2}}|[一二][\u3007○零一二三四五六七八九]{{3}})\s*[年\-./]\s*({_DIGIT}{{1,3}})\s*[月\-./]\s*({_DIGIT}{{1,3}})\s*日?"
)
_LABELLED_DATE = re.compile(r"(?:成文|印发|发文|公布|制定|发布)(?:日期|时间)")
_ISSUED_LINE = re.compile(r"公布|通过|印发|发布")


class _PlaceWords(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title_kinds: str
    not_titles: str
    national: tuple[str, ...]
    national_body: str
    national_region: RegionEntry
    unknown_region: str
    place_endings: tuple[str, ...]
    not_in_places: tuple[str, ...]
    peoples: tuple[str, ...]
    keep_people_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What the text before and behind the articles says of a regulation."""

    title: str
    region: RegionEntry
    document_number: str | None
    issued: str | None


@cache
def _words() -> _PlaceWords:
    return _PlaceWords.model_validate(read_yaml(WORDS_FILE))


def describe_regulation(
    front: str, tail: str, file_stem: str, *, title: str | None = None, region: str | None = None
) -> Description:
    """Tell what a regulation is from the text around its articles.

    Args:
        front: source text before the first heading.
        tail: source text behind the last article.
        file_stem: file name without its ending; the title of last resort.
        title: given by the user; wins over the text.
        region: given by the user; wins over the title.
    """
    found = title or find_title(front) or _title_of_file(file_stem)
    return Description(
        title=found,
        region=describe_region(region) if region else region_of_title(found),
        document_number=_find_number(front),
        issued=_find_date(front) or _find_date(tail),
    )


def find_title(front: str) -> str | None:
    """The title line nearest to the first heading; else the title in 《》 that comes last."""
    kinds = re.compile(rf"{_words().title_kinds}(?:[（(][^（）()]{{1,14}}[)）])?$")
    not_titles = re.compile(_words().not_titles)
    lines = [_PAGE_MARK.sub("", _MARKUP.sub("", line.strip())) for line in front.split("\n")]
    lines = ["".join(line.split()).strip("《》") for line in lines]
    lines = [line for line in lines if line]
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if kinds.search(line) and not not_titles.search(line) and len(line) <= LONGEST_TITLE:
            return _complete_title(lines, index, not_titles)
    quoted = [match.group(1) for match in _QUOTED_TITLE.finditer(front)]
    titles = [name for name in quoted if kinds.search(re.sub(r"\.\w{2,4}$", "", name))]
    return titles[-1] if titles else None


def _complete_title(lines: list[str], index: int, not_titles: re.Pattern[str]) -> str:
    """A title broken over lines: the place above, the edition in brackets below."""
    title = lines[index]
    above = lines[index - 1] if index else ""
    if _has_no_place(title) and above and not _has_no_place(above):
        is_title_part = not not_titles.search(above) and not re.search(r"[\d：:、]", above)
        title = above + title if is_title_part else title
    below = lines[index + 1] if index + 1 < len(lines) else ""
    return title + below if _BRACKET_LINE.fullmatch(below) else title


def _has_no_place(text: str) -> bool:
    return region_of_title(text).name == _words().unknown_region


def _title_of_file(stem: str) -> str:
    """``浙江省信息化促进条例_2010`` without what follows the title."""
    return re.split(r"[_\s(（\-]|(?<=[一-龥])\d", stem, maxsplit=1)[0] or stem


def region_of_title(title: str) -> RegionEntry:
    """The place that a title begins with."""
    words = _words()
    if title.startswith(words.national) or re.match(words.national_body, title):
        return words.national_region
    places = _leading_places(title)
    if not places:
        return RegionEntry(name=words.unknown_region)
    return RegionEntry(name=places[-1], aliases=_short_names(places[-1]), within=tuple(places[:-1]))


def describe_region(name: str) -> RegionEntry:
    """The region of a name given by the user."""
    if name == _words().national_region.name or name in _words().national_region.aliases:
        return _words().national_region
    places = _leading_places(name)
    if places and "".join(places) == name:
        return RegionEntry(name=places[-1], aliases=_short_names(places[-1]), within=places[:-1])
    return RegionEntry(name=name, aliases=_short_names(name))


def _leading_places(title: str) -> tuple[str, ...]:
    """``河南省南阳市淅川县政务…`` gives 河南省, 南阳市, 淅川县."""
    endings = "|".join(map(re.escape, _words().place_endings))
    place = re.compile(rf"[一-龥A-Za-z×]{{2,8}}?(?:{endings})|[一-龥](?:县|旗)")
    places: list[str] = []
    rest = title
    while match := place.match(rest):
        name = match.group()
        stem = re.sub(f"(?:{endings})$", "", name)
        if any(word in stem for word in _words().not_in_places):
            break
        places.append(name)
        rest = rest[match.end() :]
    return tuple(places)


def _short_names(name: str) -> tuple[str, ...]:
    """Other names people type: 淅川 for 淅川县, 恩施 and 恩施州 for 恩施土家族苗族自治州."""
    words = _words()
    ending = next((ending for ending in words.place_endings if name.endswith(ending)), "")
    stem = name.removesuffix(ending)
    if ending.startswith("自治") and stem not in words.keep_people_in:
        peoples = "|".join(map(re.escape, words.peoples))
        stem = re.sub(rf"(?:{peoples})+$", "", stem) or stem
    candidates = [stem]
    if ending.startswith("自治") and ending != "自治区":
        candidates.append(stem + ending[-1])
    return tuple(name_ for name_ in candidates if len(name_) > 1 and name_ != name)


def _find_number(front: str) -> str | None:
    """The document number: alone on its line, behind its label, else in a line of the head."""
    lines = [line.strip() for line in front.split("\n") if line.strip()]
    alone = [line for line in lines if _NUMBER.fullmatch(line)]
    labelled = [line for line in lines if re.search(r"发文字号|文\s*号", line)]
    heads = [line for line in lines if "。" not in line and "《" not in line]
    for line in (*alone, *labelled, *heads):
        match = _NUMBER.search(re.sub(r"发文字号|文\s*号", " ", line))
        if match:
            return "".join(match.group().split())
    return None


def _find_date(text: str) -> str | None:
    """The date of issue: behind its label, alone on its line, else in a line on issuing."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    labelled = [line[m.end() :] for line in lines if (m := _LABELLED_DATE.search(line))]
    alone = [line for line in lines if _DATE.fullmatch(line)][-1:]
    issued = [line for line in lines if _ISSUED_LINE.search(line) and "施行" not in line]
    for line in (*labelled, *alone, *issued):
        match = _DATE.search(line)
        parsed = _parse_date(match) if match else None
        if parsed:
            return parsed
    return None


def _parse_date(match: re.Match[str]) -> str | None:
    try:
        year, month, day = (parse_numeral(part) for part in match.groups())
        return date(year, month, day).isoformat()
    except ValueError:
        return None
