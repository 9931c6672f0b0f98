"""Library -> HTML to browse and search it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from corpus.library import Library
from corpus.regulation import Annex, Article, Regulation
from ui.render_article import (
    Span,
    article_address,
    chapter_title,
    find_words,
    mark_spans,
    notes_html,
    render_provisions,
)
from ui.search_articles import RESULT_LIMIT, ArticleMatch

_HEAD_LENGTH = 18
_SNIPPET_BEFORE = 16
_SNIPPET_LENGTH = 64


def render_tree(library: Library) -> str:
    """Return regulations, chapters and articles as a tree to open."""
    return f'<div class="zx-tree">{"".join(map(_render_branch, library.regulations))}</div>'


def render_matches(matches: Sequence[ArticleMatch], words: Sequence[str]) -> str:
    """Return what a search found, the words marked in a snippet each."""
    if not matches:
        wanted = escape(" ".join(words))
        return f'<p class="zx-empty">没有条文同时包含“{wanted}”。换个说法，或少写几个词再试。</p>'
    more = f"，只列前{RESULT_LIMIT}条" if len(matches) == RESULT_LIMIT else ""
    rows = "".join(_render_match(match, words) for match in matches)
    return f'<div class="zx-matches"><p class="zx-count">找到{len(matches)}条{more}</p>{rows}</div>'


def render_regulation(regulation: Regulation, *, removable: bool) -> str:
    """Return the whole regulation: head, notes, articles under their chapters, annexes."""
    facts = [
        f"适用地区：{regulation.region.name}",
        f"文号：{regulation.document_number or '原文未载'}",
        f"印发日期：{regulation.issued or '原文未载'}",
        f"共{len(regulation.articles)}条",
    ]
    target = f'data-remove="{escape(regulation.id)}"'
    remove = f'<button type="button" class="zx-remove" {target}>移除</button>' if removable else ""
    return (
        f'<article class="zx-article"><header><div class="zx-title">《{escape(regulation.title)}》'
        f'</div><div class="zx-meta">{escape(" · ".join(facts))} {remove}</div></header>'
        + notes_html(regulation.notes)
        + "".join(_render_chapters(regulation))
        + "".join(map(_render_annex, regulation.annexes))
        + "</article>"
    )


def _render_branch(regulation: Regulation) -> str:
    leaves = "".join(
        (f'<div class="zx-branch-chapter">{escape(title)}</div>' if title else "")
        + "".join(map(_render_leaf, articles))
        for title, articles in _by_chapter(regulation)
    )
    return (
        f'<details><summary><span class="zx-region">{escape(regulation.region.name)}</span>'
        f'<span class="zx-branch-title">{escape(regulation.title)}</span></summary>'
        f'<button type="button" class="zx-leaf zx-whole" data-whole="{escape(regulation.id)}">'
        f"查看全文（{len(regulation.articles)}条）</button>{leaves}</details>"
    )


def _render_leaf(article: Article) -> str:
    head = article.text[:_HEAD_LENGTH].replace("\n", " ")
    return (
        f'<button type="button" class="zx-leaf" data-open="{escape(article_address(article))}">'
        f"<b>{escape(article.label)}</b>{escape(head)}…</button>"
    )


def _render_match(match: ArticleMatch, words: Sequence[str]) -> str:
    address, wanted = escape(article_address(match.article)), escape(" ".join(words))
    return (
        f'<button type="button" class="zx-match" data-open="{address}" data-words="{wanted}">'
        f"<b>{escape(match.regulation.region.name)} · {escape(match.article.label)}</b>"
        f"<span>{_render_snippet(match.article.text, words)}</span></button>"
    )


def _render_snippet(text: str, words: Sequence[str]) -> str:
    flat = text.replace("\n", " ")
    spans = find_words(flat, words)
    start = max(spans[0][0] - _SNIPPET_BEFORE, 0) if spans else 0
    end = start + _SNIPPET_LENGTH
    inside: list[Span] = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    lead, tail = "…" if start else "", "…" if end < len(flat) else ""
    return f"{lead}{mark_spans(flat[start:end], inside)}{tail}"


def _render_chapters(regulation: Regulation) -> Iterable[str]:
    for title, articles in _by_chapter(regulation):
        heading = f"<h3>{escape(title)}</h3>" if title else ""
        yield heading + "".join(render_provisions(article) for article in articles)


def _by_chapter(regulation: Regulation) -> list[tuple[str, list[Article]]]:
    return [
        (title, list(articles))
        for title, articles in groupby(
            regulation.articles, key=lambda article: chapter_title(article, regulation)
        )
    ]


def _render_annex(annex: Annex) -> str:
    return (
        f'<details class="zx-annex"><summary>附件：{escape(annex.title)}</summary>'
        f"<pre>{escape(annex.text)}</pre></details>"
    )
