"""``zhengxin ask``: one question or a batch of them -> answers on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings
from ui.answer_batch import answer_lines
from ui.answer_json import answer_to_json
from ui.clean_question import clean_question
from ui.decode_batch import BatchLine, decode_batch, decode_stream
from ui.errors import CommandMisused, ReportUnreadable
from ui.explain_os_error import explain_os_error
from ui.resolve_region import resolve_region
from ui.show_progress import open_with_progress
from ui.write_json import write_json

if TYPE_CHECKING:
    from checkers.finding import CheckResult
    from corpus.library import Library


def ask_one(
    question: str,
    region: str | None,
    *,
    report: Path | None = None,
    save: Path | None = None,
    as_json: bool,
) -> None:
    """Answer one question, as JSON or for a terminal.

    Args:
        question: as typed.
        region: id or name; a report is checked for it as well.
        report: file of a report that the question is about.
        save: where the answer goes besides; nothing is printed where it can't be saved.
        as_json: print one JSON object.
    """
    _require_save(save, report)
    assistant = open_with_progress(Settings())
    cleaned = clean_question(question)
    region = resolve_region(region, assistant.library)
    checked = check_one(report, region, assistant.library) if report else None
    answer = assistant.ask(cleaned, region=region, report=checked)
    if save is not None:
        from ui.save_answer import save_answer

        save_answer(answer, cleaned, save)
    if as_json:
        write_json(answer_to_json(answer, question=cleaned))
        return
    from ui.show_answer import show_answer

    show_answer(answer)


def ask_batch(batch: Path) -> int:
    """Answer a JSONL file, one object a line as they come; return 2 if any line failed, else 0."""
    lines = _read_batch(batch)
    failed = 0
    for answer in answer_lines(lines, open_with_progress(Settings())):
        write_json(answer)
        failed += "error" in answer
    return 2 if failed else 0


def check_one(path: Path, region: str | None, library: Library) -> CheckResult:
    """Check a report for a region, or for the strictest profile, to talk about the result.

    Raises:
        ReportUnreadable: with the reason.
    """
    from checkers.check_report import check_report
    from checkers.load_rules import DEFAULT_PROFILE, load_rules

    rules = load_rules(data_folder=Settings().data_folder)
    profile = region if region in rules.profiles else None
    result = check_report(path, profile=profile or DEFAULT_PROFILE, library=library, rules=rules)
    if result.error is not None:
        raise ReportUnreadable(result.error.message)
    return replace(result, file=str(path))


def _require_save(save: Path | None, report: Path | None) -> None:
    if save is None:
        return
    from ui.save_answer import require_suffix

    require_suffix(save)
    if report is not None and save.resolve() == report.resolve():
        raise CommandMisused(f"回答不能覆盖报告 {save} 本身，请用 --save 换一个路径。")


def _read_batch(batch: Path) -> Iterator[BatchLine]:
    if str(batch) == "-":
        return decode_stream(sys.stdin.buffer)
    try:
        return decode_batch(batch.read_bytes())
    except OSError as error:
        reason = explain_os_error(error)
        raise CommandMisused(f"读不了问题文件 {batch}：{reason}，请检查路径。") from error
