"""Working -> a card that shows the calculation, its bound and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from assistant.answer import Answer, Outcome, Working
from corpus.citation import Citation
from ui.render_cited_text import mark_button

OUTCOMES: dict[Outcome, str] = {"within": "界限内", "beyond": "界限外", "undecided": "待定"}
_ITEM = re.compile(r"[(（][一二三四五六七八九十]+[)）]")


def name_places(answer: Answer) -> dict[str, str]:
    """Return what each calculation is headed with, by regulation; empty where there is one.

    That is the region as the table names it, or the title of the regulation.
    """
    titles = {w.regulation: w.citation.label.partition("》")[0][1:] for w in answer.workings}
    rows = answer.comparison.rows if answer.comparison else ()
    regions = {row.regulation: row.region for row in rows}
    return {id: regions.get(id, title) for id, title in titles.items()} if len(titles) > 1 else {}


def render_working(working: Working, citations: Sequence[Citation], *, place: str = "") -> str:
    """Return the card; ``place`` says where the bound holds, where several are told."""
    button = mark_button(working.citation, citations)
    rows = (
        ("已知", escape(working.given)),
        ("计算", escape(working.calculation)),
        ("条文界限", f"{escape(working.threshold)} {button}" if working.threshold else button),
    )
    listed = "".join(f"<dt>{name}</dt><dd>{told}</dd>" for name, told in rows if told)
    return (
        f'<section class="zx-working zx-{working.outcome}" aria-label="测算">'
        f"{f'<h4>{escape(place)}</h4>' if place else ''}"
        f'<p class="zx-conclusion"><span class="zx-badge">{OUTCOMES[working.outcome]}</span>'
        f"{escape(working.conclusion)}</p><dl>{listed}</dl>"
        f"{_render_conditions(working.conditions)}</section>"
    )


def _render_conditions(conditions: Sequence[str]) -> str:
    if not conditions:
        return ""
    lines = "".join(
        f'<li class="zx-item">{escape(condition)}</li>'
        if _ITEM.match(condition)
        else f"<li>{escape(condition)}</li>"
        for condition in conditions
    )
    caption = "还须同时满足（测算不能替代判断）"
    return (
        f'<div class="zx-conditions"><div class="zx-caption">{caption}</div><ul>{lines}</ul></div>'
    )
