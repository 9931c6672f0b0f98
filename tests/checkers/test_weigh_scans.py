"""What can be said of a report of which some pages are unread, or were recognised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from checkers.check_report import check_outline
from checkers.finding import CheckResult, TopicFinding
from checkers.load_rules import Rules
from checkers.name_pages import name_pages
from checkers.note_scans import note_scans
from checkers.outline import Block, FileKind, Outline, Place, Section, UnreadReason
from corpus.library import Library

Check = Callable[[Outline], CheckResult]
PLAIN = "建设三个子系统，服务窗口四十个，覆盖十二个乡镇，周期十八个月。"
CRYPTO = (
    "采用SM2、SM3、SM4国密算法和智能密码钥匙，部署国密SSL网关两台、服务器密码机一台，"
    "密钥由密码机生成和保管，每年开展一次商用密码应用安全性评估，达到三级要求。"
)


def chapter(number: str, title: str, page: int, text: str = PLAIN, **others: object) -> Section:
    place = Place(page=page, paragraph=page * 10)
    section = Section(
        level=1, number=number, title=title, place=place, body=(Block(text=text, place=place),)
    )
    return replace(section, **others)  # type: ignore[arg-type]


FIRST = chapter("第一章", "项目概述", 2)
NEEDS = chapter("第二章", "需求分析", 4)
COSTS = chapter("第三章", "投资估算", 8)


def report(*sections: Section, unread: Sequence[int] = (), **others: object) -> Outline:
    outline = Outline(
        kind="pdf",
        title="某县政务平台项目可行性研究报告",
        sections=sections,
        pages=10,
        unread_pages=tuple(unread),
        unread_reason="stopped" if unread else None,
    )
    return replace(outline, **others)  # type: ignore[arg-type]


@pytest.fixture
def check(library: Library, rules: Rules) -> Check:
    def run(outline: Outline) -> CheckResult:
        return check_outline(outline, profile="xx-county", library=library, rules=rules)

    return run


def crypto(result: CheckResult) -> TopicFinding:
    return next(finding for finding in result.topics if finding.topic == "crypto")


def test_a_chapter_that_was_read_stays_present(check: Check) -> None:
    read = report(FIRST, chapter("第二章", "密码应用", 4, CRYPTO), COSTS, unread=[9, 10])
    assert crypto(check(read)).verdict == "present"


def test_what_was_not_found_is_unreadable_and_the_pages_are_named(check: Check) -> None:
    finding = crypto(check(report(FIRST, NEEDS, COSTS, unread=[5, 6, 9])))
    assert finding.verdict == "unreadable"
    assert finding.needs_person is not None
    assert "第5—6页、第9页" in finding.needs_person


def test_contents_that_list_everything_make_it_missing(check: Check) -> None:
    lines = ("第一章 项目概述", "1.1 背景", "第二章 需求分析", "2.1 业务", "第三章 投资估算")
    told = report(FIRST, NEEDS, COSTS, unread=[5], contents_lines=lines)
    assert crypto(check(told)).verdict == "missing"
    # The next page may hold the rest of the contents.
    doubtful = replace(told, unread_pages=(1,))
    assert crypto(check(doubtful)).verdict == "unreadable"
    listed = replace(told, contents_lines=(*lines, "第四章 密码应用方案"))
    assert crypto(check(listed)).verdict == "unreadable"


@pytest.mark.parametrize(
    ("unread", "verdict"),
    [
        # Between the second chapter and the third no other one fits.
        ([6, 7], "subsection"),
        # Behind the last chapter there may be another one.
        ([10], "unreadable"),
    ],
)
def test_a_section_stays_one_where_no_chapter_can_be_hidden(
    check: Check, unread: list[int], verdict: str
) -> None:
    place = Place(page=5, paragraph=51)
    section = Section(
        level=2,
        number="2.1",
        title="密码应用",
        place=place,
        body=(Block(text=CRYPTO, place=place),),
    )
    design = replace(NEEDS, title="建设方案", children=(section,))
    assert crypto(check(report(FIRST, design, COSTS, unread=unread))).verdict == verdict


@pytest.mark.parametrize(("unread", "verdict"), [([5], "unreadable"), ([9], "empty")])
def test_an_empty_chapter_is_so_only_where_all_of_it_was_read(
    check: Check, unread: list[int], verdict: str
) -> None:
    empty = chapter("第二章", "密码应用", 4, "待补充。")
    assert crypto(check(report(FIRST, empty, COSTS, unread=unread))).verdict == verdict


def test_a_heading_that_was_recognised_badly_is_shown_to_a_person(check: Check) -> None:
    read = report(
        FIRST,
        chapter("第二章", "密码应用", 4, CRYPTO),
        COSTS,
        recognised_pages=(4, 5),
    )
    sure, unsure = crypto(check(read)), crypto(check(replace(read, unsure_paragraphs=(40,))))
    text = crypto(check(replace(read, recognised_pages=())))
    assert sure.verdict == unsure.verdict == text.verdict == "present"
    assert unsure.confidence < sure.confidence < text.confidence
    assert unsure.needs_person is not None
    assert "密码应用" in unsure.needs_person


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("stopped", "扫描页共4页，识别了1页，第5—7页没有读到"),
        ("not_installed", "pip install 'zhengxin[ocr]'"),
        ("not_wanted", "去掉 --no-ocr 再检查"),
        ("failed", "没有识别出文字"),
        ("not_supported", "另存为DOCX或PDF"),
        (None, "可能是扫描页"),
    ],
)
def test_a_note_says_what_was_not_read_and_why(
    check: Check, reason: UnreadReason | None, words: str
) -> None:
    read = report(FIRST, unread=[5, 6, 7], recognised_pages=(4,), unread_reason=reason)
    notes = check(read).notes
    assert any(words in note for note in notes)
    assert any("第4页是扫描件" in note for note in notes)
    assert all(note.endswith("。") for note in notes)


@pytest.mark.parametrize(
    ("reason", "code", "remedy"),
    [
        ("stopped", "stopped", "再检查一次会继续识别"),
        ("not_installed", "no_text", "pip install"),
        ("not_wanted", "no_text", "去掉 --no-ocr 再检查"),
        ("not_supported", "no_text", "另存为DOCX或PDF"),
        ("failed", "no_text", "重新扫描"),
        (None, "no_text", "文字识别（OCR）"),
    ],
)
def test_a_report_of_which_nothing_was_read_is_a_fault(
    check: Check, reason: UnreadReason | None, code: str, remedy: str
) -> None:
    result = check(report(unread=range(1, 11), unread_reason=reason))
    assert result.error is not None
    assert result.error.code == code
    assert result.error.message.endswith("。")
    assert remedy in result.error.message
    assert not any("已读到的页" in finding.evidence for finding in result.topics)
    assert {finding.verdict for finding in result.topics} == {"unreadable"}
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("pages", "named"),
    [
        ((3,), "第3页"),
        ((3, 4, 5, 9), "第3—5页、第9页"),
        ((1, 3, 5, 7, 9, 10), "第1页、第3页、第5页、第7页等6页"),
    ],
)
def test_pages_are_named_as_a_person_would(pages: tuple[int, ...], named: str) -> None:
    assert name_pages(pages) == named


@pytest.mark.parametrize(
    ("kind", "named"), [("doc", "第1张整页图片"), ("wps", "第1张整页图片"), ("pdf", "第1页")]
)
def test_scans_in_a_file_without_pages_are_called_pictures(kind: FileKind, named: str) -> None:
    outline = replace(report(FIRST, unread=(1,)), kind=kind, unread_reason="not_supported")
    (note,) = note_scans(outline)
    assert note.startswith(f"{named}没有读到文字")


def test_rules_that_unread_pages_keep_from_being_judged_are_named(check: Check) -> None:
    whole, partly = (
        check(report(FIRST, NEEDS, COSTS)),
        check(report(FIRST, NEEDS, COSTS, unread=[5])),
    )
    absent = {finding.name for finding in whole.findings} - {f.name for f in partly.findings}
    assert absent
    (told,) = [note for note in partly.notes if "没有检查" in note]
    assert "有页面没有读到" in told
    assert not any("没有检查" in note for note in whole.notes)


def test_of_a_report_of_which_nothing_was_read_no_rule_is_named(check: Check) -> None:
    assert not any("没有检查" in note for note in check(report(unread=range(1, 11))).notes)
