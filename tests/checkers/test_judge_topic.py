"""One section in an otherwise plain report: what its heading and its words are taken for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from checkers.check_report import check_outline
from checkers.finding import TOPICS, Topic, TopicFinding
from checkers.load_rules import Rules
from checkers.outline_notation import parse_outline
from corpus.library import Library

WORDINGS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("wordings.yaml").read_text(encoding="utf-8")
)
CHAPTERS: dict[Topic, str] = {
    "sharing": "信息资源共享分析",
    "security": "网络安全保障措施",
    "crypto": "密码应用",
    "ai": "人工智能应用",
}
REPORT = """
@title 某县某某项目可行性研究报告
# 第一章 项目概述
项目建设周期十二个月。
# 第二章 建设方案
建设三个子系统，服务窗口四十个。
{section}
# 第九章 投资估算
总投资三百万元。
"""


def judge(
    section: str, topic: Topic, library: Library, rules: Rules, profile: str = "jinzhai"
) -> TopicFinding:
    outline = parse_outline(REPORT.format(section=section))
    result = check_outline(outline, profile=profile, library=library, rules=rules)
    return next(finding for finding in result.topics if finding.topic == topic)


def by_topic(name: str) -> list[tuple[Topic, str]]:
    """Every wording of a list for every topic, or of the topic's own list."""
    wordings = WORDINGS[name]
    return [
        (topic, text.format(n=CHAPTERS[topic]) if "{n}" in text else text)
        for topic in TOPICS
        for text in (wordings[topic] if isinstance(wordings, dict) else wordings)
    ]


@pytest.mark.parametrize(("topic", "text"), by_topic("blank"))
def test_a_blank_or_placeholder_body_is_empty(
    topic: Topic, text: str, library: Library, rules: Rules
) -> None:
    assert judge(f"# 第三章 {CHAPTERS[topic]}\n{text}", topic, library, rules).verdict == "empty"


@pytest.mark.parametrize(("topic", "text"), by_topic("almost_blank"))
def test_template_leftovers_are_never_substance(
    topic: Topic, text: str, library: Library, rules: Rules
) -> None:
    finding = judge(f"# 第三章 {CHAPTERS[topic]}\n{text}", topic, library, rules)
    assert finding.verdict in ("empty", "incomplete")


@pytest.mark.parametrize(("topic", "text"), by_topic("deferred"))
def test_a_chapter_that_points_to_another_document_is_incomplete(
    topic: Topic, text: str, library: Library, rules: Rules
) -> None:
    finding = judge(f"# 第三章 {CHAPTERS[topic]}\n{text}", topic, library, rules)
    assert finding.verdict == "incomplete"


@pytest.mark.parametrize(("topic", "text"), by_topic("left_out"))
def test_a_chapter_that_declines_the_topic_is_incomplete(
    topic: Topic, text: str, library: Library, rules: Rules
) -> None:
    finding = judge(f"# 第三章 {CHAPTERS[topic]}\n{text}", topic, library, rules)
    assert finding.verdict == "incomplete"


@pytest.mark.parametrize(("topic", "text"), by_topic("hollow"))
def test_generic_sentences_are_incomplete_however_long(
    topic: Topic, text: str, library: Library, rules: Rules
) -> None:
    finding = judge(f"# 第三章 {CHAPTERS[topic]}\n{text * 3}", topic, library, rules)
    assert finding.verdict == "incomplete"


@pytest.mark.parametrize(("topic", "heading"), by_topic("headings"))
def test_the_same_body_is_found_under_any_heading_and_at_any_depth(
    topic: Topic, heading: str, library: Library, rules: Rules
) -> None:
    body = WORDINGS["bodies"][topic]
    chapter = judge(f"# 第三章 {heading}\n{body}", topic, library, rules, "xiangxi")
    section = judge(f"## 2.3 {heading}\n{body}", topic, library, rules, "xiangxi")
    assert (chapter.verdict, section.verdict) == ("present", "subsection")


@pytest.mark.parametrize(("topic", "heading"), by_topic("headings"))
def test_a_chapter_on_one_topic_is_not_taken_for_another(
    topic: Topic, heading: str, library: Library, rules: Rules
) -> None:
    text = f"# 第三章 {heading}\n{WORDINGS['bodies'][topic]}"
    verdicts = {other: judge(text, other, library, rules).verdict for other in TOPICS}
    del verdicts[topic]
    assert set(verdicts.values()) == {"missing"}


@pytest.mark.parametrize(
    ("topic", "heading", "body"),
    [
        (topic, trap["heading"], trap["body"])
        for topic in TOPICS
        for trap in WORDINGS["traps"][topic]
    ],
)
def test_a_trap_is_neither_a_chapter_nor_a_section(
    topic: Topic, heading: str, body: str, library: Library, rules: Rules
) -> None:
    for place in (f"# 第三章 {heading}", f"## 2.3 {heading}"):
        assert judge(f"{place}\n{body}", topic, library, rules).verdict == "missing"


@pytest.mark.parametrize(("topic", "section"), by_topic("mentions"))
def test_a_mention_in_a_section_on_something_else_is_no_section(
    topic: Topic, section: str, library: Library, rules: Rules
) -> None:
    assert judge(section, topic, library, rules).verdict == "missing"


def test_an_empty_table_is_no_substance(library: Library, rules: Rules) -> None:
    table = "| 信息资源名称 | 信息项 | 提供单位 | 更新周期 |\n|  |  |  |  |\n| ... | XXX |  |  |"
    finding = judge(f"# 第三章 信息资源目录\n{table}", "sharing", library, rules)
    assert finding.verdict == "empty"


def test_a_lone_head_of_a_table_is_no_substance(library: Library, rules: Rules) -> None:
    text = "# 第三章 信息资源目录\n序号\t信息资源名称\t信息项\t提供单位\t更新周期"
    assert judge(text, "sharing", library, rules).verdict == "empty"


def test_a_table_alone_is_substance(library: Library, rules: Rules) -> None:
    table = (
        "| 信息资源名称 | 信息项 | 提供单位 | 更新周期 | 共享类型 |\n"
        "| 户籍信息 | 姓名、住址 | 公安局 | 每日 | 有条件共享 |\n"
        "| 低保名单 | 姓名、金额 | 民政局 | 每月 | 有条件共享 |"
    )
    finding = judge(f"# 第三章 信息资源目录\n{table}", "sharing", library, rules)
    assert finding.verdict == "present"


def test_a_blank_chapter_is_forgiven_where_another_one_treats_the_topic(
    library: Library, rules: Rules
) -> None:
    text = f"# 第三章 密码应用\n# 第四章 国密改造\n{WORDINGS['bodies']['crypto']}"
    finding = judge(text, "crypto", library, rules)
    assert finding.verdict == "present"
    assert [heading.text for heading in finding.headings] == ["第四章 国密改造"]


def test_a_blank_chapter_stays_empty_though_a_section_elsewhere_treats_the_topic(
    library: Library, rules: Rules
) -> None:
    text = f"## 2.3 密码应用\n{WORDINGS['bodies']['crypto']}\n# 第三章 密码应用"
    assert judge(text, "crypto", library, rules).verdict == "empty"


def test_a_parent_heading_without_text_of_its_own_counts_with_its_children(
    library: Library, rules: Rules
) -> None:
    text = f"# 第三章 密码应用\n## 3.1 方案\n{WORDINGS['bodies']['crypto']}"
    assert judge(text, "crypto", library, rules).verdict == "present"


def test_the_project_name_in_a_heading_does_not_name_a_topic(
    library: Library, rules: Rules
) -> None:
    outline = parse_outline(
        "@title 某县人工智能大模型平台项目可行性研究报告\n"
        "# 第一章 某县人工智能大模型平台项目承担单位\n县数据局，编制二十人。\n"
        "# 第二章 投资估算\n九百万元。"
    )
    result = check_outline(outline, library=library, rules=rules)
    assert result.topics[3].verdict == "missing"


@pytest.mark.parametrize(
    ("tags", "verdict"),
    [
        ("@unread 5 6", "unreadable"),
        # The contents pages list all chapters and sections, and this one is not among them.
        ("@unread 5\n" + "\n".join(f"@contents {n}.1 建设内容{n}" for n in range(6)), "missing"),
        # They list the chapters alone; it may be a section of one of them.
        (
            "@unread 5\n" + "\n".join(f"@contents 第{n}章 建设内容{n}" for n in range(6)),
            "unreadable",
        ),
        ("", "missing"),
    ],
)
def test_what_unread_pages_could_hide_is_not_called_missing(
    tags: str, verdict: str, library: Library, rules: Rules
) -> None:
    assert judge(f"## 2.3 设备\n二十台。\n{tags}", "crypto", library, rules).verdict == verdict


def test_a_verdict_shows_the_words_that_decided_and_how_sure_it_is(
    library: Library, rules: Rules
) -> None:
    body = WORDINGS["bodies"]["crypto"]
    plain = judge(f"# 第三章 密码应用\n{body}", "crypto", library, rules)
    veiled = judge(f"# 第三章 身份认证与签名\n{body}", "crypto", library, rules)
    assert "SM4" in plain.terms
    assert "SM4" in plain.evidence
    assert plain.needs_person is None
    assert veiled.verdict == "present"
    assert veiled.confidence < plain.confidence
    assert veiled.needs_person is not None


CRYPTO_PARAGRAPHS = (
    "采集终端与平台之间加装国密网关，报文采用SM4加密，终端身份用SM2证书鉴别，密钥每年轮换一次。\n"
    "上线前委托密评机构开展商用密码应用安全性评估，按GB/T 39786逐项整改。\n"
)
OTHER_PARAGRAPHS = "".join(
    f"第{n}座水库布设雨量计、水位计和渗压计，数据每五分钟上报一次，由看护员巡查。\n"
    for n in range(14)
)


def test_text_on_a_topic_below_no_heading_of_it_is_shown_to_a_person(
    library: Library, rules: Rules
) -> None:
    text = f"## 2.3 平台设计\n{OTHER_PARAGRAPHS}{CRYPTO_PARAGRAPHS}"
    finding = judge(text, "crypto", library, rules)
    assert finding.verdict == "missing"
    assert finding.needs_person is not None
    assert "“2.3 平台设计”（第" in finding.evidence
    assert "SM4" in finding.evidence
    assert "SM4" in finding.terms


def test_a_section_on_another_topic_that_is_half_about_this_one_counts_as_a_section(
    library: Library, rules: Rules
) -> None:
    text = f"## 2.3 安全设计\n平台按等保二级建设，互联网出口设防火墙。\n{CRYPTO_PARAGRAPHS}"
    finding = judge(text, "crypto", library, rules)
    assert finding.verdict == "subsection"
    assert finding.needs_person is not None


def test_a_chapter_on_cryptography_is_no_section_on_security(
    library: Library, rules: Rules
) -> None:
    text = f"# 第三章 密码应用\n应用和数据安全：隐私字段加密存储并备份。\n{CRYPTO_PARAGRAPHS}"
    assert judge(text, "security", library, rules).verdict == "missing"


def test_a_report_without_headings_is_left_to_a_person(library: Library, rules: Rules) -> None:
    outline = parse_outline("@title 某县平台可行性研究报告\n登录用SM2证书，存储用SM4，做密评。")
    result = check_outline(outline, library=library, rules=rules)
    assert all(finding.needs_person for finding in result.topics)


def test_a_body_that_only_points_to_a_picture_is_left_to_a_person(
    library: Library, rules: Rules
) -> None:
    text = "# 第三章 网络安全\n网络安全拓扑如下图所示。\n图3-1 网络安全拓扑图"
    finding = judge(text, "security", library, rules)
    assert finding.verdict in ("empty", "incomplete")
    assert "图" in (finding.needs_person or "")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("本项目不涉及密码应用。", False),
        ("因系统由省厅统一提供密码服务，本项目不涉及密码应用。", True),
    ],
)
def test_a_reason_for_leaving_a_topic_out_is_left_to_a_person(
    text: str, asks: bool, library: Library, rules: Rules
) -> None:
    finding = judge(f"# 第三章 密码应用\n{text}", "crypto", library, rules)
    assert finding.verdict == "incomplete"
    assert (finding.needs_person is not None) == asks


@pytest.mark.parametrize(
    "heading", ["密玛应用", "密码运用", "密碼應用", "密 码 应 用", "宓码应用", "商用密码应周"]
)
def test_a_misspelt_heading_over_no_text_is_found_all_the_same(
    heading: str, library: Library, rules: Rules
) -> None:
    assert judge(f"# 第三章 {heading}\n略", "crypto", library, rules).verdict == "empty"


@pytest.mark.parametrize("heading", ["找回密玛", "资金安仝管理", "消防安仝"])
def test_a_misspelt_trap_stays_a_trap(heading: str, library: Library, rules: Rules) -> None:
    text = f"# 第三章 {heading}\n按规定办理，专人负责，每月检查一次，发现问题当日整改。"
    assert {judge(text, topic, library, rules).verdict for topic in TOPICS} == {"missing"}


def test_a_long_chapter_that_hardly_speaks_of_its_topic_is_left_to_a_person(
    library: Library, rules: Rules
) -> None:
    told = "平台按等保二级定级备案，出口设防火墙，主机每月打补丁，管理员用堡垒机登录。\n"
    finding = judge(f"# 第三章 网络安全\n{told}{OTHER_PARAGRAPHS}", "security", library, rules)
    assert finding.verdict == "present"
    assert finding.needs_person is not None


def test_parts_may_stand_in_two_chapters_on_the_topic(library: Library, rules: Rules) -> None:
    text = (
        "# 第三章 信息资源共享需求\n需要从公安局获取户籍信息，从民政局获取低保名单，"
        "每日经共享交换平台调用接口，向税务局提供查询核验服务。\n"
        "# 第四章 信息资源目录与共享清单\n## 4.1 信息资源目录\n"
        "| 信息资源名称 | 信息项 | 提供单位 | 更新周期 |\n"
        "| 户籍信息 | 姓名、住址 | 公安局 | 每日 |\n| 低保名单 | 姓名、金额 | 民政局 | 每月 |\n"
        "## 4.2 共享开放清单\n无条件共享2项、有条件共享3项，向社会开放1项。"
    )
    finding = judge(text, "sharing", library, rules, "xichuan")
    assert finding.verdict == "present"
    assert [heading.text[:3] for heading in finding.headings] == ["第四章", "第三章"]


def test_management_of_building_sites_never_passes_for_network_security(
    library: Library, rules: Rules
) -> None:
    text = (
        "# 第三章 安全保障措施\n建立安全管理制度8项，落实安全责任人，风险评估每月一次，"
        "监测预警24小时值守，应急预案每半年演练2次，安全教育培训60人次，发现隐患30分钟内处置。"
    )
    assert judge(text, "security", library, rules).verdict in ("missing", "incomplete")


def test_missing_parts_are_named_and_their_remedy_given(library: Library, rules: Rules) -> None:
    text = (
        "# 第三章 信息资源共享分析\n需要从公安局获取户籍信息，从民政局获取低保名单，"
        "每日经共享交换平台调用接口，向税务局提供查询核验服务。"
    )
    finding = judge(text, "sharing", library, rules, "xichuan")
    assert finding.missing == ("信息资源目录", "数据共享开放清单")
    assert "信息资源目录：列表" in finding.advice


def test_what_is_not_regulated_is_advice_only(library: Library, rules: Rules) -> None:
    outline = parse_outline(REPORT.format(section=""))
    result = check_outline(outline, profile="xiangxi", library=library, rules=rules)
    assert {finding.verdict for finding in result.topics} == {"missing"}
    assert all(not finding.citations for finding in result.topics)
    assert result.exit_code == 0
