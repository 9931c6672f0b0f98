"""Article -> the words to quote: the paragraphs or items that the question is about."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.describe_articles import ArticleRecord, PartRecord
from assistant.rank_sentences import rules_on, tell_apart
from assistant.score_articles import part_fitness
from assistant.understand_question import Query
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from corpus.library import Library
from corpus.regulation import Article, Paragraph

# Paragraphs that fit nearly as well as the best one are quoted too.
_NEARLY = 0.6
_MAX_PARAGRAPHS = 4
# Who asks for a list or for the conditions wants all items, however long.
_ASK_FOR_ALL_ITEMS = frozenset({"list", "condition"})
# A paragraph with items is quoted whole up to this length; of a longer one, the fitting items.
_LONG_PARAGRAPH = 420


def choose_quotes(
    query: Query, article: Article, record: ArticleRecord, library: Library
) -> tuple[Citation, ...]:
    """Citations of what the article says on the question, the best paragraph first."""
    if len(article.paragraphs) == 1:
        return _quote_paragraph(query, article, 1, record, library)
    told_apart = tell_apart(query, [paragraph.full_text for paragraph in article.paragraphs])
    fitness = {
        part.ref.paragraph: part_fitness(query, part)
        + told_apart[part.ref.paragraph - 1]
        + rules_on(query, article.paragraphs[part.ref.paragraph - 1].full_text)
        for part in record.parts
        if part.kind == "paragraph"
    }
    best = max(fitness.values())
    ranked = sorted(fitness, key=lambda number: (-fitness[number], number))
    chosen = [n for n in ranked[:_MAX_PARAGRAPHS] if fitness[n] >= best * _NEARLY]
    return tuple(
        citation
        for number in chosen
        for citation in _quote_paragraph(query, article, number, record, library)
    )


def _quote_paragraph(
    query: Query, article: Article, number: int, record: ArticleRecord, library: Library
) -> tuple[Citation, ...]:
    paragraph = article.paragraphs[number - 1]
    ref = _narrow(article, number)
    wanted = not paragraph.items or query.facets & _ASK_FOR_ALL_ITEMS
    if wanted or len(paragraph.full_text) <= _LONG_PARAGRAPH:
        return (library.cite(ref),)
    items = _fitting_items(query, number, paragraph, record.parts)
    if len(items) * 2 > len(paragraph.items):
        return (library.cite(ref),)
    return tuple(library.cite(_narrow(article, number, item)) for item in items)


def _fitting_items(
    query: Query, number: int, paragraph: Paragraph, parts: Sequence[PartRecord]
) -> list[int]:
    fitness = {
        part.ref.item: part_fitness(query, part)
        for part in parts
        if part.kind == "item" and part.ref.paragraph == number
    }
    best = max(fitness.values(), default=0.0)
    if best <= 0.0:
        return list(range(1, len(paragraph.items) + 1))
    return sorted(item for item, value in fitness.items() if value >= best * _NEARLY)


def _narrow(article: Article, paragraph: int, item: int = 0) -> ArticleRef:
    # With a single paragraph the article itself is the address that people use.
    if len(article.paragraphs) == 1 and not item:
        paragraph = 0
    return ArticleRef(
        regulation=article.regulation,
        article=article.number,
        suffix=article.suffix,
        paragraph=paragraph,
        item=item,
    )
