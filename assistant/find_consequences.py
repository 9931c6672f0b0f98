"""Bound of a provision -> its conditions, what follows where it is kept, and what otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.scenario_words import load_scenario_words, printed_names
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from corpus.library import Library
from corpus.regulation import Article, Paragraph

_STATED = re.compile(r"^对?(?P<state>(?:列入|纳入|未|没有|已).+)$")
_ENUMERATES = re.compile("[:：]|包括|包含")
_FOLLOWS = re.compile(r"的(?:[一-鿿]{0,4}项目|项目)?[,，:：]")
_COMMA = re.compile("[,，]")
_CLAUSE = re.compile(r"[,，]|(?:并)?且(?!行)")
_LEADING = re.compile(r"^(?:并且|并|同时|且|[(（][一二三四五六七八九十]+[)）])+")
_ALTERNATIVES = re.compile("之一|其中一")
_LISTS = re.compile("(下列|以下|如下)")
# A sentence without one of these states a condition, not a duty.
_MODAL = re.compile("应当?|可以?|须|必须|不得|负责|按照|予以|不予|由|要(?!求)|是指|适用")
# The rest of the bound itself, where no 的 closes the condition: 6个月内, 3个月后.
_SIDE_BEHIND = re.compile(r"^[(（]?[^,，()（）]{0,3}[)）]?(?:以内|之内|内|以后|之后|后|以上|以下)")
_SENTENCE = re.compile(r"[^。\n]+")
# The duty stands so near behind the words for its breach: 不能按期完成验收.
_DUTY_REACH = 6
_ENDS = "。；;：:，, "

_DATED = ("duration", "deadline")

OtherwiseKind = Literal["share", "duration", "deadline", "money"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a bound stands: the text that was read, and its address.

    Attributes:
        text: of the paragraph before its items, or of one item.
        ref: its address; paragraph and item count from 1.
    """

    article: Article
    text: str
    ref: ArticleRef

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph that the text belongs to."""
        return self.article.paragraphs[self.ref.paragraph - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """All verbatim.

    Attributes:
        conditions: what else has to be so; items of an enumeration follow its introduction.
        kept: what follows from the sentence that sets the bound.
        otherwise: what holds where the bound is passed; empty where the regulation does not say.
        otherwise_ref: the paragraph or item that says so; None where none does.
        otherwise_article: its article (第十九条), where that is not the one of the bound.
    """

    conditions: tuple[str, ...]
    kept: str
    otherwise: str = ""
    otherwise_ref: ArticleRef | None = None
    otherwise_article: str = ""


def find_consequences(
    place: Place,
    start: int,
    end: int,
    kind: OtherwiseKind,
    library: Library,
    *,
    is_upper: bool = True,
) -> Consequences:
    """Read what stands around ``place.text[start:end]``, and what the regulation says of a breach.

    What has to be done in a period or until a day may stand in one article, and what happens where
    it is not done in another one; of a period that has to pass first (``is_upper`` is False) there
    is no such breach.
    """
    begin, finish = _sentence_around(place.text, start, end)
    follows = _FOLLOWS.search(place.text, end, finish)
    if follows and kind in _DATED and _COMMA.search(place.text, end, follows.start()):
        # 6月底前报送，逾期的，不予受理: the condition is not that of the period.
        follows = None
    head_end = follows.start() + 1 if follows else end
    kept = place.text[follows.end() if follows else end : finish]
    kept = kept.strip(_ENDS) if follows else _SIDE_BEHIND.sub("", kept).strip(_ENDS)
    if not follows and kind not in _DATED:
        kept = ""
    conditions: tuple[str, ...] = ()
    if follows:
        conditions = _conditions(place, begin, head_end, start)
    label = ""
    otherwise, ref = _otherwise(place, finish, kind)
    if not otherwise and kind in _DATED and is_upper:
        others = library.regulation(place.article.regulation).articles
        otherwise, ref = _otherwise_elsewhere(place, place.text[end:finish], kind, others)
        label = library.article(ref.whole_article).label if ref else ""
    return Consequences(
        conditions=(*conditions, *_qualifiers(place.text[begin:head_end], conditions)),
        kept=kept,
        otherwise=otherwise,
        otherwise_ref=ref,
        otherwise_article=label,
    )


def cite_place(ref: ArticleRef, library: Library) -> Citation:
    """Quote a paragraph or item; an article of one paragraph as a whole."""
    article = library.article(ref.whole_article)
    return library.cite(article.ref if len(article.paragraphs) == 1 and not ref.item else ref)


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    begin = max(text.rfind(mark, 0, start) for mark in "。；;\n") + 1
    finish = min((i for mark in "。；;\n" if (i := text.find(mark, end)) >= 0), default=len(text))
    return begin, finish


def _conditions(place: Place, begin: int, head_end: int, start: int) -> tuple[str, ...]:
    head = place.text[begin:head_end]
    clauses = [*_state_before(place.text, begin), *_split_clauses(head, start - begin)]
    conditions = [condition for clause in clauses if (condition := _tidy(clause))]
    items = place.paragraph.items
    lists = bool(_LISTS.search(head)) and not place.ref.item
    if lists and items:
        conditions += [item.label + item.text for item in items]
    return tuple(conditions)


def _split_clauses(head: str, number_at: int) -> list[str]:
    """Clauses of the conditional part, without the one that holds the number."""
    clauses, begin = [], 0
    for mark in [*_CLAUSE.finditer(head), None]:
        finish = mark.start() if mark else len(head)
        if begin <= number_at < finish:
            # 对列入年度计划、无正当理由致使…一年以上: who it is said of comes first.
            parts = head[begin:number_at].split("、")[:-1]
            clauses += [said.group("state") for p in parts if (said := _STATED.match(p))]
        else:
            clauses.append(head[begin:finish])
        begin = mark.end() if mark else finish
    return clauses


def _state_before(text: str, begin: int) -> list[str]:
    """Clauses of a sentence right before that only states how things have to be."""
    sentences = _SENTENCE.findall(text[:begin])
    if not sentences or _MODAL.search(sentences[-1]):
        return []
    return _COMMA.split(sentences[-1])


def _tidy(clause: str) -> str:
    return _LEADING.sub("", clause.strip(_ENDS)).strip(_ENDS)


def _qualifiers(head: str, conditions: tuple[str, ...]) -> tuple[str, ...]:
    found = (match.group() for match in load_scenario_words().qualifiers.finditer(head))
    return tuple(words for words in found if not any(words in c for c in conditions))


def _otherwise(place: Place, finish: int, kind: OtherwiseKind) -> tuple[str, ArticleRef | None]:
    """The first sentence behind that says what holds otherwise, and where it stands."""
    pattern = load_scenario_words().otherwise[kind]
    behind = [(place.ref, place.text[finish:])]
    behind += [
        (ref, text) for ref, text in _parts(place.article) if ref.paragraph > place.ref.paragraph
    ]
    for ref, text in behind:
        for sentence in _SENTENCE.findall(text):
            if pattern.search(sentence.strip()):
                return sentence.strip(), ref
    return "", None


def _otherwise_elsewhere(
    place: Place, duty: str, kind: OtherwiseKind, articles: Sequence[Article]
) -> tuple[str, ArticleRef | None]:
    """The same in another article, whose condition must be that the same duty was not done."""
    words = load_scenario_words()
    # What is to be handed in with it is another matter.
    due = printed_names(words.actions, _ENUMERATES.split(duty)[0])
    for article in articles:
        if article.ref == place.article.ref:
            continue
        for ref, text in _parts(article):
            for sentence in _SENTENCE.findall(text):
                breach = words.otherwise[kind].search(sentence.strip())
                near = sentence.strip()[: breach.end() + _DUTY_REACH] if breach else ""
                if due & printed_names(words.actions, near):
                    return sentence.strip(), ref
    return "", None


def _parts(article: Article) -> Iterator[tuple[ArticleRef, str]]:
    """The paragraphs and items, with their addresses."""
    for number, paragraph in enumerate(article.paragraphs, start=1):
        ref = replace(article.ref, paragraph=number)
        yield ref, paragraph.text
        for item, entry in enumerate(paragraph.items, start=1):
            yield replace(ref, item=item), entry.text


def has_alternatives(condition: str) -> bool:
    """Whether a condition introduces items of which one is enough."""
    return bool(_ALTERNATIVES.search(condition))
