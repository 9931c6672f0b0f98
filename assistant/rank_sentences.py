"""Query and the sentences of a quotation -> the sentences, most direct first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.concepts import Concept
from assistant.facets import load_facets
from assistant.understand_question import Query

_LABEL = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")
# What a sentence says on the question: its concepts count 1, other words and facets as follows.
_WORDS, _FACETS = 0.5, 0.8
# What the words count that stand in some of the texts and not in all, and a sentence's beginning
# with what is asked about.
_TELLING, _TOPIC = 1.0, 0.5
_RULES = re.compile("不得|禁止|不予|不再|可以|可由|允许|除外")
_RULING = 0.3
_SHORTEST_WORD, _SHORTEST_TOPIC = 2, 3


def rank_sentences(query: Query, sentences: Sequence[str]) -> list[str]:
    """The sentences, most direct first; of equals, in the order of the text."""
    told_apart = tell_apart(query, sentences)
    scores = [
        directness(query, sentence)
        + told
        + rules_on(query, sentence)
        + _TOPIC * _is_about(query, sentence)
        for sentence, told in zip(sentences, told_apart, strict=True)
    ]
    ranked = sorted(range(len(sentences)), key=lambda at: -scores[at])
    return [sentences[at] for at in ranked]


def _is_about(query: Query, sentence: str) -> bool:
    """Whether what is asked about is what the sentence says something on: 服务总结应当包括…"""
    begin = _LABEL.sub("", sentence)
    return any(len(word) >= _SHORTEST_TOPIC and begin.startswith(word) for word in query.literals)


def rules_on(query: Query, text: str) -> float:
    """Who asks whether something is allowed is answered by the words that forbid or allow it."""
    return _RULING * bool("permission" in query.facets and _RULES.search(text))


def tell_apart(query: Query, texts: Sequence[str]) -> list[float]:
    """How much of what the question asks in words stands in each of some texts and not in all.

    A word that all of them hold says nothing on which one is meant (项目, 申报材料); one that a
    single text holds says it best (大屏). 0 to ``_TELLING``.
    """
    words = {word for word in (*query.words, *query.literals) if len(word) >= _SHORTEST_WORD}
    held = {word: [word in text for text in texts] for word in words}
    weights = {word: 1.0 - sum(where) / len(texts) for word, where in held.items() if any(where)}
    total = sum(weights.values())
    if not total:
        return [0.0] * len(texts)
    return [
        _TELLING * sum(weight for word, weight in weights.items() if held[word][at]) / total
        for at in range(len(texts))
    ]


def directness(query: Query, sentence: str) -> float:
    """How directly a sentence speaks on a question, 0 to 2.3."""
    sentence = _LABEL.sub("", sentence)
    weights = [m.concept.weight for m in query.concepts if speaks_of(m.concept, sentence)]
    total = sum(match.concept.weight for match in query.concepts) or 1.0
    asked = (*query.words, *query.literals)
    words = sum(word in sentence for word in asked) / (len(asked) or 1)
    facets = [f for f in load_facets() if f.name in query.facets]
    said = sum(bool(f.printed.search(sentence)) for f in facets) / (len(facets) or 1)
    return sum(weights) / total + _WORDS * words + _FACETS * said


def speaks_of(concept: Concept, text: str) -> bool:
    """Whether a text speaks of a concept, and not of its opposite (非涉密 is not 涉密)."""
    return any(text[: found.start()][-1:] != "非" for found in concept.printed.finditer(text))
