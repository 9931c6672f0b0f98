"""Question for what follows where a bound is passed -> the provision that says so, as the lead.

淅川调整超过15%怎么办 is not answered by what may be done up to 15%, but by 不符合上述情形的…
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from assistant.answer import ChecklistEntry, Working
from assistant.extract_lead import Lead
from assistant.find_consequences import Place, cite_place, find_consequences
from assistant.read_bounds import Bound, read_bounds
from assistant.read_deadlines import read_deadlines
from assistant.read_figures import fold_numerals
from assistant.read_thresholds import Threshold, read_thresholds
from assistant.reckon_deadlines import is_same_action
from assistant.reckon_periods import events_of
from assistant.reckon_shares import matter_of
from assistant.region_answer import ArticleAnswer, RegionAnswer
from assistant.scenario_words import asked_names, load_scenario_words, printed_names
from assistant.understand_question import Query
from assistant.work_out import find_places, work_out
from corpus.citation import Citation
from corpus.library import Library

_CHANGE = "调整"
# 没有按规定及时申请验收: the duty stands so near behind.
_DUTY_REACH = 6


def lead_with_consequence(
    query: Query, region: RegionAnswer, library: Library, today: date
) -> RegionAnswer:
    """The region's answer, led by what holds beyond the bound where that is what is asked.

    Unchanged where the question asks something else or the regulation does not say.
    """
    if not region.articles or not load_scenario_words().what_then.search(query.core):
        return region
    workings = work_out(query, [region], library, today)
    told = _of_workings(workings) if workings else _of_bounds(query, region, library)
    if told is not None:
        return _put_first(region, _lead_of(told), told.citation)
    item = None if workings else _of_breaches(query, region, library)
    return region if item is None else _put_first(region, *item)


def _put_first(region: RegionAnswer, lead: Lead, citation: Citation) -> RegionAnswer:
    first = region.articles[0]
    same = citation.article.ref == first.citations[0].article.ref
    others = [c for c in first.citations if c.ref != citation.ref] if same else []
    kept = region.related
    if not same:
        kept = tuple(c for c in kept if c.article.ref != citation.article.ref)
        kept = (first.citations[0], *kept)
    article = ArticleAnswer(lead=lead, citations=(citation, *others), stage=first.stage)
    return replace(region, articles=(article, *region.articles[1:]), related=kept)


def _lead_of(told: ChecklistEntry) -> Lead:
    whole = f"{told.text}。"
    return Lead(sentence=whole if whole in told.citation.quote else told.text)


def _of_workings(workings: Sequence[Working]) -> ChecklistEntry | None:
    beyond = [working for working in workings if working.outcome == "beyond"]
    return next((working.otherwise for working in beyond if working.otherwise), None)


def _of_bounds(query: Query, region: RegionAnswer, library: Library) -> ChecklistEntry | None:
    """What is said beyond the bound on the matter of the question; the very figure goes first."""
    text = fold_numerals(f"{query.core} {query.text}")
    figures = [bound for bound in read_bounds(text) if bound.kind in ("percent", "duration")]
    told = [
        (_prints_none_of(place, figures), ChecklistEntry(text=found.otherwise, citation=cited))
        for place in _places(region)
        for start, end, kind in _passed(place, text, figures)
        if (found := find_consequences(place, start, end, kind, library)).otherwise_ref
        and (cited := cite_place(found.otherwise_ref, library))
    ]
    return min(told, key=lambda entry: entry[0])[1] if told else None


def _of_breaches(
    query: Query, region: RegionAnswer, library: Library
) -> tuple[Lead, Citation] | None:
    """An item of what is sanctioned that names the duty of the question as not done in time."""
    words = load_scenario_words()
    text = f"{query.core} {query.text}"
    asked = asked_names(words.actions, text)
    if not words.passes_time.search(text) or not asked:
        return None
    for article in region.regulation.articles:
        for number, paragraph in enumerate(article.paragraphs, start=1):
            for item in paragraph.items:
                breach = words.breach.search(item.text)
                near = item.text[breach.start() : breach.end() + _DUTY_REACH] if breach else ""
                if asked & printed_names(words.actions, near):
                    ref = replace(article.ref, paragraph=number)
                    lead = Lead(sentence=paragraph.text, items=(item.label + item.text,))
                    return lead, cite_place(ref, library)
    return None


def _places(region: RegionAnswer) -> Iterator[Place]:
    for article in region.regulation.articles:
        yield from find_places(article)


def _prints_none_of(place: Place, figures: Sequence[Bound]) -> bool:
    printed = read_bounds(place.text)
    return not any(one.equals(other) for one in printed for other in figures)


def _passed(
    place: Place, text: str, figures: Sequence[Bound]
) -> Iterator[tuple[int, int, Literal["share", "duration", "deadline"]]]:
    """Where the bounds stand that a question says to be passed, and of what sort they are."""
    words = load_scenario_words()
    shares, times = words.passes_share.search(text), words.passes_time.search(text)
    for threshold in read_thresholds(place.text):
        start, end = threshold.start, threshold.end
        if shares and threshold.kind == "share" and _is_share_passed(threshold, text, figures):
            yield start, end, "share"
        elif times and threshold.kind == "duration" and _is_period_asked(threshold, text):
            yield start, end, "duration"
    for deadline in read_deadlines(place.text):
        if times and is_same_action(deadline, text):
            yield deadline.start, deadline.end, "deadline"


def _is_share_passed(threshold: Threshold, text: str, figures: Sequence[Bound]) -> bool:
    """Whether the question names a share that is not below the bound, or only the matter."""
    shares = [bound.value / 100 for bound in figures if bound.kind == "percent"]
    high = threshold.bound.high
    if matter_of(threshold) != _CHANGE or high is None:
        return False
    if shares:
        return shares[-1] >= high
    return _CHANGE in text or "变更" in text


def _is_period_asked(threshold: Threshold, text: str) -> bool:
    """Whether the question is of the duty that the period is set for."""
    if threshold.bound.high is None or not events_of(threshold):
        return False
    actions = load_scenario_words().actions
    return bool(printed_names(actions, threshold.right) & asked_names(actions, text))
