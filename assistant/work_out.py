"""Figures of a question and the provisions found -> workings against their thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Working
from assistant.find_consequences import Place
from assistant.read_claim import read_claim
from assistant.read_days import Days, Elapsed, read_days
from assistant.read_deadlines import read_deadlines
from assistant.read_figures import fold_numerals
from assistant.read_sums import Money, Sums, read_sums
from assistant.read_thresholds import Kind, Threshold, read_thresholds
from assistant.reckon_deadlines import reckon_deadline
from assistant.reckon_periods import reckon_period
from assistant.reckon_shares import Reckoned, reckon_share
from assistant.reckon_sizes import reckon_sizes
from assistant.region_answer import RegionAnswer
from assistant.scenario_words import load_scenario_words
from assistant.understand_question import Query
from assistant.word_workings import word_deadline, word_threshold
from corpus.article_ref import ArticleRef
from corpus.library import Library
from corpus.regulation import Article, Regulation

# Of so many regions the articles that the search did not find are looked at, too.
_SEARCHED_REGIONS = 6
_MAX_WORKINGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scenario:
    """The figures of a question, with those that a follow-up takes over."""

    question: str
    sums: Sums
    days: Days
    today: date
    library: Library


def work_out(
    query: Query, regions: Sequence[RegionAnswer], library: Library, today: date
) -> tuple[Working, ...]:
    """Workings for every region; empty where the question gives no figures to reckon with."""
    scenario = _read_scenario(query, library, today)
    if not _has_figures(scenario):
        return ()
    return tuple(
        working
        for number, region in enumerate(regions)
        for working in _work_out_region(scenario, region, deep=number < _SEARCHED_REGIONS)
    )


def find_worked_articles(
    query: Query, regulations: Sequence[Regulation], library: Library, today: date
) -> dict[str, ArticleRef]:
    """The article of each regulation whose bound the figures of the question can be set against.

    A regulation that sets such a bound provides for the question, however it is worded. Vague
    percentages do not count: 不到90% as often repeats the rule as it gives a figure.
    """
    scenario = _read_scenario(query, library, today)
    exact = tuple(share for share in scenario.sums.shares if share.figure.is_exact)
    scenario = replace(scenario, sums=replace(scenario.sums, shares=exact))
    if not _has_figures(scenario):
        return {}
    found: dict[str, ArticleRef] = {}
    for regulation in regulations[:_SEARCHED_REGIONS]:
        answer = RegionAnswer(regulation=regulation, articles=())
        for working in _work_out_region(scenario, answer, deep=True):
            found.setdefault(regulation.id, working.citation.ref.whole_article)
    return found


def asks_what_then(query: Query) -> bool:
    """Whether the question is for what follows a breach, rather than whether there is one."""
    return bool(load_scenario_words().what_then.search(query.core))


def _read_scenario(query: Query, library: Library, today: date) -> _Scenario:
    core = fold_numerals(query.core)
    asked = fold_numerals(query.text.removeprefix(f"{query.core}；"))
    days = _read_all_days(core, asked, today)
    elapsed = tuple(period for period in days.elapsed if not _is_claimed(period, asked))
    return _Scenario(
        question=f"{core} {asked}",
        sums=_read_all_sums(core, asked),
        days=replace(days, elapsed=elapsed),
        today=today,
        library=library,
    )


def _is_claimed(period: Elapsed, asked: str) -> bool:
    """Whether a period is what the rule is taken to be, and has not passed for anybody."""
    claim = read_claim(asked)
    return (
        claim is not None
        and claim.is_presumed
        and any(period.printed in b.text for b in claim.bounds if b.kind == "duration")
    )


def _has_figures(scenario: _Scenario) -> bool:
    sums, days = scenario.sums, scenario.days
    return bool(sums.moneys or sums.shares or days.elapsed or days.days)


def _work_out_region(scenario: _Scenario, region: RegionAnswer, *, deep: bool) -> Iterable[Working]:
    """Each kind against what was found; where that sets no such bound, against all articles."""
    found = {citation.ref.whole_article for a in region.articles for citation in a.citations}
    articles = region.regulation.articles
    near: list[list[Place]] = []
    far: list[list[Place]] = []
    for article in articles:
        if places := list(find_places(article)):
            (near if article.ref in found else far).append(places)
    workings: list[Working] = []
    for step in (_work_out_shares, _work_out_periods, _work_out_deadlines, _work_out_sizes):
        worked = [working for places in near for working in step(scenario, places, True)]
        if not worked and deep:
            worked = next(filter(None, (step(scenario, places, False) for places in far)), [])
        workings += worked
    return workings[:_MAX_WORKINGS]


def find_places(article: Article) -> Iterable[Place]:
    """The paragraphs and items of an article that set a bound."""
    for number, paragraph in enumerate(article.paragraphs, start=1):
        texts = [paragraph.text, *(item.text for item in paragraph.items)]
        for item, text in enumerate(texts):
            if read_thresholds(text) or read_deadlines(text):
                ref = ArticleRef(
                    regulation=article.regulation,
                    article=article.number,
                    suffix=article.suffix,
                    paragraph=number,
                    item=item,
                )
                yield Place(article=article, text=text, ref=ref)


def _thresholds(places: Sequence[Place], kind: Kind) -> list[tuple[Place, Threshold]]:
    return [
        (place, threshold)
        for place in places
        for threshold in read_thresholds(place.text)
        if threshold.kind == kind
    ]


def _word(scenario: _Scenario, place: Place, threshold: Threshold, result: Reckoned) -> Working:
    return word_threshold(result, threshold, place, scenario.library, scenario.question)


def _work_out_shares(scenario: _Scenario, places: Sequence[Place], found: bool) -> list[Working]:
    reckoned = [
        (place, threshold, result)
        for place, threshold in _thresholds(places, "share")
        if (result := reckon_share(scenario.sums, threshold, scenario.question)) is not None
    ]
    return [_word(scenario, *entry) for entry in _keep_due(scenario.days, reckoned)]


_Entry = tuple[Place, Threshold, Reckoned]


def _keep_due(days: Days, reckoned: Sequence[_Entry]) -> Sequence[_Entry]:
    """Where each bound has its own day, the one of the question's month, else the last one due."""
    if not days.days:
        return reckoned
    asked = days.days[-1].last
    due = {
        number: deadline.last_day(asked.year)
        for number, (_, threshold, _) in enumerate(reckoned)
        for deadline in read_deadlines(threshold.clause)
    }
    same = [n for n, day in due.items() if day.month == asked.month]
    passed = [n for n, day in due.items() if day <= asked]
    latest = [n for n in passed if due[n] == max(due[n] for n in passed)]
    coming = [n for n, day in due.items() if day == min(due.values())]
    kept = same or latest or coming
    return [reckoned[n] for n in kept] or reckoned


def _work_out_periods(scenario: _Scenario, places: Sequence[Place], found: bool) -> list[Working]:
    today, days, question = scenario.today, scenario.days, scenario.question
    return [
        _word(scenario, place, threshold, result)
        for place, threshold in _thresholds(places, "duration")
        if (result := reckon_period(days, threshold, question, today)) is not None
    ]


def _work_out_deadlines(scenario: _Scenario, places: Sequence[Place], found: bool) -> list[Working]:
    return [
        word_deadline(result, deadline, place, scenario.library)
        for place in places
        for deadline in read_deadlines(place.text)
        if (result := reckon_deadline(scenario.days, deadline, scenario.question)) is not None
    ]


def _work_out_sizes(scenario: _Scenario, places: Sequence[Place], found: bool) -> list[Working]:
    placed = _thresholds(places, "money")
    thresholds = [threshold for _, threshold in placed]
    reckoned = reckon_sizes(scenario.sums, thresholds, scenario.question, is_found=found)
    return [_word(scenario, *placed[number], result) for number, result in reckoned]


def _read_all_sums(core: str, asked: str) -> Sums:
    """The sums just given, and of the earlier ones those that they do not replace.

    Args:
        core: earlier questions and the present one together.
        asked: the present one.
    """
    joined, given = read_sums(core), read_sums(asked)
    earlier = joined.moneys[: len(joined.moneys) - len(given.moneys)]
    tail = joined.moneys[len(earlier) :]
    if [m.figure for m in tail] == [m.figure for m in given.moneys]:
        given = replace(given, moneys=tail)
    else:
        earlier = joined.moneys
    moneys = _take_roles(given.moneys, earlier)
    speaks_anew = bool(given.shares or any(m.role in ("part", "result") for m in moneys))
    return Sums(
        moneys=(*_keep_earlier(earlier, moneys, replaced=speaks_anew), *moneys),
        shares=given.shares if speaks_anew else joined.shares,
    )


def _take_roles(moneys: Sequence[Money], earlier: Sequence[Money]) -> tuple[Money, ...]:
    """A sum that nothing names is what the last named part before it was: 那80万呢."""
    parts = [money for money in earlier if money.role == "part"]
    if not parts:
        return tuple(moneys)
    return tuple(
        replace(money, role="part", name=parts[-1].name) if money.role == "unknown" else money
        for money in moneys
    )


def _keep_earlier(
    earlier: Sequence[Money], present: Sequence[Money], *, replaced: bool
) -> list[Money]:
    kinds = {money.kind for money in present if money.role == "base"}
    return [
        money
        for money in earlier
        if (money.role == "base" and not kinds) or (money.role != "base" and not replaced)
    ]


def _read_all_days(core: str, asked: str, today: date) -> Days:
    joined, given = read_days(core, today), read_days(asked, today)
    elapsed = _take_events(given.elapsed, joined.elapsed) or joined.elapsed
    return Days(elapsed=elapsed, days=given.days or joined.days)


def _take_events(given: Sequence[Elapsed], joined: Sequence[Elapsed]) -> tuple[Elapsed, ...]:
    """A period that nothing names runs from where the one before it ran: 要是8个月呢."""
    named = [period.events for period in joined if period.events]
    return tuple(
        period if period.events or not named else replace(period, events=named[-1])
        for period in given
    )
