"""Query -> whether it is about government IT projects at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.article_index import ArticleIndex
from assistant.linear_models import load_model
from assistant.score_articles import Findings, word_weight
from assistant.understand_question import Query

_DOMAIN = re.compile(
    "项目|信息化|政务|系统|平台|办法|规定|条款|数据|网络|单位|部门|方案|材料|报告|建设|投资|办公|政府"
)
# A law or regulation asked for by its name; those of the library are recognised before.
_OTHER_LAW = re.compile(
    r"[一-鿿]{2,16}?(?:法典|(?<![办方做说想无执合违司立])法|条例|国标|GB/?T)"
    r"(?=第|里|中|规定|怎么|对|的|是|关于|有|》|$)"
)
_LATIN = re.compile(r"[A-Za-z]{2,}")
_UNKNOWN = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeFeatures:
    """What tells questions on these projects from all others.

    Attributes:
        meaning: best similarity of any passage.
        meaning_asked: best similarity of any phrasing.
        meaning_unanswered: best similarity of a question that a regulation leaves open.
        offtopic: best similarity of a question about something else.
        homely: as in ``Findings``.
        nouns_unknown: words that name things and stand in no article, up to 3.
        score: best score of any article.
        concepts: weight of the concepts asked for, up to 2.
        domain_words: words of the domain, up to 3.
        words_unknown: words that stand in no article, up to 4.
        words_known: share of its other words that stand in some article.
        other_law: 1 where another law is asked for by name.
        latin: 1 where Latin words make up much of the question.
        length: characters, up to 40.
        region_named: 1 where it names a place of the library.
    """

    meaning: float
    meaning_asked: float
    meaning_unanswered: float
    offtopic: float
    homely: float
    nouns_unknown: float
    score: float
    concepts: float
    domain_words: float
    words_unknown: float
    words_known: float
    other_law: float
    latin: float
    length: float
    region_named: float


def scope_features(query: Query, index: ArticleIndex, findings: Findings) -> ScopeFeatures:
    """The features of a question."""
    found = [candidate for group in findings.candidates.values() for candidate in group]
    unknown = [word for word in query.words if word_weight(word, index) > _UNKNOWN]
    latin = sum(len(word) for word in _LATIN.findall(query.core))
    return ScopeFeatures(
        meaning=max((c.features.meaning_part for c in found), default=0.0),
        meaning_asked=max((c.features.meaning_asked for c in found), default=0.0),
        meaning_unanswered=max(findings.unanswered.values(), default=0.0),
        offtopic=findings.offtopic,
        homely=findings.homely,
        nouns_unknown=min(len(query.nouns.intersection(unknown)), 3) / 3.0,
        score=max((c.score for c in found), default=0.0) / 10.0,
        concepts=min(sum(match.concept.weight for match in query.concepts), 2.0) / 2.0,
        domain_words=min(len(_DOMAIN.findall(query.core)), 3) / 3.0,
        words_unknown=min(len(unknown), 4) / 4.0,
        words_known=1.0 - len(unknown) / len(query.words) if query.words else 0.5,
        other_law=float(bool(_OTHER_LAW.search(query.core))),
        latin=float(latin > len(query.core) / 3),
        length=min(len(query.core), 40) / 40.0,
        region_named=float(bool(query.regions)),
    )


def weigh_scope(
    query: Query, index: ArticleIndex, findings: Findings, *, goes_on: bool = False
) -> float:
    """Probability that the question is about government IT projects, 0 to 1.

    Args:
        query: the question.
        index: what was searched.
        findings: what was found.
        goes_on: it is asked amid a conversation on these projects, which says as much as the name
            of a region does.
    """
    features = scope_features(query, index, findings)
    if goes_on:
        features = replace(features, region_named=1.0)
    return load_model("scope", index.ranking).probability(features)
