"""Quoted words -> what to say first: the list, the date, the percentage, the body in charge.

Everything that is extracted is a verbatim piece of the quotation; nothing is worded anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.facets import load_facets
from assistant.rank_sentences import directness, rank_sentences
from assistant.understand_question import Query
from corpus.citation import Citation
from corpus.regulation import Paragraph

_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_FULL_SENTENCE = re.compile(r"[^。\n]+。?")
_LABEL = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")
_COMMA, _EITHER_COMMA = re.compile("、"), re.compile("[、,，]")
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
# 其在数据处理、智能分析等方面的需求: what follows are circumstances, no entries.
_NO_THING = re.compile("其?(?:在|对|从|由|于|向|按)")
# （…）及信息资源目录: one entry more.
_AFTER_BRACKET = re.compile("(?<=（)及(?!其)")
_MIN_ITEMS, _SEVERAL_LISTS = 3, 2
_LONGEST_ITEM = 60
# A sentence up to here is said whole; of a longer one, the clauses that hold what is asked for.
_LONG_SENTENCE = 240
# Two sentences said together, or the announcement of an item, are not longer than this.
_LONG_LEAD, _LONG_HEAD = 280, 140
# Clauses without one of these are only the condition of what follows.
_MAIN_VERB = re.compile("可以|可由|应当|不得|须|应|不予|不再|负责|备案|报送|暂停|停止|退回|不安排")
_ANNOUNCES = (":", "：")
# How a sentence begins that can't stand without the one before it.
_GOES_ON = re.compile(r"该|此|其中|上述|前款|并|同时|逾期|否则|其他|对(?:此|于前)|未按|不能按|情节")
# An announcement without which its items say nothing: what is forbidden, what has to be met.
_DECIDES = re.compile("不得|不予|不再|不安排|情形|情况|条件|内容|之一|符合|问题")
_NEARLY_AS_DIRECT = 0.6
_LEAD_FACETS = (
    "duration",
    "deadline",
    "frequency",
    "percent",
    "money",
    "threshold",
    "people",
    "count",
)


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
    best = rank_sentences(query, split_sentences(text))[0]
    items: tuple[str, ...] = ()
    if query.facets & {"list", "condition"}:
        items = _find_list(query, text, citations)
    elif best.endswith(_ANNOUNCES):
        # What the sentence announces stands in the items below it.
        items = _listed_items(citations)
    elif (head := _head_of_item(best, citations)) is not None:
        return Lead(sentence=head, items=(best,))
    else:
        items = _items_under(query, best, citations)
    shown = best if items else _read_on(query, best, text)
    return Lead(sentence=_shorten(query, shown), items=items)


def _head_of_item(sentence: str, citations: Sequence[Citation]) -> str | None:
    """The sentence that announces the items, where ``sentence`` is one of these."""
    for citation in citations:
        for paragraph in citation.article.paragraphs:
            holds = any(sentence in item.label + item.text for item in paragraph.items)
            if holds and _is_quoted(paragraph, citation):
                head = split_sentences(paragraph.text)[-1]
                return head if _DECIDES.search(head) and len(head) <= _LONG_HEAD else None
    return None


def _items_under(query: Query, head: str, citations: Sequence[Citation]) -> tuple[str, ...]:
    """The items that speak of what is asked, where ``head`` is the sentence that leads to them."""
    for citation in citations:
        for paragraph in citation.article.paragraphs:
            leads = split_sentences(paragraph.text)[-1:] == [head]
            if leads and _is_quoted(paragraph, citation):
                items = [item.label + item.text for item in paragraph.items]
                return tuple(item for item in items if _names_what_is_asked(query, item, head))
    return ()


def _names_what_is_asked(query: Query, item: str, head: str) -> bool:
    """Whether an item holds a word of the question that its head does not hold."""
    asked = {*query.words, *query.literals}
    pairs = {word[at : at + 2] for word in asked for at in range(max(len(word) - 1, 0))}
    return any(pair in item and pair not in head for pair in pairs)


def _read_on(query: Query, best: str, text: str) -> str:
    """The best sentence, with the next one of its paragraph where that goes on with the matter."""
    begin = text.find(best)
    following = _SENTENCE.match(text, begin + len(best))
    if begin < 0 or following is None:
        return best
    goes_on = _GOES_ON.match(following.group())
    bound = directness(query, best) * _NEARLY_AS_DIRECT
    if not goes_on and directness(query, following.group()) < bound:
        return best
    both = best + following.group()
    return both.strip() if len(both) <= _LONG_LEAD else best


def split_sentences(text: str) -> list[str]:
    """Sentences and the parts that semicolons and lines make of them, without blanks around."""
    return [piece for found in _SENTENCE.findall(text) if (piece := found.strip())]


def _find_list(query: Query, text: str, citations: Sequence[Citation]) -> tuple[str, ...]:
    """The list in the most direct sentence, else the items of the paragraphs quoted whole."""
    whole = [piece for found in _FULL_SENTENCE.findall(text) if (piece := found.strip())]
    ranked = rank_sentences(query, whole)
    pieces = _lists_asked(query, ranked[0])
    first = tuple(item for piece in pieces for item in _entries_of(query, piece, ranked[0]))
    if len(first) >= _MIN_ITEMS:
        return first
    return _listed_items(citations)


def _lists_asked(query: Query, sentence: str) -> list[str]:
    """The parts of a sentence that list what is asked for: 建设类…包含…；营运类…包含…."""
    split = split_sentences(sentence)
    parts = [part for part in split if _introduction_ends(part)]
    if len(parts) < _SEVERAL_LISTS:
        return [sentence]
    # Pairs of characters tell 建设类 from 营运类, where 建设 alone is no word to search for.
    pairs = {query.core[at : at + 2] for at in range(len(query.core) - 1)}
    held = {part: sum(pair in part for pair in pairs) for part in parts}
    return [part for part in parts if held[part] == max(held.values())]


def _entries_of(query: Query, piece: str, whole: str) -> tuple[str, ...]:
    """The entries of a list; one beside others may have commas of either kind between them."""
    listed = _enumerated(query, piece)
    ends = _introduction_ends(piece)
    if listed or not ends or piece == whole:
        return listed
    clauses = split_outside_brackets(piece[ends[0] :], _EITHER_COMMA)
    return _tidy([*clauses[:-1], _AFTER_LIST.sub("", clauses[-1])])


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
        # The last introduction is the nearest, but 其他需要提交的材料 ends a list.
        for begin in reversed(_introduction_ends(clause)):
            items = _entries([clause[begin:], *clauses[number + 1 :]])
            if len(items) >= _MIN_ITEMS:
                return items
    if "body" in query.facets and clauses:
        names = split_outside_brackets(clauses[0], _COMMA)
        return _tidy([*names[:-1], _AFTER_BODIES.sub("", names[-1])])
    return ()


def _introduction_ends(clause: str) -> list[int]:
    masked = _IN_BRACKETS.sub(lambda found: " " * len(found.group()), clause)
    return [found.end() for found in _INTRODUCES.finditer(masked)]


def _entries(clauses: Sequence[str]) -> tuple[str, ...]:
    """Entries of the clause behind the introduction and of the enumerations that follow it."""
    items: list[str] = []
    for number, clause in enumerate(clauses):
        entries = split_outside_brackets(clause, _COMMA)
        if number == 0 and len(entries) == _MIN_ITEMS - 1:
            # A、B和C: two commas' worth of three entries.
            entries[-1:] = re.split("和(?![^()（）]*[)）])", entries[-1], maxsplit=1)
        if number == 0 and entries and _NO_THING.match(entries[0]):
            return ()
        if len(entries) >= _MIN_ITEMS:
            items += [*entries[:-1], *_end_list(entries[-1])]
    return _tidy(items)


def _end_list(entry: str) -> list[str]:
    """The last entry without what follows the list; brackets in it are left whole."""
    masked = _IN_BRACKETS.sub(lambda found: "（" * len(found.group()), entry)
    end = len(_AFTER_LIST.sub("", masked))
    joint = _AFTER_BRACKET.search(masked[:end])
    return [entry[: joint.start()], entry[joint.end() : end]] if joint else [entry[:end]]


def _tidy(entries: Iterable[str]) -> tuple[str, ...]:
    stripped = (entry.strip("、,，。；;:： “”") for entry in entries)
    return tuple(entry for entry in stripped if 0 < len(entry) <= _LONGEST_ITEM)
