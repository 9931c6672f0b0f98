"""Article -> what a reader has to know of damage in its source."""

from __future__ import annotations

from corpus.citation import Citation
from corpus.regulation import Article, NumberSource

_NUMBER_SOURCES: dict[NumberSource, str] = {
    "as_printed": "",
    "repaired": "原文条号残缺，已按前后顺序补正。",
    "inferred": "原文缺条号，按上下文推定。",
}


def describe_damage(article: Article) -> tuple[str, ...]:
    """Return Chinese sentences: on the number unless the notes speak of it, then the notes."""
    number = _NUMBER_SOURCES[article.number_source]
    is_told = any("条号" in note for note in article.notes)
    return (number, *article.notes) if number and not is_told else article.notes


def describe_damage_of_quote(citation: Citation) -> tuple[str, ...]:
    """Return those sentences that concern the number of the article or the words quoted."""
    notes = citation.article.notes_on(citation.quote)
    return tuple(
        told
        for told in describe_damage(citation.article)
        if told in notes or told not in citation.article.notes
    )
