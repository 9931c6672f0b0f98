"""Anything that went wrong -> Chinese sentences for the person who called."""

from __future__ import annotations

import logging
import re

from pydantic import ValidationError

from assistant.errors import AssistantError
from checkers.errors import CheckerError
from corpus.errors import CorpusError, RegulationRejected
from ui.errors import InterfaceError

logger = logging.getLogger(__name__)

KNOWN_ERRORS = (InterfaceError, CorpusError, CheckerError, AssistantError)
"""Raised on purpose: their message is a Chinese sentence for the user."""

_HELP_HEAD = "用法："

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (r"Missing argument '?(.+?)'?\.", "缺少参数 {0}。"),
        (r"Missing option '?(.+?)'?\.", "缺少选项 {0}。"),
        (r"No such option: (\S+)", "没有 {0} 这个选项。"),
        (r"No such command '(.*?)'", "没有 {0} 这个命令。"),
        (r"Missing command", "请在后面写上命令。"),
        (r"Option '(.+?)' requires .*", "选项 {0} 后面要写一个值。"),
        (r"Option '(.+?)' does not take a value", "选项 {0} 后面不需要写值。"),
        (
            r"Got unexpected extra argument\S* \((.*)\)",
            "多出了参数 {0}；含空格的内容请用引号括起来。",
        ),
        (r"Invalid value for '?(.+?)'?: .*valid integer", "{0} 后面要写一个整数。"),
        (r"Invalid value for '?(.+?)'?: (.*)", "{0} 的值不对（{1}）。"),
    )
)


def explain_misuse(complaint: str) -> str:
    """Return a Chinese sentence for Typer's English complaint about a command line.

    The help text, which Typer raises where no command is given, stays as it is.
    """
    if complaint.startswith(_HELP_HEAD):
        return complaint
    for pattern, sentence in _PATTERNS:
        found = pattern.match(complaint)
        if found:
            return sentence.format(*found.groups())
    return f"命令写法有误：{complaint}"


def error_to_json(error: Exception) -> dict[str, dict[str, object]]:
    """Return the object that programs get in the place of a result."""
    known = isinstance(error, KNOWN_ERRORS)
    fault: dict[str, object] = {
        "code": getattr(error, "code", _name_error(error) if known else "internal"),
        "message": explain_error(error).partition("\n")[0],
    }
    if isinstance(error, RegulationRejected):
        fault["problems"] = list(error.problems)
    return {"error": fault}


def explain_error(error: Exception) -> str:
    """Return what to tell the person; an error that nobody raised on purpose is also logged."""
    if isinstance(error, RegulationRejected):
        told = str(error)
        untold = [problem for problem in error.problems if problem not in told]
        return "\n".join([told, *(f"  - {problem}" for problem in untold)])
    if isinstance(error, KNOWN_ERRORS):
        return str(error)
    if isinstance(error, ValidationError):
        keys = "、".join(str(part) for fault in error.errors() for part in fault["loc"])
        return f"设置有误，请检查 ZHENGXIN_ 开头的环境变量：{keys}。"
    logger.error("unexpected error", exc_info=error)
    return f"程序内部出错（{type(error).__name__}），这次没有得到结果；详情已记入日志。"


def _name_error(error: Exception) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
