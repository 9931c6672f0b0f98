"""Figures that a question takes for granted -> the articles that set bounds of that sort.

听说淅川6月底前报就行 is answered by the article that sets the day of filing, whether or not it is
the day claimed: what is right or wrong with the claim is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.read_bounds import Bound, read_bounds
from assistant.read_claim import read_claim
from assistant.read_deadlines import read_deadlines
from assistant.read_thresholds import Threshold, read_thresholds
from assistant.reckon_deadlines import is_same_action
from assistant.reckon_periods import events_of
from assistant.reckon_shares import matter_of
from assistant.scenario_words import asked_names, load_scenario_words, printed_names
from assistant.understand_question import Query
from corpus.article_ref import ArticleRef
from corpus.regulation import Article, Regulation

# Of more regions than this the question is hardly a claim on one of them.
_MOST_REGIONS = 6


def find_claimed_articles(query: Query, regulations: Sequence[Regulation]) -> dict[str, ArticleRef]:
    """The article of each regulation that sets a bound of the sort claimed, for the same thing.

    One that prints the very figure goes first. A sum counts only where it is the very figure.
    """
    claim = read_claim(query.text)
    if claim is None or len(regulations) > _MOST_REGIONS:
        return {}
    bounds = [b for b in claim.bounds if claim.is_presumed or b.side != "plain"]
    found: dict[str, ArticleRef] = {}
    for regulation in regulations:
        fitting = [
            article
            for bound in bounds
            for article in regulation.articles
            if _sets_like(article, bound, claim.text)
        ]
        fitting.sort(key=lambda article: not any(_prints(article, bound) for bound in bounds))
        if fitting and (claim.is_presumed or any(_prints(fitting[0], b) for b in bounds)):
            found[regulation.id] = fitting[0].ref
    return found


def _prints(article: Article, bound: Bound) -> bool:
    return any(printed.equals(bound) for printed in read_bounds(article.text))


def _sets_like(article: Article, bound: Bound, claim: str) -> bool:
    if bound.kind == "date":
        deadlines = (d for text in _texts(article) for d in read_deadlines(text))
        return any(is_same_action(deadline, claim) for deadline in deadlines)
    thresholds = (t for text in _texts(article) for t in read_thresholds(text))
    if bound.kind == "money":
        return _prints(article, bound) and any(_is_size(t, claim) for t in thresholds)
    return any(_is_like(threshold, bound, claim) for threshold in thresholds)


def _texts(article: Article) -> Iterable[str]:
    for paragraph in article.paragraphs:
        yield paragraph.text
        yield from (item.text for item in paragraph.items)


def _is_size(threshold: Threshold, claim: str) -> bool:
    words = load_scenario_words()
    shared = printed_names(words.sizes, threshold.clause) & asked_names(words.sizes, claim)
    return threshold.kind == "money" and bool(shared)


def _is_like(threshold: Threshold, bound: Bound, claim: str) -> bool:
    words = load_scenario_words()
    if bound.kind == "percent" and threshold.kind == "share":
        return matter_of(threshold) in asked_names(words.matters, claim)
    if bound.kind == "duration" and threshold.kind == "duration":
        acts = printed_names(words.actions, threshold.right) & asked_names(words.actions, claim)
        return bool(acts and events_of(threshold) & asked_names(words.events, claim))
    return False
