"""Library -> plain values with the keys of the command line's contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from corpus.regulation import Article, NumberSource, Paragraph, Regulation

if TYPE_CHECKING:
    from corpus.library import Library


class ExportedChapter(TypedDict):
    """A chapter; the title is null where the source leaves it empty."""

    number: int
    title: str | None


class ExportedItem(TypedDict):
    """A 项 with its label as printed."""

    label: str
    text: str


class ExportedParagraph(TypedDict):
    """A 款: what stands before its items, and the items."""

    text: str
    items: list[ExportedItem]


class ExportedArticle(TypedDict):
    """An article as in the contract; ``suffix`` is 0, or N for 之N."""

    number: int
    suffix: int
    label: str
    chapter: int | None
    text: str
    number_source: NumberSource
    paragraphs: list[ExportedParagraph]
    notes: list[str]


class ExportedAnnex(TypedDict):
    """A form behind the last article."""

    title: str
    text: str


class ExportedRegulation(TypedDict):
    """A regulation as in the contract, with its annexes and notes."""

    id: str
    title: str
    region: str
    document_number: str | None
    issued: str | None
    chapters: list[ExportedChapter]
    articles: list[ExportedArticle]
    annexes: list[ExportedAnnex]
    notes: list[str]


class ExportedLibrary(TypedDict):
    """All regulations."""

    regulations: list[ExportedRegulation]


def export_library(library: Library) -> ExportedLibrary:
    """The whole library, in order."""
    return {"regulations": [export_regulation(item) for item in library.regulations]}


def export_regulation(regulation: Regulation) -> ExportedRegulation:
    """One regulation."""
    return {
        "id": regulation.id,
        "title": regulation.title,
        "region": regulation.region.name,
        "document_number": regulation.document_number,
        "issued": regulation.issued,
        "chapters": [{"number": c.number, "title": c.title} for c in regulation.chapters],
        "articles": [_export_article(article) for article in regulation.articles],
        "annexes": [{"title": annex.title, "text": annex.text} for annex in regulation.annexes],
        "notes": list(regulation.notes),
    }


def _export_article(article: Article) -> ExportedArticle:
    return {
        "number": article.number,
        "suffix": article.suffix,
        "label": article.label,
        "chapter": article.chapter,
        "text": article.text,
        "number_source": article.number_source,
        "paragraphs": [_export_paragraph(paragraph) for paragraph in article.paragraphs],
        "notes": list(article.notes),
    }


def _export_paragraph(paragraph: Paragraph) -> ExportedParagraph:
    items: list[ExportedItem] = [
        {"label": item.label, "text": item.text} for item in paragraph.items
    ]
    return {"text": paragraph.text, "items": items}
