"""Article -> passages: the texts that are embedded, each with its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from corpus.article_ref import ArticleRef
from corpus.captions import asked_phrasings, caption_parts, unanswered_phrasings
from corpus.regulation import Article, Paragraph

PassageKind = Literal[
    "caption", "asked", "unanswered", "article", "paragraph", "item", "sentence", "offtopic"
]

# Sentences shorter than this say too little on their own to be looked up.
_MIN_SENTENCE = 12
# The encoder reads 512 tokens; the beginning of an article tells its subject.
_ARTICLE_HEAD = 360
_SENTENCE_END = re.compile(r"(?<=[。；;])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text to be searched by meaning, and the provision it stands for."""

    ref: ArticleRef
    kind: PassageKind
    text: str


def split_passages(article: Article) -> tuple[Passage, ...]:
    """All passages of an article: captions, phrasings, the whole, and its parts."""
    ref = article.ref
    captions = caption_parts(ref)
    whole = "；".join([*captions, article.text])[:_ARTICLE_HEAD]
    passages = [Passage(ref=ref, kind="caption", text=caption) for caption in captions]
    passages.extend(
        Passage(ref=ref, kind="asked", text=phrasing) for phrasing in asked_phrasings(ref)
    )
    passages.extend(
        Passage(ref=ref, kind="unanswered", text=phrasing) for phrasing in unanswered_phrasings(ref)
    )
    passages.append(Passage(ref=ref, kind="article", text=whole))
    for number, paragraph in enumerate(article.paragraphs, start=1):
        passages.extend(_split_paragraph(ref, number, paragraph))
    return tuple(passages)


def searched_passages(article: Article) -> tuple[Passage, ...]:
    """The passages worth a vector: not a paragraph that is the whole article once more."""
    passages = split_passages(article)
    has_parts = any(passage.kind in ("item", "sentence") for passage in passages)
    if len(article.paragraphs) > 1 or not has_parts:
        return passages
    return tuple(passage for passage in passages if passage.kind != "paragraph")


def _split_paragraph(ref: ArticleRef, number: int, paragraph: Paragraph) -> Iterator[Passage]:
    here = ArticleRef(
        regulation=ref.regulation, article=ref.article, suffix=ref.suffix, paragraph=number
    )
    yield Passage(ref=here, kind="paragraph", text=paragraph.full_text[:_ARTICLE_HEAD])
    for index, item in enumerate(paragraph.items, start=1):
        item_ref = ArticleRef(
            regulation=ref.regulation,
            article=ref.article,
            suffix=ref.suffix,
            paragraph=number,
            item=index,
        )
        yield Passage(ref=item_ref, kind="item", text=item.text[:_ARTICLE_HEAD])
    sentences = [s.strip() for s in _SENTENCE_END.split(paragraph.text)]
    if len(sentences) > 1:
        for sentence in sentences:
            if len(sentence) >= _MIN_SENTENCE:
                yield Passage(ref=here, kind="sentence", text=sentence)


def offtopic_passages() -> tuple[Passage, ...]:
    """Questions that are not about government IT projects; their address names no regulation."""
    lines = (files("assistant") / "data/offtopic.txt").read_text("utf-8").splitlines()
    nowhere = ArticleRef(regulation="", article=0)
    return tuple(
        Passage(ref=nowhere, kind="offtopic", text=line)
        for line in lines
        if line and not line.startswith("#")
    )
