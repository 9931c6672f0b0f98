"""Passages near a question -> of each regulation, whether they are answers or open questions.

The one nearest passage says little where an article and a question that it leaves open are worded
alike; several of them together, and those of other regulations, say more.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.article_index import PassageHit

_TEXTS = frozenset({"caption", "article", "paragraph", "item", "sentence"})
_PHRASINGS = frozenset({"asked", "unanswered"})
_SEVERAL = 3
# Phrasings that vote on whether the question is answered; a near one counts much more.
_VOTERS, _SHARPNESS = 10, 9.0
_UNDECIDED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """What lies around a question in a regulation; similarities about 0 to 1, 0 for none.

    Attributes:
        unanswered_best: of the nearest question that the regulation leaves open.
        answered_best: of the nearest text or phrasing that it answers.
        asked: mean of the nearest phrasings that it answers.
        unanswered: mean of the nearest questions that it leaves open.
        text: mean of the nearest captions and parts.
        answered_share: share of the phrasings that it answers among the nearest ones.
        asked_elsewhere: of the nearest phrasing that another regulation answers.
        unanswered_elsewhere: of the nearest question that another regulation leaves open.
    """

    unanswered_best: float
    answered_best: float
    asked: float
    unanswered: float
    text: float
    answered_share: float
    asked_elsewhere: float
    unanswered_elsewhere: float


def measure_nearness(
    hits: Sequence[PassageHit], regulations: Iterable[str], edited: Collection[str]
) -> dict[str, Nearness]:
    """The nearness in each regulation.

    Args:
        hits: nearest first.
        regulations: to be looked at.
        edited: those of them that have phrasings.
    """
    groups: dict[str, dict[str, list[float]]] = {}
    for hit in hits:
        kind = "text" if hit.kind in _TEXTS else hit.kind
        if kind not in _PHRASINGS or hit.ref.regulation in edited:
            group = groups.setdefault(hit.ref.regulation, {})
            group.setdefault(kind, []).append(hit.similarity)
    return {id: _measure(id, groups) for id in regulations}


def _measure(regulation: str, groups: Mapping[str, Mapping[str, list[float]]]) -> Nearness:
    own = groups.get(regulation, {})
    asked, unanswered, text = (own.get(kind, []) for kind in ("asked", "unanswered", "text"))
    return Nearness(
        unanswered_best=_best(unanswered),
        answered_best=max(_best(asked), _best(text)),
        asked=_mean(asked),
        unanswered=_mean(unanswered),
        text=_mean(text),
        answered_share=_vote(asked, unanswered),
        asked_elsewhere=_best_elsewhere(regulation, groups, "asked"),
        unanswered_elsewhere=_best_elsewhere(regulation, groups, "unanswered"),
    )


def _best(similarities: Sequence[float]) -> float:
    return similarities[0] if similarities else 0.0


def _mean(similarities: Sequence[float]) -> float:
    nearest = similarities[:_SEVERAL]
    return sum(nearest) / len(nearest) if nearest else 0.0


def _vote(asked: Sequence[float], unanswered: Sequence[float]) -> float:
    voters = [(similarity, 1.0) for similarity in asked[:_VOTERS]]
    voters += [(similarity, 0.0) for similarity in unanswered[:_VOTERS]]
    nearest = sorted(voters, reverse=True)[:_VOTERS]
    if not nearest:
        return _UNDECIDED
    weights = [math.exp(_SHARPNESS * (similarity - nearest[0][0])) for similarity, _ in nearest]
    votes = sum(weight * vote for weight, (_, vote) in zip(weights, nearest, strict=True))
    return votes / sum(weights)


def _best_elsewhere(
    regulation: str, groups: Mapping[str, Mapping[str, list[float]]], kind: str
) -> float:
    others = (_best(group.get(kind, [])) for id, group in groups.items() if id != regulation)
    return max(others, default=0.0)
