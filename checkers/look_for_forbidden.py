"""Report index -> plans that a regulation does not allow, each with its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checkers.check_rule_file import ForbiddenLook
from checkers.compile_checks import CompiledCheck
from checkers.compile_terms import normalize_text
from checkers.find_budget import Budget
from checkers.grade_sentences import Sentence
from checkers.index_report import ReportIndex, SectionPath
from checkers.observation import Observation

CLAUSE_ENDS = ",;:。!?\n"
NUMBER_CELL = re.compile(r"^[\d,.]+(?:\s*[台套个间块组条项部辆张年月]|万?元)?$")
LONGEST_BEFORE = 24
"""Characters before an act in which a word may turn it round."""
LIST_MARK = "、"
LONGEST_CLAUSE = 30
"""A longer one is cut down to the entry of its list."""
MOST_PLACES = 5


def look_for_forbidden(
    index: ReportIndex, check: CompiledCheck, look: ForbiddenLook, budget: Budget
) -> list[Observation]:
    """The first places where the report plans what it must not, sentences before headings."""
    said = [
        Observation(
            evidence=index.quote(sentence, *_cut_around(sentence.text, act)),
            paths=(path,),
            place=index.block_at(sentence.start).place,
        )
        for sentence, path in _candidates(index, check, look, budget)
        if (act := _find_plan(check, sentence)) or _lists(check, sentence)
    ]
    told = {part for seen in said for path in seen.paths for part in path}
    announced = [
        Observation(evidence=path[-1].section.heading, paths=(path,), place=path[-1].section.place)
        for path in index.titled((check.id, 0))
        # A sentence below the heading is the better evidence.
        if path[-1] not in told and _announces(index, check, path)
    ]
    return [*said, *announced][:MOST_PLACES]


def _announces(index: ReportIndex, check: CompiledCheck, path: SectionPath) -> bool:
    """Whether a heading plans the thing and the text below does not take it back."""
    section = path[-1]
    title = normalize_text(section.section.title)
    text = index.report.plain[section.start : section.end]
    return (
        check.headings.search(title) is not None
        and not any(check.ignored_headings.search(part.title) for part in path)
        and index.says_anything(section)
        and not check.allowed.search(title)
        and not check.allowed.search(text)
    )


def _candidates(
    index: ReportIndex, check: CompiledCheck, look: ForbiddenLook, budget: Budget
) -> Iterator[tuple[Sentence, SectionPath]]:
    for sentence in index.sentences((check.id, 0)):
        if sentence.state != "live":
            continue
        if look.where == "budget" and not budget.holds(sentence.start):
            continue
        path = index.path_at(sentence.start)
        if not any(check.ignored_headings.search(part.title) for part in path):
            yield sentence, path


def _find_plan(check: CompiledCheck, sentence: Sentence) -> re.Match[str] | None:
    """Where a sentence says that the thing is going to be had."""
    text = sentence.text
    if "\t" in text:
        return None
    for match in check.acts.finditer(text):
        before = text[max(0, match.start() - LONGEST_BEFORE) : match.start()]
        start, end = _find_clause(text, match)
        if not check.before.search(before) and not check.allowed.search(text[start:end]):
            return match
    return None


def _find_clause(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The clause around a match: another one may speak of something else."""
    start = max(text.rfind(mark, 0, match.start()) for mark in CLAUSE_ENDS) + 1
    ends = [end for mark in CLAUSE_ENDS if (end := text.find(mark, match.end())) >= 0]
    return start, min(ends, default=len(text))


def _cut_around(text: str, act: re.Match[str] | None) -> tuple[int, int]:
    """The clause that plans the thing, so that three rules do not quote one sentence."""
    if act is None:
        return 0, len(text)
    start, end = _find_clause(text, act)
    rest = text[:start] + text[end:]
    if not rest.strip("。;!? "):
        start, end = 0, len(text)
    if end - start <= LONGEST_CLAUSE:
        return start, end
    first = text.rfind(LIST_MARK, start, act.start()) + 1
    last = text.find(LIST_MARK, act.end(), end)
    return max(first, start), last if last >= 0 else end


def _lists(check: CompiledCheck, sentence: Sentence) -> bool:
    """Whether a row of a table has the thing with a number or a sum."""
    cells = [cell.strip() for cell in sentence.text.strip().split("\t")]
    if len(cells) < 2 or check.allowed.search(sentence.text):
        return False
    names = [cell for cell in cells if check.rows.search(cell)]
    # The first number may only be that of the row.
    numbers = [cell for cell in cells[1:] if NUMBER_CELL.match(cell)]
    return bool(names and numbers)
