"""Random regulations in every layout that sources come in, and ways to damage them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from hypothesis import strategies as st

from corpus.chinese_numerals import format_numeral

Layout = Literal[
    "lines", "blank_lines", "wrapped", "wrapped_indented", "flat", "chopped", "markdown"
]
LAYOUTS: tuple[Layout, ...] = (
    "lines",
    "blank_lines",
    "wrapped",
    "wrapped_indented",
    "flat",
    "chopped",
    "markdown",
)
TITLE = "测试市数字项目管理办法"
CLOSING = "本办法自2031年1月1日起施行。"
WRAP_WIDTH = 34
# A line breaks between any two Chinese characters, not inside a Latin word, nor before a mark.
_TOKEN = re.compile(r"[A-Za-z0-9/-]+|.")
_NO_LINE_START = re.compile("[，。；：、）》]")

_PLAIN = (
    "建设单位应当编制年度计划，报主管部门备案。",
    "主管部门会同财政部门组织评审，并出具书面意见。",
    "项目建成后6个月内，建设单位应当申请验收。",
    "未经批准，任何单位不得擅自调整建设内容和规模。",
    "采购金额超过100万元的，应当公开招标。",
    "系统应当符合GB/T 40692-2021的要求。",
)
# {n} and {m} stand for article numbers: each is a reference, none is a heading.
_REFERENCES = (
    "违反本办法第{n}条规定的，由主管部门责令改正。",
    "依照第{n}条第二款的规定办理的，应当说明理由。",
    "本办法第{n}条至第{m}条所称项目，包括续建项目。",
    "第{n}条所列情形除外。",
    "第{n}条规定的期限届满后，可以延期一次。",
    "属于第{n}条、第{m}条情形的，从其规定。",
    "建设单位符合第{n}条第（一）项条件的，可以简化程序。",
    "前款和《采购管理办法》第{n}条另有规定的，从其规定。",
    "按照第三章的规定执行，并参照本章第{n}条。",
)
_ITEMS = ("有明确的需求；", "资金来源已经落实；", "不与已有系统重复。")


@dataclass(frozen=True, slots=True)
class ComposedArticle:
    """One article: its printed number and its lines (paragraphs and items)."""

    number: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComposedRegulation:
    """What a parse must give back.

    Attributes:
        chapters: number of the first article of each chapter, from 1 on; empty for none.
    """

    articles: tuple[ComposedArticle, ...]
    chapters: tuple[int, ...]

    def render(self, layout: Layout, space: str) -> str:
        """Print the regulation as a source would hold it."""
        blocks = [TITLE]
        chapter = 0
        for article in self.articles:
            if article.number in self.chapters[chapter : chapter + 1]:
                chapter += 1
                blocks.append(f"第{format_numeral(chapter)}章 第{chapter}部分内容")
            first, *rest = article.lines
            blocks += [f"第{format_numeral(article.number)}条{space}{first}", *rest]
        return _lay_out(blocks, layout)


def _lay_out(blocks: list[str], layout: Layout) -> str:
    if layout == "lines":
        return "\n".join(blocks)
    if layout == "blank_lines":
        return "\n\n".join(f"\u00a0 {block} " for block in blocks)
    if layout in ("flat", "chopped"):
        flat = "".join("".join(block.split(" ")) if "章 " in block else block for block in blocks)
        return flat if layout == "flat" else _wrap(flat, "")
    if layout == "markdown":
        head, *rest = blocks
        marked = [f"## {block}" if "章 " in block[:6] else block for block in rest]
        return "\n\n".join(["---\ntitle: 抄本\n---", f"# {head}", "<!-- 完 -->", *marked])
    indent = "　　" if layout == "wrapped_indented" else ""
    return "\n".join(_wrap(block, indent) for block in blocks)


def _wrap(block: str, indent: str) -> str:
    if "章 " in block[:6]:
        return block
    lines = [indent]
    for token in _TOKEN.findall(block):
        if len(lines[-1] + token) > WRAP_WIDTH and not _NO_LINE_START.match(token):
            lines.append("")
        lines[-1] += token
    return "\n".join(lines)


@st.composite
def regulations(draw: st.DrawFn, *, most_articles: int = 60) -> ComposedRegulation:
    """A regulation with random articles, references inside sentences, paragraphs and items."""
    count = draw(st.integers(4, most_articles))
    articles = [ComposedArticle(number, draw(_bodies(count))) for number in range(1, count)]
    articles.append(ComposedArticle(count, (CLOSING,)))
    starts = draw(st.lists(st.integers(2, count), max_size=6, unique=True))
    chapters = (1, *sorted(starts)) if starts else ()
    return ComposedRegulation(tuple(articles), chapters)


@st.composite
def _bodies(draw: st.DrawFn, count: int) -> tuple[str, ...]:
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        sentences = [
            sentence.format(
                n=format_numeral(draw(st.integers(1, count))),
                m=format_numeral(draw(st.integers(1, count))),
            )
            for sentence in draw(
                st.lists(st.sampled_from(_PLAIN + _REFERENCES), min_size=1, max_size=3)
            )
        ]
        lines.append(draw(st.sampled_from(_PLAIN)) + "".join(sentences))
    if draw(st.booleans()):
        lines.append("项目应当具备下列条件：")
        lines += [f"（{'一二三'[index]}）{text}" for index, text in enumerate(_ITEMS)]
    return tuple(lines)


def drop_article(regulation: ComposedRegulation, index: int) -> ComposedRegulation:
    """The regulation less one article."""
    kept = regulation.articles[:index] + regulation.articles[index + 1 :]
    return replace(regulation, articles=kept)


def double_article(regulation: ComposedRegulation, index: int) -> ComposedRegulation:
    """The regulation with one article printed twice."""
    articles = regulation.articles
    return replace(regulation, articles=(*articles[: index + 1], *articles[index:]))


def swap_articles(regulation: ComposedRegulation, index: int) -> ComposedRegulation:
    """The regulation with an article and the next one changed round."""
    articles = list(regulation.articles)
    articles[index], articles[index + 1] = articles[index + 1], articles[index]
    return replace(regulation, articles=tuple(articles))
