"""Verdicts on small reports of many makes.

``aside`` was kept apart while the rules were tuned; ``reviewer`` holds what is easily misjudged;
``counties`` comes from many trades. ``counties_aside`` was kept apart until the end; hard ones are
among it, so that its total is bounded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from checkers.check_report import check_outline
from checkers.finding import CheckResult
from checkers.load_rules import Rules
from checkers.outline_notation import parse_outline
from corpus.library import Library

FOLDER = Path(__file__).parent / "mini_reports"


def load(part: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load(
        (FOLDER / f"{part}.yaml").read_text(encoding="utf-8")
    )
    return cases


CASES = [
    pytest.param(case, id=f"{part}:{case['name']}")
    for part in ("working", "aside", "reviewer", "counties")
    for case in load(part)
]
LEAST_RIGHT = 0.97
"""Of the verdicts on ``counties_aside``."""


@pytest.mark.parametrize("case", CASES)
def test_a_mini_report_gets_the_verdicts_a_reviewer_gives(
    case: dict[str, Any], library: Library, rules: Rules
) -> None:
    result = check(case, library, rules)
    wrong = {
        finding.topic: (finding.verdict, finding.evidence)
        for finding in result.topics
        if finding.verdict not in _allowed(case["verdicts"][finding.topic])
    }
    assert not wrong
    assert result.is_feasibility_report == case.get("is_report", True), result.report_evidence
    told = [finding for finding in result.topics if finding.topic in case.get("tells", ())]
    assert all(finding.needs_person and finding.terms for finding in told)


def test_reports_kept_apart_reach_the_bar_and_none_is_passed_wrongly(
    library: Library, rules: Rules
) -> None:
    judged = [
        (finding.verdict, _allowed(case["verdicts"][finding.topic]))
        for case in load("counties_aside")
        for finding in check(case, library, rules).topics
    ]
    right = sum(verdict in allowed for verdict, allowed in judged)
    assert right >= LEAST_RIGHT * len(judged)
    assert not [pair for pair in judged if pair[0] == "present" and "present" not in pair[1]]


def check(case: dict[str, Any], library: Library, rules: Rules) -> CheckResult:
    return check_outline(
        parse_outline(case["report"]),
        profile=case.get("profile", "strictest"),
        library=library,
        rules=rules,
    )


def _allowed(verdict: str | list[str]) -> list[str]:
    return [verdict] if isinstance(verdict, str) else verdict
