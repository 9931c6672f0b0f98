"""``zhengxin rules``: the commands on the rules of the report checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.chinese_help import ChineseCommand, ChineseGroup
from ui.write_json import write_json

if TYPE_CHECKING:
    from checkers.load_rules import Rules
    from corpus.library import Library

rules_app = typer.Typer(
    cls=ChineseGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="检查规则：列出、查看、用例子试验。",
)
JsonOption = Annotated[bool, typer.Option("--json", help="在标准输出打印JSON")]
RULE_SUFFIXES = (".yaml", ".yml")


@rules_app.command(name="list", cls=ChineseCommand)
def list_rules(as_json: JsonOption = False) -> None:
    """列出全部规则：编号、名称、依据的办法和轻重。"""
    from checkers.describe_rules import describe_rules

    descriptions = describe_rules(*_load())
    if as_json:
        from ui.rules_json import summarize_rule

        write_json({"rules": [summarize_rule(rule) for rule in descriptions]})
        return
    from ui.show_rules import show_rules

    show_rules(descriptions)


@rules_app.command(cls=ChineseCommand)
def show(
    rule: Annotated[str, typer.Argument(metavar="编号", help="规则的编号，见 zhengxin rules list")],
    as_json: JsonOption = False,
) -> None:
    """查看一条规则：依据的条文原文、查什么、怎样改、正反例子。"""
    from checkers.describe_rules import describe_rule

    description = describe_rule(rule, *_load())
    if as_json:
        from ui.rules_json import rule_to_json

        write_json(rule_to_json(description))
        return
    from ui.show_rules import show_rule

    show_rule(description)


@rules_app.command(name="test", cls=ChineseCommand)
def try_rules(
    rule: Annotated[
        str | None, typer.Argument(metavar="编号或文件", help="只试这条规则；不写则全部")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """用规则自带的正反例子试验；有不符的，退出码为 1。"""
    from checkers.try_fixtures import try_all_fixtures, try_file, try_rule

    rules, library = _load()
    if rule is None:
        results = try_all_fixtures(rules, library)
    elif rule.endswith(RULE_SUFFIXES):
        results = try_file(Path(rule), rules, library)
    else:
        results = try_rule(rule, rules, library)
    if as_json:
        from ui.rules_json import trials_to_json

        write_json(trials_to_json(results))
    else:
        from ui.show_rules import show_trials

        show_trials(results)
    raise typer.Exit(int(any(result.problem for result in results)))


def _load() -> tuple[Rules, Library]:
    from assistant.settings import Settings
    from checkers.load_rules import load_rules
    from corpus.library import load_library

    folder = Settings().data_folder
    library = load_library(folder)
    return load_rules(library=library, data_folder=folder), library
