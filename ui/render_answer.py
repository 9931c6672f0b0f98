"""Answer -> HTML whose citation marks open the article.

All text goes through an escaping Markdown renderer or ``html.escape``: what a question, a
regulation or a model contains can't become markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.answer import Answer, Status
from corpus.citation import Citation
from ui.describe_damage import describe_damage
from ui.render_article import QUOTE_SEPARATOR, article_address, notes_html

_MARK = re.compile(r"\[(\d{1,3})\]")
_STATUS_LABELS: dict[Status, str] = {
    "answered": "有据可查",
    "not_covered": "办法未作规定",
    "out_of_scope": "不在解答范围",
}
# Images and links would let a text point the browser outside.
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .enable("table")
    .disable(["image", "link", "autolink", "reference"])
)


def render_answer(answer: Answer, *, shown: str | None = None) -> str:
    """Return the answer as HTML; ``shown`` is the part of the text to show while it streams."""
    finished = shown is None
    text = render_cited_text(answer.text if shown is None else shown, answer.citations)
    parts = [
        f'<span class="zx-status zx-{answer.status}">{_STATUS_LABELS[answer.status]}</span>',
        f'<div class="zx-text">{text}</div>',
    ]
    if finished:
        parts += [_render_sources(answer), _render_related(answer.related)]
    return "".join(parts)


def render_cited_text(text: str, citations: Sequence[Citation]) -> str:
    """Return Markdown as HTML, each ``[n]`` that has a citation as a button that opens it."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.children:
            token.children = [part for child in token.children for part in _split(child, citations)]
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def split_sentences(text: str) -> list[str]:
    """Return growing heads of the text, one a sentence or line, for streaming."""
    ends = [found.end() for found in re.finditer(r"[。；！？\n](?:\[\d+\])*", text)]
    return [text[:end] for end in ends if text[:end].strip()]


def open_attributes(*citations: Citation) -> str:
    """Return the attributes that make an element open the citations' article, quotes marked."""
    address = article_address(citations[0].article)
    quotes = QUOTE_SEPARATOR.join(citation.quote for citation in citations)
    return f'data-open="{escape(address)}" data-quote="{escape(quotes)}"'


def _split(child: Token, citations: Sequence[Citation]) -> list[Token]:
    if child.type != "text" or not _MARK.search(child.content):
        return [child]
    parts: list[Token] = []
    for index, piece in enumerate(_MARK.split(child.content)):
        is_number = index % 2 == 1
        markup = _mark_button(int(piece), citations) if is_number else ""
        kind = "html_inline" if markup else "text"
        plain = f"[{piece}]" if is_number else piece
        parts.append(Token(kind, "", 0, content=markup or plain))
    return parts


def _mark_button(number: int, citations: Sequence[Citation]) -> str:
    if not 1 <= number <= len(citations):
        return ""
    citation = citations[number - 1]
    return (
        f'<button type="button" class="zx-cite" {open_attributes(citation)} '
        f'title="{escape(citation.label)}">{number}</button>'
    )


def _render_sources(answer: Answer) -> str:
    if not answer.citations:
        return ""
    rows = "".join(
        _render_source(number, citation, told=answer.text)
        for number, citation in enumerate(answer.citations, start=1)
    )
    return f'<div class="zx-sources"><div class="zx-caption">依据（点开看全文）</div>{rows}</div>'


def _render_source(number: int, citation: Citation, *, told: str) -> str:
    """A button that opens the article, and the notes that the text has not told already."""
    notes = [note for note in describe_damage(citation.article) if note not in told]
    return (
        f'<button type="button" class="zx-source" {open_attributes(citation)}>'
        f'<span class="zx-number">{number}</span><span class="zx-label">{escape(citation.label)}'
        f"</span></button>{notes_html(notes)}"
    )


def _render_related(related: Sequence[Citation]) -> str:
    if not related:
        return ""
    chips = "".join(
        f'<button type="button" class="zx-chip" {open_attributes(citation)}>'
        f"{escape(citation.label)}</button>"
        for citation in related
    )
    return f'<details class="zx-related"><summary>相关条文</summary>{chips}</details>'
