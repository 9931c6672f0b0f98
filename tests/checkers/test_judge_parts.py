"""Sharing chapters of a paragraph or two: which of the article's parts they carry out.

``sharing_parts`` was looked at while the rules were tuned; ``sharing_parts_aside`` was kept apart
until the end. Hard ones are among both, so that their totals are bounded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from checkers.check_report import check_outline
from checkers.finding import TopicFinding
from checkers.load_rules import Rules
from checkers.outline_notation import parse_outline
from corpus.library import Library

FOLDER = Path(__file__).parent / "mini_reports"
REPORT = """@title 某县某平台项目可行性研究报告
# 第一章 项目概述
本项目由县局建设，覆盖全县21个乡镇。
# 第二章 建设必要性
现有台账靠手工填写，差错多。
# 第三章 {heading}
{body}
# 第四章 投资估算
总投资210万元。
"""
LEAST_RIGHT = {"sharing_parts": 0.95, "sharing_parts_aside": 0.8}


def load(part: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load(
        (FOLDER / f"{part}.yaml").read_text(encoding="utf-8")
    )
    return cases


@pytest.mark.parametrize("part", LEAST_RIGHT)
def test_most_chapters_are_judged_by_what_they_hold_whatever_it_is_called(
    part: str, library: Library, rules: Rules
) -> None:
    cases = load(part)
    right = sum(
        (judge(case, library, rules).verdict == "incomplete") == bool(case["lacks"])
        for case in cases
    )
    assert right >= LEAST_RIGHT[part] * len(cases)


@pytest.mark.parametrize("part", LEAST_RIGHT)
def test_a_chapter_that_lacks_a_part_is_never_present(
    part: str, library: Library, rules: Rules
) -> None:
    lacking = [case for case in load(part) if case["lacks"]]
    assert lacking
    assert not [
        case["body"] for case in lacking if judge(case, library, rules).verdict == "present"
    ]


def test_a_person_is_asked_where_words_hint_at_a_part_that_was_not_found(
    library: Library, rules: Rules
) -> None:
    chapter = {
        "heading": "信息资源共享分析",
        "body": "收购时要核对土地确权面积，由农业农村局提供，经县共享平台接口取得，每日更新。"
        "信息资源目录包括收购码单、库点库存、质检报告三项，写明字段和更新周期。公开工作由办公室牵头。",
    }
    finding = judge(chapter, library, rules)
    assert finding.missing == ("数据共享开放清单",)
    assert finding.needs_person
    assert "公开" in finding.needs_person


def test_a_promise_to_write_a_catalogue_is_no_catalogue(library: Library, rules: Rules) -> None:
    chapter = {
        "heading": "信息资源共享分析",
        "body": "收购时要核对土地确权面积，由农业农村局提供，经县共享平台接口取得，每日更新。"
        "质检报告向社会公开，收购码单依申请共享，库存不予共享。"
        "我局将按要求编制信息资源目录并及时发布。",
    }
    assert judge(chapter, library, rules).missing == ("信息资源目录",)


def judge(case: dict[str, Any], library: Library, rules: Rules) -> TopicFinding:
    outline = parse_outline(REPORT.format(heading=case["heading"], body=case["body"].strip()))
    result = check_outline(outline, profile="xichuan", library=library, rules=rules)
    return next(finding for finding in result.topics if finding.topic == "sharing")
