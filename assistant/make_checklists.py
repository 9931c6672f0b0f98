"""Answers of regions -> checklists, where the question asks for a list of things to bring or do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from assistant.answer import Checklist, ChecklistEntry
from assistant.concepts import ConceptMatch
from assistant.name_regions import name_regions
from assistant.region_answer import ArticleAnswer, RegionAnswer
from assistant.understand_question import Query
from corpus.citation import Citation
from corpus.library import Library

_ASK_FOR_LIST = frozenset({"list", "condition", "procedure"})
# What one figure or date answers, unless the question names a list as well.
_ASK_FOR_VALUE = frozenset({"percent", "money", "people", "frequency", "deadline", "count"})
_GIVES_FIGURE = "threshold"
_MIN_ENTRIES = 2
_LABEL = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
_LIST = "清单"
_BODY = re.compile("(?:局|委|办|办公室|中心|政府|部门|单位|机构|小组|公司|企业)$")
_YES_OR_NO = re.compile("(?:吧|对吗|是吗|没错|对不对|是不是)[？?。！!]*$")
_SENTENCE = re.compile(r"[^。\n]+[。:：]?")
# Concepts below this weight stand almost everywhere and tell nothing in a title.
_TELLING_WEIGHT = 0.65
_CHECKLIST = re.compile("[检核][查对验](?:清单|表|单)")


class TitleEntry(BaseModel):
    """One entry of ``data/checklist_titles.yaml``, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    asked: tuple[str, ...]
    lists: bool = True
    numbered: bool = False
    bodies: bool = False


def make_checklists(
    query: Query, regions: Sequence[RegionAnswer], library: Library
) -> tuple[Checklist, ...]:
    """One checklist a region that lists what is asked for, each line with its own citation."""
    if not asks_for_list(query) or _YES_OR_NO.search(query.text):
        return ()
    names = name_regions(region.regulation for region in regions)
    made = (
        _make_checklist(query, region, names[region.regulation.id], library) for region in regions
    )
    return tuple(checklist for checklist in made if len(checklist.entries) >= _MIN_ENTRIES)


def asks_for_list(query: Query) -> bool:
    """Whether a list answers the question, not one figure or date."""
    if not query.facets & _ASK_FOR_LIST:
        return False
    if _GIVES_FIGURE in query.facets and "list" not in query.facets:
        # A figure is worked out against the conditions, not brought along with them.
        return False
    names_list = any(entry.lists and _matches(entry, query.core) for entry in _load_titles())
    return names_list or not query.facets & _ASK_FOR_VALUE


def _make_checklist(query: Query, region: RegionAnswer, name: str, library: Library) -> Checklist:
    title = _title_of(query)
    entries = _list_entries(region.articles[0], library)
    if title.bodies:
        bodies = [entry for entry in entries if _BODY.search(entry.text)]
        # Where most are no bodies, the others are pieces of a description.
        entries = bodies if len(bodies) * 2 > len(entries) else []
    if title.numbered:
        # Steps are items; what is named in one sentence is what a step needs.
        entries = [entry for entry in entries if _LABEL.match(entry.text)]
    return Checklist(
        regulation=region.regulation.id,
        title=f"{name} {_join(_name_subject(query), title.title)}",
        entries=tuple(entries),
        introduction=_introduce(entries, library),
    )


def _introduce(entries: Sequence[ChecklistEntry], library: Library) -> ChecklistEntry | None:
    """The sentence that announces items (项); None where the entries are no items."""
    if not entries or not _LABEL.match(entries[0].text):
        return None
    citation = entries[0].citation
    paragraph = citation.article.paragraphs[max(citation.ref.paragraph, 1) - 1]
    sentences = _SENTENCE.findall(paragraph.text)
    if not sentences:
        return None
    ref = replace(citation.ref, item=0)
    return ChecklistEntry(text=sentences[-1], citation=library.cite(ref, quote=sentences[-1]))


def _list_entries(article: ArticleAnswer, library: Library) -> list[ChecklistEntry]:
    if article.stage:
        return []
    return [
        ChecklistEntry(text=item, citation=_cite_entry(item, article.citations, library))
        for item in article.lead.items
    ]


def _cite_entry(item: str, citations: Sequence[Citation], library: Library) -> Citation:
    """The narrowest provision that holds an entry."""
    held = next((citation for citation in citations if item in citation.quote), citations[0])
    found = library.locate(held.ref, item) if not held.ref.paragraph else held.ref
    narrow = library.cite(found, quote=item)
    has_one = len(held.article.paragraphs) == 1 and not narrow.ref.item
    # With a single paragraph the article itself is the address that people use.
    return replace(narrow, ref=held.article.ref) if has_one else narrow


def _join(subject: str, title: str) -> str:
    """The title behind its subject; a word at the seam is said once."""
    return subject.removesuffix(title.removesuffix(_LIST)) + title


def _title_of(query: Query) -> TitleEntry:
    return next(entry for entry in _load_titles() if _matches(entry, query.core))


def _name_subject(query: Query) -> str:
    """The subject of the question: the last of its narrowest concepts, next to what is listed."""
    broader = {name for match in query.concepts for name in match.concept.broader}
    telling = [
        match
        for match in query.concepts
        if match.concept.weight >= _TELLING_WEIGHT
        and match.concept.name not in broader
        and not _names_the_list(query, match)
    ]
    last = max(telling, key=lambda match: match.spans[0], default=None)
    return last.concept.name if last is not None else ""


def _names_the_list(query: Query, match: ConceptMatch) -> bool:
    """Whether the words only say that a list is wanted: 检查清单, 核查表."""
    return all(_CHECKLIST.match(query.core, start) for start, _ in match.spans)


def _matches(entry: TitleEntry, question: str) -> bool:
    return any(re.search(expression, question) for expression in entry.asked)


@cache
def _load_titles() -> tuple[TitleEntry, ...]:
    raw = (files("assistant") / "data/checklist_titles.yaml").read_bytes()
    return TypeAdapter(tuple[TitleEntry, ...]).validate_python(
        yaml.load(raw, Loader=yaml.CSafeLoader)
    )
