"""Best candidate of a regulation -> how likely the regulation provides for what is asked.

A regulation can be silent in three ways: the subject is not in it, the subject is but not what is
asked of it (how many experts, which fee), or another regulation speaks of it far more clearly.
Each way has its features; the weights are fitted on the working part of the questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.article_index import ArticleIndex
from assistant.describe_articles import ArticleRecord
from assistant.facets import hard_facets
from assistant.linear_models import ModelName, load_model
from assistant.score_articles import Features, Findings, concept_rarity, held_share, word_weight
from assistant.understand_question import Query

# Words of no article at all are told apart from rare ones by this.
_UNKNOWN = 0.99
# A sum or share of the case at hand is held against the article's bound; no text repeats it.
_FIGURE = re.compile(r"[0-9.]+[%％]?|[0-9.]*[万亿元]+|[一二两三四五六七八九十百千]{2,}")
# Characters of a question that is no whole sentence.
_BRIEF = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFeatures:
    """What speaks for and against a regulation's providing for the question.

    Attributes:
        meaning_article: as in ``Features``, of the best candidate; so are those that follow.
        unanswered: similarity of the nearest question that the regulation leaves open.
        left_open: how much nearer that one is than any phrasing of the best candidate; below
            zero where it is farther.
        asked_squared: ``meaning_asked`` squared, for what is very near.
        offtopic: how much nearer a question about something else is than that.
        contrast: how far the best candidate of any regulation is ahead, by score.
        contrast_squared: the same squared, for what is far behind.
        concept_held: weight of the question's concepts that the best candidate holds.
        concept_missing: weight of the weightiest concept that it lacks.
        concept_absent: the same, for concepts that the whole regulation lacks.
        word_missing: weight of the weightiest other word that it lacks.
        words_unknown: other words that stand in no article at all.
        facet_missing: 1 where the best part lacks a facet that an answer must have.
        facet_absent: 1 where the whole article lacks it.
        strange: how unlike any phrasing it is, where it names a thing of no article.
        noun_missing: as ``word_missing``, for words that name things.
        nouns_unknown: words that name things and stand in no article at all.
        unit_missing: 1 where a number is asked of a unit that the article gives none of.
        unit_near: where a number is asked of a unit, how much of the question the best part holds
            that gives one; 1 where none is asked of.
        facet_near: the same for the facets that an answer must have.
        ahead: how much nearer the nearest answer is than the nearest question left open.
        asked_near: as ``Nearness.asked``; so are the four that follow.
        open_elsewhere: how much nearer a question that another regulation leaves open is than any
            that is answered, here or there.
        complete: 1 where the best candidate lacks nothing that is asked for.
        complete_held: ``concept_held`` where it lacks nothing.
        brief: 1 for a few characters, as people type into a search box.
        margin: how far the best candidate is ahead of the next one, by score.
        concepts: number of concepts asked for.
        bare: 1 where the question holds neither a concept nor another word.
    """

    meaning_article: float
    meaning_part: float
    meaning_caption: float
    meaning_asked: float
    words_asked: float
    concepts_text: float
    concepts_part: float
    concepts_captions: float
    words_text: float
    facets: float
    facets_caption: float
    part_fit: float
    caption_fit: float
    unanswered: float
    left_open: float
    asked_squared: float
    offtopic: float
    score: float
    contrast: float
    contrast_squared: float
    concept_held: float
    concept_missing: float
    concept_absent: float
    word_missing: float
    words_unknown: float
    facet_missing: float
    facet_absent: float
    strange: float
    noun_missing: float
    nouns_unknown: float
    unit_missing: float
    unit_near: float
    facet_near: float
    ahead: float
    asked_near: float
    unanswered_near: float
    text_near: float
    answered_share: float
    asked_elsewhere: float
    open_elsewhere: float
    complete: float
    complete_held: float
    brief: float
    margin: float
    concepts: float
    bare: float


def weigh_coverage(query: Query, index: ArticleIndex, found: Findings) -> dict[str, float]:
    """Probability that each regulation provides for the question, 0 to 1."""
    return {
        regulation: _probability(query, index, found, regulation) for regulation in found.candidates
    }


def _probability(query: Query, index: ArticleIndex, found: Findings, regulation: str) -> float:
    features = coverage_features(query, index, found, regulation)
    if features is None:
        return 0.0
    best = index.records[found.candidates[regulation][0].ref]
    name: ModelName = "coverage" if best.captions else "coverage_plain"
    return load_model(name, index.ranking).probability(features)


def coverage_features(
    query: Query, index: ArticleIndex, found: Findings, regulation: str
) -> CoverageFeatures | None:
    """The features of one regulation; None where nothing was found in it."""
    if not found.candidates[regulation]:
        return None
    best = found.candidates[regulation][0]
    record = index.records[best.ref]
    weights = _weigh_concepts(query, index)
    held = _concepts_of(record)
    missing = {name: weight for name, weight in weights.items() if name not in held}
    absent = missing.keys() - index.concepts_of(regulation)
    lacking = _lacked_words(query, record)
    words = [word_weight(word, index) for word in lacking]
    nouns = [word_weight(word, index) for word in lacking if word in query.nouns]
    hard = query.facets & hard_facets()
    asked = best.features.meaning_asked
    contrast = (_leading_score(index, found, edited=bool(record.captions)) - best.score) / 5.0
    near = found.nearness[regulation]
    runner_up = found.candidates[regulation][1:2]
    concept_held = sum(w for name, w in weights.items() if name in held) / 2.0
    lacked_facets, lacked_units = hard - best.best_part.facets, query.units - record.units
    asks_something = bool(query.concepts or query.words)
    complete = float(asks_something and not (missing or words or lacked_facets or lacked_units))
    return CoverageFeatures(
        **_carried_over(best.features),
        unanswered=found.unanswered[regulation],
        left_open=found.unanswered[regulation] - asked,
        asked_squared=asked**2,
        offtopic=max(found.offtopic - asked, 0.0),
        score=best.score / 10.0,
        contrast=contrast,
        contrast_squared=contrast**2,
        concept_held=concept_held,
        concept_missing=max(missing.values(), default=0.0),
        concept_absent=max((missing[name] for name in absent), default=0.0),
        word_missing=max(words, default=0.0),
        words_unknown=sum(weight > _UNKNOWN for weight in words) / 3.0,
        strange=(1.0 - best.features.words_asked) * float(any(w > _UNKNOWN for w in nouns)),
        facet_missing=float(bool(lacked_facets)),
        facet_absent=float(bool(hard - record.facets)),
        noun_missing=max(nouns, default=0.0),
        nouns_unknown=sum(weight > _UNKNOWN for weight in nouns) / 3.0,
        unit_missing=float(bool(lacked_units)),
        unit_near=_held_beside(query, index, record, "units", query.units),
        facet_near=_held_beside(query, index, record, "facets", hard),
        ahead=near.answered_best - near.unanswered_best,
        asked_near=near.asked,
        unanswered_near=near.unanswered,
        text_near=near.text,
        answered_share=near.answered_share,
        asked_elsewhere=near.asked_elsewhere,
        open_elsewhere=max(near.unanswered_elsewhere - max(near.asked_elsewhere, asked), 0.0),
        complete=complete,
        complete_held=complete * concept_held,
        brief=float(len(query.core) <= _BRIEF),
        margin=(best.score - runner_up[0].score) / 5.0 if runner_up else 1.0,
        concepts=len(query.concepts) / 3.0,
        bare=float(not asks_something),
    )


def _weigh_concepts(query: Query, index: ArticleIndex) -> dict[str, float]:
    """The concepts asked for, each by its weight and by how few articles speak of it."""
    return {
        match.concept.name: match.concept.weight * (0.3 + concept_rarity(match.concept.name, index))
        for match in query.concepts
    }


def _lacked_words(query: Query, record: ArticleRecord) -> list[str]:
    """The words asked with that neither the article nor its captions hold."""
    return [
        word
        for word in query.words
        if word not in record.words
        and word not in record.caption_words
        and not _FIGURE.fullmatch(word)
    ]


def _leading_score(index: ArticleIndex, found: Findings, *, edited: bool) -> float:
    """The best score of any regulation, by the model of the regulation that is compared with it.

    An added regulation has no captions to score by; the others are ahead of it by theirs alone.
    """
    if edited:
        return max(group[0].score for group in found.candidates.values() if group)
    model = load_model("article_plain", index.ranking)
    return max(model.score(c.features) for group in found.candidates.values() for c in group)


def _held_beside(
    query: Query,
    index: ArticleIndex,
    record: ArticleRecord,
    kind: Literal["units", "facets"],
    asked: frozenset[str],
) -> float:
    """How much of the question the part holds that holds the units or facets asked for, too."""
    if not asked:
        return 1.0
    return max(
        (
            held_share(query, index, part)
            for part in record.parts
            if asked <= (part.units if kind == "units" else part.facets)
        ),
        default=0.0,
    )


def _concepts_of(record: ArticleRecord) -> frozenset[str]:
    return record.concepts.union(*(caption.concepts for caption in record.captions))


_CARRIED = (
    "meaning_article",
    "meaning_part",
    "meaning_caption",
    "meaning_asked",
    "words_asked",
    "concepts_text",
    "concepts_part",
    "concepts_captions",
    "words_text",
    "facets",
    "facets_caption",
    "part_fit",
    "caption_fit",
)


def _carried_over(features: Features) -> dict[str, float]:
    return {name: float(getattr(features, name)) for name in _CARRIED}
