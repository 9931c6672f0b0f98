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
_FULL_SENTENCE = re.compile(r"[^。\n]+。?")
_LABEL = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")
_COMMA = re.compile("、")
_CLAUSE_END = re.compile(r"[,，:：;；]")
_BRACKETS = {"(": ")", "（": "）", "《": "》", "【": "】"}
# What stands before an enumeration; the enumeration itself begins behind the last of these.
_BEFORE_LIST = re.compile(
    r"^.*(?:包括|包含|附上|提交|列明|明确|编报|含(?!量)|是指|分为)(?:以下内容|下列内容)?[:：]?"
)
_BEFORE_PRINCIPLES = re.compile(r"^.*(?:坚持|遵循|按照|以)")
_AFTER_LIST = re.compile(r"(?:等(?:[^、]{0,14})|的原则.*|的规定.*|六种类型)?[。；;,，]?$")
_MIN_ITEMS = 3
_LONGEST_ITEM = 60
# A sentence up to here is said whole; of a longer one, the clauses that hold what is asked for.
_LONG_SENTENCE = 90
# Clauses without one of these are only the condition of what follows.
_MAIN_VERB = re.compile("可以|可由|应当|不得|须|应|不予|不再|负责|备案|报送|暂停|停止|退回|不安排")
_LEAD_FACETS = ("duration", "deadline", "frequency", "percent", "money", "people", "count")


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
    best = _rank(query, _SENTENCE.findall(text))[0]
    items: tuple[str, ...] = ()
    if "list" in query.facets:
        items = _find_list(query, text, citations)
    return Lead(sentence=_shorten(query, best), items=items)


def _rank(query: Query, sentences: Iterable[str]) -> list[str]:
    """Sentences, most direct first; of equals, in the order of the text."""
    stripped = [sentence.strip() for sentence in sentences if sentence.strip()]
    return sorted(stripped, key=lambda sentence: -_directness(query, sentence))


def _find_list(query: Query, text: str, citations: Sequence[Citation]) -> tuple[str, ...]:
    """The list in the most direct sentence, else the items of the paragraph, else any list."""
    ranked = _rank(query, _FULL_SENTENCE.findall(text))
    lists = [items for items in map(_enumerated, ranked) if len(items) >= _MIN_ITEMS]
    if lists and len(_enumerated(ranked[0])) >= _MIN_ITEMS:
        return lists[0]
    return _listed_items(citations) or (lists[0] if lists else ())


def _directness(query: Query, sentence: str) -> float:
    sentence = _LABEL.sub("", sentence)
    weights = [
        match.concept.weight
        for match in query.concepts
        if any(
            sentence[: found.start()][-1:] != "非"
            for found in match.concept.printed.finditer(sentence)
        )
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
    if "body" in query.facets:
        # Who does it stands at the beginning of the sentence.
        values = [re.compile("^")]
    for patterns in (values, concepts):
        hits = [i for i, c in enumerate(clauses) if any(p.search(c) for p in patterns)]
        if hits:
            return _take_clauses(clauses, hits[0], min(hits[-1], hits[0] + 2))
    return sentence


def _take_clauses(clauses: Sequence[str], first: int, last: int) -> str:
    """Clauses from the first to the last hit, and on to what their condition leads to."""
    end = last + 1
    while end < len(clauses) and not _MAIN_VERB.search("".join(clauses[first:end])):
        end += 1
    return "".join(clauses[first:end]).strip("，,:： ")


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


def _enumerated(sentence: str) -> tuple[str, ...]:
    items: list[str] = []
    clauses = split_outside_brackets(sentence, _CLAUSE_END)
    lists = [split_outside_brackets(clause, _COMMA) for clause in clauses]
    introduced = [i for i, entries in enumerate(lists) if _BEFORE_LIST.search(entries[0])]
    long = [
        entries for entries in lists[min(introduced, default=0) :] if len(entries) >= _MIN_ITEMS
    ]
    # Without an introduction, enumerations of different clauses list different things.
    for entries in long if introduced else long[:1]:
        for opening in (_BEFORE_LIST, _BEFORE_PRINCIPLES):
            entries[0] = opening.sub("", entries[0], count=1)
        entries[-1] = _AFTER_LIST.sub("", entries[-1])
        items += [entry.strip("、,，。；; “”") for entry in entries]
    return tuple(item for item in items if 0 < len(item) <= _LONGEST_ITEM)
