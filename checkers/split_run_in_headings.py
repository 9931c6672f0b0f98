"""Headings that stand inside a body (``（3）密码应用：采用…``) -> sections of their own.

Readers keep such lines as body text, rightly: they are list items as often as headings. For the
rules they matter only where they divide a chapter between subjects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from checkers.outline import Block, Outline, Section

RUN_IN = re.compile(
    r"^\s*(?P<number>[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|\d{1,2}[.．、)）](?!\d)|"
    r"[一二三四五六七八九十]{1,3}[、.．]|[a-zA-Z][.)）]|(?:\d{1,2}\.){1,4}\d{1,2}\s)\s*"
    r"(?P<title>[^，。；;：:！？\t]{2,24}?)\s*(?:(?P<stop>[：:。])(?P<rest>.*)|$)",
    re.DOTALL,
)


@dataclass(slots=True)
class _Run:
    title: str
    number: str
    block: Block
    body: list[Block] = field(default_factory=list)


def split_run_in_headings(outline: Outline) -> Outline:
    """The outline with the numbered lead-ins of its bodies turned into sections."""
    return replace(outline, sections=tuple(_split_section(part) for part in outline.sections))


def _split_section(section: Section) -> Section:
    children = tuple(_split_section(child) for child in section.children)
    lead, runs = _split_body(section.body)
    if len(runs) < 2:
        return replace(section, children=children)
    made = tuple(_make_section(run, section.level + 1) for run in runs)
    return replace(section, body=tuple(lead), children=(*made, *children))


def _split_body(body: tuple[Block, ...]) -> tuple[list[Block], list[_Run]]:
    lead: list[Block] = []
    runs: list[_Run] = []
    for block in body:
        run = None if block.is_table else _read_run_in(block)
        if run:
            runs.append(run)
        else:
            (runs[-1].body if runs else lead).append(block)
    return lead, runs


def _read_run_in(block: Block) -> _Run | None:
    match = RUN_IN.match(block.text)
    if not match:
        return None
    rest = (match["rest"] or "").strip()
    run = _Run(title=match["title"], number=match["number"].strip(), block=block)
    if rest:
        run.body.append(replace(block, text=rest))
    return run


def _make_section(run: _Run, level: int) -> Section:
    return Section(
        level=level,
        number=run.number,
        title=run.title,
        place=run.block.place,
        body=tuple(run.body),
    )
