"""Provisions per region -> the text that people read, in blocks with citation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import (
    Answer,
    Block,
    Checklist,
    Comparison,
    ComparisonRow,
    Remark,
    Working,
)
from assistant.compose_stages import compose_stages
from assistant.find_consequences import has_alternatives
from assistant.name_regions import name_regions
from assistant.number_citations import CitationNumbers, name_place
from assistant.region_answer import ArticleAnswer, RegionAnswer
from corpus.citation import Citation
from corpus.regulation import Regulation

_TABLE_HEAD = "| 地区 | 规定 | 依据 |\n| --- | --- | --- |"
_BOX = "☐"
# Under a table a quotation is shown whole up to this length.
_LONG_QUOTE = 220
_OMITTED = "……"
_SENTENCE = re.compile(r"[^。\n]*[。\n]?")
# More notes on damaged text than this are gathered in one list.
_FEW_NOTES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What is added to the provisions; see the attributes of the same names of ``Answer``."""

    remarks: tuple[Remark, ...] = ()
    workings: tuple[Working, ...] = ()
    comparison: Comparison | None = None
    checklists: tuple[Checklist, ...] = ()


def compose_answered(
    regions: Sequence[RegionAnswer],
    silent: Sequence[Regulation],
    extras: Extras | None = None,
) -> Answer:
    """The answer of all regions that provide for the question, side by side.

    Args:
        regions: each with at least one article.
        silent: regulations that were asked about and do not provide for it.
        extras: what stands beside the provisions.
    """
    extras = extras or Extras()
    citations = _collect_citations(regions, extras)
    numbers = CitationNumbers(citations)
    blocks = [
        *_remark_blocks(extras.remarks, "correction"),
        *_working_blocks(extras.workings, regions, numbers),
        *_comparison_blocks(extras.comparison, numbers),
    ]
    blocks += _compose_provisions(regions, extras, numbers)
    if silent and extras.comparison is None:
        known = name_regions([*silent, *(region.regulation for region in regions)])
        names = "、".join(known[regulation.id] for regulation in silent)
        blocks.append(Block(kind="remark", text=f"**{names}**：办法未作规定。"))
    if _is_staged(regions):
        blocks += _damage_blocks(extras.remarks, regions)
    for kind in ("validity", "notice"):
        blocks += _remark_blocks(extras.remarks, kind)
    return Answer(
        status="answered",
        text=join_blocks(blocks),
        regions=tuple(region.regulation.id for region in regions),
        citations=tuple(citations),
        related=_collect_related(regions, citations),
        blocks=tuple(blocks),
        remarks=extras.remarks,
        workings=extras.workings,
        comparison=extras.comparison,
        checklists=extras.checklists,
    )


def join_blocks(blocks: Sequence[Block]) -> str:
    """The text of an answer from its blocks."""
    return "\n\n".join(block.text for block in blocks if block.text)


def _collect_citations(regions: Sequence[RegionAnswer], extras: Extras) -> list[Citation]:
    """The most direct words of each region first, then all that is quoted besides."""
    quoted = [[c for article in region.articles for c in article.citations] for region in regions]
    added = [working.citation for working in extras.workings]
    added += [working.otherwise.citation for working in extras.workings if working.otherwise]
    if extras.comparison is not None:
        added += [row.citation for row in extras.comparison.rows if row.citation is not None]
    ordered = [*(group[0] for group in quoted), *(c for group in quoted for c in group[1:]), *added]
    return list({(citation.ref, citation.quote): citation for citation in ordered}.values())


def _collect_related(
    regions: Sequence[RegionAnswer], cited: Sequence[Citation]
) -> tuple[Citation, ...]:
    used = {citation.article.ref for citation in cited}
    queues = [[c for c in region.related if c.article.ref not in used] for region in regions]
    longest = max(map(len, queues), default=0)
    return tuple(queue[i] for i in range(longest) for queue in queues if i < len(queue))


def _remark_blocks(remarks: Sequence[Remark], kind: str) -> list[Block]:
    heads = {"correction": "**更正**：", "damage": "注：", "validity": "说明：", "notice": "提示："}
    texts = [remark.text for remark in remarks if remark.kind == kind]
    if kind == "damage" and len(texts) > _FEW_NOTES:
        listed = "\n".join(f"- {text}" for text in texts)
        return [Block(kind="remark", text=f"注：所引条文的来源文本有以下缺损。\n\n{listed}")]
    return [
        Block(
            kind="correction" if kind == "correction" else "remark",
            text=heads[kind] + remark.text,
            regulation=remark.regulation,
        )
        for remark in remarks
        if remark.kind == kind
    ]


def _is_staged(regions: Sequence[RegionAnswer]) -> bool:
    return any(article.stage for region in regions for article in region.articles)


def _damage_blocks(remarks: Sequence[Remark], regions: Sequence[RegionAnswer]) -> list[Block]:
    """The notes on damaged text below the stages; where there are several regions, with names."""
    if len(regions) == 1:
        return _remark_blocks(remarks, "damage")
    names = name_regions(region.regulation for region in regions)
    return _remark_blocks(
        [
            replace(one, text=f"{names[one.regulation]}：{one.text}")
            for one in remarks
            if one.kind == "damage" and one.regulation in names
        ],
        "damage",
    )


def _working_blocks(
    workings: Sequence[Working], regions: Sequence[RegionAnswer], numbers: CitationNumbers
) -> list[Block]:
    """One block a working; where there are several regions, each names its own."""
    names = name_regions(region.regulation for region in regions)
    several = len({working.regulation for working in workings}) > 1
    return [
        _working_block(working, names.get(working.regulation, "") if several else "", numbers)
        for working in workings
    ]


def _working_block(working: Working, region: str, numbers: CitationNumbers) -> Block:
    head = f"{region}测算" if region else "测算"
    cited = [working.citation]
    if working.otherwise is not None and working.otherwise.citation != working.citation:
        cited.append(working.otherwise.citation)
    marks = "".join(numbers.mark(citation) for citation in cited)
    lines = [f"**{head}：{working.conclusion}** {marks}", ""]
    lines.append(f"- 已知：{working.given}")
    if working.calculation:
        lines.append(f"- 计算：{working.calculation}")
    lines.append(f"- 条文界限：{working.threshold} {numbers.mark(working.citation)}")
    if working.conditions:
        lines.append("- 还须同时满足（测算不能替代判断）：")
        lines += _condition_lines(working.conditions)
    return Block(kind="working", text="\n".join(lines), regulation=working.regulation)


def _condition_lines(conditions: Sequence[str]) -> list[str]:
    """One line a condition; those of which one is enough stand below the words that say so."""
    lines, indent = [], "  "
    for condition in conditions:
        lines.append(f"{indent}- {condition}")
        if has_alternatives(condition):
            indent = "    "
    return lines


def _comparison_blocks(comparison: Comparison | None, numbers: CitationNumbers) -> list[Block]:
    if comparison is None:
        return []
    rows = "\n".join(_table_row(row, numbers) for row in comparison.rows)
    blocks = [Block(kind="comparison", text=f"{_TABLE_HEAD}\n{rows}")]
    if comparison.differences:
        told = "\n".join(f"- {difference}" for difference in comparison.differences)
        blocks.append(Block(kind="comparison", text=f"**异同**\n\n{told}"))
    return blocks


def _table_row(row: ComparisonRow, numbers: CitationNumbers) -> str:
    if row.citation is None:
        return f"| {row.region} | {row.silence} | — |"
    provision = row.provision.replace("|", "｜").replace("\n", "")
    return (
        f"| {row.region} | {provision} | {name_place(row.citation)} {numbers.mark(row.citation)} |"
    )


def _compose_provisions(
    regions: Sequence[RegionAnswer], extras: Extras, numbers: CitationNumbers
) -> list[Block]:
    """What the regions say, stage by stage where stages were asked for."""
    if _is_staged(regions):
        return compose_stages(regions, numbers)
    blocks = []
    names = name_regions(region.regulation for region in regions)
    for region in regions:
        if len(regions) > 1:
            blocks.append(Block(kind="region", text=f"### {names[region.regulation.id]}"))
        blocks += _compose_region(region, extras, numbers)
        # What is damaged is told beside the words quoted.
        own = [r for r in extras.remarks if r.regulation == region.regulation.id]
        blocks += _remark_blocks(own, "damage")
    return blocks


def _compose_region(region: RegionAnswer, extras: Extras, numbers: CitationNumbers) -> list[Block]:
    """Leads and quotations; under a table, which says the leads, only lists and quotations."""
    id = region.regulation.id
    listed = [tuple(e.text for e in one.entries) for one in extras.checklists]
    blocks = []
    for article in region.articles:
        lead = _compose_items(article, boxes=article.lead.items in listed)
        if set(article.lead.items) <= _conditions_of(extras.workings, id):
            # The working has told them.
            lead = ""
        sources: tuple[int, ...] = ()
        if not _is_told_in_table(extras.comparison):
            lead = "\n\n".join(filter(None, [_compose_sentence(article, numbers), lead]))
            sources = _list_sources(article, numbers)
        blocks.append(Block(kind="lead", text=lead, regulation=id, sources=sources))
        said = _said_of(article, extras.comparison)
        quotes = _compose_quotes(article, numbers, said)
        blocks.append(Block(kind="quote", text=quotes, regulation=id))
    # Two answers from the same words show these once.
    shown = dict.fromkeys(block for block in blocks if block.text)
    return list(shown)


def _conditions_of(workings: Sequence[Working], regulation: str) -> set[str]:
    return {c for w in workings if w.regulation == regulation for c in w.conditions}


def _is_told_in_table(comparison: Comparison | None) -> bool:
    """Whether the leads stand side by side in a table; a single one is said on its own."""
    return comparison is not None and sum(row.citation is not None for row in comparison.rows) > 1


def _said_of(article: ArticleAnswer, comparison: Comparison | None) -> tuple[str, ...]:
    """What the table and the list say of an article; empty where there is no table."""
    if comparison is None or not _is_told_in_table(comparison):
        return ()
    ref = article.citations[0].article.ref
    rows = [row for row in comparison.rows if row.citation and row.citation.article.ref == ref]
    words = (article.lead.sentence, *article.lead.items, *(row.provision for row in rows))
    return tuple(filter(None, words))


def _compose_sentence(article: ArticleAnswer, numbers: CitationNumbers) -> str:
    marks = "".join(
        numbers.mark(citation)
        for citation in article.citations
        if article.lead.sentence in citation.quote or article.lead.sentence == citation.label
    )
    return f"**{article.lead.sentence}** {marks}"


def _list_sources(article: ArticleAnswer, numbers: CitationNumbers) -> tuple[int, ...]:
    """What a lead may be put in other words from; one that only names its article has no words."""
    if any(article.lead.sentence == citation.label for citation in article.citations):
        return ()
    return tuple(numbers.number(citation) for citation in article.citations)


def _compose_items(article: ArticleAnswer, *, boxes: bool) -> str:
    box = f"{_BOX} " if boxes else ""
    return "\n".join(f"- {box}{item}" for item in article.lead.items)


def _compose_quotes(
    article: ArticleAnswer, numbers: CitationNumbers, said: Sequence[str] = ()
) -> str:
    """The quotations; cut around the words that are said, where there are any."""
    quotes = []
    for citation in article.citations:
        words = _cut_quote(citation.quote, said) if said else citation.quote
        quoted = words.replace("\n", "\n> ")
        quotes.append(f"> {quoted}\n> ——{citation.label} {numbers.mark(citation)}")
    return "\n\n".join(quotes)


def _cut_quote(quote: str, said: Sequence[str]) -> str:
    """A long quotation without the sentences that stand around those that answer."""
    if len(quote) <= _LONG_QUOTE:
        return quote
    sentences = _SENTENCE.findall(quote)
    kept = [any(words in one or one.strip() in words for words in said) for one in sentences]
    if not any(kept):
        return quote
    first, last = kept.index(True), len(kept) - kept[::-1].index(True)
    # One sentence to each side keeps what the answer depends on.
    first, last = max(first - 1, 0), min(last + 1, len(sentences))
    words = "".join(sentences[first:last]).strip()
    before = _OMITTED if first else ""
    return before + words + (_OMITTED if last < len(sentences) else "")
