"""Provisions per region -> the text that people read, with its citation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.extract_lead import Lead
from corpus.citation import Citation
from corpus.errors import QuoteNotVerbatim
from corpus.regulation import Regulation

_NO_QUESTION = "请输入一个问题，例如“项目验收需要提交哪些材料”。"
_EXAMPLES = "项目申报、审批、采购、建设、调整、验收、运维、绩效、信息共享、网络安全和密码应用"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAnswer:
    """What one article says: the lead, and the citations it is taken from.

    Raises:
        QuoteNotVerbatim: the lead holds words that none of the citations quotes.
    """

    lead: Lead
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        sources = [text for c in self.citations for text in (c.quote, c.label)]
        for words in (self.lead.sentence, *self.lead.items):
            if not any(words in source for source in sources):
                raise QuoteNotVerbatim(f"结论不在所引原文中：{words[:60]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionAnswer:
    """What one regulation says on the question; no articles where it says nothing.

    Attributes:
        regulation: the regulation.
        articles: the most direct one first.
        related: near, but not what the answer rests on.
    """

    regulation: Regulation
    articles: tuple[ArticleAnswer, ...]
    related: tuple[Citation, ...] = ()


def compose_answered(regions: Sequence[RegionAnswer], silent: Sequence[Regulation]) -> Answer:
    """The answer of all regions that provide for the question, side by side.

    Args:
        regions: each with at least one article.
        silent: regulations that were asked about and do not provide for it.
    """
    citations = _collect_citations(regions)
    numbers = {id(citation): number for number, citation in enumerate(citations, start=1)}
    blocks = [_compose_region(region, numbers, len(regions) > 1) for region in regions]
    if silent:
        names = "、".join(regulation.region.name for regulation in silent)
        blocks.append(f"**{names}**：办法未作规定。")
    return Answer(
        status="answered",
        text="\n\n".join(blocks),
        regions=tuple(region.regulation.id for region in regions),
        citations=tuple(citations),
        related=_collect_related(regions, citations),
    )


def _collect_citations(regions: Sequence[RegionAnswer]) -> list[Citation]:
    """The most direct words of each region first, then all that is quoted besides."""
    quoted = [[c for article in region.articles for c in article.citations] for region in regions]
    return [*(group[0] for group in quoted), *(c for group in quoted for c in group[1:])]


def _collect_related(
    regions: Sequence[RegionAnswer], cited: Sequence[Citation]
) -> tuple[Citation, ...]:
    used = {citation.article.ref for citation in cited}
    queues = [[c for c in region.related if c.article.ref not in used] for region in regions]
    longest = max(map(len, queues), default=0)
    return tuple(queue[i] for i in range(longest) for queue in queues if i < len(queue))


def _compose_region(region: RegionAnswer, numbers: dict[int, int], several: bool) -> str:
    heading = f"### {region.regulation.region.name}" if several else ""
    parts = [heading, *(_compose_article(article, numbers) for article in region.articles)]
    return "\n\n".join(part for part in parts if part)


def _compose_article(article: ArticleAnswer, numbers: dict[int, int]) -> str:
    marks = "".join(
        f"[{numbers[id(citation)]}]"
        for citation in article.citations
        if article.lead.sentence in citation.quote or article.lead.sentence == citation.label
    )
    lines = [f"**{article.lead.sentence}** {marks}"]
    if article.lead.items:
        lines += ["", *(f"- {item}" for item in article.lead.items)]
    for citation in article.citations:
        quoted = citation.quote.replace("\n", "\n> ")
        lines += ["", f"> {quoted}", f"> ——{citation.label} [{numbers[id(citation)]}]"]
    notes = dict.fromkeys(n for citation in article.citations for n in citation.article.notes)
    lines += [line for note in notes for line in ("", f"注：{note}")]
    return "\n".join(lines)


def compose_not_covered(
    asked: Sequence[Regulation],
    elsewhere: Sequence[Regulation],
    related: Sequence[Citation],
    *,
    everywhere: bool,
) -> Answer:
    """The honest answer that the regulations asked about do not provide for the question.

    Args:
        asked: the regulations asked about.
        elsewhere: others of the library that do provide for it.
        related: the nearest provisions.
        everywhere: no region was named, so all were asked.
    """
    if everywhere:
        text = f"本库收录的{len(asked)}部办法都没有规定这一点（本办法未规定）。"
    else:
        titles = "、".join(f"《{regulation.title}》" for regulation in asked)
        text = f"{titles}没有规定这一点（本办法未规定）。"
    if elsewhere:
        names = "、".join(regulation.region.name for regulation in elsewhere)
        text += f"\n\n有规定的地区：{names}，可以选择该地区再问。"
    if related:
        text += "\n\n相近但不直接回答的条文列在下方，仅供参考；具体要求请向主管部门核实。"
    return Answer(
        status="not_covered",
        text=text,
        regions=() if everywhere else tuple(regulation.id for regulation in asked),
        related=tuple(related),
    )


def compose_missing_article(asked: Sequence[Regulation], missing: Sequence[str]) -> Answer:
    """The answer to a question on an article, paragraph or item that does not exist.

    Args:
        asked: the regulations asked about.
        missing: one Chinese sentence for each, with how many there are.
    """
    return Answer(
        status="not_covered",
        text="\n\n".join(dict.fromkeys(missing)),
        regions=tuple(regulation.id for regulation in asked),
    )


def compose_unknown_place(places: Sequence[str], held: Sequence[Regulation]) -> Answer:
    """The answer to a question on places that the library holds no regulation for."""
    names = "、".join(places)
    return Answer(
        status="out_of_scope",
        text=(
            f"本库没有收录{names}的办法，不能用其他地区的规定代替回答。"
            f"目前收录的地区：{_list_regions(held)}。"
            "可以在“办法库”中添加当地的办法后再问。"
        ),
        regions=(),
    )


def compose_unknown_law(name: str, held: Sequence[Regulation]) -> Answer:
    """The answer to a question for an article of a law that the library does not hold."""
    return Answer(
        status="out_of_scope",
        text=(
            f"本库没有收录《{name}》，不能回答它的条文。"
            f"目前收录的是以下地区的政务信息化项目办法：{_list_regions(held)}。"
            "可以在“办法库”中添加该文件后再问。"
        ),
        regions=(),
    )


def compose_out_of_scope(held: Sequence[Regulation]) -> Answer:
    """The answer to a question that is not about government IT projects."""
    return Answer(
        status="out_of_scope",
        text=(
            "这个问题不在政务信息化项目管理办法的范围内，无法依据条文回答。"
            f"可以问{_EXAMPLES}等方面的规定。目前收录的地区：{_list_regions(held)}。"
        ),
        regions=(),
    )


def compose_no_question() -> Answer:
    """The answer to an empty question."""
    return Answer(status="out_of_scope", text=_NO_QUESTION, regions=())


def _list_regions(held: Sequence[Regulation]) -> str:
    return "、".join(regulation.region.name for regulation in held)
