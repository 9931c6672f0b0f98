"""Questions of a conversation -> what the last one means.

A follow-up leaves out what was said: it is completed in words (验收 + 没通过怎么办) and read
anew, so that everything behind it sees a whole question. One that names only another place or
subject puts that into the question before; one with a subject of its own keeps only the place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.carry_subjects import (
    anchor_of,
    clear_figures,
    halve_old,
    names_of,
    names_part,
    prefer_subjects,
    show_subjects,
)
from assistant.conversation_words import load_conversation_words
from assistant.read_request import read_request
from assistant.read_turn import ArticleStep, Reader, Turn, read_turn
from assistant.replace_words import (
    find_subject,
    has_figure,
    replace_figure,
    replace_spans,
)
from assistant.tell_turn_form import (
    asks_again,
    find_own_subjects,
    is_contrary,
    tell_turn_form,
)
from assistant.understand_question import Query, clean_question

# What 没按时呢 asks.
_WHAT_THEN = "怎么办"

Reply = Literal["thanks", "restart", "blank", "place"]


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
        before: what was meant before; only where ``step``, ``what_then`` or ``exceeds``
            needs it.
        earlier: what was meant before, where this names an article by itself.
        case: the question that the last special case (自筹资金的呢) was put to; empty for none.
        what_then: it asks only what follows from the figures given before.
        exceeds: it supposes that the bound given before is passed, without saying which.
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
    earlier: Meant | None = None
    case: str = ""
    what_then: bool = False
    exceeds: bool = False
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
        is_foreign: whether a question by itself is about something else; asked only where its
            words don't tell.
    """

    def has_unknown_words_only(query: Query) -> bool:
        return not query.facets and not any(map(is_known, query.words))

    def is_about_something_else(query: Query) -> bool:
        unknown = [word for word in query.words if len(word) > 1 and not is_known(word)]
        return bool(unknown) and (has_unknown_words_only(query) or is_foreign(query))

    resumed = _Resuming(read=read, has_selection=has_selection, is_foreign=is_about_something_else)
    before: Meant | None = None
    for question in questions[:-1]:
        if read_request(clean_question(question)).kind != "question":
            continue
        turn = read_turn(question, read)
        meant = resumed.resume(turn, before)
        if meant.reply == "restart":
            before = None
        elif meant.reply in (None, "place") and not _is_interlude(turn, meant, before, resumed):
            before = meant
    return resumed.resume(read_turn(questions[-1], read), before)


def _is_interlude(turn: Turn, meant: Meant, before: Meant | None, resumed: _Resuming) -> bool:
    """Whether a turn is about something else (天气怎么样), so that the next goes on from before."""
    query = turn.query
    if before is None or meant.follows or meant.step is not None or query.concepts:
        return False
    if load_conversation_words().names_article.search(query.core):
        return False
    names_place = query.regions or query.unknown_places
    return bool(query.words) and not names_place and resumed.is_foreign(query)


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
        if before is None or before.reply == "place":
            meant = self._alone(turn, before)
            return replace(meant, reply="place") if turn.says_place_only else meant
        if turn.step is not None and turn.step.kind == "earlier":
            return self._go_back(turn, turn.step, before)
        if turn.step is not None and self._takes_step(turn, turn.step, before):
            query = before.query
            if turn.step.kind == "within":
                query = replace(turn.query, regions=query.regions)
            return replace(
                before,
                query=query,
                asked=turn.asked,
                step=turn.step,
                before=before,
                earlier=before,
            )
        return self._go_on(turn, before)

    def _takes_step(self, turn: Turn, step: ArticleStep, before: Meant) -> bool:
        """Another subject (验收完下一步) is searched for, and not counted to."""
        return step.kind == "within" or find_own_subjects(turn) <= names_of(before.query)

    def _go_back(self, turn: Turn, step: ArticleStep, before: Meant) -> Meant:
        """前面那条: the article spoken of before the last one; the last one where there is none."""
        if before.earlier is None:
            step = replace(step, kind="whole")
            return replace(before, asked=turn.asked, step=step, before=before)
        earlier = before.earlier
        return replace(earlier, asked=turn.asked, carried_regions=earlier.query.regions)

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
        names_article = load_conversation_words().names_article
        if names_article.search(before.query.core):
            return self._ask_about(turn, before)
        return self._complete(turn, before)

    def _ask_about(self, turn: Turn, before: Meant) -> Meant:
        """Something on the subject of the article before: 第十七条 -> 违反了怎么办."""
        meant = self._alone(turn, before)
        query = replace(turn.query, regions=turn.query.regions or before.query.regions)
        return replace(meant, query=query, step=ArticleStep(kind="about"), before=before)

    def _alone(self, turn: Turn, before: Meant | None) -> Meant:
        carried: tuple[str, ...] = ()
        names_place = turn.query.regions or turn.query.unknown_places
        if before is not None and not (names_place or turn.everywhere or self.has_selection):
            carried = before.query.regions
        query = replace(turn.query, regions=turn.query.regions or carried)
        return Meant(
            query=query,
            asked=turn.asked,
            anchor=anchor_of(query),
            carried_regions=carried,
            everywhere=turn.everywhere,
            earlier=before,
        )

    def _swap_places(self, turn: Turn, before: Meant) -> Meant:
        """The question before, asked of other places."""
        own = replace(turn.query, facets=frozenset(), units=frozenset())
        query = self._join(before.query.core, "", own, before)
        shown = show_subjects(names_of(before.query), before.query, before.anchor)
        meant = self._continue(turn, before, query)
        if before.before is not None and (before.exceeds or before.what_then):
            # 超过了怎么办 goes on from what the other place provides.
            elsewhere = replace(before.before.query, regions=meant.query.regions)
            meant = replace(
                meant,
                exceeds=before.exceeds,
                what_then=before.what_then,
                before=replace(before.before, query=elsewhere),
            )
        return replace(
            meant,
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
        kept = (names_of(query) & names_of(before.query)) - turn.own_concepts
        return replace(
            self._continue(turn, before, query),
            anchor=anchor_of(query),
            carried_subjects=show_subjects(kept, before.query, before.anchor) if kept else (),
        )

    def _replace_in(self, turn: Turn, before: Query) -> str | None:
        if has_figure(turn.rest):
            role = load_conversation_words().before_figure
            return replace_figure(before.core, turn.rest, role)
        kind_of = load_conversation_words().kind_of
        kinds = {kind_of[name] for name in turn.own_concepts if name in kind_of}
        old = [m for m in before.concepts if m.concept.name in turn.own_concepts]
        old = old or [m for m in before.concepts if kind_of.get(m.concept.name) in kinds]
        if not turn.corrects and turn.own_concepts <= load_conversation_words().aspects:
            old = [m for m in old if m.concept.name not in load_conversation_words().approved]
        old = prefer_subjects(old)
        if turn.corrects and not old:
            old = [*before.concepts]
        return replace_spans(before, old, turn.rest) if old else None

    def _complete(self, turn: Turn, before: Meant) -> Meant:
        """The subject before, with what is asked of it now."""
        words = load_conversation_words()
        is_part = names_part(turn, before.query)
        what_then = bool(words.what_then.search(turn.rest))
        again = is_part or asks_again(turn, follows=before.follows)
        # What follows from the figures takes all that was said of them.
        again = again or (what_then and has_figure(before.query.core))
        exceeds = bool(words.exceeds.search(turn.rest))
        is_case = bool(turn.own_concepts & words.cases)
        narrowing = "" if turn.own_concepts or is_contrary(turn) else before.narrowing
        whole = before.case if is_case and before.case else before.query.core
        subject = whole if again else clear_figures(turn, f"{before.anchor} {narrowing}".strip())
        asked = turn.rest if is_part else turn.query.core
        if is_contrary(turn) and not words.asks.search(asked):
            asked = f"{turn.rest}{_WHAT_THEN}"
        query = self._join(subject, asked, turn.query, before)
        if is_contrary(turn) and has_figure(turn.rest):
            # What the figure is of stands in the question before: 调整, 超过15%呢.
            query = replace(query, text=query.core)
        if turn.own_concepts and not is_contrary(turn):
            query = halve_old(query, names_of(before.query) - turn.own_concepts)
        if not again:
            own = self.read(asked)
            query = replace(query, facets=own.facets, units=own.units)
        replaced = frozenset() if is_contrary(turn) else turn.own_concepts
        kept = (names_of(query) & names_of(before.query)) - replaced
        added = f" {turn.query.core}" if has_figure(turn.query.core) else ""
        return replace(
            self._continue(turn, before, query),
            anchor=f"{before.anchor}{added}",
            narrowing=self._narrowing_of(turn) or narrowing,
            carried_subjects=show_subjects(kept, before.query, before.anchor),
            case=whole if again and is_case else "",
            what_then=what_then,
            exceeds=exceeds,
            before=before if what_then or exceeds else None,
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
