"""Words -> the articles that contain all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.errors import CorpusError
from corpus.library import Library
from corpus.read_reference import read_reference
from corpus.regulation import Article, Regulation

RESULT_LIMIT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleMatch:
    """An article that was found.

    Attributes:
        regulation: that it belongs to.
        article: with the words in its text, label or chapter.
        count: how often the words occur in its text.
    """

    regulation: Regulation
    article: Article
    count: int


def search_articles(query: str, library: Library) -> tuple[ArticleMatch, ...]:
    """Return the articles with every word of the query, most occurrences first.

    A query that names a provision (``淅川 第二十六条``) gives that article alone. At most
    ``RESULT_LIMIT`` matches.
    """
    words = split_words(query)
    if not words:
        return ()
    named = _find_named(query, library)
    if named:
        return (named,)
    matches = [
        ArticleMatch(regulation=regulation, article=article, count=_count(words, article.text))
        for regulation in library.regulations
        for article in regulation.articles
        if _has_all(words, _searchable_text(article, regulation))
    ]
    matches.sort(key=lambda match: -match.count)
    return tuple(matches[:RESULT_LIMIT])


def split_words(query: str) -> tuple[str, ...]:
    """Return the words of a query, in lower case, each once."""
    return tuple(dict.fromkeys(query.lower().split()))


def _find_named(query: str, library: Library) -> ArticleMatch | None:
    try:
        ref = read_reference(query, library).whole_article
    except CorpusError:
        return None
    return ArticleMatch(
        regulation=library.regulation(ref.regulation), article=library.article(ref), count=0
    )


def _searchable_text(article: Article, regulation: Regulation) -> str:
    region = regulation.region
    names = " ".join([regulation.title, regulation.id, region.name, *region.aliases])
    return f"{names} {article.label} {article.text}".lower()


def _has_all(words: Iterable[str], text: str) -> bool:
    return all(word in text for word in words)


def _count(words: Iterable[str], text: str) -> int:
    lowered = text.lower()
    return sum(lowered.count(word) for word in words)
