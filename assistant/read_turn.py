"""What was typed -> a turn of the conversation: its frame taken off, its own content told apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.conversation_words import load_conversation_words
from assistant.understand_question import Query, clean_question
from corpus.chinese_numerals import parse_numeral

Reader = Callable[[str], Query]
"""Reads a question by itself."""
Start = Literal["goes_on", "undoes", "restarts"]
StepKind = Literal["next", "previous", "earlier", "provision", "whole", "within", "about"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleStep:
    """From the provision quoted before to another one.

    Attributes:
        kind: ``provision`` names a 款 or 项 of the article before; ``within`` asks something of it,
            ``about`` something of its subject; ``earlier`` goes back to the one before it.
        paragraph: from 1; 0 where none is named.
        item: from 1; 0 where none is named.
    """

    kind: StepKind
    paragraph: int = 0
    item: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question of a conversation.

    Attributes:
        asked: the question as typed, cleaned.
        start: whether it goes on from what was before, or leaves it behind.
        query: what it says by itself, openers and corrections resolved.
        rest: its core without openers, closers and trailing words (那密码那一块呢 -> 密码).
        turns_away: it leaves the subject behind (换个话题，…).
        corrects: it sets right what was asked before.
        links: its form asks about what was spoken of.
        everywhere: it asks for all regions.
        beside: it sets its region beside the one before.
        ranks: it sets the regions asked about against each other.
        step: set where it asks for a provision next to the one quoted before.
    """

    asked: str
    start: Start
    query: Query
    rest: str
    turns_away: bool = False
    corrects: bool = False
    links: bool = False
    everywhere: bool = False
    beside: bool = False
    ranks: bool = False
    step: ArticleStep | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is left but thanks: 好的，谢谢."""
        places = (*self.query.regions, *self.query.unknown_places)
        return not (self.rest or places or self.everywhere or self.step)

    @property
    def says_place_only(self) -> bool:
        """Whether somebody only says where they are: 我是金寨的."""
        named = self.query.regions and not self.query.unknown_places
        return bool(named and load_conversation_words().of_place.match(self.rest))

    @property
    def own_concepts(self) -> frozenset[str]:
        """Names of the concepts that it speaks of itself."""
        return frozenset(match.concept.name for match in self.query.concepts)


def read_turn(question: str, read: Reader) -> Turn:
    """Read one turn; never fails, whatever the text."""
    words = load_conversation_words()
    asked = clean_question(question)
    start, text = _read_start(asked)
    turned = words.turns_away.match(text)
    text = turned["rest"] if turned else text
    text, links = _take_openers(text)
    corrected = _read_correction(text)
    meant = _take_openers(corrected)[0] if corrected is not None else text
    switched = words.switches.sub("", meant, count=1)
    where = words.everywhere
    if words.which_places.search(_take_closers(switched)):
        where = words.which_places
        switched = _take_closers(switched)
    everywhere = bool(where.search(switched))
    query = read(where.sub(" ", switched) if everywhere else switched)
    return Turn(
        asked=asked,
        start=start,
        query=query,
        rest=_take_closers(query.core),
        turns_away=turned is not None,
        corrects=corrected is not None,
        links=links or switched != meant or bool(words.links.search(text)),
        everywhere=everywhere,
        beside=_is_beside(switched, query),
        ranks=not everywhere and bool(words.ranks.search(_take_closers(query.core))),
        step=_read_step(query),
    )


def _read_start(text: str) -> tuple[Start, str]:
    words = load_conversation_words()
    starts: tuple[tuple[Start, tuple[re.Pattern[str], ...]], ...] = (
        ("undoes", words.undoes),
        ("restarts", words.restarts),
    )
    for start, patterns in starts:
        for pattern in patterns:
            if (found := pattern.match(text)) is not None:
                return start, (found["rest"] or "").strip()
    return "goes_on", text


def _take_openers(text: str) -> tuple[str, bool]:
    """The text without what is only said first; whether that links it to what was before."""
    words = load_conversation_words()
    taken = text
    while (found := words.openers.match(taken)) is not None and found.end():
        taken = taken[found.end() :]
    return taken, bool(words.links.search(text[: len(text) - len(taken) + 1]))


def _take_closers(core: str) -> str:
    words = load_conversation_words()
    shorter = ""
    while shorter != core:
        shorter, core = core, words.closers.sub("", core)
    return words.trailers.sub("", core.lstrip(" ,，、呢")).strip(" ,，、")


def _read_correction(text: str) -> str | None:
    for pattern in load_conversation_words().corrections:
        if (found := pattern.match(text)) is not None:
            return found["right"]
    return None


def _is_beside(text: str, query: Query) -> bool:
    """和金寨比呢: one region named, to be set beside the one before."""
    words = load_conversation_words()
    if len(query.regions) != 1 or not words.compares.search(query.core):
        return False
    # The name itself is no longer in the core.
    return any(
        text[found.end() : found.end() + 2] not in query.core
        for found in words.beside.finditer(text)
    )


def _read_step(query: Query) -> ArticleStep | None:
    words = load_conversation_words()
    core = query.core.strip(" ?？。")
    if query.regions or query.unknown_places:
        return None
    if words.next_article.search(core) or words.then.search(_take_closers(core)):
        return ArticleStep(kind="next")
    if words.earlier_article.search(_take_closers(core)):
        return ArticleStep(kind="earlier")
    if words.previous_article.search(core):
        return ArticleStep(kind="previous")
    if words.whole_article.fullmatch(core):
        return ArticleStep(kind="whole")
    found = words.provision.match(core)
    if found is None or not (found["paragraph"] or found["item"]):
        return ArticleStep(kind="within") if words.within_article.search(core) else None
    return ArticleStep(
        kind="provision",
        paragraph=_number(found["paragraph"]),
        item=_number(found["item"]),
    )


def _number(numeral: str | None) -> int:
    try:
        return parse_numeral(numeral) if numeral else 0
    except ValueError:
        return 0
