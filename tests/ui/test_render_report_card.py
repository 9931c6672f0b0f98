from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from checkers.check_report import check_report
from checkers.finding import CheckFault, CheckResult, TopicFinding, Verdict
from checkers.load_rules import load_rules
from checkers.verdict_names import VERDICT_NAMES
from corpus.library import Library
from ui.render_report_card import render_report_card


def draw(result: CheckResult) -> str:
    return render_report_card(result, download="/results/key", regions={"xichuan": "淅川县"})


@pytest.fixture(scope="module")
def checked(report: Path, library: Library) -> CheckResult:
    return check_report(report, profile="xichuan", library=library, rules=load_rules())


def test_the_card_names_every_topic_its_verdict_place_and_article(checked: CheckResult) -> None:
    html = draw(checked)
    for finding in checked.topics:
        assert finding.name in html
        assert VERDICT_NAMES[finding.verdict] in html
        assert all(heading.text in html for heading in finding.headings)
    assert "淅川县第二十六条" in html
    assert 'data-open="xichuan:26:0"' in html


def test_the_card_leads_to_both_downloads(checked: CheckResult) -> None:
    html = draw(checked)
    assert 'href="/results/key.html" download' in html
    assert 'href="/results/key.docx" download' in html


def test_the_card_offers_questions_only_where_something_falls_short(checked: CheckResult) -> None:
    assert "data-ask=" in draw(checked)
    fine = tuple(replace(finding, verdict="present") for finding in checked.topics)
    assert "data-ask=" not in draw(replace(checked, topics=fine))


def test_an_unreadable_file_is_one_sentence() -> None:
    fault = CheckFault(code="damaged", message="文件<已>损坏。")
    result = CheckResult(
        file="a.docx", kind="unknown", profile="xichuan", profile_name="淅川", error=fault
    )
    html = draw(result)
    assert "文件&lt;已&gt;损坏。" in html
    assert "<table" not in html


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_every_verdict_has_its_badge_and_words_of_the_report_are_escaped(verdict: Verdict) -> None:
    finding = TopicFinding(
        topic="ai",
        name="人工智能应用",
        level="expected",
        verdict=verdict,
        missing=("<i>清单</i>",),
        evidence="<script>",
        confidence=1.0,
        needs_person="<u>",
        advice="<p onclick=x>",
    )
    result = CheckResult(
        file="a", kind="docx", profile="x", profile_name="<s>", title="<s>", topics=(finding,)
    )
    html = draw(result)
    assert f"zx-is-{verdict}" in html
    for element in ("<i>", "<script>", "<u>", "<p onclick", "<s>"):
        assert element not in html


def test_a_topic_without_a_duty_is_never_counted_as_lacking() -> None:
    finding = TopicFinding(
        topic="ai",
        name="人工智能应用",
        level="not_regulated",
        verdict="missing",
        evidence="",
        confidence=1.0,
        advice="可以写。",
    )
    html = draw(
        CheckResult(file="a", kind="docx", profile="x", profile_name="x", topics=(finding,))
    )
    assert "zx-is-unregulated" in html
    assert ">未作规定</span>" in html
    assert VERDICT_NAMES["missing"] not in html
    assert "需要整改" not in html
    assert "可以写。" in html
