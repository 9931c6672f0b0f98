"""Rules and their trials -> text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from rich.console import Console
from rich.table import Table

from checkers.check_rule_file import CheckFixture, TopicFixture
from checkers.describe_rules import RuleDemand, RuleDescription
from checkers.render_badge import SEVERITY_NAMES
from checkers.try_fixtures import FixtureResult
from checkers.verdict_names import LEVEL_NAMES, VERDICT_NAMES
from ui.rules_json import list_fixtures

KIND_NAMES = {
    "topic": "篇章",
    "terms": "应写到的内容",
    "table": "应有的表格",
    "budget_item": "应列的费用",
    "forbidden": "不得有的内容",
    "leftovers": "模板残留",
    "consistency": "前后一致",
}
WEIGHT_NAMES: dict[str, str] = dict(chain(LEVEL_NAMES.items(), SEVERITY_NAMES.items()))
NOTE_ONLY = "各口径均只提示"
_BLANK = re.compile(r"\{\w+\}")


def show_rules(rules: Sequence[RuleDescription]) -> None:
    """Print a table: id, name, kind, and what each regulation makes of it."""
    table = Table(box=None, pad_edge=False, show_edge=False)
    for title in ("编号", "名称", "类别", "办法与轻重"):
        table.add_column(title, overflow="fold", no_wrap=title == "编号")
    for rule in rules:
        table.add_row(rule.id, _name(rule), KIND_NAMES[rule.kind], summarize_demands(rule.demands))
    console = Console(highlight=False)
    console.print(table)
    console.print(f"共{len(rules)}条规则；查看一条用 zhengxin rules show 编号。", style="dim")


def show_rule(rule: RuleDescription) -> None:
    """Print all of a rule, with quotations and fixtures."""
    console = Console(highlight=False)

    def say(text: str, style: str = "") -> None:
        console.print(text, style=style, markup=False, soft_wrap=True)

    say(f"{rule.id}  {_name(rule)}（{KIND_NAMES[rule.kind]}）", "bold")
    if rule.message:
        # What is filled in from the report stands as dots.
        say(f"说法：{_BLANK.sub('……', rule.message)}")
    for number, line in enumerate(rule.remedy):
        say(f"{'整改：' if number == 0 else '　　　'}{line}")
    say("依据", "bold")
    for demand in rule.demands:
        say(f"  {demand.profile_name}（{demand.profile}）：{WEIGHT_NAMES[demand.weight]}")
        for citation in demand.citations:
            say(f"    {citation.label}：“{citation.quote}”", "dim")
    say("例子", "bold")
    for fixture in list_fixtures(rule):
        say(f"  {_expectation(fixture)}：{fixture.name}")
        for line in fixture.report.strip().splitlines():
            say(f"    {line}", "dim")


def show_trials(results: Sequence[FixtureResult]) -> None:
    """Print the fixtures that fail, then how many hold."""
    console = Console(highlight=False)
    failed = [result for result in results if result.problem]
    for result in failed:
        console.print(
            f"不符 {result.rule}（{result.profile}）{result.fixture}：{result.problem}",
            style="red",
            markup=False,
            soft_wrap=True,
        )
    rules = len({result.rule for result in results})
    console.print(f"{rules}条规则的{len(results)}个例子，{len(results) - len(failed)}个相符。")


def summarize_demands(demands: Sequence[RuleDemand]) -> str:
    """``不符合：淅川县；可能不符合：金寨县``; the profile of all regulations is left out."""
    own = [demand for demand in demands if demand.own]
    weights = dict.fromkeys(demand.weight for demand in own)
    told = [
        f"{WEIGHT_NAMES[weight]}：{'、'.join(d.profile_name for d in own if d.weight == weight)}"
        for weight in sorted(weights, key=list(WEIGHT_NAMES).index)
    ]
    return "；".join(told) or NOTE_ONLY


def _name(rule: RuleDescription) -> str:
    return f"{rule.name}（自加）" if rule.origin == "added" else rule.name


def _expectation(fixture: CheckFixture | TopicFixture) -> str:
    if isinstance(fixture, TopicFixture):
        return f"应判为{VERDICT_NAMES[fixture.verdict]}"
    return "应发现问题" if fixture.finds else "不应发现问题"
