"""Sums of a question, bounds between projects -> which side a project falls on: 400万元以上."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.read_figures import print_money
from assistant.read_sums import Money, Sums
from assistant.read_thresholds import Threshold
from assistant.reckon_shares import Reckoned
from assistant.scenario_words import asked_names, load_scenario_words, printed_names


def reckon_sizes(
    sums: Sums, thresholds: Sequence[Threshold], question: str, *, is_found: bool
) -> list[tuple[int, Reckoned]]:
    """Set the size of a project against the bounds of one article.

    Args:
        sums: those of the question; one that speaks of a change is no size.
        thresholds: all bounds on sums in the article.
        question: for what narrower thing the sum is a sum of.
        is_found: the article is what the search found; any other one must also say who does
            what is asked about.

    Returns:
        The bounds that the sum lies inside of, by their position; where it lies in none, the
        first one.
    """
    sizes = [money for money in sums.moneys if money.role in ("base", "unknown")]
    if not sizes or any(money.role in ("part", "result") for money in sums.moneys):
        return []
    is_answer = is_found or _says_what_is_asked(thresholds, question)
    reckoned = [
        (number, _set_against(sizes[-1], threshold))
        for number, threshold in enumerate(thresholds)
        if _is_about(threshold, question, is_answer=is_answer)
    ]
    return [pair for pair in reckoned if pair[1].verdict == "inside"] or reckoned[:1]


def _says_what_is_asked(thresholds: Sequence[Threshold], question: str) -> bool:
    """Whether one of the bounds decides on what the question asks: 谁审批, 要不要招标."""
    actions = load_scenario_words().actions
    printed = (printed_names(actions, threshold.sentence) for threshold in thresholds)
    return bool(frozenset[str]().union(*printed) & asked_names(actions, question))


def _is_about(threshold: Threshold, question: str, *, is_answer: bool) -> bool:
    words = load_scenario_words()
    before = threshold.clause.partition(threshold.number)[0] or threshold.left
    narrower = printed_names(words.narrower, before)
    if narrower:
        # 货物和服务400万元以上 is about either of them.
        return bool(narrower & asked_names(words.narrower, question))
    shared = printed_names(words.sizes, threshold.left) & asked_names(words.sizes, question)
    return bool(shared) and is_answer


def _set_against(size: Money, threshold: Threshold) -> Reckoned:
    printed = f"{size.name}{size.figure.prefix}{print_money(size.figure.value)}"
    return Reckoned(
        verdict=threshold.bound.weigh(size.figure),
        given=printed,
        saying=printed,
        missing="" if size.figure.is_exact else "准确的数额",
        is_edge=threshold.bound.is_edge(size.figure),
    )
