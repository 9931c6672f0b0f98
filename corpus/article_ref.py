"""References to provisions: regulation, article (条), paragraph (款), item (项)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ArticleRef:
    """Address of a provision.

    Attributes:
        regulation: id of the regulation, e.g. ``xichuan``.
        article: article number, from 1.
        suffix: 0 for 第N条, 1 for 第N条之一, and so on.
        paragraph: 款, from 1; 0 stands for the whole article.
        item: 项, from 1, inside the paragraph; 0 stands for the whole paragraph.
    """

    regulation: str
    article: int
    suffix: int = 0
    paragraph: int = 0
    item: int = 0

    @property
    def whole_article(self) -> ArticleRef:
        """The same address without 款 and 项."""
        return ArticleRef(regulation=self.regulation, article=self.article, suffix=self.suffix)
