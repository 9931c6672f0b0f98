"""Query and search hits -> features of every candidate article -> scores.

The features are plain numbers between about 0 and 1. Their weights are fitted on the working part
of the questions (``python -m evals.fit_ranking``) and lie in ``data/ranking.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.article_index import ArticleIndex, PassageHit
from assistant.describe_articles import (
    ArticleRecord,
    CaptionRecord,
    PartRecord,
    concept_words,
)
from assistant.facets import hard_facets
from assistant.linear_models import load_model
from assistant.measure_nearness import Nearness, measure_nearness
from assistant.understand_question import Query
from corpus.article_ref import ArticleRef

# Cosines of questions that are adapted (``adapt_question``) lie between 0.03 and 0.21; this spreads
# them over 0 to 1.
_FLOOR, _SPREAD = 0.03, 0.18
_NO_HIT = 0.0
_OWN_KINDS = ("caption", "asked", "unanswered", "article", "offtopic")
# Articles looked at per regulation, from each of the two searches.
CANDIDATES = 12
# Passages looked at to tell whether a question is about something else.
_NEAREST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What speaks for an article, each about 0 to 1.

    Attributes:
        meaning_article: similarity of the whole article.
        meaning_part: best similarity of a paragraph, item or sentence.
        meaning_caption: best similarity of a caption.
        meaning_asked: best similarity of a phrasing in which people look for it.
        meaning_unanswered: best similarity of a question on its subject that stays open; it speaks
            against the regulation's providing, not against the article.
        words_asked: best overlap with such a phrasing in words and concepts.
        words: BM25 score relative to the best of the regulation.
        concepts_text: share of the question's concepts (by weight) that the text holds.
        concepts_part: the same inside the best single part.
        concepts_caption: the same inside the best single caption.
        concepts_captions: the same over all captions together.
        focus: share of the captions' concepts that the question asks for.
        words_text: share of the question's other words that the text holds.
        words_caption: share of the question's other words that the captions hold.
        facets: share of the asked facets that the best part answers.
        facets_caption: share of the asked facets that the best caption promises.
        caption_fit: concepts and facets together in the best caption.
        part_fit: concepts and facets together in the best part.
        first_caption: whether the first caption holds a concept of the question.
        hard_held: 1 where the article holds all the facets that an answer must have.
        units_held: 1 where it gives numbers of all the units that are asked of.
        short: 1 for short articles, towards 0 for long ones.
    """

    meaning_article: float
    meaning_part: float
    meaning_caption: float
    meaning_asked: float
    meaning_unanswered: float
    words: float
    words_asked: float
    concepts_text: float
    concepts_part: float
    concepts_caption: float
    concepts_captions: float
    focus: float
    words_text: float
    words_caption: float
    facets: float
    facets_caption: float
    caption_fit: float
    part_fit: float
    first_caption: float
    hard_held: float
    units_held: float
    short: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article with its features, its score, and the part that fits best.

    Attributes:
        ref: address of the article.
        features: what speaks for it.
        score: higher is better; comparable within one question.
        best_part: the paragraph, item or sentence that fits best.
    """

    ref: ArticleRef
    features: Features
    score: float
    best_part: PartRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a search found.

    Attributes:
        candidates: articles of each regulation, best first; ties by address.
        unanswered: of each regulation, similarity of the nearest question that it leaves open.
        nearness: of each regulation, what lies around the question in it.
        offtopic: similarity of the nearest question that is about something else.
        homely: how much nearer than that one the nearest passage is, before adapting.
    """

    candidates: Mapping[str, Sequence[Candidate]]
    unanswered: Mapping[str, float]
    nearness: Mapping[str, Nearness]
    offtopic: float
    homely: float


def score_articles(
    query: Query,
    index: ArticleIndex,
    vector: Sequence[float],
    regulations: Sequence[str],
) -> Findings:
    """Search some regulations for a question; every regulation gets its own candidates."""
    limit = min(250 * len(regulations), 1250)
    hits = index.search_meaning(vector, regulations, limit)
    tokens = [*query.words, *concept_words(query.concept_weights)]
    word_scores = index.search_words(tokens, regulations)
    similarities = _best_by_kind(hits)
    # A passage that was not among the hits is at most as near as the last of them.
    floor = _spread(min((hit.similarity for hit in hits), default=_FLOOR))
    candidates = {
        regulation: _score_regulation(query, index, regulation, similarities, word_scores, floor)
        for regulation in regulations
    }
    edited = {
        regulation
        for regulation, found in candidates.items()
        if found and index.records[found[0].ref].captions
    }
    # Made anew and not by `replace`, which takes five times as long.
    spread = [
        PassageHit(ref=hit.ref, kind=hit.kind, similarity=_spread(hit.similarity)) for hit in hits
    ]
    nearness = measure_nearness(spread, regulations, edited)
    return Findings(
        candidates=candidates,
        unanswered={id: nearness[id].unanswered_best for id in regulations},
        nearness=nearness,
        offtopic=max((hit.similarity for hit in spread if hit.kind == "offtopic"), default=_NO_HIT),
        homely=_tell_homely(index.search_meaning(vector, regulations, _NEAREST, adapted=False)),
    )


def _tell_homely(hits: Sequence[PassageHit]) -> float:
    """The map of questions is fitted on this field; what lies outside shows without it."""
    farthest = min((hit.similarity for hit in hits), default=_NO_HIT)
    own = [hit.similarity for hit in hits if hit.kind != "offtopic"]
    foreign = [hit.similarity for hit in hits if hit.kind == "offtopic"]
    return (max(own, default=farthest) - max(foreign, default=farthest)) / _SPREAD


def _score_regulation(
    query: Query,
    index: ArticleIndex,
    regulation: str,
    similarities: Mapping[ArticleRef, Mapping[str, float]],
    word_scores: Mapping[ArticleRef, float],
    floor: float,
) -> list[Candidate]:
    refs = _choose_candidates(regulation, similarities, word_scores)
    top_words = max((word_scores.get(ref, 0.0) for ref in refs), default=0.0) or 1.0
    candidates = [
        _score(
            query,
            index,
            index.records[ref],
            _meanings(index.records[ref], similarities.get(ref, {}), floor),
            word_scores.get(ref, 0.0) / top_words,
        )
        for ref in refs
    ]
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.ref))


def _best_by_kind(hits: Iterable[PassageHit]) -> dict[ArticleRef, dict[str, float]]:
    best: dict[ArticleRef, dict[str, float]] = {}
    for hit in hits:
        kind = hit.kind if hit.kind in _OWN_KINDS else "part"
        kinds = best.setdefault(hit.ref, {})
        kinds[kind] = max(kinds.get(kind, 0.0), hit.similarity)
    return best


def _choose_candidates(
    regulation: str,
    similarities: Mapping[ArticleRef, Mapping[str, float]],
    word_scores: Mapping[ArticleRef, float],
) -> list[ArticleRef]:
    near = [ref for ref in similarities if ref.regulation == regulation]
    near.sort(key=lambda ref: (-max(similarities[ref].values()), ref))
    worded = [ref for ref in word_scores if ref.regulation == regulation]
    worded.sort(key=lambda ref: (-word_scores[ref], ref))
    return list(dict.fromkeys([*near[:CANDIDATES], *worded[:CANDIDATES]]))


def _score(
    query: Query,
    index: ArticleIndex,
    record: ArticleRecord,
    meanings: Mapping[str, float],
    words: float,
) -> Candidate:
    part = _best_part(query, record)
    features = _features(query, index, record, meanings, words, part)
    model = load_model("article" if record.captions else "article_plain", index.ranking)
    return Candidate(ref=record.ref, features=features, score=model.score(features), best_part=part)


def _features(
    query: Query,
    index: ArticleIndex,
    record: ArticleRecord,
    meanings: Mapping[str, float],
    words: float,
    part: PartRecord,
) -> Features:
    weights = query.concept_weights
    captions = frozenset[str]().union(*(caption.concepts for caption in record.captions))
    caption = _best_caption(query, record)
    return Features(
        meaning_article=meanings["article"],
        meaning_part=meanings["part"],
        meaning_caption=meanings["caption"],
        meaning_asked=meanings["asked"],
        meaning_unanswered=meanings["unanswered"],
        words=words,
        words_asked=_phrasing_overlap(query, record),
        concepts_text=_share(weights, record.concepts),
        concepts_part=_share(weights, part.concepts),
        concepts_caption=_share(weights, caption.concepts),
        concepts_captions=_share(weights, captions),
        focus=len(captions & weights.keys()) / len(captions) if captions else 0.0,
        words_text=_word_share(query.words, frozenset(record.words), index),
        words_caption=_word_share(query.words, record.caption_words, index),
        facets=_facet_share(query.facets, part.facets),
        facets_caption=_facet_share(query.facets, caption.facets),
        caption_fit=_fit(query, caption.concepts, caption.facets),
        part_fit=_fit(query, part.concepts, part.facets),
        first_caption=float(bool(record.captions and record.captions[0].concepts & weights.keys())),
        hard_held=float(query.facets & hard_facets() <= record.facets),
        units_held=float(query.units <= record.units),
        short=1.0 / (1.0 + record.length / 200.0),
    )


_NO_CAPTION = CaptionRecord(concepts=frozenset(), facets=frozenset())


def _best_caption(query: Query, record: ArticleRecord) -> CaptionRecord:
    weights = query.concept_weights

    def fitness(caption: CaptionRecord) -> float:
        return _share(weights, caption.concepts) + 0.5 * _fit(
            query, caption.concepts, caption.facets
        )

    return max(record.captions, key=fitness, default=_NO_CAPTION)


def _phrasing_overlap(query: Query, record: ArticleRecord) -> float:
    tokens = frozenset([*query.words, *concept_words(m.concept.name for m in query.concepts)])
    overlaps = (len(tokens & phrasing) / (len(tokens | phrasing) or 1) for phrasing in record.asked)
    return max(overlaps, default=0.0)


def _best_part(query: Query, record: ArticleRecord) -> PartRecord:
    return max(record.parts, key=lambda part: part_fitness(query, part))


def part_fitness(query: Query, part: PartRecord) -> float:
    """How well a part fits: concepts count 1, other words 0.5, facets 0.3."""
    words = len(part.words.intersection(query.words)) / (len(query.words) or 1)
    return (
        _share(query.concept_weights, part.concepts)
        + 0.5 * words
        + 0.3 * _facet_share(query.facets, part.facets)
    )


def held_share(query: Query, index: ArticleIndex, part: PartRecord) -> float:
    """How much of a question a part holds, 0 to 1: its concepts and its other words alike."""
    weights = {
        **{f"§{name}": weight for name, weight in query.concept_weights.items()},
        **{word: word_weight(word, index) for word in query.words},
    }
    return _share(weights, part.words.union(concept_words(part.concepts)))


def _fit(query: Query, concepts: frozenset[str], facets: frozenset[str]) -> float:
    return _share(query.concept_weights, concepts) * _facet_share(query.facets, facets)


def _meanings(
    record: ArticleRecord, similarities: Mapping[str, float], floor: float
) -> dict[str, float]:
    """Similarity of each kind of passage; 0 for the kinds that an added regulation has not."""
    edited = ("caption", "asked", "unanswered") if record.captions else ()
    return {
        "caption": _NO_HIT,
        "asked": _NO_HIT,
        "unanswered": _NO_HIT,
        **{
            kind: _spread(similarities[kind]) if kind in similarities else floor
            for kind in ("article", "part", *edited)
        },
    }


def _spread(similarity: float) -> float:
    return (similarity - _FLOOR) / _SPREAD


def _share(weights: Mapping[str, float], held: frozenset[str]) -> float:
    total = sum(weights.values())
    return sum(w for name, w in weights.items() if name in held) / total if total else 0.0


def _word_share(words: Sequence[str], held: frozenset[str], index: ArticleIndex) -> float:
    weights = {word: word_weight(word, index) for word in words}
    return _share(weights, held)


def word_weight(word: str, index: ArticleIndex) -> float:
    """How much a word narrows things down: 1 for a word of few articles, 0 for one of all."""
    return index.word_rarity(word)


def _facet_share(asked: frozenset[str], said: frozenset[str]) -> float:
    return len(asked & said) / len(asked) if asked else 0.0


def concept_rarity(name: str, index: ArticleIndex) -> float:
    """How few articles speak of a concept: 1 for very few or none, 0 for all."""
    return word_weight(concept_words([name])[0], index)
