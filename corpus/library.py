"""The library: all regulations in force, addressed down to 款 and 项."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.article_ref import ArticleRef
from corpus.chinese_numerals import format_numeral
from corpus.citation import Citation
from corpus.errors import ArticleNotFound, QuoteNotVerbatim
from corpus.keep_parsed import fingerprint_regulation
from corpus.load_sources import ADDED_FOLDER, load_added, load_added_one, load_shipped
from corpus.parse_regulation import ParsedSource
from corpus.regulation import Article, Paragraph, Regulation

# An error names so many of the ids that there are.
_NAMED = 20


@dataclass(frozen=True, kw_only=True)
class Library:
    """Regulations with their sources.

    Attributes:
        shipped: the regulations that come with the program, with their sources.
        added: the regulations that the user added.
        data_folder: where their sources lie; None where none was looked for.
        problems: Chinese sentences on added regulations that could not be loaded.
    """

    shipped: tuple[ParsedSource, ...]
    added: tuple[Regulation, ...] = ()
    data_folder: Path | None = None
    problems: tuple[str, ...] = ()

    @cached_property
    def regulations(self) -> tuple[Regulation, ...]:
        """All regulations: those shipped in their fixed order, then those added, by id."""
        return (*(source.regulation for source in self.shipped), *self.added)

    @property
    def sources(self) -> Iterator[ParsedSource]:
        """Each regulation with the source that it was parsed from; those added are parsed anew.

        Raises:
            OSError, ValueError, RegulationRejected: the source of an added one was damaged.
        """
        yield from self.shipped
        for regulation in self.added:
            if self.data_folder is not None:
                yield load_added_one(self.data_folder / ADDED_FOLDER / regulation.id)

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """SHA-256 over the content of each regulation, by id."""
        return {r.id: fingerprint_regulation(r) for r in self.regulations}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over all content, for stamping what is built from it."""
        return hashlib.sha256("\n".join(self.fingerprints.values()).encode()).hexdigest()

    @cached_property
    def _by_id(self) -> dict[str, Regulation]:
        return {regulation.id: regulation for regulation in self.regulations}

    def regulation(self, id: str) -> Regulation:
        """The regulation with this id.

        Raises:
            ArticleNotFound: there is none.
        """
        regulation = self._by_id.get(id)
        if regulation is not None:
            return regulation
        known = "、".join(regulation.id for regulation in self.regulations[:_NAMED])
        raise ArticleNotFound(f"库中没有编号为“{id}”的规定，现有：{known}。")

    def articles(self) -> Iterator[Article]:
        """All articles of all regulations, in order."""
        for regulation in self.regulations:
            yield from regulation.articles

    def article(self, ref: ArticleRef) -> Article:
        """The article that ``ref`` names or lies in.

        Raises:
            ArticleNotFound: the library holds no such regulation or article.
        """
        article = self._find_article(ref)
        if article is not None:
            return article
        regulation = self.regulation(ref.regulation)
        last = regulation.articles[-1].label
        raise ArticleNotFound(
            f"《{regulation.title}》没有{_print_article(ref)}，该规定共至{last}。"
        )

    def provision(self, ref: ArticleRef) -> str:
        """The whole text that ``ref`` names: an article, a 款 with its items, or a 项.

        Raises:
            ArticleNotFound: there is no such article, paragraph or item.
        """
        article = self.article(ref)
        if ref.item and not ref.paragraph:
            return self._item_of_article(article, ref)
        if not ref.paragraph:
            return article.text
        paragraph = self._paragraph(article, ref)
        if not ref.item:
            return paragraph.full_text
        if ref.item > len(paragraph.items):
            raise ArticleNotFound(f"{self.label(ref)}不存在，该款共{len(paragraph.items)}项。")
        item = paragraph.items[ref.item - 1]
        return item.label + item.text

    def cite(self, ref: ArticleRef, quote: str | None = None) -> Citation:
        """Quote a provision.

        Args:
            ref: where the quotation stands; narrowed to 款 and 项 where the quotation lies in one.
            quote: verbatim words; None for the whole provision.

        Raises:
            ArticleNotFound: the library holds no such provision.
            QuoteNotVerbatim: the provision does not hold these words.
        """
        provision = self.provision(ref)
        if quote is None:
            return self._citation(ref, provision)
        if not quote.strip() or quote not in provision:
            raise QuoteNotVerbatim(f"引文不在{self.label(ref)}原文中：{quote[:60]}")
        return self._citation(ref if ref.item else self._locate_below(ref, quote), quote)

    def locate(self, ref: ArticleRef, quote: str) -> ArticleRef:
        """The finest 款 or 项 of an article that holds a quotation.

        Raises:
            ArticleNotFound: the library holds no such article.
            QuoteNotVerbatim: the article does not hold these words.
        """
        article = self.article(ref)
        if not quote.strip() or quote not in article.text:
            raise QuoteNotVerbatim(f"引文不在{self.label(article.ref)}原文中：{quote[:60]}")
        return self._locate_below(article.ref, quote)

    def label(self, ref: ArticleRef) -> str:
        """A reference for people: 《title》第N条第M款第(K)项; 款 only where there are several."""
        regulation = self.regulation(ref.regulation)
        label = f"《{regulation.title}》{_print_article(ref)}"
        article = self._find_article(ref)
        has_several = article is None or len(article.paragraphs) > 1
        if ref.paragraph and has_several:
            label += f"第{format_numeral(ref.paragraph)}款"
        if ref.item:
            label += f"第({format_numeral(ref.item)})项"
        return label

    def _citation(self, ref: ArticleRef, quote: str) -> Citation:
        return Citation(article=self.article(ref), ref=ref, label=self.label(ref), quote=quote)

    def _find_article(self, ref: ArticleRef) -> Article | None:
        regulation = self._by_id.get(ref.regulation)
        for article in regulation.articles if regulation else ():
            if article.number == ref.article and article.suffix == ref.suffix:
                return article
        return None

    def _item_of_article(self, article: Article, ref: ArticleRef) -> str:
        """An item named without its paragraph: of the first paragraph that has so many."""
        for paragraph in article.paragraphs:
            if ref.item <= len(paragraph.items):
                item = paragraph.items[ref.item - 1]
                return item.label + item.text
        most = max(len(paragraph.items) for paragraph in article.paragraphs)
        raise ArticleNotFound(f"{self.label(ref)}不存在，该条共{most}项。")

    def _paragraph(self, article: Article, ref: ArticleRef) -> Paragraph:
        if ref.paragraph > len(article.paragraphs):
            whole = self.label(article.ref)
            number = format_numeral(ref.paragraph)
            raise ArticleNotFound(f"{whole}没有第{number}款，该条共{len(article.paragraphs)}款。")
        return article.paragraphs[ref.paragraph - 1]

    def _locate_below(self, ref: ArticleRef, quote: str) -> ArticleRef:
        article = self.article(ref)
        for number, paragraph in enumerate(article.paragraphs, start=1):
            if ref.paragraph not in (0, number) or quote not in paragraph.full_text:
                continue
            at_paragraph = _narrow(article.ref, number)
            for item_number, item in enumerate(paragraph.items, start=1):
                if quote in item.label + item.text:
                    return _narrow(article.ref, number, item_number)
            return at_paragraph
        return ref


def load_library(data_folder: Path | None = None) -> Library:
    """Load the regulations shipped and those added in ``data_folder/regulations``.

    Raises:
        RegulationRejected: a shipped source or its manifest has been damaged.
    """
    added, problems = load_added(data_folder) if data_folder else ((), ())
    return Library(shipped=load_shipped(), added=added, data_folder=data_folder, problems=problems)


def _print_article(ref: ArticleRef) -> str:
    suffix = f"之{format_numeral(ref.suffix)}" if ref.suffix else ""
    return f"第{format_numeral(ref.article)}条{suffix}"


def _narrow(ref: ArticleRef, paragraph: int, item: int = 0) -> ArticleRef:
    return ArticleRef(
        regulation=ref.regulation,
        article=ref.article,
        suffix=ref.suffix,
        paragraph=paragraph,
        item=item,
    )
