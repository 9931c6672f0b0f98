"""A result and an earlier version of the report -> the result with what has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checkers.compare_checks import (
    EarlierCheck,
    compare_checks,
    read_earlier_check,
    summarize_check,
)
from checkers.finding import CheckResult
from ui.check_batch import Checker
from ui.errors import CommandMisused
from ui.explain_os_error import explain_os_error

_JSON_SUFFIX = ".json"


def compare_with_earlier(result: CheckResult, previous: Path, checker: Checker) -> CheckResult:
    """The result with ``changes``; one that could not be read has none.

    Raises:
        CommandMisused: the earlier version can't be read.
        EarlierCheckInvalid: the JSON is no check, or one under another profile.
    """
    if result.error is not None:
        return result
    earlier = _read_earlier(previous, result, checker)
    return replace(result, changes=compare_checks(earlier, result))


def _read_earlier(previous: Path, result: CheckResult, checker: Checker) -> EarlierCheck:
    if previous.suffix.lower() == _JSON_SUFFIX:
        try:
            text = previous.read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            raise CommandMisused(f"读不了 {previous}：{explain_os_error(error)}。") from error
        return read_earlier_check(text, file=result.file)
    checked, *others = checker.check(previous, keep_text=False)
    if others:
        raise CommandMisused(f"旧版报告 {previous} 是压缩包，请解压后写明其中的一份。")
    if checked.error is not None:
        raise CommandMisused(f"旧版报告 {previous} 没有读成：{checked.error.message}")
    return summarize_check(checked)
