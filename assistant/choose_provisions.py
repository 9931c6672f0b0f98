"""Candidates of a regulation that provides -> the articles that the answer rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.linear_models import load_model
from assistant.score_articles import Candidate

# Articles cited of one regulation, at most; further ones are shown as related.
MAX_CITED = 3
# Fitted beside the weights: a further article is cited where it is more likely right than not.
_CITE_FROM = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraFeatures:
    """What tells a further article that belongs to the answer from one that is only near.

    Attributes:
        behind: how far its score is behind the best one's.
        rank: 0 for the second, 1 for the third, and so on.
        score: its own score.
        concepts_part: as in ``Features``, and so are those that follow.
    """

    behind: float
    rank: float
    score: float
    concepts_part: float
    concepts_captions: float
    caption_fit: float
    part_fit: float
    meaning_asked: float
    meaning_caption: float
    words_asked: float


def extra_features(best: Candidate, other: Candidate, rank: int) -> ExtraFeatures:
    """Features of the ``rank``-th further candidate (from 0) beside the best one."""
    return ExtraFeatures(
        behind=best.score - other.score,
        rank=float(rank),
        score=other.score / 10.0,
        concepts_part=other.features.concepts_part,
        concepts_captions=other.features.concepts_captions,
        caption_fit=other.features.caption_fit,
        part_fit=other.features.part_fit,
        meaning_asked=other.features.meaning_asked,
        meaning_caption=other.features.meaning_caption,
        words_asked=other.features.words_asked,
    )


def choose_provisions(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The best candidate, and the further ones that belong to the answer; empty for none."""
    if not candidates:
        return ()
    best, *others = candidates
    model = load_model("extra")
    further = [
        other
        for rank, other in enumerate(others[: MAX_CITED + 1])
        if model.probability(extra_features(best, other, rank)) >= _CITE_FROM
    ]
    return (best, *further[: MAX_CITED - 1])
