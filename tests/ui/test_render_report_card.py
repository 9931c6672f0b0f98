from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from checkers.change import Change, Changes
from checkers.check_report import check_report
from checkers.finding import CheckFault, CheckResult, RuleFinding, TopicFinding, Verdict
from checkers.load_rules import load_rules
from checkers.outline import Place
from checkers.verdict_names import VERDICT_NAMES
from corpus.library import Library
from ui.kept_results import CheckedReport
from ui.render_report_card import render_report_card


def draw(result: CheckResult, source: bytes = b"") -> str:
    checked = CheckedReport(result=result, source=source)
    return render_report_card(checked, key="key", regions={"xichuan": "淅川县"})


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


def test_the_card_leads_to_every_download(checked: CheckResult) -> None:
    html = draw(checked, source=b"PK")
    for name in ("comments", "html", "docx", "markdown", "json", "sarif", "xlsx"):
        assert f'href="/api/results/key?format={name}" download' in html
    assert 'href="/api/results/key?format=comments&amp;skeleton=1" download' in html


def test_comments_are_offered_only_where_the_document_is_kept(checked: CheckResult) -> None:
    html = draw(checked)
    assert "format=comments" not in html
    assert "请上传单份 .docx" in html


def test_a_skeleton_is_offered_only_where_a_chapter_is_lacking(checked: CheckResult) -> None:
    fine = tuple(replace(finding, verdict="present") for finding in checked.topics)
    html = draw(replace(checked, topics=fine), source=b"PK")
    assert "format=comments" in html
    assert "skeleton=1" not in html


def test_findings_of_further_rules_are_told_with_place_and_article(checked: CheckResult) -> None:
    rule = RuleFinding(
        rule="r", name="自建<机房>", severity="error", message="拟自建机房。", remedy="改用云。",
        evidence="新建机房一处", place=Place(paragraph=9),
        citations=checked.topics[0].citations[:1],
    )  # fmt: skip
    html = draw(replace(checked, findings=(rule,)))
    assert "其他检查：不符合1项" in html
    assert "自建&lt;机房&gt;" in html
    assert "第9段　原文：“新建机房一处”" in html
    assert html.count('data-open="xichuan:26:0"') == 2


def test_what_goes_against_an_article_is_told_above_and_not_folded_up(
    checked: CheckResult,
) -> None:
    fine = tuple(replace(finding, verdict="present") for finding in checked.topics)
    rule = RuleFinding(
        rule="r", name="自建机房", severity="error", message="“新建机房一处”写到自建机房。",
        remedy="改用云。", evidence="新建机房一处",
    )  # fmt: skip
    html = draw(replace(checked, topics=fine, findings=(rule,)))
    assert "另有1项与条文不符" in html
    assert "zx-bad" in html
    assert '<details class="zx-rules" open>' in html
    assert "原文：" not in html  # The message has the words already.
    hint = draw(replace(checked, topics=fine, findings=(replace(rule, severity="note"),)))
    assert "与条文不符" not in hint
    assert "zx-good" in hint
    assert '<details class="zx-rules">' in hint


def test_what_changed_since_the_earlier_version_is_told(checked: CheckResult) -> None:
    changes = Changes(
        previous="旧.docx",
        mended=(Change(name="网络安全", before="缺少", after="已单列成章", topic="security"),),
        new=(Change(name="进度", before="", after="没有写工期。", rule="plan"),),
    )
    html = draw(replace(checked, changes=changes))
    assert "与“旧.docx”相比，已整改1项，仍未解决0项，新出现1项。" in html
    assert "网络安全：缺少 → 已单列成章" in html
    assert html.index("新出现") < html.index("已整改</b>")


def test_the_card_leads_to_the_check_of_the_next_version(checked: CheckResult) -> None:
    assert 'data-again="key"' in draw(checked)


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
