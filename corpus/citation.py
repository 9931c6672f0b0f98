"""Citations that can't misquote: the quotation is checked when the value is made."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.article_ref import ArticleRef
from corpus.errors import QuoteNotVerbatim
from corpus.regulation import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verbatim quotation with its address.

    There is no way to hold a Citation whose quote is not in its article: the constructor
    raises.

    Attributes:
        article: the article quoted.
        ref: its address, down to 款 and 项 where the quotation lies inside one.
        label: for people, e.g. ``《淅川县…暂行办法》第十七条第二款第(一)项``.
        quote: verbatim from ``article.text``.

    Raises:
        QuoteNotVerbatim: the quote is empty or not in the article, or ``ref`` names another one.
    """

    article: Article
    ref: ArticleRef
    label: str
    quote: str

    def __post_init__(self) -> None:
        if self.ref.whole_article != self.article.ref:
            raise QuoteNotVerbatim(f"引文地址{self.ref}与条文{self.article.ref}不是同一条。")
        if not self.quote.strip() or self.quote not in self.article.text:
            raise QuoteNotVerbatim(f"引文不在{self.label}原文中：{self.quote[:60]}")
