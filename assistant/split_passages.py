"""Article -> passages: the texts that are embedded, each with its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.article_ref import ArticleRef
from corpus.captions import asked_phrasings, caption_parts
from corpus.regulation import Article, Paragraph

PassageKind = Literal["caption", "asked", "article", "paragraph", "item", "sentence"]

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
    passages.append(Passage(ref=ref, kind="article", text=whole))
    for number, paragraph in enumerate(article.paragraphs, start=1):
        passages.extend(_split_paragraph(ref, number, paragraph))
    return tuple(passages)


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
