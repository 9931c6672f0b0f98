"""Shares by row -> inline SVG dot plots, drawn by hand so that the page needs no library.

A row is a line from 0 to 1 with one dot a series: the parts, and the peers where there are
any. Colours come from the style sheet of the page, through the classes ``series-0`` and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

ROW_HEIGHT = 24
LABEL_WIDTH = 150
PLOT_WIDTH = 230
VALUE_WIDTH = 110
MARGIN_TOP = 30
MARGIN_BOTTOM = 24
DOT_RADIUS = 5
GRID_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One row: a name and a share (0 to 1, or None) for each series."""

    name: str
    shares: tuple[float | None, ...]
    target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A dot plot; ``series`` are the names of the dots, in the order of the shares."""

    title: str
    series: tuple[str, ...]
    rows: tuple[ChartRow, ...]


def draw_chart(chart: Chart) -> str:
    """Draw a chart as an ``<svg>`` element with a title for screen readers."""
    height = MARGIN_TOP + ROW_HEIGHT * len(chart.rows) + MARGIN_BOTTOM
    width = LABEL_WIDTH + PLOT_WIDTH + VALUE_WIDTH
    parts = [
        f'<svg class="chart" role="img" viewBox="0 0 {width} {height}" width="{width}">',
        f"<title>{escape(chart.title)}</title>",
        _draw_text(0, 14, chart.title, "chart-title"),
        *_draw_grid(height),
    ]
    for place, row in enumerate(chart.rows):
        parts.extend(_draw_row(row, MARGIN_TOP + ROW_HEIGHT * place, chart.series))
    return "".join([*parts, "</svg>"])


def draw_legend(series: Sequence[str]) -> str:
    """The names of the series with their dots."""
    entries = "".join(
        f'<span><svg width="14" height="12"><circle class="series-{place}" cx="7" cy="6" '
        f'r="{DOT_RADIUS}"/></svg>{escape(name)}</span>'
        for place, name in enumerate(series)
    )
    return f'<p class="legend">{entries}<span class="target-key">｜ 目标</span></p>'


def _draw_grid(height: int) -> list[str]:
    bottom = height - MARGIN_BOTTOM
    parts: list[str] = []
    for step in range(GRID_STEPS + 1):
        share = step / GRID_STEPS
        x = _place(share)
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{MARGIN_TOP - 6}" y2="{bottom}"/>')
        parts.append(_draw_text(x, height - 8, f"{share:g}", "axis", anchor="middle"))
    return parts


def _draw_row(row: ChartRow, top: int, series: Sequence[str]) -> list[str]:
    middle = top + ROW_HEIGHT // 2
    parts = [_draw_text(LABEL_WIDTH - 12, middle + 4, row.name, "label", anchor="end")]
    known = [share for share in row.shares if share is not None]
    if known:
        left, right = _place(min(known)), _place(max(known))
        parts.append(f'<line class="span" x1="{left}" x2="{right}" y1="{middle}" y2="{middle}"/>')
    if row.target is not None:
        x = _place(row.target)
        parts.append(
            f'<line class="target" x1="{x}" x2="{x}" y1="{middle - 8}" y2="{middle + 8}"/>'
        )
    # Later series are drawn first, so that the first one lies on top.
    for place, share in reversed(list(enumerate(row.shares))):
        if share is not None:
            parts.append(_draw_dot(share, middle, place, f"{row.name} {series[place]}"))
    text = " / ".join("—" if share is None else f"{share:.2f}" for share in row.shares[:2])
    parts.append(_draw_text(LABEL_WIDTH + PLOT_WIDTH + 14, middle + 4, text, "value"))
    return parts


def _draw_dot(share: float, middle: int, place: int, name: str) -> str:
    return (
        f'<circle class="series-{place}" cx="{_place(share)}" cy="{middle}" r="{DOT_RADIUS}">'
        f"<title>{escape(name)} {share:.3f}</title></circle>"
    )


def _draw_text(x: float, y: float, text: str, style: str, anchor: str = "start") -> str:
    return f'<text class="{style}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _place(share: float) -> float:
    return round(LABEL_WIDTH + share * PLOT_WIDTH, 1)
