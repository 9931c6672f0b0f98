"""Regulation -> its sentences, with how much of the question each of them speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.concepts import Concept
from assistant.conversation_words import load_conversation_words
from assistant.understand_question import Query
from corpus.regulation import Article, Regulation

# What narrows a question down; 项目 or 建设单位 stand everywhere.
_NARROW = 0.6
_WORD_SHARE = 0.5

_SENTENCE = re.compile(r"[^。；;\n]+")
_CLAUSE_ENDS = ",，。;；:：\n"
_SHORTEST_CLAUSE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence of an article.

    Attributes:
        text: verbatim.
        relevance: weight of the question's concepts that it speaks of, and a share for each of
            the question's own words (投标保证金 is not 履约保证金).
    """

    article: Article
    text: str
    relevance: float


def find_passages(query: Query, article: Article) -> Iterator[Passage]:
    """The sentences of an article, in order."""
    words = {*query.literals, *query.nouns}
    for match in _SENTENCE.finditer(article.text):
        text = match.group()
        concepts = sum(m.concept.weight for m in query.concepts if m.concept.printed.search(text))
        own = sum(word in text for word in words) * _WORD_SHARE
        yield Passage(article=article, text=text, relevance=concepts + own)


def other_passages(query: Query, regulation: Regulation, article: Article) -> Iterator[Passage]:
    """The sentences of all other articles of the regulation."""
    for other in regulation.articles:
        if other.ref != article.ref:
            yield from find_passages(query, other)


def narrow_concepts(query: Query) -> tuple[Concept, ...]:
    """The concepts that tell what a question is about.

    Those of an aspect or a body (篇章, 审批, 财政局) count only where there are no others.
    """
    words = load_conversation_words()
    found = [match.concept for match in query.concepts if match.concept.weight >= _NARROW]
    subjects = [
        concept
        for concept in found
        if concept.name not in words.aspects and words.kind_of.get(concept.name) != "body"
    ]
    return tuple(subjects or found)


def cut_clause(text: str, start: int, end: int) -> str:
    """The verbatim words between the marks around a span; longer where these are few."""
    left = max((text.rfind(mark, 0, start) for mark in _CLAUSE_ENDS), default=-1) + 1
    if end - left < _SHORTEST_CLAUSE and left > 1:
        left = max((text.rfind(mark, 0, left - 1) for mark in _CLAUSE_ENDS), default=-1) + 1
    rights = [text.find(mark, end) for mark in _CLAUSE_ENDS]
    right = min((right for right in rights if right >= 0), default=len(text))
    return text[left:right].strip()
