"""Commands whose help is in Chinese.

Typer's own help mixes English headings with our texts, and its rich version costs 0.2 s.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer._click import Command, Context, Parameter

_COLUMN = 30
_HELP_ROW = ("--help", "显示本说明")


class ChineseCommand(TyperCommand):
    """A command with Chinese help."""

    def get_help(self, ctx: Context) -> str:
        """Return usage, description, arguments and options."""
        parameters = self.get_params(ctx)
        arguments = [_row(p) for p in parameters if p.param_type_name == "argument"]
        usage = " ".join([ctx.command_path, *(name for name, _ in arguments), "[选项]"])
        return _format_help(usage, self.help, [("参数", arguments), _options(parameters)])


class ChineseGroup(TyperGroup):
    """A group of commands with Chinese help."""

    def get_help(self, ctx: Context) -> str:
        """Return usage, description, commands and options."""
        commands = [(name, _first_line(command)) for name, command in self.commands.items()]
        usage = f"{ctx.command_path} 命令 [选项]"
        return _format_help(usage, self.help, [("命令", commands), _options(self.get_params(ctx))])


def _options(parameters: Iterable[Parameter]) -> tuple[str, list[tuple[str, str]]]:
    options = [p for p in parameters if p.param_type_name == "option" and p.name != "help"]
    return "选项", [*map(_row, options), _HELP_ROW]


def _row(parameter: Parameter) -> tuple[str, str]:
    metavar = getattr(parameter, "metavar", None) or ""
    is_argument = parameter.param_type_name == "argument"
    names = [] if is_argument else [", ".join([*parameter.opts, *parameter.secondary_opts])]
    return " ".join([*names, metavar]).strip(), getattr(parameter, "help", None) or ""


def _first_line(command: Command) -> str:
    return (command.help or "").strip().splitlines()[0]


def _format_help(
    usage: str, description: str | None, parts: Iterable[tuple[str, list[tuple[str, str]]]]
) -> str:
    lines = [f"用法：{usage}", "", *(description or "").strip().splitlines()]
    for title, rows in parts:
        if rows:
            lines += ["", f"{title}：", *(_format_row(name, text) for name, text in rows)]
    return "\n".join(lines)


def _format_row(name: str, text: str) -> str:
    padding = max(_COLUMN - _width(name), 1)
    return f"  {name}{' ' * padding}{text}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
