from __future__ import annotations

from checkers.check_report import check_outline
from checkers.finding import Verdict
from checkers.join_bodies import is_torn_off
from checkers.load_rules import load_rules
from checkers.outline import Block, Outline, Section
from corpus.library import load_library

TEXT = (
    "平台按网络安全等级保护第三级建设，边界部署防火墙、入侵防御和日志审计设备各2台，"
    "每年开展一次等级测评和渗透测试，漏洞在30天内整改。"
)


def make_outline(*levels_and_headings: tuple[int, str]) -> Outline:
    sections = tuple(
        Section(
            level=level,
            number=heading.split()[0],
            title=heading.split()[1],
            body=(Block(text=TEXT if "安全" in heading else "项目建设周期为18个月。"),),
        )
        for level, heading in levels_and_headings
    )
    return Outline(kind="pdf", sections=sections)


def find_security(outline: Outline) -> Verdict:
    result = check_outline(outline, library=load_library(), rules=load_rules())
    return next(finding.verdict for finding in result.topics if finding.topic == "security")


def test_a_section_before_the_first_chapter_has_lost_its_own() -> None:
    outline = make_outline((2, "5.2 网络安全防护"), (1, "第六章 建设方案"))
    assert [is_torn_off(section, outline) for section in outline.sections] == [True, False]


def test_a_section_torn_off_its_chapter_is_no_chapter() -> None:
    assert (
        find_security(make_outline((1, "第五章 网络安全防护"), (1, "第六章 建设方案"))) == "present"
    )
    torn = make_outline((2, "5.2 网络安全防护"), (1, "第六章 建设方案"))
    assert find_security(torn) == "subsection"


def test_where_all_stand_on_one_level_none_is_torn_off() -> None:
    outline = make_outline((2, "5.1 网络安全防护"), (2, "5.2 建设方案"))
    assert not any(is_torn_off(section, outline) for section in outline.sections)


def test_a_file_that_begins_with_a_later_section_of_a_chapter_has_lost_that_chapter() -> None:
    outline = make_outline((1, "5.2 网络安全防护"), (1, "5.3 制度"), (1, "6.1 建设方案"))
    assert [is_torn_off(section, outline) for section in outline.sections] == [True, True, False]
    assert find_security(outline) == "subsection"
