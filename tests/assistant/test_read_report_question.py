"""What is typed beside a checked report -> a question on the report, or on the regulations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.report_talk import load_report_talk
from checkers.check_report import check_outline
from checkers.finding import CheckFault, CheckResult
from checkers.load_rules import load_rules
from checkers.outline_notation import parse_outline
from corpus.library import Library

QUESTIONS = yaml.safe_load((Path(__file__).parent / "report_questions.yaml").read_text("utf-8"))
UNREAD = CheckFault(code="no_text", message="文件的每一页都没有可读的文字。")
PARTS = ("working", "held_out")
REPORT = """@title 某县一体化平台项目可行性研究报告
项目名称：某县一体化平台项目
# 第一章 项目概述
建设单位：某县数据局
建设周期：十二个月
本项目建设一体化平台，另建机房一间，部署自购服务器10台。
# 第二章 网络安全保障措施
## 2.1 安全需求
系统按照网络安全等级保护第三级要求建设，部署防火墙、入侵检测、日志审计和终端防护，每年开展等级测评和风险评估，制定应急预案。
## 2.2 数据安全
数据分类分级，采用访问控制、备份恢复措施，配备2台防火墙。
# 第三章 信息资源共享
待补充。
# 第四章 投资估算
项目总投资500万元。
"""


@pytest.fixture(scope="module")
def result(shipped: Library) -> CheckResult:
    return check_outline(
        parse_outline(REPORT), profile="strictest", library=shipped, rules=load_rules()
    )


def ask(assistant: Assistant, conversation: str, report: CheckResult) -> Answer:
    *history, question = (part.strip() for part in conversation.split("|"))
    return assistant.ask(question, history=history, report=report)


def is_told_by_report(assistant: Assistant, question: str, report: CheckResult) -> bool:
    """Whether a report that could not be read changes the answer to the reason why."""
    unread = replace(report, error=UNREAD)
    return assistant.ask(question, report=unread).text == UNREAD.message


@pytest.mark.parametrize("part", PARTS)
def test_questions_on_the_report_are_answered_from_it(
    answering: Assistant, result: CheckResult, part: str
) -> None:
    asked: Sequence[str] = QUESTIONS["report"][part]
    lost = [q for q in asked if not is_told_by_report(answering, q, result)]
    assert len(lost) <= len(asked) * 0.05, lost


@pytest.mark.parametrize("part", PARTS)
def test_questions_on_the_regulations_still_go_to_the_regulations(
    answering: Assistant, result: CheckResult, part: str
) -> None:
    asked: Sequence[str] = QUESTIONS["regulation"][part]
    assert [q for q in asked if is_told_by_report(answering, q, result)] == []


@pytest.mark.parametrize(
    ("conversation", "told"),
    [
        ("总投资多少", "“项目总投资500万元。”（“第四章 投资估算”第"),
        ("这个报告的建设单位是谁", "“建设单位：某县数据局”"),
        ("项目叫什么名字", "某县一体化平台项目"),
        ("工期多长", "“建设周期：十二个月”"),
        ("报告的编制单位是谁", "没有在报告里找到“编制单位”"),
        ("总投资多少 | 第几页", "第四章 投资估算"),
        ("其他检查说的是什么", "产品安全可靠情况（"),
        ("产品安全可靠情况怎么写", "**怎么改**：列出拟用的主要软硬件产品"),
        ("三同步是什么问题", "这一条要等写出这一章才检查"),
        ("机房那条怎么回事", "自建机房或数据中心"),
        ("机房那条怎么回事 | 怎么改", "自建机房或数据中心"),
        ("机房那条怎么回事 | 第几页", "位置：第一章 项目概述"),
        ("给我一个人工智能章的提纲", "1. 应用场景与需求"),
        ("密码应用写得怎么样 | 给个提纲", "密码应用**（提纲）"),
        ("网络安全写了哪些内容", "2.1 安全需求、2.2 数据安全"),
        ("报告里的培训写在哪一页", "没有在报告的标题和正文里找到“培训”"),
        ("第二章怎么样", "网络安全：已单列成章"),
        ("第几页", "第三章 信息资源共享（第"),
        ("整改清单", "**必须整改（"),
        ("哪几项过关了", "网络安全：已单列成章"),
        ("等保定级写得够不够", "网络安全"),  # not the city 保定
        ("这次是按哪个办法查的", "从严口径"),
        ("密码应用缺什么", "《XX县智慧城市暨县级政务信息化项目建设运营管理办法》规定"),
    ],
)
def test_the_answer_tells_what_is_asked_of_the_report(
    answering: Assistant, result: CheckResult, conversation: str, told: str
) -> None:
    assert told in ask(answering, conversation, result).text


@pytest.mark.parametrize(
    ("conversation", "told"),
    [
        ("按淅川的办法还差什么", "淅川县"),
        ("换成金寨的口径合格吗", "金寨县"),
        ("密码应用写得怎么样 | 按湘西的办法呢", "湘西自治州的办法对“密码应用”没有规定"),
        ("按淅川的办法还差什么 | 密码呢", "密码应用：缺少（应当写到）"),
    ],
)
def test_the_report_is_judged_anew_by_another_regions_regulation(
    answering: Assistant, result: CheckResult, conversation: str, told: str
) -> None:
    text = ask(answering, conversation, result).text
    assert "重新判断的结果" in text
    assert told in text


def test_without_the_report_at_hand_another_region_needs_a_new_check(
    answering: Assistant, result: CheckResult
) -> None:
    text = ask(answering, "按淅川的办法还差什么", replace(result, outline=None)).text
    assert "重新检查这份报告" in text


def test_every_number_in_a_list_of_work_belongs_to_a_citation_of_that_article(
    answering: Assistant, result: CheckResult
) -> None:
    answer = ask(answering, "还有哪些问题要改", result)
    for number, citation in enumerate(answer.citations, start=1):
        line = next(line for line in answer.text.splitlines() if f"[{number}]" in line)
        assert citation.label in line


def test_a_sum_that_the_report_gives_twice_otherwise_is_told_so(
    answering: Assistant, shipped: Library
) -> None:
    text = REPORT.replace("另建机房一间", "项目总投资为800万元。另建机房一间")
    twice = check_outline(
        parse_outline(text), profile="strictest", library=shipped, rules=load_rules()
    )
    told = ask(answering, "总投资多少", twice).text
    assert "800万元" in told
    assert "500万元" in told
    assert "总投资前后一致" in told


def test_a_fact_that_only_a_sentence_states_is_quoted(
    answering: Assistant, shipped: Library
) -> None:
    text = REPORT.replace("建设周期：十二个月", "本工程建设工期为10个月。")
    told = check_outline(
        parse_outline(text), profile="strictest", library=shipped, rules=load_rules()
    )
    assert "“本工程建设工期为10个月。”" in ask(answering, "工期多长", told).text


def test_every_rule_has_words_by_which_people_name_it() -> None:
    assert set(load_report_talk().rules) == set(load_rules().checks.by_id)
