"""What was reckoned, what the provision says -> a Working, in one plain Chinese sentence."""

from __future__ import annotations

import re

from assistant.answer import ChecklistEntry, Outcome, Working
from assistant.find_consequences import (
    Consequences,
    Place,
    cite_place,
    find_consequences,
)
from assistant.read_deadlines import Deadline
from assistant.read_thresholds import Threshold
from assistant.reckon_shares import Reckoned
from assistant.scenario_words import load_scenario_words, printed_names
from corpus.library import Library

# What follows is quoted up to the end of the clause that passes this length; a duty with a day or
# a period says what is to be done in its first words.
_LONG_QUOTE, _LONG_DUTY = 60, 16
_FILING = "申报"
_UNFINISHED = ("后", "时", "前")
_CLAUSE_END = re.compile("[,，]")
_LIMIT_CONDITION = re.compile(r"(?:未|不|没有)(?:超出|超过|突破)")


def word_threshold(
    reckoned: Reckoned, threshold: Threshold, place: Place, library: Library, question: str
) -> Working:
    """The working of a share, a sum or a period against its bound."""
    is_upper = threshold.bound.high is not None
    consequences = find_consequences(
        place, threshold.start, threshold.end, threshold.kind, library, is_upper=is_upper
    )
    outcome = _outcome(reckoned, threshold)
    compared = _compare(reckoned, threshold)
    # 调整超过15%，超过15% says it twice.
    repeats = compared and reckoned.saying.endswith(compared.removeprefix("，"))
    said = reckoned.saying + ("" if repeats else compared)
    sentences = [
        _follow(said, outcome, reckoned, threshold, consequences),
        *reckoned.notes,
        *_edge_note(reckoned, threshold),
        *_limit_note(outcome, reckoned, consequences, question),
    ]
    return _make(reckoned, outcome, sentences, threshold.clause, place, consequences, library)


def word_deadline(
    reckoned: Reckoned, deadline: Deadline, place: Place, library: Library
) -> Working:
    """The working of a day against a deadline."""
    consequences = find_consequences(place, deadline.start, deadline.end, "deadline", library)
    outcomes: dict[str, Outcome] = {"inside": "within", "outside": "beyond"}
    outcome = outcomes.get(reckoned.verdict, "undecided")
    bound = f"“{deadline.printed}”"
    if outcome == "within":
        said = f"{reckoned.saying}在{bound}的期限以内，{reckoned.calculation}"
        said += _quoted("：", _filing_clause(deadline.right))
    elif outcome == "beyond":
        said = f"{reckoned.saying}已过{bound}的期限，{reckoned.calculation}"
        said += _tell_otherwise(consequences)
    else:
        said = f"{reckoned.saying}是否在{bound}的期限以内，不能确定"
    sentences = [said, *reckoned.notes]
    clause = deadline.clause
    return _make(reckoned, outcome, sentences, clause, place, consequences, library)


def _filing_clause(words: str) -> str:
    """The first clause that says what is to be filed."""
    actions = load_scenario_words().actions
    clauses = _CLAUSE_END.split(words)
    return next((c for c in clauses if _FILING in printed_names(actions, c)), words)


def _make(
    reckoned: Reckoned,
    outcome: Outcome,
    sentences: list[str],
    clause: str,
    place: Place,
    consequences: Consequences,
    library: Library,
) -> Working:
    # Where the figure rules out what the provision grants, its other conditions are idle.
    applies = reckoned.verdict != "outside"
    otherwise = None
    if outcome == "beyond" and consequences.otherwise_ref is not None:
        cited = cite_place(consequences.otherwise_ref, library)
        otherwise = ChecklistEntry(text=consequences.otherwise, citation=cited)
    return Working(
        regulation=place.article.regulation,
        given=reckoned.given,
        calculation=reckoned.calculation,
        threshold=clause,
        outcome=outcome,
        conclusion="；".join(sentence.strip("。；") for sentence in sentences if sentence) + "。",
        conditions=consequences.conditions if applies else (),
        citation=cite_place(place.ref, library),
        otherwise=otherwise,
    )


def _outcome(reckoned: Reckoned, threshold: Threshold) -> Outcome:
    """``beyond`` means that the number is passed, or not reached where it must be reached."""
    if reckoned.verdict == "undecided":
        return "undecided"
    keeps = (reckoned.verdict == "inside") == (threshold.manner == "keeping")
    return "within" if keeps else "beyond"


def _compare(reckoned: Reckoned, threshold: Threshold) -> str:
    """How the figure stands to the number: ``，不超过15%``."""
    if reckoned.compared or reckoned.verdict == "undecided":
        return reckoned.compared
    inside, bound, number = reckoned.verdict == "inside", threshold.bound, threshold.number
    if bound.low is not None and bound.high is not None:
        side = "" if number.endswith(threshold.side) else threshold.side
        return f"，{'在' if inside else '不在'}“{number}{side}”的范围"
    if bound.high is not None:
        words = ("低于", "不低于") if bound.high_open else ("不超过", "超过")
    elif threshold.manner == "exceeding" and not bound.low_open:
        return f"，{'属于' if inside else '不属于'}“{number}{threshold.side}”"
    else:
        words = ("超过", "不超过") if bound.low_open else ("达到", "未达到")
    return f"，{words[0 if inside else 1]}{number}"


def _follow(
    said: str,
    outcome: Outcome,
    reckoned: Reckoned,
    threshold: Threshold,
    consequences: Consequences,
) -> str:
    kept = consequences.kept
    length = _LONG_DUTY if threshold.kind == "duration" else _LONG_QUOTE
    if outcome == "undecided":
        missing = f"，缺少{reckoned.missing}" if reckoned.missing else ""
        told = f"{said}{missing}，不能判断是否符合“{threshold.clause}”"
        return told if reckoned.missing else f"{said}{_quoted('；条文规定', kept, length)}"
    if threshold.kind == "money" and not (kept or consequences.otherwise):
        # A line in a list of what the regulation applies to.
        belongs = "属于" if reckoned.verdict == "inside" else "不属于"
        return f"{said}，{belongs}本条所列的“{threshold.clause}”"
    if reckoned.verdict == "inside":
        lead = "；条件齐备的，" if consequences.conditions else "，"
        return said + _quoted(lead, kept, length)
    otherwise = _tell_otherwise(consequences)
    if consequences.conditions or threshold.kind != "duration":
        return said + _quoted("，不适用", kept, length) + otherwise
    # A duty with a period is not lifted by having passed the period.
    return said + (otherwise or _quoted("；条文规定", kept, length))


def _tell_otherwise(consequences: Consequences) -> str:
    """What holds where the bound is passed; with its article where that is another one."""
    label = consequences.otherwise_article
    return _quoted(f"；{label}规定" if label else "；", consequences.otherwise)


def _quoted(lead: str, words: str, length: int = _LONG_QUOTE) -> str:
    words = words.strip("，,。；; ：:")
    if not words:
        return ""
    for end in _CLAUSE_END.finditer(words):
        if end.start() >= length and not words[: end.start()].endswith(_UNFINISHED):
            words = words[: end.start()]
            break
    return f"{lead}“{words}”"


def _edge_note(reckoned: Reckoned, threshold: Threshold) -> list[str]:
    has_two_sides = threshold.bound.low is not None and threshold.bound.high is not None
    if not reckoned.is_edge or has_two_sides or threshold.kind == "duration":
        return []
    includes = not (threshold.bound.high_open or threshold.bound.low_open)
    return [f"恰为{threshold.number}，“{threshold.side}”{'包括' if includes else '不包括'}本数"]


def _limit_note(
    outcome: Outcome, reckoned: Reckoned, consequences: Consequences, question: str
) -> list[str]:
    """A change that makes the total grow may break another condition than the share."""
    grows = reckoned.grows or load_scenario_words().grows.search(question)
    if outcome != "within" or not grows:
        return []
    limits = [c for c in consequences.conditions if _LIMIT_CONDITION.search(c)]
    return [f"如果总投资因此增加，须另看是否仍符合“{limits[0]}”"] if limits else []
