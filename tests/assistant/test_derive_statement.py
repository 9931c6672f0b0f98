from __future__ import annotations

import pytest

from assistant.derive_statement import is_derivable
from assistant.fold_wording import fold_wording, front_bounds
from assistant.paraphrase_rules import load_paraphrase_rules
from assistant.prepare_provision import prepare_provision
from assistant.vary_statement import vary_provision, vary_statement

# A provision as a regulation that somebody adds may print it.
DEADLINES = (
    "项目建成后九个月内，建设单位应当向县数据局申请验收，县数据局自收到申请之日起15工作日内组织专家验收；"
    "验收不合格的，建设单位应当在二十日内整改；逾期未整改的，由县财政局收回未使用资金，但因不可抗力的除外。"
)
DUTIES = (
    "县数据局负责编制年度计划，组织项目评审，并监督项目实施。县财政局负责预算管理。"
    "建设单位应当建立管理制度，明确项目责任人，不得擅自变更建设内容。"
)
CASES = "有下列情形之一的，不予拨付资金：\n（一）未经评审的；\n（二）未纳入共享目录的。"
LEAVE = "建设单位可以自行采购，也可以委托县采购中心采购，原则上每年不超过两次。"
LIST = "验收材料包括建设总结、财务报告、审计报告、测评报告等。"


def derives(provision: str, statement: str) -> bool:
    said = front_bounds(fold_wording(statement))
    folded = front_bounds(fold_wording(provision))
    return any(
        is_derivable(variant, prepare_provision(text, ("青山县",)))
        for variant in vary_statement(said)
        for text in vary_provision(folded)
    )


@pytest.mark.parametrize(
    ("provision", "statement"),
    [
        (DUTIES, "县数据局负责编制年度计划。"),
        (DUTIES, "青山县数据局负责编制年度计划、组织评审。"),
        # what stands between subject and third clause is free
        (DUTIES, "县数据局监督项目实施。"),
        (DUTIES, "预算管理由县财政局负责。"),
        (DUTIES, "建设单位要明确项目责任人，并不得擅自变更建设内容。"),
        (DUTIES, "应建立管理制度。"),
        (CASES, "未经评审的，不予拨付资金。"),
        (CASES, "没有纳入共享目录的，不予拨付资金。"),
        (CASES, "有以下情形之一的，不予拨付资金：未经评审的；未纳入共享目录的。"),
        (LEAVE, "建设单位可自行采购，也可委托县采购中心采购，原则上每年不超过2次。"),
        (LIST, "验收材料应包括建设总结、财务报告、审计报告和测评报告等。"),
        (LIST, "验收需要建设总结、财务报告等材料。"),
        (DEADLINES, "逾期未整改的，由县财政局收回未使用资金，但因不可抗力的除外。"),
    ],
)
def test_a_restatement_is_derived(provision: str, statement: str) -> None:
    assert derives(provision, statement)


@pytest.mark.parametrize(
    ("provision", "statement"),
    [
        # an exception left out, though it stands two clauses later
        (DEADLINES, "逾期未整改的，由县财政局收回未使用资金。"),
        # working days are no days
        (DEADLINES, "县数据局自收到申请之日起15日内组织专家验收。"),
        # the consequence of another condition
        (DEADLINES, "验收不合格的，由县财政局收回未使用资金，但因不可抗力的除外。"),
        # a deadline moved to another duty
        (DEADLINES, "项目建成后九个月内，建设单位应当在二十日内整改。"),
        (DUTIES, "县财政局负责编制年度计划。"),
        (DUTIES, "县财政局组织项目评审。"),
        (DUTIES, "县数据局负责预算管理。"),
        (DUTIES, "建设单位不得建立管理制度。"),
        (DUTIES, "建设单位应当擅自变更建设内容。"),
        (CASES, "未经评审的。"),
        (CASES, "未经评审的且未纳入共享目录的，不予拨付资金。"),
        # items that were announced and are not all there
        (CASES, "有以下情形之一的，不予拨付资金：未经评审的。"),
        (LEAVE, "建设单位应当自行采购。"),
        (LEAVE, "建设单位每年不超过两次。"),
        # incomplete without 等
        (LIST, "验收材料包括建设总结、财务报告。"),
        (LIST, "验收材料包括建设总结、财务报告、审计报告、测评报告、监理报告等。"),
        (LIST, "验收材料等包括建设总结。"),
    ],
)
def test_what_says_more_less_or_something_else_is_not(provision: str, statement: str) -> None:
    assert not derives(provision, statement)


def test_duty_leave_and_ban_share_no_word() -> None:
    modals = load_paraphrase_rules().modals
    assert not set(modals["must"]) & set(modals["may"])
    assert not set(modals["must"]) & set(modals["must_not"])
    assert not set(modals["may"]) & set(modals["must_not"])


def test_no_word_that_turns_a_sentence_round_may_be_put_in_or_left_out() -> None:
    rules = load_paraphrase_rules()
    loose = (*rules.glue, *rules.clause_glue, *rules.condition_glue, *rules.item_glue)
    words = (*loose, *rules.droppable, *rules.clause_droppable)
    turning = {*rules.negations, *rules.modals["may"], *rules.modals["must_not"], "除", "仅", "只"}
    assert not [word for word in words if any(mark in word for mark in turning)]


def test_words_that_say_the_same_agree_in_their_negation() -> None:
    rules = load_paraphrase_rules()
    for form, others in rules.alike.items():
        negated = any(mark in rules.negations for mark in form)
        assert all(any(mark in rules.negations for mark in other) == negated for other in others)
