"""Question for a chapter, by number or by title -> the chapter; None where it asks for less."""

from __future__ import annotations

import re

from assistant.stage_vocabulary import load_stages
from corpus.chinese_numerals import NUMERAL_CHARACTERS, parse_numeral
from corpus.regulation import Chapter, Regulation

_NUMBERED = re.compile(rf"第([{NUMERAL_CHARACTERS}]{{1,4}})章")
# 项目建设管理 is the chapter on 建设.
_AROUND = re.compile("^(?:信息化|政务信息化)?(?:项目|工程)?|(?:和)?管理$")
_MANAGED = "管理"
_LEFT_OVER = 1


def find_chapter(question: str, regulation: Regulation) -> Chapter | None:
    """The chapter of a regulation that a question asks for as a whole.

    Args:
        question: without names of places.
        regulation: where the chapter is looked for.
    """
    numbered = _NUMBERED.search(question)
    if numbered is not None:
        return _find_numbered(question, numbered, regulation)
    named = [one for one in regulation.chapters if one.title and _names(question, one.title)]
    return named[0] if len(named) == 1 else None


def _find_numbered(
    question: str, numbered: re.Match[str], regulation: Regulation
) -> Chapter | None:
    if not _is_bare(question.replace(numbered.group(), " ")):
        return None
    try:
        number = parse_numeral(numbered[1])
    except ValueError:
        return None
    return next((one for one in regulation.chapters if one.number == number), None)


def _names(question: str, title: str) -> bool:
    """Whether a question for a stage or chapter names it by its title and nothing else.

    The title without 管理 counts only where it is none of the stages that every project has.
    """
    vocabulary = load_stages()
    core = _AROUND.sub("", title)
    is_stage = any(stage.asked.search(core) for stage in vocabulary.stages)
    for name in (title, core + _MANAGED, *(() if is_stage else (core,))):
        at = question.find(name)
        if name and at >= 0 and vocabulary.label.match(question, at + len(name)):
            return _is_bare(question.replace(name, " "))
    return False


def _is_bare(rest: str) -> bool:
    return len(load_stages().filler.sub("", rest)) <= _LEFT_OVER
