"""Where a missing chapter belongs."""

from __future__ import annotations

import pytest

from checkers.check_report import check_outline
from checkers.finding import TOPICS, Topic
from checkers.load_rules import Rules
from checkers.outline_notation import parse_outline
from checkers.place_chapter import list_chapters, place_chapter, rank_topic
from checkers.skeleton_templates import load_templates, make_prompt
from corpus.library import Library


@pytest.mark.parametrize(
    ("headings", "topic", "after"),
    [
        ("项目概述|需求分析|建设方案|投资估算|效益分析", "security", "建设方案"),
        ("项目概述|需求分析|建设方案|运行维护方案|投资估算", "crypto", "建设方案"),
        # A chapter of no known kind counts for nothing; the later of two places is taken.
        ("项目概述|建设方案|其他事项|投资估算", "sharing", "其他事项"),
        ("投资估算|效益分析", "ai", None),
        ("甲|乙|丙", "crypto", "丙"),
        # One chapter out of order does not move the rest.
        ("投资估算|项目概述|建设方案|项目实施进度|风险分析", "security", "建设方案"),
        # The report's own title wraps all chapters.
        ("/某平台可行性研究报告|项目概述|建设方案|投资估算", "security", "建设方案"),
    ],
)
def test_a_chapter_goes_after_the_one_that_usually_precedes_it(
    headings: str, topic: Topic, after: str | None, library: Library, rules: Rules
) -> None:
    lines = []
    for heading in headings.split("|"):
        wrapped = "/" in headings and not heading.startswith("/")
        lines.append(f"{'##' if wrapped else '#'} {heading.removeprefix('/')}")
        lines.append("正文若干。")
    result = check_outline(parse_outline("\n".join(lines)), library=library, rules=rules)
    place = place_chapter(topic, result)
    assert (place.after.title if place.after else None) == after
    assert place.before is None or f"“{place.before.heading}”之前" in place.reason
    assert place.after is None or f"“{place.after.heading}”之后" in place.reason


def test_a_chapter_that_a_verdict_rests_on_has_the_rank_of_its_topic(
    library: Library, rules: Rules
) -> None:
    """项目信息资源 says nothing of 共享, and yet 密码 belongs behind it."""
    report = parse_outline(
        "# 一、概述\n正文。\n# 二、项目信息资源\n"
        "向县数据共享平台提供水位、雨量3类12项数据，"
        "共享方式为接口，每小时更新，列入信息资源目录，有条件共享。\n# 三、投资估算\n九十万元。"
    )
    result = check_outline(report, library=library, rules=rules)
    place = place_chapter("crypto", result)
    assert place.after is not None
    assert place.after.title == "项目信息资源"


def test_a_report_without_chapters_says_so(library: Library, rules: Rules) -> None:
    result = check_outline(parse_outline("只有正文。"), library=library, rules=rules)
    assert list_chapters(result) == ()
    assert "没有认出章节" in place_chapter("ai", result).reason


def test_every_topic_has_a_template_and_a_place_in_the_order() -> None:
    assert set(load_templates()) == set(TOPICS)
    assert len({rank_topic(topic) for topic in TOPICS}) == len(TOPICS)


def test_templates_bear_the_heading_that_the_advice_names(rules: Rules) -> None:
    for topic, template in load_templates().items():
        assert template.heading == rules.topics[topic].file.suggested_heading


def test_template_sections_hold_the_parts_that_articles_name(rules: Rules) -> None:
    for topic, template in load_templates().items():
        titles = {section.title for section in template.sections}
        assert {part.name for part in rules.topics[topic].file.parts} <= titles


def test_a_prompt_is_one_sentence_whatever_it_is_made_of() -> None:
    """A second sentence would stand without the mark and count as text."""
    assert make_prompt("写明甲。再写乙；\n还有丙！") == "【待编写：写明甲，再写乙，还有丙】"


def test_every_prompt_is_a_placeholder_to_the_checks(rules: Rules) -> None:
    for template in load_templates().values():
        for section in template.sections:
            for prompt in section.prompts:
                assert rules.marks.placeholders.search(make_prompt(prompt))
