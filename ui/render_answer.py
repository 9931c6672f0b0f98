"""Answer -> HTML: its blocks, what it rests on, what is near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from assistant.answer import Answer, Block, Status
from corpus.citation import Citation
from ui.describe_damage import describe_damage_of_quote
from ui.grow_blocks import list_blocks
from ui.render_article import notes_html
from ui.render_checklist import render_checklist
from ui.render_cited_text import open_attributes, render_cited_text
from ui.render_comparison import render_comparison
from ui.render_working import name_places, render_working

_STATUS_LABELS: dict[Status, str] = {
    "answered": "有据可查",
    "not_covered": "办法未作规定",
    "out_of_scope": "不在解答范围",
}
# A list that is shown with boxes to tick is not shown a second time without them.
_BOX_LINE = re.compile(r"^- ☐ .*\n?", re.MULTILINE)


def render_answer(answer: Answer, *, question: str = "", keys: Sequence[str] = ()) -> str:
    """Return a complete answer as HTML.

    Args:
        answer: to render.
        question: as it was asked, to ask it again.
        keys: those that the checklists are kept under for download, one each.
    """
    blocks = list_blocks(answer)
    text = _Drawing(answer, question, keys).draw(blocks)
    parts = [_render_status(answer), text]
    parts += [_render_sources(answer), _render_related(answer.related)]
    return "".join(parts)


def render_unfinished(answer: Answer, blocks: Sequence[Block]) -> str:
    """Return as much of an answer as there is, without what it rests on."""
    return _render_status(answer) + _Drawing(answer, "", ()).draw(blocks)


class _Drawing:
    """Draws the blocks of one answer; cards take the place of the text that tells the same."""

    def __init__(self, answer: Answer, question: str, keys: Sequence[str]) -> None:
        self._answer = answer
        self._question = question
        self._workings = iter(answer.workings)
        self._boxes = {
            checklist.regulation: render_checklist(checklist, key=key)
            for checklist, key in zip(answer.checklists, keys, strict=False)
        }
        self._remarks = {remark.text: remark.kind for remark in answer.remarks}

    def draw(self, blocks: Sequence[Block]) -> str:
        drawn = [f'<div class="zx-block">{self._draw(block)}</div>' for block in blocks]
        # A language model may leave no lead to hang a checklist on.
        left = [f'<div class="zx-block">{box}</div>' for box in self._boxes.values()]
        return f'<div class="zx-text">{"".join([*drawn, *left])}</div>'

    def _draw(self, block: Block) -> str:
        if block.kind == "carried" and self._answer.carried is not None:
            return self._draw_carried(self._answer.carried.sentence)
        if block.kind == "comparison" and block.text.startswith("|"):
            return self._draw_table(block)
        if block.kind == "working":
            return self._draw_working(block)
        if block.kind == "lead":
            return self._draw_lead(block)
        if block.kind == "quote":
            return self._draw_quote(block)
        return self._draw_text(block)

    @property
    def _citations(self) -> Sequence[Citation]:
        return self._answer.citations

    def _draw_carried(self, sentence: str) -> str:
        button = (
            f'<button type="button" class="zx-chip" data-ask="{escape(self._question)}" '
            'data-alone="1">不沿用，按原话重问</button>'
        )
        return f'<p class="zx-carried">{escape(sentence)}{button if self._question else ""}</p>'

    def _draw_working(self, block: Block) -> str:
        working = next(self._workings, None)
        if working is None:
            return self._draw_text(block)
        place = name_places(self._answer).get(working.regulation, "")
        return render_working(working, self._citations, place=place)

    def _draw_table(self, block: Block) -> str:
        if self._answer.comparison is None:
            return self._draw_text(block)
        return render_comparison(self._answer.comparison, self._citations)

    def _draw_lead(self, block: Block) -> str:
        """The lead; the first one of a regulation with its checklist, if it has one."""
        listed = {checklist.regulation for checklist in self._answer.checklists}
        text = _BOX_LINE.sub("", block.text) if block.regulation in listed else block.text
        box = self._boxes.pop(block.regulation, "") if block.regulation else ""
        return render_cited_text(text, self._citations) + box

    def _draw_quote(self, block: Block) -> str:
        """The quotation; folded where a table says what it says."""
        quote = self._draw_text(block)
        if self._answer.comparison is None:
            return quote
        return f'<details class="zx-quotes"><summary>条文原文</summary>{quote}</details>'

    def _draw_text(self, block: Block) -> str:
        html = render_cited_text(block.text, self._citations)
        kind = "correction" if block.kind == "correction" else self._find_remark(block.text)
        return f'<div class="zx-remark zx-remark-{kind}">{html}</div>' if kind else html

    def _find_remark(self, text: str) -> str:
        """The kind of the remark that a block tells; empty where it tells none."""
        told = (kind for remark, kind in self._remarks.items() if text.endswith(remark))
        return next(told, "")


def _render_status(answer: Answer) -> str:
    return f'<span class="zx-status zx-{answer.status}">{_STATUS_LABELS[answer.status]}</span>'


def _render_sources(answer: Answer) -> str:
    if not answer.citations:
        return ""
    rows = "".join(
        _render_source(number, citation, told=answer.text)
        for number, citation in enumerate(answer.citations, start=1)
    )
    return f'<div class="zx-sources"><div class="zx-caption">依据（点开看全文）</div>{rows}</div>'


def _render_source(number: int, citation: Citation, *, told: str) -> str:
    """A button that opens the article, and the notes that the text has not told already."""
    notes = [note for note in describe_damage_of_quote(citation) if note not in told]
    return (
        f'<button type="button" class="zx-source" {open_attributes(citation)}>'
        f'<span class="zx-number">{number}</span><span class="zx-label">{escape(citation.label)}'
        f"</span></button>{notes_html(notes)}"
    )


def _render_related(related: Iterable[Citation]) -> str:
    chips = "".join(
        f'<button type="button" class="zx-chip" {open_attributes(citation)}>'
        f"{escape(citation.label)}</button>"
        for citation in related
    )
    if not chips:
        return ""
    return f'<details class="zx-related"><summary>相关条文</summary>{chips}</details>'
