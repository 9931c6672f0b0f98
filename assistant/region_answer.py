"""What one regulation says on a question, before it becomes text."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.extract_lead import Lead
from corpus.citation import Citation
from corpus.errors import QuoteNotVerbatim
from corpus.regulation import Regulation


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAnswer:
    """What one article says: the lead, and the citations it is taken from.

    Attributes:
        lead: what to say first.
        citations: at least one.
        stage: name of the stage of a project that it is listed under; empty where there is none.

    Raises:
        QuoteNotVerbatim: the lead holds words that none of the citations quotes.
    """

    lead: Lead
    citations: tuple[Citation, ...]
    stage: str = ""

    def __post_init__(self) -> None:
        sources = [text for c in self.citations for text in (c.quote, c.label)]
        for words in (self.lead.sentence, *self.lead.items):
            if not any(words in source for source in sources):
                raise QuoteNotVerbatim(f"结论不在所引原文中：{words[:60]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionAnswer:
    """What one regulation says on the question; no articles where it says nothing.

    Attributes:
        regulation: the regulation.
        articles: the most direct one first.
        related: near, but not what the answer rests on.
    """

    regulation: Regulation
    articles: tuple[ArticleAnswer, ...]
    related: tuple[Citation, ...] = ()
