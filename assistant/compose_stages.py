"""Provisions stage by stage -> blocks of text: a table of regions, and the words themselves."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Block
from assistant.name_regions import name_regions
from assistant.number_citations import CitationNumbers, name_place
from assistant.region_answer import ArticleAnswer, RegionAnswer
from assistant.stage_vocabulary import load_stages

# The words of more regions than these can't be read; a table shows where they stand.
_REGIONS_IN_WORDS = 2
_NAME_ONE = "上表列出各阶段最直接的条文。说明一个地区（例如“{}的全流程”），可以看到各阶段的原文。"
_OVERVIEW = "{}办法中各阶段最直接的条文（{}）："
_NONE = "—"


def compose_stages(regions: Sequence[RegionAnswer], numbers: CitationNumbers) -> list[Block]:
    """The blocks of an answer whose articles are listed under stages."""
    stages = _list_stages(regions)
    blocks = []
    if len(regions) > 1 and len(stages) > 1:
        blocks.append(_compose_table(regions, stages, numbers))
    if len(regions) > _REGIONS_IN_WORDS and len(stages) > 1:
        name = regions[0].regulation.region.name
        return [*blocks, Block(kind="notice", text=_NAME_ONE.format(name))]
    names = name_regions(region.regulation for region in regions)
    for region in regions:
        name = names[region.regulation.id]
        blocks += _compose_region(region, name, numbers, several=len(regions) > 1)
    return blocks


def _list_stages(regions: Sequence[RegionAnswer]) -> list[str]:
    """The stages told, in the order of a project; the title of a chapter stands for itself."""
    told = dict.fromkeys(article.stage for region in regions for article in region.articles)
    known = [stage.name for stage in load_stages().stages]
    return sorted(told, key=lambda name: known.index(name) if name in known else len(known))


def _compose_table(
    regions: Sequence[RegionAnswer], stages: Sequence[str], numbers: CitationNumbers
) -> Block:
    names = " | ".join(name_regions(region.regulation for region in regions).values())
    lines = [f"| 阶段 | {names} |", "| --- |" + " --- |" * len(regions)]
    for stage in stages:
        cells = " | ".join(_compose_cell(region, stage, numbers) for region in regions)
        lines.append(f"| {stage} | {cells} |")
    return Block(kind="comparison", text="\n".join(lines))


def _compose_cell(region: RegionAnswer, stage: str, numbers: CitationNumbers) -> str:
    cited = (citation for article in _of_stage(region, stage) for citation in article.citations)
    return "、".join(f"{name_place(one)} {numbers.mark(one)}" for one in cited) or _NONE


def _of_stage(region: RegionAnswer, stage: str) -> list[ArticleAnswer]:
    return [article for article in region.articles if article.stage == stage]


def _compose_region(
    region: RegionAnswer, name: str, numbers: CitationNumbers, *, several: bool
) -> list[Block]:
    id = region.regulation.id
    stages = _list_stages([region])
    blocks = []
    if several:
        blocks.append(Block(kind="region", text=f"### {name}"))
    if len(stages) > 1:
        overview = _OVERVIEW.format(name, " → ".join(stages))
        blocks.append(Block(kind="notice", text=overview, regulation=id))
    for stage in stages:
        articles = _of_stage(region, stage)
        if len(stages) > 1:
            blocks.append(Block(kind="region", text=f"#### {stage}", regulation=id))
        for article in articles:
            text = _compose_article(article, numbers)
            blocks.append(Block(kind="quote", text=text, regulation=id))
    return blocks


def _compose_article(article: ArticleAnswer, numbers: CitationNumbers) -> str:
    """The sentence with its place; the paragraphs where they were wanted whole."""
    first = article.citations[0]
    is_one = len(article.citations) == 1
    if is_one and (article.lead.items or article.lead.sentence == first.quote):
        lines = [f"- {article.lead.sentence}（{name_place(first)}）{numbers.mark(first)}"]
        return "\n".join([*lines, *(f"  - {item}" for item in article.lead.items)])
    quotes = []
    for citation in article.citations:
        quoted = citation.quote.replace("\n", "\n> ")
        quotes.append(f"> {quoted}\n> ——{citation.label} {numbers.mark(citation)}")
    return "\n\n".join(quotes)
