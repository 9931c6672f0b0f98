"""Article -> record: the concepts, facets and words it holds, as the index keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import TypeAdapter

from assistant.concepts import Thesaurus
from assistant.facets import find_asked_facets, find_printed_facets
from assistant.measure_units import printed_units
from assistant.split_passages import Passage, PassageKind, split_passages
from assistant.split_words import split_words
from corpus.article_ref import ArticleRef
from corpus.captions import asked_phrasings, caption_parts
from corpus.regulation import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRecord:
    """A paragraph, item or sentence of an article.

    Attributes:
        ref: address of the provision it stands in.
        kind: paragraph, item or sentence.
        concepts: names of the concepts it speaks of.
        facets: names of the facets it says something on.
        words: its words, each once.
        units: kinds of unit that it gives numbers of.
    """

    ref: ArticleRef
    kind: PassageKind
    concepts: frozenset[str]
    facets: frozenset[str]
    words: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionRecord:
    """A caption of an article: the concepts it names, and the facets it promises."""

    concepts: frozenset[str]
    facets: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """What the index knows of an article besides its vectors.

    Attributes:
        ref: address of the article.
        words: all words in order, captions included, for word search.
        concepts: names of the concepts in its text.
        captions: what each of its captions speaks of.
        caption_words: words of its captions.
        asked: words and concepts of each phrasing in which people look for it.
        facets: names of the facets that its text says something on.
        units: kinds of unit that it gives numbers of.
        parts: its paragraphs, items and sentences.
        length: characters of its text.
    """

    ref: ArticleRef
    words: tuple[str, ...]
    concepts: frozenset[str]
    captions: tuple[CaptionRecord, ...]
    caption_words: frozenset[str]
    asked: tuple[frozenset[str], ...]
    facets: frozenset[str]
    units: frozenset[str]
    parts: tuple[PartRecord, ...]
    length: int


RECORDS = TypeAdapter(tuple[ArticleRecord, ...])


def describe_article(article: Article, thesaurus: Thesaurus) -> ArticleRecord:
    """The record of an article."""
    captions = caption_parts(article.ref)
    parts = tuple(
        _describe_part(passage, thesaurus)
        for passage in split_passages(article)
        if passage.kind in ("paragraph", "item", "sentence")
    )
    return ArticleRecord(
        ref=article.ref,
        words=(*split_words("；".join(captions)), *split_words(article.text)),
        concepts=thesaurus.find_printed(article.text),
        captions=tuple(_describe_caption(caption, thesaurus) for caption in captions),
        caption_words=frozenset(split_words("；".join(captions))),
        asked=tuple(
            _describe_phrasing(phrasing, thesaurus) for phrasing in asked_phrasings(article.ref)
        ),
        facets=find_printed_facets(article.text),
        units=printed_units(article.text),
        parts=parts,
        length=len(article.text),
    )


def _describe_part(passage: Passage, thesaurus: Thesaurus) -> PartRecord:
    return PartRecord(
        ref=passage.ref,
        kind=passage.kind,
        concepts=thesaurus.find_printed(passage.text),
        facets=find_printed_facets(passage.text),
        words=frozenset(split_words(passage.text)),
        units=printed_units(passage.text),
    )


def _describe_caption(caption: str, thesaurus: Thesaurus) -> CaptionRecord:
    asked = (match.concept.name for match in thesaurus.find_asked(caption))
    return CaptionRecord(
        concepts=thesaurus.find_printed(caption).union(asked),
        facets=find_asked_facets(caption),
    )


def _describe_phrasing(phrasing: str, thesaurus: Thesaurus) -> frozenset[str]:
    concepts = (match.concept.name for match in thesaurus.find_asked(phrasing))
    return frozenset([*split_words(phrasing), *concept_words(concepts)])


def concept_words(concepts: Iterable[str]) -> list[str]:
    """Concepts as tokens for word search, told apart from plain words."""
    return [f"§{name}" for name in sorted(concepts)]
