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


def rank_sentences(query: Query, sentences: Sequence[str]) -> list[str]:
    """The sentences, most direct first; of equals, in the order of the text."""
    return sorted(sentences, key=lambda sentence: -directness(query, sentence))


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
