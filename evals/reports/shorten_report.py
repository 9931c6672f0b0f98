"""A report -> the same with less about other things, so that a scan of it has a few pages."""

from __future__ import annotations

from dataclasses import replace

from evals.reports.report_tree import Content, Node, Report, Table

_SECTIONS = 2
_PARAGRAPHS = 1


def shorten_report(report: Report) -> Report:
    """Keep two sections with a paragraph each of every chapter that treats none of the topics.

    What the verdicts rest on, passages included, stays whole.
    """
    return replace(report, chapters=tuple(_shorten(chapter) for chapter in report.chapters))


def count_characters(report: Report) -> int:
    """Of titles and paragraphs, tables left out; tells which reports have the fewest pages."""
    return sum(
        len(node.title) + sum(len(block) for block in node.body if isinstance(block, str))
        for _, node in report.walk()
    )


def _shorten(node: Node) -> Node:
    if node.topics:
        return node
    children = [_shorten(child) for child in node.children]
    kept = [child for place, child in enumerate(children) if place < _SECTIONS or _counts(child)]
    return replace(node, body=_shorten_body(node), children=tuple(kept))


def _shorten_body(node: Node) -> tuple[Content, ...]:
    if node.passages:
        return node.body
    texts = [block for block in node.body if not isinstance(block, Table)]
    return tuple(texts[:_PARAGRAPHS])


def _counts(node: Node) -> bool:
    return any(below.topics or below.passages for below in node.walk())
