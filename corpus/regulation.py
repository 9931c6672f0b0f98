"""The domain types of a regulation: chapters, articles, paragraphs, items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.article_ref import ArticleRef

NumberSource = Literal["as_printed", "repaired", "inferred"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One 项: its label as printed, e.g. ``（一）``, and its text without the label."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One 款: the text before its items, and its items."""

    text: str
    items: tuple[Item, ...] = ()

    @property
    def full_text(self) -> str:
        """The paragraph with its items, one a line."""
        return "\n".join([self.text, *(item.label + item.text for item in self.items)])


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """A Chinese sentence on damage in the source of an article.

    Attributes:
        text: the sentence.
        words: the damaged words, verbatim from the article; empty where the note is on the whole
            article, e.g. on its number.
    """

    text: str
    words: tuple[str, ...] = ()

    def concerns(self, quote: str) -> bool:
        """Whether words quoted from the article are among those damaged."""
        return not self.words or any(words in quote or quote in words for words in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One 条 with its text exactly as printed, less the named debris.

    Attributes:
        regulation: id of the regulation.
        number: article number, from 1.
        suffix: 0, or N for 之N.
        label: ``第二十三条``, always in full Chinese numerals.
        chapter: number of the chapter it stands in; None where there are no chapters.
        paragraphs: at least one.
        number_source: whether the number was printed, repaired or inferred.
        source_notes: what is to be known of damage, each with the words it is on.
    """

    regulation: str
    number: int
    suffix: int = 0
    label: str
    chapter: int | None
    paragraphs: tuple[Paragraph, ...]
    number_source: NumberSource = "as_printed"
    source_notes: tuple[SourceNote, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """The sentences of all source notes."""
        return tuple(note.text for note in self.source_notes)

    def notes_on(self, quote: str) -> tuple[str, ...]:
        """The sentences of the source notes that concern words quoted from the article."""
        return tuple(note.text for note in self.source_notes if note.concerns(quote))

    @property
    def ref(self) -> ArticleRef:
        """Address of the whole article."""
        return ArticleRef(regulation=self.regulation, article=self.number, suffix=self.suffix)

    @property
    def text(self) -> str:
        """The whole text without the label; paragraphs and items one a line."""
        return "\n".join(paragraph.full_text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One 章; the title is None where the source leaves it empty."""

    number: int
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A form or table behind the last article, which is no part of it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The place a regulation applies to.

    Attributes:
        name: full name as shown, e.g. ``淅川县``.
        aliases: other names people type, e.g. ``淅川``.
        within: the places it lies in, e.g. ``河南省``, ``南阳市``.
    """

    name: str
    aliases: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """A regulation as the library holds it.

    Attributes:
        id: e.g. ``xichuan``.
        title: full title without 《》.
        region: the place it applies to.
        document_number: e.g. ``淅政办[2025]6号``; None where the source gives none.
        issued: ISO date; None where the source gives none.
        chapters: empty where the regulation has none.
        articles: in order.
        annexes: forms that are no part of any article.
        notes: Chinese sentences on the whole source, e.g. trial period, known damage.
    """

    id: str
    title: str
    region: Region
    document_number: str | None
    issued: str | None
    chapters: tuple[Chapter, ...]
    articles: tuple[Article, ...]
    annexes: tuple[Annex, ...] = ()
    notes: tuple[str, ...] = ()
