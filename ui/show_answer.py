"""Answer -> text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from rich import box
from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.styled import Styled
from rich.table import Table
from rich.text import Text

from assistant.answer import Answer, Block, Comparison, Outcome, Status, Working
from assistant.compose_answer import join_blocks
from assistant.number_citations import CitationNumbers, name_place
from corpus.citation import Citation
from ui.describe_damage import describe_damage_of_quote
from ui.grow_blocks import list_blocks
from ui.mend_emphasis import mend_emphasis
from ui.render_working import OUTCOMES, name_places

_HEADLINES: dict[Status, tuple[str, str]] = {
    "answered": ("有据可查", "bold green"),
    "not_covered": ("办法未作规定", "bold yellow"),
    "out_of_scope": ("不在解答范围", "bold yellow"),
}
_OUTCOME_STYLES: dict[Outcome, str] = {"within": "green", "beyond": "red", "undecided": "yellow"}
_STYLES = {"carried": "dim", "correction": "red", "remark": "yellow"}
_WIDTH_LIMIT = 100


def show_answer(answer: Answer, *, console: Console | None = None) -> None:
    """Print headline, text, quotations with their labels, and what is near."""
    console = console or Console()
    console.print(_format_answer(answer), width=min(console.width, _WIDTH_LIMIT))


def _format_answer(answer: Answer) -> Group:
    headline, style = _HEADLINES[answer.status]
    parts: list[RenderableType] = [Text(headline, style=style), *_format_blocks(answer)]
    if answer.citations:
        parts += [Text(), Text("依据", style="bold")]
        told = _fold(answer.text)
        parts += [_format_citation(n, c, told) for n, c in enumerate(answer.citations, start=1)]
    if answer.related:
        parts += [Text(), Text(f"相关条文：{_join_labels(answer.related)}", style="dim")]
    return Group(*parts)


def _format_blocks(answer: Answer) -> list[RenderableType]:
    """The blocks, a blank line before each; text that looks alike is drawn in one go."""
    workings, places = iter(answer.workings), name_places(answer)
    parts: list[RenderableType] = []
    for look, group in groupby(list_blocks(answer), key=_choose_look):
        blocks = list(group)
        if look == "table" and answer.comparison is not None:
            parts += [Text(), _format_table(answer.comparison, answer.citations)]
        elif look == "working":
            framed = [_frame(block, next(workings, None), places) for block in blocks]
            parts += [Text(), *framed]
        else:
            parts += [Text(), Styled(_format_text(blocks), _STYLES.get(look, "none"))]
    return parts


def _choose_look(block: Block) -> str:
    if block.kind == "comparison" and block.text.startswith("|"):
        return "table"
    return block.kind if block.kind == "working" or block.kind in _STYLES else "plain"


def _format_text(blocks: Sequence[Block]) -> Markdown:
    return Markdown(mend_emphasis(join_blocks(blocks)))


def _frame(block: Block, working: Working | None, places: Mapping[str, str]) -> RenderableType:
    if working is None:
        return _format_text([block])
    title = f"{places.get(working.regulation, '')} {OUTCOMES[working.outcome]}".strip()
    style = _OUTCOME_STYLES[working.outcome]
    return Panel(_format_text([block]), title=title, title_align="left", border_style=style)


def _format_table(comparison: Comparison, citations: Sequence[Citation]) -> Table:
    """One row a region, the words that differ in bold; long words go on in the next line."""
    table = Table(box=box.HORIZONTALS, show_lines=True, expand=True, padding=(0, 1))
    table.add_column("地区", overflow="fold", max_width=10)
    table.add_column("规定", overflow="fold", ratio=1)
    table.add_column("依据", overflow="fold", max_width=14)
    numbers = CitationNumbers(citations)
    for row in comparison.rows:
        if row.citation is None:
            table.add_row(Text(row.region), Text(row.silence, style="dim"), Text("—"))
            continue
        provision = Text(row.provision)
        provision.highlight_words([value for value in row.values if value], style="bold cyan")
        basis = f"{name_place(row.citation)} {numbers.mark(row.citation)}"
        table.add_row(Text(row.region), provision, Text(basis))
    return table


def _format_citation(number: int, citation: Citation, told: str) -> RenderableType:
    """Label, quotation and notes; what stands in the text already is not printed twice."""
    lines = Text(f"[{number}] {citation.label}", style="bold cyan")
    if _fold(citation.quote) not in told:
        lines.append(f"\n{citation.quote}", style="not bold default")
    for note in describe_damage_of_quote(citation):
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
