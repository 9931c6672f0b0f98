"""Answer -> a file to keep: its checklists, or its text and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.answer import Answer
from ui.errors import CommandMisused
from ui.mend_emphasis import mend_emphasis
from ui.write_output import write_output

SUFFIXES = (".docx", ".md")
"""A document to print is made of checklists only; Markdown of any answer."""


def require_suffix(target: Path) -> None:
    """Refuse a file name that says no format, before anything is asked.

    Raises:
        CommandMisused: it ends in something else.
    """
    if target.suffix.lower() not in SUFFIXES or target.is_dir():
        raise CommandMisused(
            f"从“{target.name or target}”看不出要存成什么，请让 --save 的文件名以 .docx（清单）"
            "或 .md（清单或回答）结尾。"
        )


def save_answer(answer: Answer, question: str, target: Path) -> None:
    """Write the checklists of an answer; where it has none, the answer as Markdown.

    Raises:
        CommandMisused: a document is wanted and there is no checklist.
        OutputNotWritten: the file can't be written.
    """
    from assistant.export_checklist import render_checklist_docx, render_checklist_markdown

    if target.suffix.lower() == ".docx":
        if not answer.checklists:
            raise CommandMisused(
                "这个回答里没有清单，存不成Word；请把 --save 的文件名改为以 .md 结尾，存下回答。"
            )
        write_output(render_checklist_docx(answer.checklists), target)
    elif answer.checklists:
        write_output(render_checklist_markdown(answer.checklists).encode(), target)
    else:
        write_output(render_answer_markdown(answer, question).encode(), target)


def render_answer_markdown(answer: Answer, question: str) -> str:
    """Return question, answer and the provisions that it rests on as Markdown."""
    parts = [f"# {question}", mend_emphasis(answer.text)]
    if answer.citations:
        parts += ["## 依据", "\n".join(_list_sources(answer))]
    return "\n\n".join(parts) + "\n"


def _list_sources(answer: Answer) -> Iterator[str]:
    for number, citation in enumerate(answer.citations, start=1):
        # Not a Markdown list: its numbers are those of the marks in the text.
        yield f"[{number}] {citation.label}  "
