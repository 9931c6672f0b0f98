from __future__ import annotations

from dataclasses import replace

import pytest

from checkers.load_rules import load_rules
from checkers.outline import Block, Outline, Section
from corpus.library import load_library
from evals.judge_damage import DamageJudge

SECURITY = (
    "平台按网络安全等级保护第三级建设，边界部署下一代防火墙、入侵防御和日志审计设备各2台。",
    "系统每年开展一次等级测评和渗透测试，漏洞在30天内整改，应急演练每年不少于2次。",
)
PLAIN = ("本项目为全县12个乡镇提供统一的办件受理和查询，建设周期为18个月。",)


@pytest.fixture(scope="module")
def judge() -> DamageJudge:
    return DamageJudge(library=load_library(), rules=load_rules())


def make_section(
    heading: str, texts: tuple[str, ...], *children: Section, level: int = 1
) -> Section:
    number, title = heading.split()
    body = tuple(Block(text=text) for text in texts)
    return Section(level=level, number=number, title=title, body=body, children=children)


def make_outline(*sections: Section) -> Outline:
    return Outline(kind="docx", title="某县政务平台项目可行性研究报告", sections=sections)


OVERVIEW = make_section("第一章 项目概述", PLAIN)
CHAPTER = make_section(
    "第二章 网络安全方案",
    (),
    make_section("2.1 防护措施", SECURITY[:1], level=2),
    make_section("2.2 测评与演练", SECURITY[1:], level=2),
)
BUDGET = make_section("第三章 投资估算", ("项目总投资560万元。",))
WHOLE = make_outline(OVERVIEW, CHAPTER, BUDGET)


def test_a_chapter_that_is_still_there_may_be_present(judge: DamageJudge) -> None:
    original = judge.learn([WHOLE])
    assert original.verdicts["security"] == "present"
    damaged_heading = replace(CHAPTER, title="网络安全方?")
    assert judge.find_misreadings(WHOLE, original) == {}
    assert judge.find_misreadings(make_outline(OVERVIEW, damaged_heading), original) == {}
    joined_lines = replace(CHAPTER, title="网络安全方案2.1 防护措施")
    assert judge.find_misreadings(make_outline(OVERVIEW, joined_lines, BUDGET), original) == {}


def test_a_chapter_that_was_not_there_may_not_be_present(judge: DamageJudge) -> None:
    original = judge.learn([make_outline(OVERVIEW, BUDGET)])
    assert judge.find_misreadings(WHOLE, original) == {"security": "gained"}


def test_two_chapters_that_have_become_one_are_told_apart(judge: DamageJudge) -> None:
    empty = replace(CHAPTER, children=())
    other = make_section("第三章 基础设施", SECURITY)
    original = judge.learn([make_outline(OVERVIEW, empty, other, BUDGET)])
    assert original.verdicts["security"] != "present"
    joined = make_outline(OVERVIEW, replace(empty, body=other.body), BUDGET)
    assert judge.find_misreadings(joined, original) == {"security": "joined"}
    doubled = make_outline(OVERVIEW, replace(empty, body=other.body), other, BUDGET)
    assert judge.find_misreadings(doubled, original) == {"security": "gained"}


def test_sections_of_a_lost_chapter_may_not_pass_for_it(judge: DamageJudge) -> None:
    original = judge.learn([WHOLE])
    tops = [replace(section, level=1) for section in CHAPTER.children]
    renamed = replace(tops[0], title="网络安全防护措施")
    known = judge.learn([make_outline(OVERVIEW, replace(CHAPTER, children=(renamed, tops[1])))])
    assert judge.find_misreadings(make_outline(OVERVIEW, renamed, BUDGET), known) == {
        "security": "moved"
    }
    assert original.places["security"].chapters == {"第二章 网络安全方案"}


def test_a_chapter_with_the_text_of_another_one_may_not_pass(judge: DamageJudge) -> None:
    original = judge.learn([WHOLE])
    other = "防火墙和入侵防御由县电子政务外网统一提供，本期新增安全审计终端120台，日志留存180天。"
    body = (Block(text=other), Block(text=f"{other[:20]}网络安全等级保护第三级测评每年一次。"))
    swapped = replace(CHAPTER, body=body, children=())
    assert judge.find_misreadings(make_outline(OVERVIEW, swapped, BUDGET), original) == {
        "security": "hollowed"
    }


def test_a_subsection_below_a_chapter_still_read_may_not_become_one(judge: DamageJudge) -> None:
    section = make_section("2.4 网络安全方案", SECURITY, level=2)
    host = make_section("第二章 建设方案", PLAIN, section)
    original = judge.learn([make_outline(OVERVIEW, host, BUDGET)])
    assert original.verdicts["security"] == "subsection"
    promoted = make_outline(OVERVIEW, replace(host, children=()), replace(section, level=1), BUDGET)
    assert judge.find_misreadings(promoted, original) == {"security": "promoted"}
    torn = make_outline(replace(section, level=1), BUDGET)
    assert judge.find_misreadings(torn, original) == {}


def test_of_an_archive_the_best_verdict_of_the_reports_counts(judge: DamageJudge) -> None:
    original = judge.learn([make_outline(OVERVIEW, BUDGET), WHOLE])
    assert original.verdicts["security"] == "present"
    assert "第三章 投资估算" in original.headings
