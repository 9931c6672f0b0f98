"""Verdicts on small reports of many makes.

``aside`` was kept apart while the rules were tuned; ``reviewer`` holds what is easily misjudged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from checkers.check_report import check_outline
from checkers.load_rules import Rules
from checkers.outline_notation import parse_outline
from corpus.library import Library

FOLDER = Path(__file__).parent / "mini_reports"
CASES = [
    pytest.param(case, id=f"{part}:{case['name']}")
    for part in ("working", "aside", "reviewer")
    for case in yaml.safe_load((FOLDER / f"{part}.yaml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_a_mini_report_gets_the_verdicts_a_reviewer_gives(
    case: dict[str, Any], library: Library, rules: Rules
) -> None:
    result = check_outline(
        parse_outline(case["report"]),
        profile=case.get("profile", "strictest"),
        library=library,
        rules=rules,
    )
    wrong = {
        finding.topic: (finding.verdict, finding.evidence)
        for finding in result.topics
        if finding.verdict not in _allowed(case["verdicts"][finding.topic])
    }
    assert not wrong
    assert result.is_feasibility_report == case.get("is_report", True), result.report_evidence


def _allowed(verdict: str | list[str]) -> list[str]:
    return [verdict] if isinstance(verdict, str) else verdict
