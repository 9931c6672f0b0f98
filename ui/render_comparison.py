"""Comparison -> a table in HTML, the words that differ set off, each cell with its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from assistant.answer import Comparison, ComparisonRow
from assistant.number_citations import name_place
from corpus.citation import Citation
from ui.render_cited_text import mark_button


def render_comparison(comparison: Comparison, citations: Sequence[Citation]) -> str:
    """Return the table; it scrolls sideways where the page is narrow."""
    rows = "".join(_render_row(row, citations) for row in comparison.rows)
    return (
        '<div class="zx-wide" tabindex="0" role="region" aria-label="各地规定对照">'
        '<table class="zx-comparison"><thead><tr><th>地区</th><th>规定</th><th>依据</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _render_row(row: ComparisonRow, citations: Sequence[Citation]) -> str:
    head = f'<th scope="row">{escape(row.region)}</th>'
    if row.citation is None:
        return f'<tr class="zx-silent">{head}<td>{escape(row.silence)}</td><td>—</td></tr>'
    button = mark_button(row.citation, citations)
    basis = f'<span class="zx-place">{escape(name_place(row.citation))}</span>{button}'
    return f"<tr>{head}<td>{_set_off(row.provision, row.values)}</td><td>{basis}</td></tr>"


def _set_off(provision: str, values: Sequence[str]) -> str:
    """The provision escaped, with the figures and words that are compared in bold."""
    wanted = "|".join(re.escape(value) for value in sorted(values, key=len, reverse=True) if value)
    if not wanted:
        return escape(provision)
    parts = re.split(f"({wanted})", provision)
    return "".join(
        f"<b>{escape(part)}</b>" if index % 2 else escape(part) for index, part in enumerate(parts)
    )
