"""Markdown with citation marks -> HTML whose marks open the article.

All text goes through an escaping Markdown renderer or ``html.escape``: what a question, a
regulation or a model contains can't become markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.citation import Citation
from ui.mend_emphasis import mend_emphasis
from ui.render_article import QUOTE_SEPARATOR, article_address

_MARK = re.compile(r"\[(\d{1,3})\]")
# Images and links would let a text point the browser outside.
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .enable("table")
    .disable(["image", "link", "autolink", "reference"])
)


def render_cited_text(text: str, citations: Sequence[Citation]) -> str:
    """Return Markdown as HTML, each ``[n]`` that has a citation as a button that opens it."""
    tokens = _MARKDOWN.parse(mend_emphasis(text))
    for token in tokens:
        if token.children:
            token.children = [part for child in token.children for part in _split(child, citations)]
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def open_attributes(*citations: Citation) -> str:
    """Return the attributes that make an element open the citations' article, quotes marked."""
    address = article_address(citations[0].article)
    quotes = QUOTE_SEPARATOR.join(citation.quote for citation in citations)
    return f'data-open="{escape(address)}" data-quote="{escape(quotes)}"'


def mark_button(citation: Citation, citations: Sequence[Citation], *, caption: str = "") -> str:
    """Return the button of a citation: its number among those of the answer, after a caption.

    Without either it shows the label of the article.
    """
    same = (n for n, c in enumerate(citations, start=1) if _is_same(c, citation))
    number = next(same, None)
    shown = f"{caption} {number or ''}".strip() or citation.article.label
    return (
        f'<button type="button" class="zx-cite" {open_attributes(citation)} '
        f'title="{escape(citation.label)}">{escape(shown)}</button>'
    )


def _is_same(one: Citation, other: Citation) -> bool:
    return one.ref == other.ref and one.quote == other.quote


def _split(child: Token, citations: Sequence[Citation]) -> list[Token]:
    if child.type != "text" or not _MARK.search(child.content):
        return [child]
    parts: list[Token] = []
    for index, piece in enumerate(_MARK.split(child.content)):
        is_number = index % 2 == 1
        markup = _numbered_button(int(piece), citations) if is_number else ""
        kind = "html_inline" if markup else "text"
        plain = f"[{piece}]" if is_number else piece
        parts.append(Token(kind, "", 0, content=markup or plain))
    return parts


def _numbered_button(number: int, citations: Sequence[Citation]) -> str:
    if not 1 <= number <= len(citations):
        return ""
    return mark_button(citations[number - 1], citations)
