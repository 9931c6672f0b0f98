"""Parts of the library -> JSON objects for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, TypedDict

from corpus.article_ref import ArticleRef
from corpus.library import Library
from corpus.regulation import Regulation

if TYPE_CHECKING:
    from corpus.verify_library import Verification


class RegulationSummaryJson(TypedDict):
    """A regulation without its text; ``articles`` and ``chapters`` are counts."""

    id: str
    title: str
    region: str
    document_number: str | None
    issued: str | None
    articles: int
    chapters: int
    notes: list[str]


class ProvisionJson(TypedDict):
    """A provision with the article around it; ``text`` is the provision asked for."""

    regulation: str
    title: str
    article: int
    suffix: int
    paragraph: int | None
    item: int | None
    label: str
    chapter: int | None
    text: str
    article_text: str
    number_source: str
    notes: list[str]


def summarize_regulation(regulation: Regulation) -> RegulationSummaryJson:
    """Return what a list of regulations shows."""
    return RegulationSummaryJson(
        id=regulation.id,
        title=regulation.title,
        region=regulation.region.name,
        document_number=regulation.document_number,
        issued=regulation.issued,
        articles=len(regulation.articles),
        chapters=len(regulation.chapters),
        notes=list(regulation.notes),
    )


def provision_to_json(ref: ArticleRef, library: Library) -> ProvisionJson:
    """Return the provision at an address, with its whole article."""
    citation = library.cite(ref)
    article = citation.article
    return ProvisionJson(
        regulation=ref.regulation,
        title=library.regulation(ref.regulation).title,
        article=ref.article,
        suffix=ref.suffix,
        paragraph=ref.paragraph or None,
        item=ref.item or None,
        label=citation.label,
        chapter=article.chapter,
        text=citation.quote,
        article_text=article.text,
        number_source=article.number_source,
        notes=list(article.notes),
    )


def verification_to_json(verification: Verification) -> dict[str, object]:
    """Return the proof with ``ok``; ``debris`` counts characters by name."""
    return {
        "ok": verification.holds,
        "articles": verification.articles,
        "problems": list(verification.problems),
        "regulations": [
            {**asdict(item), "debris": dict(item.debris), "problems": list(item.problems)}
            for item in verification.regulations
        ],
    }
