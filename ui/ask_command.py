"""``zhengxin ask``: one question or a batch of them -> answers on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from assistant.settings import Settings
from ui.answer_batch import answer_lines
from ui.answer_json import answer_to_json
from ui.clean_question import clean_question
from ui.decode_batch import BatchLine, decode_batch, decode_stream
from ui.errors import CommandMisused
from ui.explain_os_error import explain_os_error
from ui.resolve_region import resolve_region
from ui.show_progress import open_with_progress
from ui.write_json import write_json


def ask_one(question: str, region: str | None, *, as_json: bool) -> None:
    """Answer one question, as JSON or for a terminal."""
    assistant = open_with_progress(Settings())
    cleaned = clean_question(question)
    answer = assistant.ask(cleaned, region=resolve_region(region, assistant.library))
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


def _read_batch(batch: Path) -> Iterator[BatchLine]:
    if str(batch) == "-":
        return decode_stream(sys.stdin.buffer)
    try:
        return decode_batch(batch.read_bytes())
    except OSError as error:
        reason = explain_os_error(error)
        raise CommandMisused(f"读不了问题文件 {batch}：{reason}，请检查路径。") from error
