"""Quoted words -> what to say first: the list, the date, the percentage, the body in charge.

Everything that is extracted is a verbatim piece of the quotation; nothing is worded anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.facets import load_facets
from assistant.understand_question import Query
from corpus.citation import Citation
from corpus.regulation import Paragraph

_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_CLAUSE_END = re.compile(r"[,，:：]")
_BRACKETS = {"(": ")", "（": "）", "“": "”", "《": "》", "【": "】"}
# What stands before an enumeration; the enumeration itself begins behind it.
_BEFORE_LIST = re.compile(
    r"^.*?(?:应当?包[括含]|主要包[括含]|包[括含]|一并附上|并附上|附上|须提交|时?须?应?当?提交|列明|"
    r"明确|编报|含(?!量)|是指|分为|坚持|遵循|按照|对)(?:以下内容|下列内容)?[:：]?"
)
_AFTER_LIST = re.compile(r"(?:等(?:[^、]{0,14})|的原则.*|的规定.*|六种类型)?[。；;,，]?$")
_MIN_ITEMS = 3
_LONGEST_ITEM = 60
# A sentence up to here is said whole; of a longer one, the clauses that hold what is asked for.
_LONG_SENTENCE = 90
_LEAD_FACETS = ("deadline", "frequency", "percent", "money", "people", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What an answer says first.

    Attributes:
        sentence: verbatim words of the quotation that answer most directly.
        items: entries of a list where one is asked for; each verbatim.
    """

    sentence: str
    items: tuple[str, ...] = ()


def extract_lead(query: Query, citations: Sequence[Citation]) -> Lead:
    """The most direct words of one article's quotations."""
    text = "\n".join(citation.quote for citation in citations)
    sentences = [match.group().strip() for match in _SENTENCE.finditer(text)]
    ranked = sorted(range(len(sentences)), key=lambda i: (-_directness(query, sentences[i]), i))
    best = sentences[ranked[0]]
    items: tuple[str, ...] = ()
    if "list" in query.facets:
        items = _listed_items(citations) or _first_list(sentences[i] for i in ranked)
    return Lead(sentence=_shorten(query, best), items=items)


def _directness(query: Query, sentence: str) -> float:
    weights = [
        match.concept.weight for match in query.concepts if match.concept.printed.search(sentence)
    ]
    total = sum(match.concept.weight for match in query.concepts) or 1.0
    words = sum(word in sentence for word in query.words) / (len(query.words) or 1)
    facets = [f for f in load_facets() if f.name in query.facets]
    said = sum(bool(f.printed.search(sentence)) for f in facets) / (len(facets) or 1)
    return sum(weights) / total + 0.5 * words + 0.8 * said


def _shorten(query: Query, sentence: str) -> str:
    if len(sentence) <= _LONG_SENTENCE:
        return sentence
    clauses = split_outside_brackets(sentence, _CLAUSE_END)
    values = [f.printed for f in load_facets() if f.name in query.facets & set(_LEAD_FACETS)]
    concepts = [match.concept.printed for match in query.concepts]
    for patterns in (values, concepts):
        hits = [i for i, c in enumerate(clauses) if any(p.search(c) for p in patterns)]
        if hits:
            first, last = hits[0], min(hits[-1], hits[0] + 2)
            return "".join(clauses[first : last + 2]).strip("，,:： ")
    return sentence


def split_outside_brackets(text: str, ends: re.Pattern[str]) -> list[str]:
    """Split behind every match of ``ends`` that stands outside brackets; nothing is dropped."""
    pieces, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character in _BRACKETS:
            depth += 1
        elif character in _BRACKETS.values():
            depth = max(depth - 1, 0)
        elif depth == 0 and ends.match(character):
            pieces.append(text[start : position + 1])
            start = position + 1
    return [*pieces, text[start:]] if start < len(text) else pieces


def _listed_items(citations: Sequence[Citation]) -> tuple[str, ...]:
    """Items (项) of the paragraphs quoted whole, with their labels."""
    items: list[str] = []
    for citation in citations:
        for paragraph in citation.article.paragraphs:
            if _is_quoted(paragraph, citation):
                items += [item.label + item.text for item in paragraph.items]
    return tuple(items)


def _is_quoted(paragraph: Paragraph, citation: Citation) -> bool:
    return bool(paragraph.items) and paragraph.full_text in citation.quote


def _first_list(sentences: Iterable[str]) -> tuple[str, ...]:
    for sentence in sentences:
        items = _enumerated(sentence)
        if len(items) >= _MIN_ITEMS:
            return items
    return ()


def _enumerated(sentence: str) -> tuple[str, ...]:
    items: list[str] = []
    for clause in split_outside_brackets(sentence, _CLAUSE_END):
        entries = split_outside_brackets(clause, re.compile("、"))
        if len(entries) < _MIN_ITEMS:
            continue
        entries[0] = _BEFORE_LIST.sub("", entries[0], count=1)
        entries[-1] = _AFTER_LIST.sub("", entries[-1])
        items += [entry.strip("、,，。；; ") for entry in entries]
    return tuple(item for item in items if 0 < len(item) <= _LONGEST_ITEM)
