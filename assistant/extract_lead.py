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
# What introduces an enumeration; it begins behind the last of these that stands outside brackets.
_INTRODUCES = re.compile(
    r"(?:包括|包含|附上|提交|列明|明确|编报|含(?!量)|是指|分为)(?:以下内容|下列内容)?[:：]?"
)
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_IN_QUOTES = re.compile(r"“([^”]*、[^”]*)”")
# Where a list of bodies ends that nothing introduces: 县财政局、县审计局会同有关部门…
_AFTER_BODIES = re.compile(r"(?:会同|等|负责|按照|联合|应当?|对|要).*$")
_AFTER_LIST = re.compile(r"(?:等(?:[^、]{0,14})|的规定.*|六种类型)?[。；;,，]?$")
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
    if query.facets & {"list", "condition"}:
        items = _find_list(query, text, citations)
    elif best.endswith((":", "：")):
        # What the sentence announces stands in the items below it.
        items = _listed_items(citations)
    return Lead(sentence=_shorten(query, best), items=items)


def _rank(query: Query, sentences: Iterable[str]) -> list[str]:
    """Sentences, most direct first; of equals, in the order of the text."""
    stripped = [sentence.strip() for sentence in sentences if sentence.strip()]
    return sorted(stripped, key=lambda sentence: -_directness(query, sentence))


def _find_list(query: Query, text: str, citations: Sequence[Citation]) -> tuple[str, ...]:
    """The list in the most direct sentence, else the items of the paragraphs quoted whole."""
    ranked = _rank(query, _FULL_SENTENCE.findall(text))
    first = _enumerated(query, ranked[0])
    if len(first) >= _MIN_ITEMS:
        return first
    return _listed_items(citations)


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
    asked = (*query.words, *query.literals)
    words = sum(word in sentence for word in asked) / (len(asked) or 1)
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


def _enumerated(query: Query, sentence: str) -> tuple[str, ...]:
    """Entries of the enumeration that a sentence introduces; empty where there is none."""
    if (quoted := _IN_QUOTES.search(sentence)) is not None:
        return _tidy(quoted.group(1).split("、"))
    clauses = split_outside_brackets(sentence, _CLAUSE_END)
    for number, clause in enumerate(clauses):
        begin = _introduction_end(clause)
        if begin is not None:
            items = _entries([clause[begin:], *clauses[number + 1 :]])
            if len(items) >= _MIN_ITEMS:
                return items
    if "body" in query.facets and clauses:
        names = split_outside_brackets(clauses[0], _COMMA)
        return _tidy([*names[:-1], _AFTER_BODIES.sub("", names[-1])])
    return ()


def _introduction_end(clause: str) -> int | None:
    masked = _IN_BRACKETS.sub(lambda found: " " * len(found.group()), clause)
    ends = [found.end() for found in _INTRODUCES.finditer(masked)]
    return ends[-1] if ends else None


def _entries(clauses: Sequence[str]) -> tuple[str, ...]:
    """Entries of the clause behind the introduction and of the enumerations that follow it."""
    items: list[str] = []
    for number, clause in enumerate(clauses):
        entries = split_outside_brackets(clause, _COMMA)
        if number == 0 and len(entries) == _MIN_ITEMS - 1:
            # A、B和C: two commas' worth of three entries.
            entries[-1:] = re.split("和(?![^()（）]*[)）])", entries[-1], maxsplit=1)
        if len(entries) >= _MIN_ITEMS:
            entries[-1] = _AFTER_LIST.sub("", entries[-1])
            items += entries
    return _tidy(items)


def _tidy(entries: Iterable[str]) -> tuple[str, ...]:
    stripped = (entry.strip("、,，。；;:： “”") for entry in entries)
    return tuple(entry for entry in stripped if 0 < len(entry) <= _LONGEST_ITEM)
