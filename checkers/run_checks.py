"""Marked report -> the findings of the rules beside the four topics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checkers.check_rule_file import (
    BudgetItemLook,
    CheckFile,
    ConsistencyLook,
    ForbiddenLook,
    LeftoversLook,
    TableLook,
    TermsLook,
)
from checkers.cite_rules import GRAVITY, cite_basis, find_demand
from checkers.compare_statements import compare_statements
from checkers.compile_checks import GIVEN, CompiledCheck
from checkers.find_budget import Budget, find_budget
from checkers.finding import HeadingPlace, RuleFinding, Topic
from checkers.index_report import ReportIndex, index_report
from checkers.join_bodies import MarkedSection
from checkers.judge_topic import Judgement
from checkers.load_rules import Rules
from checkers.look_for_forbidden import look_for_forbidden
from checkers.look_for_leftovers import look_for_leftovers
from checkers.look_for_table import look_for_table
from checkers.look_for_terms import look_for_budget_item, look_for_terms
from checkers.mark_report import MarkedReport
from checkers.observation import Observation
from checkers.outline import Outline
from checkers.rule_files import Demand, ProfileFile
from corpus.library import Library

ABSENCES = (TermsLook, TableLook, BudgetItemLook)
"""What these miss may stand on a page that could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What the rules look at."""

    index: ReportIndex
    judgements: Mapping[Topic, Judgement]
    budget: Budget


def run_checks(
    report: MarkedReport,
    judgements: Mapping[Topic, Judgement],
    *,
    rules: Rules,
    profile: ProfileFile,
    library: Library,
) -> tuple[RuleFinding, ...]:
    """The findings under a profile, gravest first, then in the order of the rules.

    Raises:
        CorpusError: a basis of the profile is not verbatim in the library.
    """
    index = index_report(report, rules.checks)
    case = _Case(index=index, judgements=judgements, budget=find_budget(index))
    findings = [
        finding
        for check in rules.checks.by_id.values()
        if (demand := find_demand(rules, profile, check.file)) is not None
        for finding in _run_check(case, check, demand, profile, library)
    ]
    return tuple(sorted(findings, key=lambda finding: GRAVITY.index(finding.severity)))


def list_unjudged(outline: Outline, *, rules: Rules, profile: ProfileFile) -> tuple[str, ...]:
    """Names of the rules under a profile that unread pages keep from being judged."""
    if not outline.unread_pages:
        return ()
    return tuple(
        check.file.name
        for check in rules.checks.by_id.values()
        if isinstance(check.file.look, ABSENCES)
        and find_demand(rules, profile, check.file) is not None
    )


def _run_check(
    case: _Case, check: CompiledCheck, demand: Demand, profile: ProfileFile, library: Library
) -> Iterator[RuleFinding]:
    if not _is_given(case, check):
        return
    observations = _look(case, check)
    if not observations:
        return
    citations = tuple(cite_basis(profile, basis, library) for basis in demand.basis)
    for seen in observations:
        yield RuleFinding(
            rule=check.id,
            name=check.file.name,
            severity=demand.severity,
            message=_word(check.file, seen),
            remedy=check.file.remedy,
            evidence=seen.evidence,
            headings=_list_headings(case, check, seen),
            place=seen.place,
            citations=citations,
        )


def _is_given(case: _Case, check: CompiledCheck) -> bool:
    given = check.file.given
    if isinstance(check.file.look, ABSENCES) and case.index.report.outline.unread_pages:
        return False
    judged = [case.judgements[topic] for topic in given.topics]
    if judged and not any(map(_is_treated, judged)):
        return False
    if any(given.part in judgement.missing for judgement in judged):
        return False
    cue = (check.id, GIVEN)
    return (
        not given.terms
        or any(case.index.titled(cue))
        or any(sentence.state == "live" for sentence in case.index.sentences(cue))
    )


def _is_treated(judgement: Judgement) -> bool:
    """Whether the report says enough on a topic for a look at what it says.

    An author who is told that a chapter is empty or hollow knows that its contents are missing.
    """
    if judgement.verdict == "incomplete":
        return bool(judgement.missing)
    return judgement.verdict in ("present", "subsection")


def _look(case: _Case, check: CompiledCheck) -> list[Observation]:
    look = check.file.look
    if isinstance(look, TermsLook):
        return look_for_terms(case.index, check, look, _topic_sections(case, check))
    if isinstance(look, TableLook):
        return look_for_table(case.index, check, look, _topic_sections(case, check))
    if isinstance(look, BudgetItemLook):
        return look_for_budget_item(case.index, check, case.budget)
    if isinstance(look, ForbiddenLook):
        return look_for_forbidden(case.index, check, look, case.budget)
    if isinstance(look, LeftoversLook):
        return look_for_leftovers(case.index, check)
    assert isinstance(look, ConsistencyLook)
    return compare_statements(case.index, look, case.budget)


def _topic_sections(case: _Case, check: CompiledCheck) -> list[MarkedSection]:
    """The sections on the topics that a rule belongs to, best first."""
    return [
        part.marked for topic in check.file.given.topics for part in case.judgements[topic].sections
    ]


def _word(file: CheckFile, seen: Observation) -> str:
    absent = file.message_absent if not seen.found else None
    headings = "、".join(f"“{path[-1].section.heading}”" for path in seen.paths)
    return (absent or file.message).format(
        missing="、".join(seen.missing),
        found="、".join(seen.found),
        evidence=seen.evidence,
        heading=headings or "全文",
        count=seen.count,
    )


def _list_headings(
    case: _Case, check: CompiledCheck, seen: Observation
) -> tuple[HeadingPlace, ...]:
    """The sections of the fault; where something is absent, those of the topic it belongs to."""
    sections = [path[-1].section for path in seen.paths]
    if not sections:
        sections = [part.section for part in _topic_sections(case, check)[:1]]
    return tuple(HeadingPlace(text=part.heading, place=part.place) for part in sections)
