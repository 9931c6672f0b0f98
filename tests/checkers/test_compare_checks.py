"""The check of a second version beside that of the first."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from checkers.change import Change
from checkers.compare_checks import compare_checks, read_earlier_check, summarize_check
from checkers.errors import EarlierCheckInvalid
from checkers.finding import CheckResult, HeadingPlace, RuleFinding, TopicFinding, Verdict
from checkers.outline import Place
from checkers.render_html import render_html
from checkers.render_json import render_json, to_json
from checkers.render_markdown import render_markdown
from checkers.render_text import render_text
from checkers.word_changes import group_changes, summarize_changes

NAMES = {"sharing": "信息资源共享", "security": "网络安全", "crypto": "密码应用"}


def make_result(file: str, *rules: str, **verdicts: Verdict) -> CheckResult:
    """A result with a verdict a topic and a finding a ``rule:message``."""
    topics = tuple(
        TopicFinding(
            topic=topic,  # type: ignore[arg-type]
            name=NAMES[topic],
            level="required",
            verdict=verdict,
            evidence="",
            confidence=1.0,
            advice="",
        )
        for topic, verdict in verdicts.items()
    )
    findings = tuple(
        RuleFinding(rule=rule, name=rule, severity="warning", message=message, remedy="")
        for rule, _, message in (text.partition(":") for text in rules)
    )
    return CheckResult(
        file=file, kind="docx", profile="xichuan", profile_name="淅川县", topics=topics,
        findings=findings,
    )  # fmt: skip


OLD = make_result(
    "旧.docx", "sum:差5万元", "owner:两个单位", "plan:无进度",
    sharing="missing", security="present", crypto="missing",
)  # fmt: skip
NEW = make_result(
    "新.docx", "sum:差3万元", "owner:两个单位", "name:两个名称",
    sharing="present", security="incomplete", crypto="empty",
)  # fmt: skip


def list_names(changes: tuple[Change, ...]) -> list[str]:
    return [change.name for change in changes]


def test_topics_and_rules_are_mended_open_or_new() -> None:
    changes = compare_checks(summarize_check(OLD), NEW)
    assert changes.previous == "旧.docx"
    assert list_names(changes.mended) == ["信息资源共享", "plan"]
    assert list_names(changes.open) == ["密码应用", "sum", "owner"]
    assert list_names(changes.new) == ["网络安全", "name"]


def test_a_change_says_what_was_and_what_is() -> None:
    changes = compare_checks(summarize_check(OLD), NEW)
    mended, crypto, total = changes.mended[0], changes.open[0], changes.open[1]
    assert (mended.topic, mended.before, mended.after) == ("sharing", "缺少", "已单列成章")
    assert (crypto.before, crypto.after) == ("缺少", "有题无文")
    assert (total.rule, total.before, total.after) == ("sum", "差5万元", "差3万元")


@pytest.mark.parametrize(
    ("before", "after", "trend", "words"),
    [
        ("missing", "empty", "better", "密码应用：缺少 → 有题无文，有改进"),
        ("incomplete", "empty", "worse", "密码应用：内容不全 → 有题无文，比上一版更差"),
        ("empty", "empty", "same", "密码应用：有题无文"),
        # What could not be read is neither better nor worse.
        ("missing", "unreadable", "same", "密码应用：缺少 → 无法判断"),
    ],
)
def test_what_is_still_open_may_be_better_or_worse_than_before(
    before: Verdict, after: Verdict, trend: str, words: str
) -> None:
    old, new = make_result("旧.docx", crypto=before), make_result("新.docx", crypto=after)
    changes = compare_checks(summarize_check(old), new)
    assert [change.trend for change in changes.open] == [trend]
    (group,) = group_changes(changes)
    assert group.lines == (words,)
    assert ("1项比上一版更差" in summarize_changes(changes)) == (trend == "worse")


def test_findings_of_one_rule_are_paired_by_heading_whatever_its_number() -> None:
    """As between a DOCX and the PDF of a later version, where chapters have moved."""

    def place(result: CheckResult, *headings: str) -> CheckResult:
        pairs = zip(result.findings, headings, strict=True)
        return replace(
            result,
            findings=tuple(
                replace(part, headings=(HeadingPlace(text=text, place=Place()),))
                for part, text in pairs
            ),
        )

    old = place(make_result("旧.docx", "sum:甲", "sum:乙"), "五、投资估算", "6 附件")
    new = place(make_result("新.pdf", "sum:丙"), "7 附件")
    changes = compare_checks(summarize_check(old), new)
    assert [(part.before, part.after) for part in changes.open] == [("乙", "丙")]
    assert [part.before for part in changes.mended] == ["甲"]
    assert compare_checks(read_earlier_check(render_json((old,)), file=""), new) == changes


def test_two_flawless_versions_are_said_to_be_so() -> None:
    fine = make_result("a.docx", crypto="present")
    told = summarize_changes(compare_checks(summarize_check(fine), fine))
    assert told == "与“a.docx”相比，两版都没有发现需要整改的内容。"


def test_of_several_findings_of_a_rule_each_is_paired_once() -> None:
    old = make_result("旧.docx", "sum:甲", "sum:乙", "sum:丙")
    new = make_result("新.docx", "sum:乙", "sum:丁")
    changes = compare_checks(summarize_check(old), new)
    assert [(part.before, part.after) for part in changes.open] == [("乙", "乙"), ("甲", "丁")]
    assert [part.before for part in changes.mended] == ["丙"]
    assert changes.new == ()


def test_the_same_check_changes_nothing() -> None:
    changes = compare_checks(summarize_check(OLD), OLD)
    assert (changes.mended, changes.new) == ((), ())
    assert len(changes.open) == 5


def test_the_json_of_a_check_serves_as_the_earlier_version() -> None:
    from_json = read_earlier_check(render_json((OLD,)), file="新.docx")
    assert from_json == summarize_check(OLD)
    assert read_earlier_check(json.dumps(to_json(OLD)), file="新.docx") == from_json


def test_of_several_reports_in_the_json_the_one_of_the_same_name_is_taken() -> None:
    several = render_json((NEW, replace(OLD, file="甲/新版.docx")))
    assert read_earlier_check(several, file="乙/新版.docx").file == "甲/新版.docx"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("不是JSON", "读不懂"),
        ("[]", "看不出哪一份"),
        ('[{"file": "a"}]', "读不懂"),
        ('{"error": {"code": "x"}}', "读不懂"),
        ("[" * 100_000, "读不懂"),
        (render_json((OLD, NEW)), "看不出哪一份"),
    ],
)
def test_an_earlier_check_that_does_not_serve_is_refused(text: str, words: str) -> None:
    with pytest.raises(EarlierCheckInvalid, match=words):
        read_earlier_check(text, file="别的.docx")


def test_checks_under_different_profiles_are_not_compared() -> None:
    earlier = summarize_check(replace(OLD, profile="jinzhai"))
    with pytest.raises(EarlierCheckInvalid, match="口径不同"):
        compare_checks(earlier, NEW)


def test_every_output_for_people_and_programs_shows_the_changes() -> None:
    result = replace(NEW, changes=compare_checks(summarize_check(OLD), NEW))
    summary = "相比，已整改2项，仍未解决3项，新出现2项。"
    for shown in (render_text(result), render_html(result), render_markdown(result)):
        assert summary in shown
        assert "密码应用：缺少 → 有题无文，有改进" in shown
    (as_json,) = json.loads(render_json((result,)))
    assert [part["name"] for part in as_json["changes"]["new"]] == ["网络安全", "name"]
    assert to_json(NEW)["changes"] is None
