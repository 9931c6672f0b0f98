"""Answer -> text for a terminal."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from assistant.answer import Answer, Status
from corpus.citation import Citation
from ui.describe_damage import describe_damage

_HEADLINES: dict[Status, tuple[str, str]] = {
    "answered": ("有据可查", "bold green"),
    "not_covered": ("办法未作规定", "bold yellow"),
    "out_of_scope": ("不在解答范围", "bold yellow"),
}
_WIDTH_LIMIT = 100


def show_answer(answer: Answer, *, console: Console | None = None) -> None:
    """Print headline, text, quotations with their labels, and what is near."""
    console = console or Console()
    console.print(_format_answer(answer), width=min(console.width, _WIDTH_LIMIT))


def _format_answer(answer: Answer) -> Group:
    headline, style = _HEADLINES[answer.status]
    parts: list[RenderableType] = [Text(headline, style=style), Text(), Markdown(answer.text)]
    if answer.citations:
        parts += [Text(), Text("依据", style="bold")]
        parts += [_format_citation(n, c) for n, c in enumerate(answer.citations, start=1)]
    if answer.related:
        labels = "；".join(dict.fromkeys(citation.label for citation in answer.related))
        parts += [Text(), Text(f"相关条文：{labels}", style="dim")]
    return Group(*parts)


def _format_citation(number: int, citation: Citation) -> RenderableType:
    lines = Text(citation.quote)
    for note in describe_damage(citation.article):
        lines.append(f"\n注：{note}", style="yellow")
    title = Text(f"[{number}] {citation.label}", style="bold cyan")
    return Padding(Panel(lines, title=title, title_align="left", border_style="dim"), (0, 0, 0, 2))
