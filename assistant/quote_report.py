"""What a report says itself: its facts, its sections, its sentences, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.report_talk import Fact
from checkers.compile_terms import normalize_text
from checkers.finding import CheckResult, HeadingPlace
from checkers.index_report import index_report
from checkers.load_rules import load_rules
from checkers.mark_report import mark_report
from checkers.outline import Block, Outline, Place, Section
from checkers.read_statements import Statement, read_names, read_owners, read_totals
from checkers.split_run_in_headings import split_run_in_headings

COVER = "封面"
_SENTENCE = re.compile(r"[^。；;!！?？\n]+[。；;!！?？]?")
_LABELLED = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*)?([^:：\s]{2,12})\s*[:：]\s*\S"
)
# Longer sentences are cut; the cut shows.
_LONGEST_QUOTE = 160
_CELL_BORDER = " ｜ "
# What heads a section often has other words between its own: 投资估算 for 项目投资与概算估算.
_SHARED_PAIRS = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of a report, verbatim, cut where they are long.

    Attributes:
        text: of a table, the cells of one row between bars.
        heading: of the section; ``封面`` ahead of the first one.
        place: where they stand.
    """

    text: str
    heading: str
    place: Place


def find_sections(words: str, report: CheckResult) -> tuple[Section, ...]:
    """The sections whose titles hold the words, or are held by them; else the nearest ones."""
    sections = tuple(report.outline.walk()) if report.outline is not None else ()
    plain = normalize_text(words)
    titles = [(section, normalize_text(section.title)) for section in sections]
    numbered = tuple(s for s in sections if normalize_text(s.number) == plain)
    if numbered:
        return numbered
    held = tuple(s for s, title in titles if len(title) > 1 and (plain in title or title in plain))
    if held:
        return held
    wanted = _list_pairs(plain)
    return tuple(
        section
        for section, title in titles
        if wanted and len(wanted & _list_pairs(title)) / len(wanted) >= _SHARED_PAIRS
    )


def find_mentions(words: re.Pattern[str], report: CheckResult) -> Iterator[Passage]:
    """The sentences and rows of tables that hold a word, in reading order."""
    for heading, block in _walk_blocks(report.outline):
        for text in _list_pieces(block):
            if words.search(text):
                yield _quote(text, heading, block)


def find_fact(fact: Fact, report: CheckResult) -> tuple[Passage, ...]:
    """The places where the report states a fact, in reading order, no words twice."""
    if report.outline is None:
        return ()
    stated = [_quote_statement(part, report.outline) for part in _read_statements(fact, report)]
    found = stated or [*_find_labelled(fact, report.outline)]
    found = found or [*find_mentions(fact.stated, report)]
    return tuple({passage.text: passage for passage in reversed(found)}.values())[::-1]


def list_contents(headings: Sequence[HeadingPlace], outline: Outline | None) -> tuple[str, ...]:
    """The headings of the sections below those of a finding."""
    places = {(heading.text, heading.place) for heading in headings}
    sections = outline.walk() if outline is not None else ()
    return tuple(
        dict.fromkeys(
            child.heading
            for section in sections
            if (section.heading, section.place) in places
            for child in section.children
        )
    )


def _list_pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _walk_blocks(outline: Outline | None) -> Iterator[tuple[str, Block]]:
    """All blocks with the heading above them."""
    if outline is None:
        return
    for block in outline.preamble:
        yield COVER, block
    for section in outline.walk():
        for block in section.body:
            yield section.heading, block


def _list_pieces(block: Block) -> Iterator[str]:
    if block.is_table:
        yield from (_CELL_BORDER.join(cell for cell in row if cell.strip()) for row in block.rows)
    else:
        yield from (match[0].strip() for match in _SENTENCE.finditer(block.text))


def _quote(text: str, heading: str, block: Block) -> Passage:
    cut = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}……"
    return Passage(text=cut, heading=heading, place=block.place)


def _read_statements(fact: Fact, report: CheckResult) -> tuple[Statement, ...]:
    """What the rules on consistency read of the report."""
    if report.outline is None or fact.id not in ("name", "owner", "total"):
        return ()
    rules = load_rules()
    marked = mark_report(split_run_in_headings(report.outline), rules)
    index = index_report(marked, rules.checks)
    if not index.paths:
        return ()
    if fact.id == "name":
        return read_names(index)
    if fact.id == "total":
        return read_totals(index)
    return tuple(statement for group in read_owners(index) for statement in group)


def _quote_statement(statement: Statement, outline: Outline) -> Passage:
    """A statement in the words of the report; what was read is normalised."""
    heading = statement.path[-1].section.heading if statement.path else COVER
    if statement.path is None and statement.place == Place():
        return Passage(text=outline.title or statement.text, heading=COVER, place=Place())
    for above, block in _walk_blocks(outline):
        if block.place != statement.place:
            continue
        for text in _list_pieces(block):
            if statement.value in normalize_text(text):
                return _quote(text, above, block)
    return Passage(text=statement.text, heading=heading, place=statement.place)


def _find_labelled(fact: Fact, outline: Outline) -> Iterator[Passage]:
    """Labelled lines, cells behind a label, and the beginning of a section of that name."""
    for heading, block in _walk_blocks(outline):
        for text in _list_pieces(block):
            if _has_label(fact, text, is_row=block.is_table):
                yield _quote(text, heading, block)
    for section in outline.walk():
        if fact.label.match(normalize_text(section.title)) and section.body:
            block = section.body[0]
            yield from (_quote(text, section.heading, block) for text in [*_list_pieces(block)][:2])


def _has_label(fact: Fact, text: str, *, is_row: bool) -> bool:
    if is_row:
        cells = [normalize_text(cell).strip(" :") for cell in text.split(_CELL_BORDER)]
        return any(fact.label.match(cell) for cell in cells[:-1])
    labelled = _LABELLED.match(text)
    return labelled is not None and bool(fact.label.match(normalize_text(labelled[1])))
