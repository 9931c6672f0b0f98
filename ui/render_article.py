"""Article -> HTML with the quoted words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from corpus.chinese_numerals import format_numeral
from corpus.regulation import Article, Regulation
from ui.describe_damage import describe_damage

QUOTE_SEPARATOR = "\u241f"
"""Between quotations in an attribute; no regulation prints it."""

Span = tuple[int, int]


def render_article(article: Article, regulation: Regulation, *, marked: Sequence[Span]) -> str:
    """Return the article with its head, chapter, notes and the ways to its neighbours."""
    issued = " · ".join(filter(None, [regulation.document_number, regulation.issued]))
    return (
        '<article class="zx-article">'
        f'<header><div class="zx-title">《{escape(regulation.title)}》</div>'
        f'<div class="zx-meta">{escape(issued)}</div>'
        f'<div class="zx-chapter">{escape(chapter_title(article, regulation))}</div></header>'
        f"{render_provisions(article, marked=marked)}"
        f"{notes_html(describe_damage(article))}{_render_neighbours(article, regulation)}</article>"
    )


def render_provisions(article: Article, *, marked: Sequence[Span] = ()) -> str:
    """Return label, paragraphs and items; ``marked`` are spans of ``article.text``."""
    lines: list[str] = []
    offset = 0
    for paragraph in article.paragraphs:
        for index, line in enumerate(paragraph.full_text.split("\n")):
            kind = "zx-item" if index else "zx-paragraph"
            text = mark_spans(line, [(start - offset, end - offset) for start, end in marked])
            lead = "" if lines else f'<span class="zx-article-label">{escape(article.label)}</span>'
            lines.append(f'<p class="{kind}">{lead}{text}</p>')
            offset += len(line) + 1
    return f'<div class="zx-provisions">{"".join(lines)}</div>'


def mark_spans(text: str, spans: Iterable[Span]) -> str:
    """Return the text escaped, with the spans in ``<mark>``; parts of spans outside are ignored."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        start, end = max(start, done), min(end, len(text))
        if start < end:
            parts += [escape(text[done:start]), f"<mark>{escape(text[start:end])}</mark>"]
            done = end
    return "".join([*parts, escape(text[done:])])


def find_quotes(text: str, quotes: str) -> tuple[Span, ...]:
    """Return where the quotes, joined by ``QUOTE_SEPARATOR``, stand; those that do not are left."""
    wanted = [quote for quote in quotes.split(QUOTE_SEPARATOR) if quote and quote in text]
    return tuple((text.index(quote), text.index(quote) + len(quote)) for quote in wanted)


def find_words(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Return where the words stand, whatever their case, without overlaps."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    found = re.finditer(pattern, text, re.IGNORECASE) if pattern else ()
    return tuple(match.span() for match in found)


def chapter_title(article: Article, regulation: Regulation) -> str:
    """Return e.g. ``第三章 项目建设``; empty where the regulation has no chapters."""
    for chapter in regulation.chapters:
        if chapter.number == article.chapter:
            return f"第{format_numeral(chapter.number)}章 {chapter.title or '（原文未印章名）'}"
    return ""


def notes_html(notes: Iterable[str]) -> str:
    """Return notes on the source as a list; empty where there are none."""
    rows = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<ul class="zx-notes" aria-label="原文说明">{rows}</ul>' if rows else ""


def article_address(article: Article) -> str:
    """Return the address that the page's buttons carry."""
    return f"{article.regulation}:{article.number}:{article.suffix}"


def _render_neighbours(article: Article, regulation: Regulation) -> str:
    position = regulation.articles.index(article)
    before = regulation.articles[position - 1] if position else None
    after = next(iter(regulation.articles[position + 1 :]), None)
    return (
        '<nav class="zx-neighbours">'
        f"{_neighbour_button(before, '← 上一条')}{_neighbour_button(after, '下一条 →')}</nav>"
    )


def _neighbour_button(article: Article | None, caption: str) -> str:
    if article is None:
        return f'<button type="button" disabled>{caption}</button>'
    address = escape(article_address(article))
    return f'<button type="button" data-open="{address}" title="{article.label}">{caption}</button>'
