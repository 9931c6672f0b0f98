"""Whether a document is a feasibility report: what its title and its chapters say."""

from __future__ import annotations

import pytest

from checkers.load_rules import Rules
from checkers.outline import Outline
from checkers.outline_notation import parse_outline
from checkers.tell_feasibility_report import tell_feasibility_report

CHAPTERS = ("项目概述", "需求分析", "建设方案", "投资估算")


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("某县平台可行性研究报告（送审稿）", CHAPTERS),
        ("某县平台项目建议书", CHAPTERS),
        # The articles ask the same chapters of a 初步设计.
        ("某县平台项目初步设计方案", CHAPTERS),
        ("某县供水信息工程初步设计", ("综合说明", "工程任务与规模", "概算")),
        ("某县平台项目申报书", ("项目基本情况", "建设必要性", "建设内容", "资金筹措")),
        # Headings of its own: the title is believed.
        ("某县平台可行性研究报告", ("由来", "做什么", "花多少钱")),
        # No title at all.
        ("", (*CHAPTERS, "效益分析")),
        ("", ("综合", "信息资源共享分析", "网络与信息安全", "密码应用", "投资")),
    ],
)
def test_a_feasibility_report_is_known_by_title_or_chapters(
    title: str, headings: tuple[str, ...], rules: Rules
) -> None:
    assert is_report(title, headings, rules)


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        # Other documents on such a report carry its name within their own.
        ("关于某县平台可行性研究报告的批复", ("建设必要性", "建设内容", "投资估算")),
        ("某县平台可行性研究报告专家评审意见", ("总体评价", "存在问题", "修改建议")),
        ("某县平台可行性研究报告编制服务合同", ("服务内容", "合同金额", "违约责任")),
        ("某县平台可行性研究报告评审会会议纪要", ("项目概述", "议定事项")),
        # Others have the same chapters.
        ("某县平台项目招标文件", (*CHAPTERS, "投标人须知", "评标办法")),
        ("某公司投标文件", CHAPTERS),
        ("某县平台项目竣工验收报告", (*CHAPTERS, "验收结论")),
        ("某县平台项目监理规划", ("工程概况", "监理工作范围", "进度控制", "投资控制")),
        ("某县平台项目绩效评价报告", ("项目概况", "评价结论", "资金使用情况", "效益分析")),
        ("某县平台采购需求", ("项目概况", "采购标的", "技术要求", "商务要求")),
        ("某县平台等级保护测评报告", ("测评项目概述", "被测对象", "风险分析")),
        # A regulation speaks of feasibility reports and is none.
        ("某县政务信息化项目建设管理办法", ("总则", "项目申报与审批", "资金管理", "附则")),
        ("某县平台用户操作手册", ("概述", "登录系统")),
        ("某县数字化转型“十四五”规划", ("发展现状", "总体要求", "主要任务", "保障措施")),
    ],
)
def test_a_document_of_another_kind_is_no_feasibility_report(
    title: str, headings: tuple[str, ...], rules: Rules
) -> None:
    assert not is_report(title, headings, rules)


def test_a_title_is_believed_while_the_chapters_are_unread(rules: Rules) -> None:
    kind = tell_feasibility_report(
        Outline(kind="pdf", title="某县平台可行性研究报告", unread_pages=(2, 3)),
        rules.marks.file.report,
    )
    assert kind.is_feasibility_report
    assert "2页没有读到" in kind.evidence


def test_a_document_is_not_denied_to_be_one_while_pages_are_unread(rules: Rules) -> None:
    kind = tell_feasibility_report(
        Outline(kind="pdf", title="", unread_pages=(1, 2, 3)), rules.marks.file.report
    )
    assert not kind.is_told
    assert "暂不能判断" in kind.evidence
    assert "看来不是" not in kind.evidence


def is_report(title: str, headings: tuple[str, ...], rules: Rules) -> bool:
    lines = [f"@title {title}"] if title else []
    lines += [f"# {number} {heading}\n正文。" for number, heading in enumerate(headings, 1)]
    outline = parse_outline("\n".join(lines))
    return tell_feasibility_report(outline, rules.marks.file.report).is_feasibility_report
