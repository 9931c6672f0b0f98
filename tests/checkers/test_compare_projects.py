from __future__ import annotations

from dataclasses import replace

import pytest

from checkers.compare_checks import compare_checks, read_earlier_check, summarize_check
from checkers.compare_projects import OTHER_PROJECT
from checkers.errors import EarlierCheckInvalid
from checkers.finding import CheckResult
from checkers.outline import Outline, Section
from checkers.render_json import render_json
from checkers.word_changes import summarize_changes

WATER = "某县智慧水务平台项目可行性研究报告"
SCHOOL = "某市教育云与智慧课堂项目建议书"
FIRST = ("项目概述", "漏损治理", "管网监测", "数据共享", "密码应用", "投资估算")
OTHER = ("前言", "教学资源", "课堂设备", "资源共享", "安全保障", "资金筹措")


def make(title: str, headings: tuple[str, ...]) -> CheckResult:
    sections = tuple(Section(level=1, title=name) for name in headings)
    return CheckResult(
        file=f"{title}.docx",
        kind="docx",
        profile="xichuan",
        profile_name="淅川县",
        title=title,
        outline=Outline(kind="docx", title=title, sections=sections),
    )


@pytest.mark.parametrize(
    ("earlier", "later", "is_warned"),
    [
        (make(WATER, FIRST), make(SCHOOL, OTHER), True),
        (make(WATER, FIRST), make(WATER, OTHER), False),  # written anew
        (make(WATER, FIRST), make(SCHOOL, FIRST), False),  # renamed
        (make("", FIRST), make("", OTHER), True),
        (make("", FIRST[:2]), make("", OTHER[:2]), False),  # too little to tell
    ],
)
def test_a_comparison_with_another_project_is_warned_of(
    earlier: CheckResult, later: CheckResult, is_warned: bool
) -> None:
    changes = compare_checks(summarize_check(earlier), later)
    assert (changes.warning == OTHER_PROJECT) == is_warned
    assert summarize_changes(changes).startswith(OTHER_PROJECT) == is_warned


def test_the_json_of_a_check_is_compared_by_its_title() -> None:
    earlier = read_earlier_check(render_json((make(WATER, FIRST),)), file="新.docx")
    assert compare_checks(earlier, make(SCHOOL, OTHER)).warning
    assert not compare_checks(earlier, make(WATER, OTHER)).warning


def test_profiles_that_differ_are_told_by_their_names() -> None:
    earlier = replace(make(WATER, FIRST), profile="strictest", profile_name="从严口径")
    known = read_earlier_check(render_json((earlier,)), file="新.docx")
    with pytest.raises(EarlierCheckInvalid, match=r"“从严口径”.*“淅川县”"):
        compare_checks(known, make(WATER, FIRST))
