"""Answer -> text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
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
        told = _fold(answer.text)
        parts += [_format_citation(n, c, told) for n, c in enumerate(answer.citations, start=1)]
    if answer.related:
        parts += [Text(), Text(f"相关条文：{_join_labels(answer.related)}", style="dim")]
    return Group(*parts)


def _format_citation(number: int, citation: Citation, told: str) -> RenderableType:
    """Label, quotation and notes; what stands in the text already is not printed twice."""
    lines = Text(f"[{number}] {citation.label}", style="bold cyan")
    if _fold(citation.quote) not in told:
        lines.append(f"\n{citation.quote}", style="not bold default")
    for note in describe_damage(citation.article):
        if _fold(note) not in told:
            lines.append(f"\n注：{note}", style="not bold yellow")
    return Padding(lines, (0, 0, 0, 2))


def _join_labels(citations: Sequence[Citation]) -> str:
    """Labels under the title that they share: 《甲》第一条、第三条；《乙》第二条."""
    groups: dict[str, list[str]] = {}
    for label in dict.fromkeys(citation.label for citation in citations):
        title, mark, place = label.rpartition("》")
        groups.setdefault(title + mark, []).append(place)
    return "；".join(title + "、".join(places) for title, places in groups.items())


def _fold(text: str) -> str:
    """Leave out white space and the marks of a Markdown quotation."""
    return "".join(text.replace(">", "").split())
