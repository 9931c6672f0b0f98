"""Source text and manifest -> regulation, with the fate of every character of the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.check_numbering import find_problems
from corpus.chinese_numerals import format_numeral, parse_numeral
from corpus.clean_source import clean_source
from corpus.find_ending import find_ending, is_annex_list, split_tail
from corpus.find_headings import Heading, Headings, find_headings, find_stray_heading
from corpus.manifest import Manifest
from corpus.regulation import Annex, Article, Chapter, Paragraph, Regulation, SourceNote
from corpus.source_words import load_source_words
from corpus.split_paragraphs import (
    TextShape,
    TracedParagraph,
    describe_shape,
    name_blank,
    split_paragraphs,
)
from corpus.traced_text import Ledger, TextSpan, TracedText

_CHAPTER_LABEL = re.compile(r"第[^章]{1,8}章")
_REPAIRED_NOTE = "条号在原文中残缺（只印出“{printed}”），按前后条号补为{label}。"
_CERTAIN_NOTE = "条号在原文中缺失，由前后条号确定为{label}。"
_OPEN_END_NOTE = "原文此条末尾没有句末标点，可能缺字。"
_ITEMS_NOTE = "原文此条各项的序号不连续（{labels}），请核对。"
_PRESUMED_NOTE = "条号在原文中缺失，{label}是按内容顺序推定的。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedSource:
    """A regulation and the proof of where it comes from.

    Attributes:
        source: the source text, unchanged.
        ledger: the fate of every character of the source.
        origins: for each article, the source offsets of its characters in order.
        problems: Chinese sentences; empty where the text is whole.
    """

    regulation: Regulation
    manifest: Manifest
    source: str
    ledger: Ledger
    origins: tuple[tuple[int, ...], ...]
    problems: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Parse:
    manifest: Manifest
    traced: TracedText
    ledger: Ledger
    headings: Headings
    shape: TextShape
    chapters: dict[int, TextSpan]
    sections: tuple[TextSpan, ...]
    end: int

    @property
    def starts(self) -> list[int]:
        """Offsets at which a heading of any kind begins, in order."""
        articles = (article.start for article in self.headings.articles)
        sections = (start for start, _ in self.sections)
        return sorted((*articles, *sections, *(start for start, _ in self.chapters.values())))


def parse_regulation(source: str, manifest: Manifest) -> ParsedSource:
    """Clean, split and check a source.

    Problems with numbering, ending or closing provision are listed in the result, not raised.
    """
    ledger = Ledger(source)
    traced = clean_source(TracedText.of_source(source), manifest.steps, ledger)
    marked = [(article.number, article.begins) for article in manifest.headless]
    headings = find_headings(traced.text, cut_headings=manifest.cut_headings, marked=marked)
    articles = headings.articles
    end = find_ending(traced.text, articles[-1].end) if articles else 0
    parse = _Parse(
        manifest=manifest,
        traced=traced,
        ledger=ledger,
        headings=headings,
        shape=_shape_of(traced.text, articles, end),
        chapters=_chapter_spans(traced.text, headings),
        sections=_sections_in(headings, end),
        end=end,
    )
    chapters = _take_chapters(parse)
    bounds = [*parse.starts, end]
    taken = [
        _take_article(parse, heading, next(start for start in bounds if start > heading.start))
        for heading in articles
    ]
    annexes = _take_surroundings(parse)
    regulation = Regulation(
        id=manifest.id,
        title=manifest.title,
        region=manifest.region.to_region(),
        document_number=manifest.document_number,
        issued=manifest.issued,
        chapters=chapters,
        articles=tuple(article for article, _ in taken),
        annexes=annexes,
        notes=manifest.notes,
    )
    return ParsedSource(
        regulation=regulation,
        manifest=manifest,
        source=source,
        ledger=ledger,
        origins=tuple(origins for _, origins in taken),
        problems=find_problems(source, traced, headings, regulation, end),
    )


def _shape_of(text: str, articles: Sequence[Heading], end: int) -> TextShape:
    if not articles:
        return TextShape()
    before = [text[text.rfind("\n", 0, a.start) + 1 : a.start] for a in articles]
    return describe_shape(text[articles[0].start : end], before)


def _chapter_spans(text: str, headings: Headings) -> dict[int, TextSpan]:
    """For each chapter's start the span of its heading with the title."""
    starts = sorted(heading.start for heading in (*headings.articles, *headings.chapters))
    spans = {}
    for chapter in headings.chapters:
        limit = next((start for start in starts if start > chapter.start), len(text))
        spans[chapter.start] = (chapter.start, _chapter_end(text, chapter.end, limit))
    return spans


def _chapter_end(text: str, behind_number: int, limit: int) -> int:
    """A title reaches to the end of its line or the next heading; it may stand a line lower."""
    line_end = text.find("\n", behind_number, limit)
    if line_end < 0:
        return limit
    if not text[behind_number:line_end].strip():
        title = text[line_end:limit].strip()
        if title and "\n" not in title and title[-1] not in "。；：":
            return limit
    return line_end


def _sections_in(headings: Headings, end: int) -> tuple[TextSpan, ...]:
    """Sections (节) between the first heading and the end."""
    starts = [heading.start for heading in (*headings.articles, *headings.chapters)]
    return tuple(
        (start, stop) for start, stop in headings.sections if starts and min(starts) < start < end
    )


def _take_chapters(parse: _Parse) -> tuple[Chapter, ...]:
    chapters = []
    for heading in parse.headings.chapters:
        start, end = parse.chapters[heading.start]
        parse.ledger.claim(parse.traced.origins[start:end], "chapter_heading")
        title = "".join(parse.traced.text[heading.end : end].split())
        chapters.append(Chapter(number=heading.number, title=title or None))
    for start, end in parse.sections:
        parse.ledger.claim(parse.traced.origins[start:end], "section_heading")
    return tuple(chapters)


def _take_article(parse: _Parse, heading: Heading, end: int) -> tuple[Article, tuple[int, ...]]:
    label = parse.traced.cut(heading.start, heading.end)
    parse.ledger.claim(label.origins, "article_label")
    stray = find_stray_heading(parse.traced.text[heading.end : end], end < parse.end)
    parse.ledger.claim(parse.traced.origins[heading.end + stray : end], "section_heading")
    body = parse.traced.cut(heading.end, heading.end + stray)
    paragraphs = split_paragraphs(body, parse.shape, parse.ledger)
    origins = tuple(o for paragraph in paragraphs for p in paragraph.pieces() for o in p.origins)
    parse.ledger.claim(origins, "article_text")
    return _build_article(parse, heading, label.text, paragraphs), origins


def _build_article(
    parse: _Parse, heading: Heading, printed: str, paragraphs: Sequence[TracedParagraph]
) -> Article:
    label = f"第{format_numeral(heading.number)}条"
    if heading.suffix:
        label += f"之{format_numeral(heading.suffix)}"
    chapters = [c.number for c in parse.headings.chapters if c.start < heading.start]
    frozen = tuple(paragraph.freeze() for paragraph in paragraphs)
    on_the_whole = (
        *_number_notes(parse.manifest, heading, printed, label),
        *_text_notes(frozen),
    )
    entries = parse.manifest.article_notes.get(heading.number, ())
    notes = (
        *(SourceNote(text=text) for text in on_the_whole),
        *(entry.to_note() for entry in entries),
    )
    return Article(
        regulation=parse.manifest.id,
        number=heading.number,
        suffix=heading.suffix,
        label=label,
        chapter=chapters[-1] if chapters else None,
        paragraphs=frozen,
        number_source=heading.number_source,
        source_notes=notes,
    )


def _number_notes(
    manifest: Manifest, heading: Heading, printed: str, label: str
) -> tuple[str, ...]:
    if heading.number_source == "as_printed":
        return ()
    if heading.number_source == "repaired":
        return (_REPAIRED_NOTE.format(printed=printed, label=label),)
    certain = {article.number for article in manifest.headless if article.certainty == "certain"}
    note = _CERTAIN_NOTE if heading.number in certain else _PRESUMED_NOTE
    return (note.format(label=label),)


def _text_notes(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """What looks wrong in the text and is no reason to reject it."""
    notes = []
    if paragraphs and not load_source_words().sentence_end.search(paragraphs[-1].full_text):
        notes.append(_OPEN_END_NOTE)
    for paragraph in paragraphs:
        numbers = [parse_numeral(item.label.strip("（()） ")) for item in paragraph.items]
        if numbers != list(range(1, len(numbers) + 1)):
            notes.append(_ITEMS_NOTE.format(labels="".join(i.label for i in paragraph.items)))
    return tuple(notes)


def _take_surroundings(parse: _Parse) -> tuple[Annex, ...]:
    """Account for what stands before the first heading, between headings, and behind the end."""
    traced, ledger = parse.traced, parse.ledger
    first = min(parse.starts, default=len(traced.text))
    ledger.claim(traced.origins[:first], "front_matter")
    _claim_blanks(parse, first, parse.end)
    return _take_tail(parse)


def _claim_blanks(parse: _Parse, start: int, end: int) -> None:
    """Account for the white space between headings and articles."""
    fates = parse.ledger.fates
    for offset in range(start, end):
        character, origin = parse.traced.text[offset], parse.traced.origins[offset]
        if fates[origin] is None and character.isspace():
            parse.ledger.claim((origin,), name_blank(character))


def _take_tail(parse: _Parse) -> tuple[Annex, ...]:
    if not parse.starts:
        return ()
    rest = parse.traced.text[parse.end :]
    start = parse.end + len(rest) - len(rest.lstrip())
    _claim_blanks(parse, parse.end, start)
    tail = parse.traced.cut(start, len(parse.traced.text))
    annexes = []
    for start, end, title in split_tail(tail.text):
        part = tail.cut(start, end)
        parse.ledger.claim(part.origins, "annex" if title else "tail")
        is_list_only = end < len(tail.text) and is_annex_list(part.text)
        if title and not is_list_only:
            annexes.append(Annex(title=title, text=part.text.strip()))
    return tuple(annexes)
