"""What was said on the page, and how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import yaml

from ui.package_files import read_package_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing that the person sent, and the reply so far.

    Attributes:
        question: cleaned text; empty where a file was sent.
        file_name: of a report; empty where a question was asked.
        reply: HTML; empty while nothing is there yet.
        waiting: what is being done, shown until the reply is complete; empty when it is.
        stop: key by which the person can end the waiting; empty where it can't be ended.
        alone: asked without what was said before, which is left behind from here on.
        report: key of the result where a report was checked; empty otherwise.
    """

    question: str = ""
    file_name: str = ""
    reply: str = ""
    waiting: str = ""
    stop: str = ""
    alone: bool = False
    report: str = ""


Conversation = tuple[Turn, ...]


def earlier_questions(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return the questions that the next one may go on from, oldest first."""
    starts = [number for number, turn in enumerate(turns) if turn.alone]
    return tuple(turn.question for turn in turns[starts[-1] if starts else 0 :] if turn.question)


def latest_report(turns: Sequence[Turn]) -> str:
    """Return the key of the report checked last in the conversation; empty where there is none."""
    return next((turn.report for turn in reversed(turns) if turn.report), "")


def render_conversation(turns: Sequence[Turn]) -> str:
    """Return the conversation as HTML, or the welcome where nothing was said yet."""
    if not turns:
        return _render_welcome()
    return f'<div class="zx-turns">{"".join(map(_render_turn, turns))}</div>'


def render_notice(message: str) -> str:
    """Return one sentence that says what went wrong."""
    return f'<p class="zx-notice" role="alert">{escape(message)}</p>'


def render_success(message: str) -> str:
    """Return one sentence that says what was done."""
    return f'<p class="zx-notice zx-fine" role="status">{escape(message)}</p>'


def render_waiting(what: str, *, stop: str = "") -> str:
    """Return what is being done, with dots that move; ``stop`` adds a button that ends it."""
    button = (
        f'<button type="button" class="zx-stop" data-stop="{escape(stop)}">停止</button>'
        if stop
        else ""
    )
    return (
        f'<div class="zx-waiting" role="status"><i></i><i></i><i></i>{escape(what)}{button}</div>'
    )


def _render_turn(turn: Turn) -> str:
    sent = (
        f'<span class="zx-file">{escape(turn.file_name)}</span>'
        if turn.file_name
        else escape(turn.question)
    )
    if turn.alone:
        sent = f'<span class="zx-tag">按原话</span>{sent}'
    waiting = render_waiting(turn.waiting, stop=turn.stop) if turn.waiting else ""
    return (
        f'<section class="zx-turn"><div class="zx-asked">{sent}</div>'
        f'<div class="zx-reply">{turn.reply}{waiting}</div></section>'
    )


def _render_welcome() -> str:
    words = yaml.safe_load(read_package_file("page.yaml"))["welcome"]
    examples = "".join(
        f'<button type="button" data-ask="{escape(example)}">{escape(example)}</button>'
        for example in words["examples"]
    )
    uses = "".join(
        f"<li><b>{escape(use['name'])}</b>{escape(use['text'])}</li>" for use in words["uses"]
    )
    return (
        f'<div class="zx-welcome"><h2>{escape(words["title"])}</h2><ul>{uses}</ul>'
        f'<div class="zx-caption">{escape(words["lead"])}</div>'
        f'<div class="zx-examples">{examples}</div></div>'
    )
