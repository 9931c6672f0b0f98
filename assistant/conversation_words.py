"""data/conversation.yaml -> compiled patterns: how people go on in a conversation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from corpus.chinese_numerals import NUMERAL_CHARACTERS


class StepsEntry(BaseModel):
    """Steps from the provision before to another one, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    then: str
    next: str
    previous: str
    earlier: str
    provision: str
    whole: str
    within: str


class ConversationFile(BaseModel):
    """``data/conversation.yaml``, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    openers: tuple[str, ...]
    closers: tuple[str, ...]
    links: tuple[str, ...]
    switches: tuple[str, ...]
    trailers: tuple[str, ...]
    corrections: tuple[str, ...]
    undoes: tuple[str, ...]
    restarts: tuple[str, ...]
    of_place: str
    which_places: str
    ranks: str
    what_then: str
    exceeds: str
    everywhere: str
    turns_away: str
    beside: str
    compares: str
    points_back: tuple[str, ...]
    names_regulation: str
    may_name_regulation: str
    points_nowhere: str
    contrary: str
    supposing: str
    headless: str
    addresses_program: str
    names_article: str
    before_figure: str
    asks: str
    also: str
    same_question: str
    same_again: str
    steps: StepsEntry
    kinds: dict[str, tuple[str, ...]]
    approved: frozenset[str]
    parts_of: frozenset[str]
    breaches: frozenset[str]
    aspects: frozenset[str]
    cases: frozenset[str]
    of_regulation: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationWords:
    """The patterns ready for matching; see the data file for what each stands for."""

    openers: re.Pattern[str]
    closers: re.Pattern[str]
    links: re.Pattern[str]
    switches: re.Pattern[str]
    trailers: re.Pattern[str]
    corrections: tuple[re.Pattern[str], ...]
    undoes: tuple[re.Pattern[str], ...]
    restarts: tuple[re.Pattern[str], ...]
    of_place: re.Pattern[str]
    which_places: re.Pattern[str]
    ranks: re.Pattern[str]
    what_then: re.Pattern[str]
    exceeds: re.Pattern[str]
    everywhere: re.Pattern[str]
    turns_away: re.Pattern[str]
    beside: re.Pattern[str]
    compares: re.Pattern[str]
    points_back: re.Pattern[str]
    names_regulation: re.Pattern[str]
    may_name_regulation: re.Pattern[str]
    points_nowhere: re.Pattern[str]
    contrary: re.Pattern[str]
    supposing: re.Pattern[str]
    headless: re.Pattern[str]
    addresses_program: re.Pattern[str]
    names_article: re.Pattern[str]
    before_figure: re.Pattern[str]
    asks: re.Pattern[str]
    also: re.Pattern[str]
    same_question: re.Pattern[str]
    same_again: re.Pattern[str]
    then: re.Pattern[str]
    next_article: re.Pattern[str]
    previous_article: re.Pattern[str]
    earlier_article: re.Pattern[str]
    provision: re.Pattern[str]
    whole_article: re.Pattern[str]
    within_article: re.Pattern[str]
    kind_of: dict[str, str]
    approved: frozenset[str]
    parts_of: frozenset[str]
    breaches: frozenset[str]
    aspects: frozenset[str]
    cases: frozenset[str]
    of_regulation: frozenset[str]


@cache
def load_conversation_words() -> ConversationWords:
    """The patterns that come with the product."""
    raw = yaml.load(
        (files("assistant") / "data/conversation.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    words = ConversationFile.model_validate(raw)
    return ConversationWords(
        openers=_compile(f"^(?:{_any_of(words.openers)})"),
        closers=_compile(f"(?:{_any_of(words.closers)})$"),
        links=_compile(_any_of(words.links)),
        switches=_compile(f"^{_any_of(words.switches)}"),
        trailers=_compile(_any_of(words.trailers)),
        corrections=tuple(map(_compile, words.corrections)),
        undoes=tuple(map(_compile, words.undoes)),
        restarts=tuple(map(_compile, words.restarts)),
        of_place=_compile(words.of_place),
        which_places=_compile(words.which_places),
        ranks=_compile(words.ranks),
        what_then=_compile(words.what_then),
        exceeds=_compile(words.exceeds),
        everywhere=_compile(words.everywhere),
        turns_away=_compile(words.turns_away),
        beside=_compile(words.beside),
        compares=_compile(words.compares),
        points_back=_compile(_any_of(words.points_back)),
        names_regulation=_compile(words.names_regulation),
        may_name_regulation=_compile(words.may_name_regulation),
        points_nowhere=_compile(words.points_nowhere),
        contrary=_compile(words.contrary),
        supposing=_compile(words.supposing),
        headless=_compile(words.headless),
        addresses_program=_compile(words.addresses_program),
        names_article=_compile(_with_numbers(words.names_article)),
        then=_compile(words.steps.then),
        before_figure=_compile(words.before_figure),
        asks=_compile(words.asks),
        also=_compile(words.also),
        same_question=_compile(words.same_question),
        same_again=_compile(words.same_again),
        next_article=_compile(words.steps.next),
        previous_article=_compile(words.steps.previous),
        earlier_article=_compile(words.steps.earlier),
        provision=_compile(_with_numbers(words.steps.provision)),
        whole_article=_compile(words.steps.whole),
        within_article=_compile(words.steps.within),
        kind_of={name: kind for kind, names in words.kinds.items() for name in names},
        approved=words.approved,
        parts_of=words.parts_of,
        breaches=words.breaches,
        aspects=words.aspects,
        cases=words.cases,
        of_regulation=words.of_regulation,
    )


def _compile(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def _any_of(expressions: tuple[str, ...]) -> str:
    return "(?:" + "|".join(f"(?:{expression})" for expression in expressions) + ")"


def _with_numbers(expression: str) -> str:
    """Fill in the numerals: of the paragraph first, of the item second."""
    for name in ("paragraph", "item"):
        expression = expression.replace("{number}", f"(?P<{name}>[{NUMERAL_CHARACTERS}]+)", 1)
    return expression
