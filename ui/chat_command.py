"""``zhengxin chat``: a conversation at the terminal, or with lines from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from assistant.settings import Settings
from assistant.show_carried import compose_restart
from ui.ask_command import check_one
from ui.clean_question import clean_question
from ui.decode_batch import BatchLine, decode_stream
from ui.resolve_region import resolve_region
from ui.show_progress import open_with_progress

RESTART = "重新问"
_GREETING = "请输入问题，空行结束；说“重新问”不再沿用前面的内容。"
_FAREWELL = "对话结束。"
_PROMPT = "问> "
_MARKS = "。！!？?，, “”"


def chat(region: str | None, report: Path | None) -> None:
    """Answer question after question, each in the light of those before, until an empty line.

    Args:
        region: id or name that all questions are about, unless they name another one.
        report: file of a report that is checked first and can be asked about.
    """
    assistant = open_with_progress(Settings())
    region = resolve_region(region, assistant.library)
    checked = check_one(report, region, assistant.library) if report else None
    # rich is not needed before there is an answer.
    from ui.show_answer import show_answer

    history: list[str] = []
    for question in _read_questions():
        if question.strip(_MARKS) == RESTART:
            history = []
            _tell(compose_restart().text)
            continue
        show_answer(assistant.ask(question, region=region, history=tuple(history), report=checked))
        _tell("")
        history.append(question)


def _read_questions() -> Iterator[str]:
    """Cleaned lines up to an empty one; a pipe's lines are shown, for nobody saw them typed."""
    typed = sys.stdin.isatty()
    lines = _read_typed() if typed else map(_decode_line, decode_stream(sys.stdin.buffer))
    if typed:
        _tell(_GREETING)
    for line in lines:
        question = clean_question(line)
        if not question:
            break
        if not typed:
            _tell(f"{_PROMPT}{question}")
        yield question
    if typed:
        _tell(_FAREWELL)


def _read_typed() -> Iterator[str]:
    with suppress(ImportError):
        # Gives ``input`` arrow keys and earlier lines; not every system has it.
        import readline  # noqa: F401
    while True:
        try:
            yield input(_PROMPT)
        except (EOFError, KeyboardInterrupt):
            _tell("")
            return


def _decode_line(line: BatchLine) -> str:
    return line if isinstance(line, str) else line.decode(errors="replace")


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
