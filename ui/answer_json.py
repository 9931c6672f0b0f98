"""Answer -> the JSON object of the command-line contract."""

from __future__ import annotations

from typing import TypedDict

from assistant.answer import Answer
from corpus.citation import Citation


class CitationJson(TypedDict):
    """A citation as programs get it; ``paragraph`` and ``item`` are None for the whole."""

    regulation: str
    article: int
    suffix: int
    paragraph: int | None
    item: int | None
    label: str
    quote: str
    notes: list[str]


class AnswerJson(TypedDict):
    """An answer as programs get it; ``ms`` is the time taken in milliseconds."""

    id: str | int | None
    question: str
    status: str
    text: str
    regions: list[str]
    citations: list[CitationJson]
    related: list[CitationJson]
    mode: str
    ms: float


def answer_to_json(answer: Answer, *, question: str, id: str | int | None = None) -> AnswerJson:
    """Return the answer with the contract's keys."""
    return AnswerJson(
        id=id,
        question=question,
        status=answer.status,
        text=answer.text,
        regions=list(answer.regions),
        citations=[citation_to_json(citation) for citation in answer.citations],
        related=[citation_to_json(citation) for citation in answer.related],
        mode=answer.mode,
        ms=round(answer.milliseconds, 1),
    )


def citation_to_json(citation: Citation) -> CitationJson:
    """Return the citation with the contract's keys."""
    ref = citation.ref
    return CitationJson(
        regulation=ref.regulation,
        article=ref.article,
        suffix=ref.suffix,
        paragraph=ref.paragraph or None,
        item=ref.item or None,
        label=citation.label,
        quote=citation.quote,
        notes=list(citation.article.notes),
    )
