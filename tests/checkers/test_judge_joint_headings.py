"""Chapters whose heading joins subjects, names one in words of another, or is misspelt."""

from __future__ import annotations

import pytest

from checkers.check_report import check_outline
from checkers.finding import Topic, TopicFinding, Verdict
from checkers.load_rules import Rules
from checkers.outline_notation import parse_outline
from corpus.library import Library

CRYPTO = (
    "按第三级要求使用SM2、SM3、SM4算法，部署服务器密码机和国密SSL VPN网关，"
    "管理员用智能密码钥匙登录。"
    "密钥由密码机产生和备份，配密钥管理员1名。上线前委托机构做密评，之后每年一次。"
)
SECURITY = (
    "系统定为等保三级，出口部署防火墙、入侵防御和WAF，运维经堡垒机，日志留存六个月。"
    "数据每日备份到异地，每年做一次应急演练和等级测评。"
)
SHARING = (
    "从公安取户籍、从民政取低保，经县共享交换平台接口调用，用于资格核验。"
    "信息资源目录列三项，写明字段、更新周期、提供单位。"
    "共享开放清单：名册有条件共享，统计数对社会开放。"
)
AI = (
    "引入大模型做材料预审和政策问答，训练样本3.2万条，预审准确率不低于92%，"
    "输出由窗口人员复核后生效，算法完成备案。"
)
REPORT = """@title 某县某平台项目可行性研究报告
# 第一章 项目概述
县局建设，覆盖21个乡镇。
# 第二章 建设必要性
台账靠手工填写，差错多。
# 第三章 {heading}
{body}
# 第四章 投资估算
总投资210万元。
"""


@pytest.mark.parametrize(
    ("heading", "body", "topic"),
    [
        # The heading's second subject has no text of its own.
        ("密码应用与网络安全", CRYPTO, "security"),
        ("网络安全与密码应用", SECURITY, "crypto"),
        ("信息资源共享与数据安全", SHARING, "security"),
        ("人工智能与数据共享", AI, "sharing"),
        # 安全评估 beside 密码 is the assessment of cryptography.
        ("密码应用与安全性评估", CRYPTO, "security"),
        ("密码应用与安全评估", CRYPTO, "security"),
        ("密评与安全评估", CRYPTO, "security"),
        ("商用密码应用安全性评估方案", CRYPTO, "security"),
    ],
)
def test_a_chapter_on_one_topic_is_not_present_for_another_one_beside_it(
    heading: str, body: str, topic: Topic, library: Library, rules: Rules
) -> None:
    assert judge(heading, body, topic, library, rules).verdict != "present"


@pytest.mark.parametrize(
    ("heading", "topics"),
    [
        ("密码应用与网络安全", ("crypto", "security")),
        ("网络安全与密码应用", ("security", "crypto")),
        ("等保与密评", ("security", "crypto")),
        ("安全与密码", ("security", "crypto")),
    ],
)
def test_a_chapter_with_text_on_both_of_its_subjects_is_present_for_both(
    heading: str, topics: tuple[Topic, Topic], library: Library, rules: Rules
) -> None:
    body = f"{SECURITY}\n{CRYPTO}"
    verdicts = [judge(heading, body, topic, library, rules).verdict for topic in topics]
    assert verdicts == ["present", "present"]


@pytest.mark.parametrize(
    ("heading", "body", "topic"),
    [
        ("人工职能应用", AI, "ai"),
        ("人工智能应川", AI, "ai"),
        ("信患资源共享", SHARING, "sharing"),
        ("信息资源共亨", SHARING, "sharing"),
        ("网络安会保障", SECURITY, "security"),
        ("网洛与信息安全", SECURITY, "security"),
        ("密码映用", CRYPTO, "crypto"),
        ("蜜码应用", CRYPTO, "crypto"),
    ],
)
def test_a_heading_with_one_wrong_character_is_known_by_its_text(
    heading: str, body: str, topic: Topic, library: Library, rules: Rules
) -> None:
    assert judge(heading, body, topic, library, rules).verdict == "present"


def test_a_wrong_character_is_not_forgiven_where_the_text_is_on_something_else(
    library: Library, rules: Rules
) -> None:
    body = "配信息中心2人、窗口人员5人，由县局统一调配，年底前到位。"
    assert judge("人工职能配备", body, "ai", library, rules).verdict == "missing"


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("（此处由技术部补充）", "empty"),
        ("本章内容由信息中心完善。", "empty"),
        # Who helps with something is no note on who has yet to write.
        (f"密码方案由市密码管理局提供指导。{CRYPTO}", "present"),
    ],
)
def test_a_note_on_who_is_to_write_a_chapter_leaves_it_empty(
    body: str, verdict: Verdict, library: Library, rules: Rules
) -> None:
    assert judge("密码应用", body, "crypto", library, rules).verdict == verdict


def test_a_chapter_named_for_a_topic_that_speaks_of_something_else_is_shown_to_a_person(
    library: Library, rules: Rules
) -> None:
    body = (
        "湿地公园步道全长4.2公里，设观鸟屋3处、停车位120个，开放时间早八点到晚六点，讲解每天4场。"
    )
    finding = judge("数据资源规划", body, "sharing", library, rules)
    assert finding.verdict == "missing"
    assert finding.needs_person
    assert "数据资源规划" in finding.needs_person


def judge(heading: str, body: str, topic: Topic, library: Library, rules: Rules) -> TopicFinding:
    outline = parse_outline(REPORT.format(heading=heading, body=body))
    result = check_outline(outline, profile="strictest", library=library, rules=rules)
    return next(finding for finding in result.topics if finding.topic == topic)
