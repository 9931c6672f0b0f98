"""Report index -> what a report ought to say and doesn't."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checkers.check_rule_file import TermsLook
from checkers.compile_checks import CompiledCheck, CompiledGroup
from checkers.compile_terms import normalize_text
from checkers.find_budget import AMOUNT, Budget
from checkers.grade_sentences import Sentence
from checkers.index_report import ReportIndex
from checkers.join_bodies import MarkedSection
from checkers.observation import Observation

CLAUSE = re.compile(r"[^,;]+[,;]?")
# 系统定为三级，涉密图层不在本项目内: what stands ahead of such a clause is said all the same.
TURNING = re.compile(
    r"不|未|无|没有|暂|留待|推迟|放[到在]|二期|另|单独|附[件录册本]|详见|参见|后续|下一步|今后|届时|再行"
)


def look_for_terms(
    index: ReportIndex,
    check: CompiledCheck,
    look: TermsLook,
    topic_sections: Sequence[MarkedSection],
) -> list[Observation]:
    """One observation if too few of the things are said in headings or live sentences."""
    within = topic_sections if look.where == "topics" else None
    said = tuple(group.label for group in check.groups if _is_said(index, group, within))
    missing = tuple(group.label for group in check.groups if group.label not in said)
    if len(said) >= (look.fewest or len(check.groups)):
        return []
    return [Observation(missing=missing, found=said)]


def look_for_budget_item(
    index: ReportIndex, check: CompiledCheck, budget: Budget
) -> list[Observation]:
    """One observation if a budget that goes into items has none of the things."""
    if not budget.itemized or any(_is_budgeted(index, part, budget) for part in check.groups):
        return []
    labels = tuple(group.label for group in check.groups)
    return [Observation(missing=labels, paths=budget.itemized)]


def _is_said(
    index: ReportIndex, group: CompiledGroup, within: Sequence[MarkedSection] | None
) -> bool:
    return any(
        _matches(group, normalize_text(path[-1].section.title))
        and index.says_anything(path[-1])
        and _lies_within(path[-1].start, within)
        for path in index.titled(group.cue)
    ) or any(
        _lies_within(sentence.start, within)
        and _matches(group, _keep_what_is_said(group, sentence))
        for sentence in index.sentences(group.cue)
    )


def _keep_what_is_said(group: CompiledGroup, sentence: Sentence) -> str:
    """The sentence, or the clauses ahead of the one that leaves something out or puts it off."""
    if sentence.state == "live":
        return sentence.text
    # Without a pattern the word that was found may stand behind those clauses.
    if sentence.state not in ("negated", "deferred") or group.beside is None:
        return ""
    said = ""
    for clause in CLAUSE.findall(sentence.text):
        if TURNING.search(clause):
            break
        said += clause
    return said


def _lies_within(offset: int, within: Sequence[MarkedSection] | None) -> bool:
    return within is None or any(part.start <= offset < part.end for part in within)


def _is_budgeted(index: ReportIndex, group: CompiledGroup, budget: Budget) -> bool:
    return (
        any(
            (budget.holds(sentence.start) or AMOUNT.search(sentence.text))
            and _matches(group, sentence.text)
            for sentence in index.sentences(group.cue)
        )
        or any(
            budget.holds_section(path) and _matches(group, normalize_text(path[-1].section.title))
            for path in index.titled(group.cue)
        )
        # A row without a second entry is no part of the text, yet it lists the item.
        or any(
            _matches(group, margin.text) and _is_budget_place(budget, margin.place.paragraph)
            for margin in index.margins.get(group.cue, ())
        )
    )


def _is_budget_place(budget: Budget, paragraph: int | None) -> bool:
    """Whether a paragraph lies behind the heading of a chapter on money; None may do so."""
    first = min((path[-1].section.place.paragraph or 0 for path in budget.paths), default=0)
    return paragraph is None or paragraph >= first


def _matches(group: CompiledGroup, text: str) -> bool:
    return bool(text) and (group.beside is None or group.beside.search(text) is not None)
