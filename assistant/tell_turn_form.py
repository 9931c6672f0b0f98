"""A turn and the question before it -> how the turn goes on from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from assistant.conversation_words import load_conversation_words
from assistant.read_stage_question import read_stage_question
from assistant.read_turn import Reader, Turn
from assistant.replace_words import compares_alike, has_figure
from assistant.understand_question import Query

Form = Literal["elsewhere", "alone", "another", "more"]
"""``elsewhere``: the same, asked of other places. ``alone``: a whole question. ``another``: another
subject or figure in place of one before. ``more``: something else on the subject before."""

# A concept of less weight than this stands almost everywhere and is no subject of its own.
_SUBJECT_FROM = 0.9
# A question longer than this stands alone even where no concept of it is known.
_SHORT = 12
# The name of a subject is no longer.
_NAME = 6
# Between the names of places: 金寨和湘西呢.
_CONJUNCTIONS = "和跟与及或、, "
# What asks for no kind of thing of its own: 也要吗, 行吗.
_REPEATING = frozenset({"permission"})


def tell_turn_form(
    turn: Turn, before: Query, read: Reader, is_foreign: Callable[[Query], bool]
) -> Form:
    """How a turn goes on from the question before.

    Args:
        turn: what was typed.
        before: the whole question before.
        read: reads a question by itself.
        is_foreign: whether a short question, taken by itself, is about something else; asked only
            where it has a word by which to tell.
    """
    if turn.beside or _only_places(turn, read) or _ranks_places(turn, before):
        return "elsewhere"
    if _adds_figure(turn, before):
        return "another"
    if _sets_case_against(turn, before):
        return "more"
    if _stands_alone(turn, read, is_foreign):
        return "alone"
    if not _puts_another(turn, read):
        return "more"
    # The figures of the question before belong to its subject.
    return "alone" if has_figure(before.core) and find_own_subjects(turn) else "another"


def find_own_subjects(turn: Turn) -> frozenset[str]:
    """Names of the concepts of a turn that are subjects by themselves."""
    aspects = load_conversation_words().aspects
    return frozenset(
        match.concept.name
        for match in turn.query.concepts
        if match.concept.weight >= _SUBJECT_FROM and match.concept.name not in aspects
    )


def is_contrary(turn: Turn) -> bool:
    """Whether a turn sets a case against what was asked: 没按时呢, 超过了怎么办."""
    return bool(load_conversation_words().contrary.search(turn.query.core))


def asks_again(turn: Turn, *, follows: bool) -> bool:
    """Whether the question before is asked of a special case: 那涉密的呢, 自筹的也要吗.

    Args:
        turn: what was typed.
        follows: the question before is a follow-up itself; 如果是自筹的 then opens another case
            of the subject, and does not ask the same of it.
    """
    words = load_conversation_words()
    core = turn.query.core
    supposes = bool(words.supposing.search(core))
    if is_contrary(turn) or turn.query.facets - _REPEATING or (supposes and follows):
        return False
    is_case = supposes or words.headless.search(core) or turn.own_concepts & words.cases
    if turn.own_concepts and not is_case:
        return False
    return not words.asks.search(core) or bool(is_case or words.also.search(core))


def _only_places(turn: Turn, read: Reader) -> bool:
    """Nothing but a place is named, or the question before asked again: 那金寨也要吗."""
    if not (turn.query.regions or turn.query.unknown_places or turn.everywhere):
        return False
    words = load_conversation_words()
    rest = words.same_question.sub("", turn.rest).strip(_CONJUNCTIONS)
    own = read(rest)
    if not (own.concepts or own.words or own.facets):
        # 如果我是金寨的呢, 我们金寨呢
        return True
    compares = words.compares.search(turn.rest) and len(turn.rest) <= _SHORT
    return not turn.own_concepts and bool(compares or words.same_again.match(turn.rest))


def _ranks_places(turn: Turn, before: Query) -> bool:
    """哪个早: the question before, with its regions set against each other."""
    return turn.ranks and len(turn.query.regions or before.regions) != 1


def _sets_case_against(turn: Turn, before: Query) -> bool:
    """超过15%呢 names no subject but the one before."""
    return is_contrary(turn) and find_own_subjects(turn) <= before.concept_weights.keys()


def _adds_figure(turn: Turn, before: Query) -> bool:
    """A figure that belongs to those given before: 概算500万的项目 -> 想改60万行不行."""
    if not has_figure(turn.rest) or not has_figure(before.core):
        return False
    if is_contrary(turn) and not compares_alike(before.core, turn.rest):
        # 不超过15%怎么办 -> 超过15%呢
        return False
    states = not load_conversation_words().asks.search(before.core)
    return states or find_own_subjects(turn) <= before.concept_weights.keys()


def _stands_alone(turn: Turn, read: Reader, is_foreign: Callable[[Query], bool]) -> bool:
    words = load_conversation_words()
    core, subjects = turn.query.core, find_own_subjects(turn)
    if turn.turns_away or _names_else(turn) or _asks_for_whole_way(turn):
        return True
    if _points_back(core):
        return bool(words.may_name_regulation.search(core) and subjects)
    if turn.query.regions and turn.own_concepts and not turn.links:
        return True
    if turn.own_concepts & words.of_regulation or words.headless.search(core):
        return bool(turn.own_concepts & words.of_regulation)
    if subjects:
        return not (turn.links or turn.corrects) or not _is_bare(turn, read)
    if words.supposing.search(core) or is_contrary(turn) or turn.own_concepts:
        return False
    # 从哪里选: a verb of one character may be any.
    telling = any(len(word) > 1 for word in turn.query.words)
    return len(core) > _SHORT or (telling and is_foreign(turn.query))


def _asks_for_whole_way(turn: Turn) -> bool:
    """All stages of a project are a subject of their own: 从头到尾流程."""
    question = read_stage_question(turn.query.core)
    return question is not None and question.whole


def _names_else(turn: Turn) -> bool:
    """An article by number, the regulation as such, or this program."""
    words, query = load_conversation_words(), turn.query
    if words.names_article.search(query.core) or words.addresses_program.search(query.core):
        return True
    has_content = bool(query.concepts or query.words)
    return has_content and bool(words.names_regulation.search(query.core))


def _points_back(core: str) -> bool:
    words = load_conversation_words()
    return bool(words.points_back.search(words.points_nowhere.sub("", core)))


def _is_bare(turn: Turn, read: Reader) -> bool:
    """Only a subject is named, and nothing asked of it: 验收, 密码那一块."""
    own = read(turn.rest)
    # 信息共享, where only 共享 is known: a noun belongs to it.
    words = set(own.words) - (own.nouns if len(turn.rest) <= _NAME else frozenset())
    return not words and not own.facets


def _puts_another(turn: Turn, read: Reader) -> bool:
    if not (turn.links or turn.corrects) or is_contrary(turn):
        return False
    return bool(turn.own_concepts) and _is_bare(turn, read)
