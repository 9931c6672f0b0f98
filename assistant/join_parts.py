"""Answers to the halves of a question -> one answer a region, and what no region provides for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Checklist, Comparison, Remark
from assistant.compare_regions import compare_regions
from assistant.make_checklists import make_checklists
from assistant.name_place import name_text
from assistant.region_answer import ArticleAnswer, RegionAnswer
from assistant.understand_question import Query
from corpus.citation import Citation
from corpus.library import Library
from corpus.regulation import Regulation

_UNCOVERED = "关于“{asked}”，{names}没有规定。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAnswer:
    """One half of a question with what the regulations say on it.

    Attributes:
        query: the half, completed.
        words: the half as shown.
        regions: those that provide for it.
        silent: those asked that do not.
    """

    query: Query
    words: str
    regions: tuple[RegionAnswer, ...]
    silent: tuple[Regulation, ...]


def join_regions(parts: Sequence[PartAnswer]) -> tuple[RegionAnswer, ...]:
    """One answer a region, the articles in the order of the halves, each said once."""
    ids = dict.fromkeys(one.regulation.id for part in parts for one in part.regions)
    return tuple(
        _join([one for part in parts for one in part.regions if one.regulation.id == id])
        for id in ids
    )


def _join(answers: Sequence[RegionAnswer]) -> RegionAnswer:
    articles: dict[tuple[object, ...], ArticleAnswer] = {}
    for answer in answers:
        for article in answer.articles:
            ref = article.citations[0].article.ref
            articles.setdefault((ref, article.lead.sentence, article.lead.items), article)
    cited = {article.citations[0].article.ref for article in articles.values()}
    related: dict[object, Citation] = {}
    for answer in answers:
        for near in answer.related:
            if near.article.ref not in cited:
                related.setdefault(near.ref, near)
    most = max(len(answer.related) for answer in answers)
    return RegionAnswer(
        regulation=answers[0].regulation,
        articles=tuple(articles.values()),
        related=tuple(related.values())[:most],
    )


def tell_uncovered(parts: Sequence[PartAnswer], *, in_table: bool) -> tuple[Remark, ...]:
    """A sentence for each half that a region does not provide for.

    Args:
        parts: the halves.
        in_table: a table tells of the regions that are silent on a half that others answer.
    """
    return tuple(
        Remark(
            kind="notice",
            text=_UNCOVERED.format(
                asked=part.words,
                names="、".join(map(name_text, part.silent)),
            ),
        )
        for part in parts
        if part.silent and not (in_table and part.regions)
    )


def compare_parts(parts: Sequence[PartAnswer]) -> Comparison | None:
    """The tables of the halves one below the other; None where one region was asked about."""
    tables = [compare_regions(part.query, part.regions, part.silent) for part in parts]
    told = [table for table in tables if table is not None]
    if not told:
        return None
    return Comparison(
        rows=tuple(row for table in told for row in table.rows),
        differences=tuple(line for table in told for line in table.differences),
    )


def list_parts(parts: Sequence[PartAnswer], library: Library) -> tuple[Checklist, ...]:
    """The checklists of the halves that ask for one."""
    return tuple(
        checklist
        for part in parts
        for checklist in make_checklists(part.query, part.regions, library)
    )
