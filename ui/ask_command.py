"""``zhengxin ask``: one question or a batch of them -> answers on standard output."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from assistant.settings import Settings
from ui.answer_batch import answer_lines
from ui.answer_json import answer_to_json
from ui.clean_question import clean_question
from ui.errors import CommandMisused
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
    with _open_batch(batch) as lines:
        failed = 0
        for answer in answer_lines(lines, open_with_progress(Settings())):
            write_json(answer)
            failed += "error" in answer
    return 2 if failed else 0


def _open_batch(batch: Path) -> io.TextIOWrapper:
    if str(batch) == "-":
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")
    try:
        return batch.open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise CommandMisused(f"读不了问题文件 {batch}：{error.strerror}。") from error
