"""Question for a chapter as a whole -> what its articles say, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extract_lead import Lead
from assistant.find_chapter import find_chapter
from assistant.region_answer import ArticleAnswer, RegionAnswer
from assistant.understand_question import Query
from corpus.chinese_numerals import format_numeral
from corpus.citation import Citation
from corpus.library import Library
from corpus.regulation import Article, Regulation

_FIRST_SENTENCE = re.compile(r"[^。\n]+。?")
# An article is quoted whole up to this length, a longer one by its first sentence.
_LONG_ARTICLE = 400


def tell_chapters(
    query: Query, asked: Sequence[Regulation], library: Library
) -> tuple[RegionAnswer, ...]:
    """The articles of the chapter that is asked for; empty where none is.

    A chapter is one regulation's own: it is told where just one of those asked about has it.
    """
    found = [
        (regulation, chapter)
        for regulation in asked
        if (chapter := find_chapter(query.core, regulation)) is not None
    ]
    if len(found) != 1:
        return ()
    regulation, chapter = found[0]
    title = chapter.title or f"第{format_numeral(chapter.number)}章"
    articles = [article for article in regulation.articles if article.chapter == chapter.number]
    told = tuple(_tell_article(article, title, library) for article in articles)
    return (RegionAnswer(regulation=regulation, articles=told),) if told else ()


def _tell_article(article: Article, title: str, library: Library) -> ArticleAnswer:
    found = _FIRST_SENTENCE.match(article.text)
    sentence = found.group() if found is not None else article.text
    citation = _cite(article, sentence, library)
    return ArticleAnswer(lead=Lead(sentence=sentence), citations=(citation,), stage=title)


def _cite(article: Article, sentence: str, library: Library) -> Citation:
    if len(article.text) <= _LONG_ARTICLE:
        return library.cite(article.ref)
    return library.cite(article.ref, quote=sentence)
