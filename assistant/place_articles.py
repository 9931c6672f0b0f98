"""Articles of a regulation -> the stages of a project that they are about.

The stage is read off the titles of the chapters and the words of the sentences, so that
regulations that a user added are placed in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.stage_vocabulary import Stage, load_stages
from corpus.article_ref import ArticleRef
from corpus.regulation import Article, Paragraph, Regulation

_SENTENCE = re.compile(r"[^。\n]+[。:：]?")
# The title of the chapter counts as one pattern more; a first sentence says what an article is on.
_OF_CHAPTER, _OF_FIRST, _OF_MENTION = 1.0, 0.5, 0.3
_HITS_COUNTED, _MENTIONS_COUNTED = 2, 3
_NAMED_IN_CHAPTER = 0.5
# Articles whose place is remembered: reading those of five regulations takes 60 ms.
_KEPT = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A paragraph under a stage.

    Attributes:
        article: the article it stands in.
        stage: the stage.
        paragraph: number of the paragraph that holds the sentence, from 1.
        sentence: what it says on the stage most tellingly; verbatim.
        score: how clearly it is about the stage; above zero.
    """

    article: Article
    stage: Stage
    paragraph: int
    sentence: str
    score: float

    @property
    def ref(self) -> ArticleRef:
        """Address of the paragraph; of the whole article where it is the only one."""
        if len(self.article.paragraphs) == 1:
            return self.article.ref
        return replace(self.article.ref, paragraph=self.paragraph)


def place_articles(regulation: Regulation, stage: Stage) -> list[Placed]:
    """The paragraphs of a regulation that are about a stage, in their order."""
    titles = {chapter.number: chapter.title or "" for chapter in regulation.chapters}
    return [
        placed
        for article in regulation.articles
        for placed in _place_article(article, stage, titles.get(article.chapter or 0, ""))
    ]


@lru_cache(maxsize=_KEPT)
def _place_article(article: Article, stage: Stage, title: str) -> tuple[Placed, ...]:
    if _is_general(article, title):
        return ()
    in_chapter = bool(stage.chapter.search(title))
    return tuple(_place_paragraphs(article, stage, in_chapter=in_chapter))


def _is_general(article: Article, title: str) -> bool:
    vocabulary = load_stages()
    return bool(
        vocabulary.general_chapter.search(title) or vocabulary.general_article.search(article.text)
    )


def _place_paragraphs(article: Article, stage: Stage, *, in_chapter: bool) -> Iterator[Placed]:
    """The most telling sentence of each paragraph that holds one."""
    for number, paragraph in enumerate(article.paragraphs, start=1):
        sentences = _split_sentences(paragraph)
        if not sentences:
            continue
        scores = [_score(sentence, stage, in_chapter=in_chapter) for sentence in sentences]
        if number == 1 and scores[0]:
            scores[0] += _OF_FIRST
        best = max(scores)
        if best:
            yield Placed(
                article=article,
                stage=stage,
                paragraph=number,
                sentence=sentences[scores.index(best)],
                score=best + _OF_CHAPTER * in_chapter + _mentions(article, stage),
            )


def _split_sentences(paragraph: Paragraph) -> list[str]:
    """Its sentences, and each of its items as one."""
    sentences = [found.strip() for found in _SENTENCE.findall(paragraph.text)]
    return [*sentences, *(item.label + item.text for item in paragraph.items)]


def _mentions(article: Article, stage: Stage) -> float:
    """How much of an article is about a stage, by how often it is named."""
    return _OF_MENTION * min(len(stage.asked.findall(article.text)), _MENTIONS_COUNTED)


def _score(sentence: str, stage: Stage, *, in_chapter: bool) -> float:
    """How many telling patterns a sentence holds, up to two; 0 where it only mentions the stage.

    In a chapter on the stage, naming it counts a little, too, where no other stage is told of.
    """
    if stage.passing.search(sentence):
        return 0.0
    hits = sum(bool(pattern.search(sentence)) for pattern in stage.telling)
    is_item = sentence.startswith(("(", "（"))
    if not hits and in_chapter and not is_item and stage.asked.search(sentence):
        others = (other for other in load_stages().stages if other is not stage)
        return 0.0 if any(map(_tells(sentence), others)) else _NAMED_IN_CHAPTER
    return float(min(hits, _HITS_COUNTED))


def _tells(sentence: str) -> Callable[[Stage], bool]:
    return lambda stage: any(pattern.search(sentence) for pattern in stage.telling)
