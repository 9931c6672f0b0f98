"""Checklist -> a card with boxes to tick, to copy and to download."""

from __future__ import annotations

from html import escape

from assistant.answer import Checklist, ChecklistEntry
from assistant.export_checklist import render_checklist_markdown
from assistant.number_citations import name_place
from ui.render_cited_text import open_attributes


def render_checklist(checklist: Checklist, *, key: str) -> str:
    """Return the card; ``key`` is the one that the checklist is kept under for download."""
    lines = "".join(
        _render_entry(entry, f"{key}:{number}") for number, entry in enumerate(checklist.entries)
    )
    address = f"/checklists/{escape(key)}"
    markdown = escape(render_checklist_markdown([checklist]))
    return (
        f'<section class="zx-checklist"><div class="zx-checklist-head">{escape(checklist.title)}'
        f'<span class="zx-meta">共{len(checklist.entries)}项</span></div><ul>{lines}</ul>'
        f'<div class="zx-downloads"><button type="button" class="zx-download" '
        f'data-copy="{markdown}">复制</button>'
        f'<a class="zx-download" href="{address}.docx" download>下载 Word</a>'
        f'<a class="zx-download" href="{address}.md" download>下载 Markdown</a></div></section>'
    )


def _render_entry(entry: ChecklistEntry, tick: str) -> str:
    return (
        f'<li><label><input type="checkbox" data-tick="{escape(tick)}">'
        f"<span>{escape(entry.text)}</span></label>"
        f'<button type="button" class="zx-chip" {open_attributes(entry.citation)}>'
        f"{escape(name_place(entry.citation))}</button></li>"
    )
