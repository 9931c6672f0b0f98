"""Parts of the library -> text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from corpus.chinese_numerals import format_numeral
from corpus.citation import Citation
from corpus.library import Library
from corpus.regulation import Regulation
from ui.describe_damage import describe_damage

if TYPE_CHECKING:
    from corpus.verify_library import Verification


def show_regulations(regulations: Sequence[Regulation]) -> None:
    """Print two lines a regulation: id and title, then what is known of it."""
    console = Console(highlight=False)
    for regulation in regulations:
        facts = (
            regulation.region.name,
            regulation.document_number,
            regulation.issued,
            f"{len(regulation.chapters)}章" if regulation.chapters else None,
            f"{len(regulation.articles)}条",
        )
        console.print(f"[bold]{regulation.id}[/bold]", escape(f"《{regulation.title}》"))
        console.print("  " + " · ".join(filter(None, facts)), style="dim", markup=False)


def show_provision(citation: Citation) -> None:
    """Print a provision under its label, with its notes."""
    console = Console(highlight=False)
    console.print(citation.label, style="bold", markup=False, soft_wrap=True)
    console.print(citation.quote, markup=False, soft_wrap=True)
    for remark in describe_damage(citation.article):
        console.print(f"注：{remark}", style="yellow", markup=False, soft_wrap=True)


def format_library(library: Library) -> str:
    """Return all regulations as Markdown."""
    return "\n".join(line for r in library.regulations for line in _format_regulation(r))


def _format_regulation(regulation: Regulation) -> Iterator[str]:
    yield f"# {regulation.title}\n"
    titles = {chapter.number: chapter.title or "" for chapter in regulation.chapters}
    shown: int | None = None
    for article in regulation.articles:
        if article.chapter is not None and article.chapter != shown:
            shown = article.chapter
            yield f"## 第{format_numeral(shown)}章 {titles.get(shown, '')}\n"
        yield f"**{article.label}** {article.text}\n"
        yield from (f"> 注：{note}\n" for note in describe_damage(article))


def show_verification(verification: Verification) -> None:
    """Print for each regulation how its source divides into articles and named debris."""
    console = Console(highlight=False)
    for item in verification.regulations:
        console.print(f"{item.id} 《{item.title}》", style="bold", markup=False)
        debris = "、".join(f"{name}{count}字" for name, count in item.debris)
        console.print(
            f"  {item.articles}条；来源{item.source_characters}字，"
            f"其中条文{item.article_characters}字、{debris}，去向不明{item.unaccounted}字",
            markup=False,
            soft_wrap=True,
        )
        for problem in item.problems:
            console.print(f"  问题：{problem}", style="red", markup=False)
    for problem in verification.problems:
        console.print(f"问题：{problem}", style="red", markup=False)
    verdict = "条文与来源逐字相符" if verification.holds else "条文与来源不符，见上面的问题"
    console.print(f"共{verification.articles}条，{verdict}。")
