"""Questions of a conversation -> what the last one means.

A follow-up leaves out what was said: it is completed in words (验收 + 没通过怎么办) and read
anew, so that everything behind it sees a whole question. One that names only another place or
subject puts that into the question before; one with a subject of its own keeps only the place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.concepts import ConceptMatch
from assistant.conversation_words import load_conversation_words
from assistant.read_turn import ArticleStep, Reader, Turn, read_turn
from assistant.replace_words import find_subject, has_figure, replace_figure, replace_spans
from assistant.tell_turn_form import (
    asks_again,
    find_own_subjects,
    is_contrary,
    tell_turn_form,
)
from assistant.understand_question import Query

# Names of subjects that are shown at most.
_SHOWN = 3
# What 没按时呢 asks.
_WHAT_THEN = "怎么办"

Reply = Literal["thanks", "restart", "blank"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a question means after all that was said before.

    Attributes:
        query: the whole question.
        asked: the question as typed.
        anchor: words of the subject that later follow-ups go on from.
        narrowing: words by which the last follow-up narrowed it down (没通过).
        carried_regions: ids taken from before.
        carried_subjects: names taken from before, as shown.
        everywhere: all regions are asked for, whichever is selected.
        step: the provision asked for, counted from those that ``before`` is answered with.
        before: what was meant before; only where ``step`` needs it.
        follows: it was completed from the one before.
        reply: set where nothing is asked.
    """

    query: Query
    asked: str
    anchor: str = ""
    narrowing: str = ""
    carried_regions: tuple[str, ...] = ()
    carried_subjects: tuple[str, ...] = ()
    everywhere: bool = False
    step: ArticleStep | None = None
    before: Meant | None = None
    follows: bool = False
    reply: Reply | None = None


def resume_conversation(
    questions: Sequence[str],
    read: Reader,
    *,
    has_selection: bool = False,
    is_known: Callable[[str], bool] = lambda word: True,
    is_foreign: Callable[[Query], bool] = lambda query: False,
) -> Meant:
    """Fill in the place and the subject that the last question leaves out.

    Args:
        questions: at least one, oldest first; the last one is to be answered.
        read: reads a question by itself.
        has_selection: a region is selected beside the question; one that stands alone is then
            asked of that region, whatever was asked before.
        is_known: whether any article holds a word; a short question of unknown words only is
            about something else.
        is_foreign: whether a question by itself is about something else; asked at most once, and
            only where its words don't tell.
    """

    def has_unknown_words_only(query: Query) -> bool:
        return not query.facets and not any(map(is_known, query.words))

    def is_about_something_else(query: Query) -> bool:
        unknown = [word for word in query.words if len(word) > 1 and not is_known(word)]
        return bool(unknown) and (has_unknown_words_only(query) or is_foreign(query))

    resumed = _Resuming(read=read, has_selection=has_selection, is_foreign=has_unknown_words_only)
    before: Meant | None = None
    for question in questions[:-1]:
        meant = resumed.resume(read_turn(question, read), before)
        if meant.reply == "restart":
            before = None
        elif meant.reply is None:
            before = meant
    last = replace(resumed, is_foreign=is_about_something_else)
    return last.resume(read_turn(questions[-1], read), before)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Resuming:
    """The rules by which a turn takes over what was before it."""

    read: Reader
    has_selection: bool
    is_foreign: Callable[[Query], bool]

    def resume(self, turn: Turn, before: Meant | None) -> Meant:
        if turn.start != "goes_on":
            return self._start_anew(turn, before)
        if turn.says_nothing:
            return _reply(turn, "thanks" if turn.asked else "blank")
        if before is None:
            return self._alone(turn, None)
        if turn.step is not None and self._takes_step(turn, turn.step, before):
            query = before.query
            if turn.step.kind == "within":
                query = replace(turn.query, regions=query.regions)
            return replace(before, query=query, asked=turn.asked, step=turn.step, before=before)
        return self._go_on(turn, before)

    def _takes_step(self, turn: Turn, step: ArticleStep, before: Meant) -> bool:
        """Another subject (验收完下一步) is searched for, and not counted to."""
        return step.kind == "within" or find_own_subjects(turn) <= _names(before.query)

    def _start_anew(self, turn: Turn, before: Meant | None) -> Meant:
        if not turn.says_nothing:
            return self._alone(turn, None)
        if turn.start == "restarts" or before is None:
            return _reply(turn, "restart")
        return self._alone(read_turn(before.asked, self.read), None)

    def _go_on(self, turn: Turn, before: Meant) -> Meant:
        form = tell_turn_form(turn, before.query, self.read, self.is_foreign)
        if form == "elsewhere":
            return self._swap_places(turn, before)
        if form == "alone":
            return self._alone(turn, before)
        if form == "another":
            return self._put_another(turn, before)
        return self._complete(turn, before)

    def _alone(self, turn: Turn, before: Meant | None) -> Meant:
        carried: tuple[str, ...] = ()
        names_place = turn.query.regions or turn.query.unknown_places
        if before is not None and not (names_place or turn.everywhere or self.has_selection):
            carried = before.query.regions
        query = replace(turn.query, regions=turn.query.regions or carried)
        return Meant(
            query=query,
            asked=turn.asked,
            anchor=_anchor_of(query),
            carried_regions=carried,
            everywhere=turn.everywhere,
        )

    def _swap_places(self, turn: Turn, before: Meant) -> Meant:
        """The question before, asked of other places."""
        own = replace(turn.query, facets=frozenset(), units=frozenset())
        query = self._join(before.query.core, "", own, before)
        shown = _show_subjects(_names(before.query), before)
        return replace(
            self._continue(turn, before, query),
            anchor=before.anchor,
            narrowing=before.narrowing,
            carried_subjects=shown,
        )

    def _put_another(self, turn: Turn, before: Meant) -> Meant:
        """The question before, with one subject or figure in place of another."""
        core = self._replace_in(turn, before.query)
        if core is None:
            return self._complete(turn, before)
        query = self._join(core, "", turn.query, before)
        kept = (_names(query) & _names(before.query)) - turn.own_concepts
        return replace(
            self._continue(turn, before, query),
            anchor=_anchor_of(query),
            carried_subjects=_show_subjects(kept, before) if kept else (),
        )

    def _replace_in(self, turn: Turn, before: Query) -> str | None:
        if has_figure(turn.rest):
            role = load_conversation_words().before_figure
            return replace_figure(before.core, turn.rest, role)
        kind_of = load_conversation_words().kind_of
        kinds = {kind_of[name] for name in turn.own_concepts if name in kind_of}
        old = [m for m in before.concepts if m.concept.name in turn.own_concepts]
        old = old or [m for m in before.concepts if kind_of.get(m.concept.name) in kinds]
        if turn.corrects and not old:
            old = [*before.concepts]
        return replace_spans(before, old, turn.rest) if old else None

    def _complete(self, turn: Turn, before: Meant) -> Meant:
        """The subject before, with what is asked of it now."""
        again = asks_again(turn, follows=before.follows)
        narrowing = "" if turn.own_concepts or is_contrary(turn) else before.narrowing
        subject = before.query.core if again else f"{before.anchor} {narrowing}".strip()
        asked = turn.query.core
        if is_contrary(turn) and not load_conversation_words().asks.search(asked):
            asked = f"{turn.rest}{_WHAT_THEN}"
        query = self._join(subject, asked, turn.query, before)
        if turn.own_concepts and not is_contrary(turn):
            query = _halve_old(query, _names(before.query) - turn.own_concepts)
        if not again:
            own = self.read(asked)
            query = replace(query, facets=own.facets, units=own.units)
        kept = (_names(query) & _names(before.query)) - turn.own_concepts
        added = f" {turn.query.core}" if has_figure(turn.query.core) else ""
        return replace(
            self._continue(turn, before, query),
            anchor=f"{before.anchor}{added}",
            narrowing=self._narrowing_of(turn) or narrowing,
            carried_subjects=_show_subjects(kept, before),
        )

    def _narrowing_of(self, turn: Turn) -> str:
        """The words by which a turn narrows the subject down: 没通过, 专家."""
        if is_contrary(turn):
            return load_conversation_words().asks.split(turn.rest)[0].strip()
        return find_subject(turn.query) if turn.own_concepts else ""

    def _join(self, subject: str, asked: str, own: Query, before: Meant) -> Query:
        """A whole question, read anew."""
        joined = self.read(f"{subject} {asked}".strip())
        return replace(
            joined,
            text=f"{joined.core}；{own.text}",
            facets=joined.facets if asked else own.facets | before.query.facets,
            units=own.units or joined.units,
        )

    def _continue(self, turn: Turn, before: Meant, query: Query) -> Meant:
        own = turn.query
        regions, carried = own.regions, before.query.regions
        unknown = own.unknown_places
        if turn.beside:
            regions = tuple(dict.fromkeys([*carried, *own.regions]))
        elif turn.everywhere:
            regions, carried = (), ()
        elif not regions and not unknown:
            regions, unknown = carried, before.query.unknown_places
        placed = replace(query, regions=regions, unknown_places=unknown)
        return Meant(
            query=placed,
            asked=turn.asked,
            follows=True,
            carried_regions=tuple(id for id in regions if id not in own.regions),
            everywhere=turn.everywhere or (before.everywhere and not regions),
        )


def _reply(turn: Turn, reply: Reply) -> Meant:
    return Meant(query=turn.query, asked=turn.asked, reply=reply)


def _anchor_of(query: Query) -> str:
    """What follow-ups go on from: a statement (概算500万的项目) whole, of others the subject."""
    states = has_figure(query.core) and not load_conversation_words().asks.search(query.core)
    return query.core if states else find_subject(query)


def _names(query: Query) -> frozenset[str]:
    return frozenset(match.concept.name for match in query.concepts)


def _halve_old(query: Query, old: frozenset[str]) -> Query:
    """What is only carried over counts half beside what is asked now."""
    return replace(
        query, concepts=tuple(_halve(m) if m.concept.name in old else m for m in query.concepts)
    )


def _halve(match: ConceptMatch) -> ConceptMatch:
    return replace(match, concept=replace(match.concept, weight=match.concept.weight / 2))


def _show_subjects(names: frozenset[str], before: Meant) -> tuple[str, ...]:
    """Names of concepts of the question before as shown; its words where it has no concept."""
    aspects = load_conversation_words().aspects
    concepts = [m.concept for m in before.query.concepts if m.concept.name in names]
    broader = {name for concept in concepts for name in concept.broader}
    narrow = [concept.name for concept in concepts if concept.name not in broader]
    subjects = [name for name in narrow if name not in aspects] or narrow
    # A single verb (管) tells nobody anything.
    return tuple(subjects[:_SHOWN]) or ((before.anchor,) if len(before.anchor) > 1 else ())
