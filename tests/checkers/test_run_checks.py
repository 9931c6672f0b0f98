"""The rules beside the four topics on wordings that look alike and differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkers.check_report import check_outline
from checkers.finding import CheckResult, RuleFinding
from checkers.load_rules import Rules
from checkers.outline import Block, Place
from checkers.outline_notation import parse_outline
from corpus.library import Library

# Enough of a report to be one; the cases put their text into the chapter 建设方案.
FRAME = """
@title 云溪县智慧水务平台建设项目可行性研究报告
# 第一章 概述
水厂三座，监测点46处。
# 第二章 需求分析
数据每小时上报一次。
# 第三章 建设方案
{text}
# 第四章 投资估算
{budget}
# 第五章 效益分析
调度响应时间由40分钟缩短到10分钟。
"""
BUDGET = (
    "软件开发180万元，云资源租用26万元，监理6万元，第三方软件测评5万元，等保测评8万元，密评6万元。"
)


@pytest.fixture
def check(library: Library, rules: Rules) -> Check:
    return Check(library, rules)


class Check:
    def __init__(self, library: Library, rules: Rules) -> None:
        self.library, self.rules = library, rules

    def report(self, report: str, profile: str = "xichuan") -> CheckResult:
        outline = parse_outline(report)
        return check_outline(outline, profile=profile, library=self.library, rules=self.rules)

    def plan(self, text: str, profile: str = "xichuan") -> list[str]:
        """Ids of the rules that find fault with a text in the chapter 建设方案."""
        result = self.report(FRAME.format(text=text, budget=BUDGET), profile)
        assert result.is_feasibility_report
        return [finding.rule for finding in result.findings]

    def budget(self, text: str, profile: str) -> list[RuleFinding]:
        """What rules on money find in a text in the chapter 投资估算."""
        found = self.report(FRAME.format(text="三个子系统。", budget=text), profile).findings
        return [finding for finding in found if finding.rule.startswith("budget")]


@pytest.mark.parametrize(
    "sentence",
    [
        "在县局三楼建设一个30平方米的标准化机房，配置UPS电源。",
        "建设内容包括：新建数据中心一座，机柜20个。",
        "建设县级大数据中心机房，面积200平方米。",
        "对原有机房进行扩建，新增机柜12个，扩建机房面积40平方米。",
        "2026年3月拟新建机房一间。",
        # What the second clause says of the cloud does not undo the first.
        "新建机房一间，部分应用部署在县政务云。",
    ],
)
def test_a_machine_room_of_ones_own_is_found(check: Check, sentence: str) -> None:
    assert "own_machine_room" in check.plan(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "拟购置应用服务器2台、数据库服务器2台及存储设备1套。",
        "新增GPU服务器2台，用于大模型推理。",
        "本期配置4台机架式服务器。",
        "| 设备 | 数量 | 单价（万元） |\n| 国产化服务器 | 4 | 6.5 |\n| 高拍仪 | 20 | 0.2 |",
    ],
)
def test_servers_of_ones_own_are_found(check: Check, sentence: str) -> None:
    assert "own_servers" in check.plan(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "系统部署于县政务云，不再新建机房，避免重复采购服务器。",
        "严禁新建机房、购置服务器等硬件设备。",
        "利用现有机房和服务器，新增2套软件。",
        # Others, earlier, or only if.
        "数据中心机房位于市大数据局，由其统一管理。",
        "县大数据发展中心负责统一购置服务器，本单位只提需求。",
        "各单位自建机房、自购服务器，造成资源分散。",
        "2019年，县卫健委自建机房并采购服务器10台。",
        "县人民医院已新建机房一间，本项目接入。",
        "如需新建机房，须报县政府审批。",
        "方案一：新建机房并采购服务器，投资大。推荐方案二。",
        "将原自建机房设备搬迁至政务云数据中心。",
        # Other things that hold the word.
        "采用云服务器部署，配置云服务器8台。",
        "服务器端采用成熟框架，部署Web服务器软件。",
        "采购服务器密码机1台、签名验签服务器1台，新增服务器操作系统授权20套。",
        "建设数据中心可视化模块，新增数据中心对接。",
        "| 资源 | 数量 | 规格 |\n| 云服务器 | 8 | 8核32G |\n| 服务器密码机 | 1 | 国密 |",
    ],
)
def test_what_is_no_hardware_of_ones_own_is_left_alone(check: Check, sentence: str) -> None:
    assert {"own_machine_room", "own_servers"}.isdisjoint(check.plan(sentence))


def test_hardware_in_the_chapter_on_the_present_state_is_left_alone(check: Check) -> None:
    text = "## 3.1 系统现状\n新建机房于局办公楼，采购服务器4台。"
    assert {"own_machine_room", "own_servers"}.isdisjoint(check.plan(text))


def test_a_finding_quotes_the_sentence_and_says_where_it_stands(check: Check) -> None:
    text = "三个子系统。\n在局办公楼新建独立机房一间（60平方米）。"
    result = check.report(FRAME.format(text=text, budget=BUDGET))
    finding = next(part for part in result.findings if part.rule == "own_machine_room")
    assert finding.severity == "error"
    assert finding.evidence == "在局办公楼新建独立机房一间（60平方米）。"
    assert finding.evidence in finding.message
    assert finding.place == Place(paragraph=9)
    assert [heading.text for heading in finding.headings] == ["第三章 建设方案"]
    assert finding.citations[0].quote.startswith("不得单独新建机房")


@pytest.mark.parametrize(
    ("profile", "severity"),
    [
        ("xichuan", "error"),
        ("erenhot", "error"),
        ("jinzhai", "warning"),  # 原则上不得
        ("xiangxi", "warning"),  # 一般不得
        ("xx-county", "warning"),  # 原则上不再
        ("strictest", "error"),
    ],
)
def test_the_profile_decides_how_grave_a_finding_is(
    check: Check, profile: str, severity: str
) -> None:
    result = check.report(FRAME.format(text="新建独立机房一间。", budget=BUDGET), profile)
    found = {part.rule: part for part in result.findings}
    assert found["own_machine_room"].severity == severity
    assert found["own_machine_room"].citations


def test_findings_come_gravest_first_and_leave_the_exit_code_alone(check: Check) -> None:
    text = "新建独立机房一间。\n业务量：待补充"
    result = check.report(FRAME.format(text=text, budget="软件开发1万元，监理2万元。"), "xiangxi")
    assert [part.severity for part in result.findings] == sorted(
        (part.severity for part in result.findings), key=["error", "warning", "note"].index
    )
    assert {"own_machine_room", "leftovers"} <= {part.rule for part in result.findings}
    assert result.exit_code == 0


def test_nothing_is_missed_while_pages_are_unread(check: Check) -> None:
    report = FRAME.format(
        text="新建独立机房一间。", budget="软件开发180万元，硬件9万元，培训2万元。"
    )
    told = {part.rule for part in check.report(report, "jinzhai").findings}
    assert {"budget_supervision", "own_machine_room"} <= told
    unread = {part.rule for part in check.report(f"{report}\n@unread 7", "jinzhai").findings}
    # What stands there is there; what is missing may stand on page 7.
    assert "own_machine_room" in unread
    assert "budget_supervision" not in unread


def test_a_document_of_another_kind_gets_no_findings(check: Check) -> None:
    result = check.report(
        """
        @title 设备采购合同
        # 第一条 合同标的
        乙方采购服务器4台，新建机房一间。
        # 第二条 付款方式
        合同总价320万元。
        # 第三条 违约责任
        另行约定。
        """
    )
    assert not result.is_feasibility_report
    assert result.findings == ()


@pytest.mark.parametrize(
    ("budget", "missing"),
    [
        (BUDGET, []),
        ("软件开发180万元，硬件90万元，监理与测评30万元，预备费20万元。", []),
        (
            "软件开发180万元，云资源26万元，预备费9万元。",
            ["budget_graded_protection", "budget_supervision", "budget_testing"],
        ),
        ("软件开发180万元，监理6万元，等级保护测评8万元。", ["budget_testing"]),
        ("软件开发180万元，监理6万元，软件测试费5万元。", ["budget_graded_protection"]),
        # One sum says nothing of its items; an annex may list them.
        ("总投资三百万元。", []),
        ("软件开发180万元，云资源26万元，预备费9万元，明细详见附件2。", []),
    ],
)
def test_the_budget_lists_what_the_article_names(
    check: Check, budget: str, missing: list[str]
) -> None:
    found = check.budget(budget, "jinzhai")
    assert sorted(part.rule for part in found if part.severity == "warning") == missing


STATEMENTS = """
@title 云溪县智慧水务平台建设项目可行性研究报告
建设单位：云溪县水利局
编制单位：云溪工程咨询有限公司
# 第一章 概述
## 1.1 项目名称
{name}
## 1.2 投资规模
本项目总投资为1286.50万元（含税），其中软件开发812万元，一期总投资300万元。
# 第二章 现状
已建雪亮工程总投资3200万元，建设单位：云溪县公安局。
# 第三章 需求分析
监测点46处。
# 第四章 投资估算
项目估算总投资{total}，其中建设投资1200万元。
| 序号 | 费用名称 | 投资（万元） | 备注 |
| 一 | 工程费用 | 1000.50 | |
| 二 | 工程建设其他费用 | {item} | 含监理、测评 |
| 三 | 预备费 | 100.00 | |
| | 总投资 | 1286.50 | |
# 第五章 结论
项目总投资约1290万元，可行。
| 项目名称 | 智慧水务平台 |
| 建设单位 | {owner} |
"""
RIGHT = {"name": "云溪县智慧水务平台", "total": "1286.5万元", "item": "186.00", "owner": "县水利局"}


@pytest.mark.parametrize(
    ("change", "rules_at_fault"),
    [
        ({}, []),
        ({"total": "12865000元"}, []),
        ({"total": "0.13亿元"}, []),
        ({"total": "1268.50万元"}, ["total_investment"]),
        ({"name": "“智慧水务”平台（一期）"}, []),
        ({"name": "清河县智慧水务平台建设项目"}, ["project_name"]),
        ({"name": "待补充"}, ["leftovers"]),
        ({"owner": "云溪县城市管理局"}, ["owner"]),
        ({"owner": "云溪县水利局、云溪县大数据局"}, []),
        ({"item": "168.00"}, ["budget_sum"]),
        # A lower level among the items: no plain list, so nothing is said.
        ({"item": "168.00 | |\n| | 其中：监理费 | 18.00"}, []),
    ],
)
def test_what_a_report_says_of_itself_agrees(
    check: Check, change: dict[str, str], rules_at_fault: list[str]
) -> None:
    result = check.report(STATEMENTS.format(**{**RIGHT, **change}))
    watched = {"project_name", "owner", "total_investment", "budget_sum", "leftovers"}
    assert [part.rule for part in result.findings if part.rule in watched] == rules_at_fault


def test_a_title_that_only_the_properties_of_the_file_hold_is_no_statement(
    library: Library, rules: Rules
) -> None:
    outline = parse_outline(STATEMENTS.format(**{**RIGHT, "name": "清河县雪亮工程"}))
    stale = replace(outline, kind="docx", preamble=outline.preamble[1:])
    shown = replace(stale, preamble=(Block(text=outline.title), *stale.preamble))
    told = [
        [
            finding.rule
            for finding in check_outline(
                case, profile="xichuan", library=library, rules=rules
            ).findings
            if finding.rule == "project_name"
        ]
        for case in (stale, shown)
    ]
    assert told == [[], ["project_name"]]


def test_a_contradiction_names_both_places(check: Check) -> None:
    result = check.report(STATEMENTS.format(**{**RIGHT, "total": "1268.50万元"}))
    finding = next(part for part in result.findings if part.rule == "total_investment")
    assert finding.message == (
        "总投资前后不一致：“1.2 投资规模”写“总投资为1286.50万元”，"
        "“第四章 投资估算”写“总投资1268.50万元”。"
    )
    assert finding.place == Place(paragraph=15)


@pytest.mark.parametrize(
    ("line", "is_leftover"),
    [
        ("本项目由XX县大数据局建设。", True),
        ("金额：××万元", True),
        ("工期自20XX年XX月起。", True),
        ("联系人：____________", True),
        ("本项目建设${应用系统}。", True),
        ("（此处填写建设内容）", True),
        ("【请填写项目背景】", True),
        ("本章编写要求：说明现状。", True),
        ("单击此处输入文字", True),
        ("系统提供待办、待审列表，待补充材料的申请退回。", False),
        ("填写说明由业务科室维护，用户可填写申请表。", False),
        ("参考样例数据集2万条用于训练，模板管理支持自定义模板。", False),
        ("手机号脱敏显示为138XXXX1234。", False),
        ("详见[1]和【2025】12号文。", False),
    ],
)
def test_a_leftover_of_a_template_is_told_from_text(
    check: Check, line: str, is_leftover: bool
) -> None:
    assert ("leftovers" in check.plan(line)) is is_leftover


def test_a_leftover_on_the_cover_and_in_a_heading_is_found(check: Check) -> None:
    report = "编制单位：XXX公司\n" + FRAME.format(
        text="## 3.1 ${应用系统}设计\n三个模块。", budget=BUDGET
    )
    found = [part for part in check.report(report).findings if part.rule == "leftovers"]
    assert [part.evidence for part in found] == ["编制单位：XXX公司", "3.1 ${应用系统}设计"]
    assert [part.place for part in found] == [Place(paragraph=1), Place(paragraph=9)]


PLAN_OF_THREE = "在二楼新建独立机房一处，采购机架式服务器6台、磁盘阵列1套，自建55寸拼接大屏12块。"


def test_each_rule_quotes_its_own_clause_of_a_sentence(check: Check) -> None:
    result = check.report(FRAME.format(text=PLAN_OF_THREE, budget=BUDGET), "jinzhai")
    assert {part.rule: part.evidence for part in result.findings if "own_" in part.rule} == {
        "own_machine_room": "在二楼新建独立机房一处",
        "own_servers": "采购机架式服务器6台、磁盘阵列1套",
        "own_screen": "自建55寸拼接大屏12块",
    }


CRYPTO = "# 第六章 密码应用\n{text}"
HALF_A_CRYPTO_CHAPTER = "链路用国密SSL VPN，身份证号用SM4加密存储，登录用SM2证书，投运前做密评。"


@pytest.mark.parametrize(
    ("text", "is_looked_into"),
    [
        (HALF_A_CRYPTO_CHAPTER, True),
        ("", False),
        ("待补充", False),
        ("高度重视密码应用，全面加强密码保障，切实做好相关工作。", False),
        ("密码应用方案另行编制。", False),
    ],
)
def test_the_contents_of_a_chapter_without_substance_are_not_picked_at(
    check: Check, text: str, is_looked_into: bool
) -> None:
    report = FRAME.format(text="三个子系统。", budget=BUDGET) + CRYPTO.format(text=text)
    told = {part.rule for part in check.report(report).findings}
    assert bool(told & {"crypto_layers", "crypto_management", "triple_sync"}) is is_looked_into


SHARING = """# 第六章 信息资源共享分析
## 6.1 信息资源共享应用分析
需从公安局调取人口信息，经县数据共享平台接口取得，每日1.2万次，用于补贴核验。
## 6.2 数据共享开放清单
无条件共享22条，有条件共享14条，由信息股按季更新，使用部门每半年反馈一次。
"""


def test_a_part_that_the_verdict_calls_missing_is_not_told_twice(check: Check) -> None:
    report = FRAME.format(text="三个子系统。", budget=BUDGET) + SHARING
    result = check.report(report)
    sharing = next(part for part in result.topics if part.topic == "sharing")
    assert sharing.missing == ("信息资源目录",)
    assert "catalogue_table" not in {part.rule for part in result.findings}


@pytest.mark.parametrize(
    ("sentence", "is_said"),
    [
        ("系统定为三级，涉密图层单独部署、不在本项目内。", True),
        ("平台定三级，定级报告另行编制。", True),
        # Here the level itself is what is left out.
        ("本项目不涉及等级保护三级系统，门户由上级统建。", False),
    ],
)
def test_what_stands_ahead_of_the_clause_that_leaves_something_out_is_said(
    check: Check, sentence: str, is_said: bool
) -> None:
    text = f"部署防火墙、入侵检测、日志审计和堡垒机，每日增量备份，每年演练一次。{sentence}"
    report = FRAME.format(text="三个子系统。", budget=BUDGET) + f"# 第六章 网络安全\n{text}"
    told = {part.rule for part in check.report(report).findings}
    assert ("protection_level" not in told) is is_said


@pytest.mark.parametrize(
    ("sentence", "rules_at_fault"),
    [
        ("本项目（云溪县智慧供水监管平台）可行。", ["project_name"]),
        ("云溪县雪亮工程（以下简称本项目）可行。", ["project_name"]),
        ("本项目（含调度指挥平台）可行。", []),
        ("云溪县智慧水务平台建设项目（以下简称本项目）可行。", []),
        ("建设单位云溪县城市管理局负责资金管理。", ["owner"]),
        ("建设单位信息中心负责日常管理。", []),
        ("前期项目的建设单位为云溪县公安局。", []),
        ("原建设单位云溪县公安局移交资料。", []),
    ],
)
def test_sentences_that_name_project_or_owner_in_passing_are_compared(
    check: Check, sentence: str, rules_at_fault: list[str]
) -> None:
    report = STATEMENTS.format(**RIGHT).replace("可行。", f"可行。{sentence}")
    watched = {"project_name", "owner"}
    told = [part.rule for part in check.report(report).findings if part.rule in watched]
    assert told == rules_at_fault
