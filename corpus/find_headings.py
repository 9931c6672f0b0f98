"""Text -> headings: candidates 第X条 and 第X章 with a score, then the best chain of numbers.

One mechanism for all sources. Every 第X条 is a candidate; what stands before and behind it says how
much it looks like a heading. The chain with the best sum of scores, less the cost of steps that are
not to the next number, holds the headings. A reference inside a sentence has a score below zero
and never takes part. What looks like a heading and found no place in the chain is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.chinese_numerals import NUMERAL_CHARACTERS, parse_numeral
from corpus.regulation import NumberSource
from corpus.source_words import load_source_words

HeadingKind = Literal["article", "chapter"]

# Scores. Only their order matters: a line that begins with 第X条 and a space is a heading in all
# but pathological cases; a word of reference outweighs both.
LINE_START, AFTER_SENTENCE, SPACE_BEHIND, HEADS_TEXT = 3.0, 1.0, 2.0, 2.0
MID_SENTENCE, REFERENCE = -2.0, -8.0
MARKED_IN_MANIFEST = 20.0

# Cost of a step in the chain that is not to the next number.
GAP, REPEATED, BACKWARDS, LATE_START = 3.0, 4.0, 5.0, 3.0

# A chapter title is short; in a source without line ends it reaches to the next 第X条.
LONGEST_CHAPTER_TITLE = 30
REFERENCE_REACH = 30

_BLANK = r"[ \t\u00a0\u2000-\u200a\u3000]*"
_NUMERAL = f"[{NUMERAL_CHARACTERS}]"
_NUMBER = rf"{_NUMERAL}(?:{_BLANK}{_NUMERAL}){{0,8}}"
# 第十条之一 is a number, 第十条之一般规定 is not.
_SUFFIX = rf"{_BLANK}之{_BLANK}([一二三四五六七八九十]{{1,2}})(?![般定些切致样种])"
# A line of fixed width may end inside the number: 第二⏎十条.
_WRAP = rf"{_BLANK}(?:\n{_BLANK})?"
_WRAPPED_NUMBER = rf"{_NUMERAL}(?:{_WRAP}{_NUMERAL}){{0,8}}"
_ARTICLE = re.compile(rf"第{_WRAP}({_WRAPPED_NUMBER}){_WRAP}条(?:{_SUFFIX})?(?:{_BLANK}[：:])?")
_CHAPTER = re.compile(rf"第{_WRAP}({_WRAPPED_NUMBER}){_WRAP}章")
_SECTION = re.compile(
    rf"^{_BLANK}第{_BLANK}{_NUMBER}{_BLANK}[节编](?:{_BLANK}|[ \t]+)[^。；，,\n]{{0,30}}$", re.M
)
_UNIT_HEADING = re.compile(rf"第{_BLANK}{_NUMBER}{_BLANK}[编章节]")
_CUT_HEADING = re.compile(
    rf"^{_BLANK}(第{_BLANK}({_NUMERAL}*十))(?=[ \t\u00a0\u2000-\u200a\u3000])(?!{_BLANK}[条章节])",
    re.M,
)
# The last line before a heading: short, no mark in it, no label of an item.
_STRAY_HEADING = re.compile(
    r"(?<=\n)[^\S\n]*(?=\S)(?![（(])(?:[一二三四五六七八九十]{1,3}、)?[^。；：，、,;:！？\n（()）]{2,20}\s*\Z"
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading or what may be one.

    Attributes:
        start: offset of its first character in the cleaned text.
        end: offset behind its number; equal to ``start`` where the head is gone.
        score: above zero where it may be a heading.
        at_line_start: whether only white space precedes it in its line.
    """

    kind: HeadingKind
    number: int
    suffix: int = 0
    start: int
    end: int
    score: float
    at_line_start: bool = True
    number_source: NumberSource = "as_printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """The headings of a text, in order, and the candidates that found no place among them."""

    articles: tuple[Heading, ...]
    chapters: tuple[Heading, ...]
    sections: tuple[tuple[int, int], ...]
    left_over: tuple[Heading, ...]


def find_headings(
    text: str, *, cut_headings: bool = False, marked: Sequence[tuple[int, str]] = ()
) -> Headings:
    """Find the headings of articles, chapters and sections.

    Args:
        text: cleaned text with its line ends and spaces.
        cut_headings: whether ``第二十`` at the start of a line may stand for 第二十一条 and so on.
        marked: articles whose heads are gone: number and first words.

    Raises:
        ValueError: marked words don't occur exactly once.
    """
    candidates = _article_candidates(text)
    if cut_headings:
        candidates += _cut_candidates(text)
    candidates += [_marked_candidate(text, number, words) for number, words in marked]
    candidates.sort(key=lambda heading: (heading.start, heading.number))
    candidates = _consistent(candidates)
    articles = choose_chain(candidates)
    chapter_candidates = _chapter_candidates(text, articles)
    chapters = _restrict_to_body(choose_chain(chapter_candidates), articles)
    return Headings(
        articles=articles,
        chapters=chapters,
        sections=tuple(_find_sections(text)),
        left_over=(
            *_left_over(candidates, articles),
            *_left_over_chapters(chapter_candidates, chapters, articles),
        ),
    )


def _find_sections(text: str) -> Iterator[tuple[int, int]]:
    """Lines 第X节 and 第X编 behind the end of a sentence or another heading."""
    words = load_source_words()
    for match in _SECTION.finditer(text):
        before = text[max(0, match.start() - REFERENCE_REACH) : match.start()].rstrip()
        last_line = before.rsplit("\n", 1)[-1]
        if words.sentence_end.search(before) or _UNIT_HEADING.match(last_line.strip()):
            yield match.span()


def _consistent(candidates: list[Heading]) -> list[Heading]:
    """Where headings begin lines, a number in mid-line is none unless a space follows it."""
    possible = [candidate for candidate in candidates if candidate.score > 0]
    lined = sum(candidate.at_line_start for candidate in possible)
    if lined * 2 < len(possible):
        return possible
    return [candidate for candidate in possible if candidate.score >= LINE_START]


def choose_chain(candidates: Sequence[Heading]) -> tuple[Heading, ...]:
    """The candidates, in order of place, with the best sum of scores less the cost of steps."""
    usable = [candidate for candidate in candidates if candidate.score > 0]
    best: list[float] = []
    came_from: list[int] = []
    for index, candidate in enumerate(usable):
        value = candidate.score - (0.0 if candidate.number == 1 else LATE_START)
        origin = -1
        for earlier in range(index):
            if usable[earlier].start == candidate.start:
                continue
            through = best[earlier] + candidate.score - _step_cost(usable[earlier], candidate)
            if through > value:
                value, origin = through, earlier
        best.append(value)
        came_from.append(origin)
    chain: list[Heading] = []
    index = max(range(len(best)), key=best.__getitem__, default=-1)
    while index >= 0:
        chain.append(usable[index])
        index = came_from[index]
    return tuple(reversed(chain))


def find_stray_heading(body: str, has_next: bool) -> int:
    """Offset at which a title without a number (附则, 二、职责) begins; the length if none does.

    Args:
        body: what stands between the numbers of two articles.
        has_next: whether another heading follows.
    """
    match = _STRAY_HEADING.search(body)
    if not has_next or match is None:
        return len(body)
    is_apart = load_source_words().sentence_end.search(body[: match.start()])
    return match.start() if is_apart else len(body)


def is_next(earlier: Heading, later: Heading) -> bool:
    """Whether ``later`` bears the number that follows ``earlier``, with 之一, 之二 in between."""
    if later.suffix:
        return (later.number, later.suffix) == (earlier.number, earlier.suffix + 1)
    return later.number == earlier.number + 1


def _step_cost(earlier: Heading, later: Heading) -> float:
    if is_next(earlier, later):
        return 0.0
    if later.number > earlier.number:
        return GAP
    return REPEATED if later.number == earlier.number else BACKWARDS


def _article_candidates(text: str) -> list[Heading]:
    found = []
    for match in _ARTICLE.finditer(text):
        try:
            number = parse_numeral(match.group(1))
        except ValueError:
            continue
        suffix = match.group(2)
        heading = Heading(
            kind="article",
            number=number,
            suffix=parse_numeral(suffix) if suffix else 0,
            start=match.start(),
            end=match.end(),
            score=0.0,
            at_line_start=_is_line_start(text, match.start()),
        )
        found.append(replace(heading, score=_score_article(text, heading)))
    return found


def _score_article(text: str, heading: Heading) -> float:
    behind = text[heading.end : heading.end + REFERENCE_REACH]
    score = _score_surroundings(text, heading)
    if heading.at_line_start:
        score += LINE_START
    if behind[:1].isspace():
        score += SPACE_BEHIND
    return score


def _score_surroundings(text: str, heading: Heading) -> float:
    """What the words before and behind say; the same for articles and chapters."""
    words = load_source_words()
    # A line may end inside a word: 第二条所⏎列情形.
    behind = "".join(text[heading.end : heading.end + REFERENCE_REACH].split())
    before = text[max(0, heading.start - REFERENCE_REACH) : heading.start]
    if words.reference_continues.match(behind):
        return REFERENCE
    if not before.strip():
        return AFTER_SENTENCE
    if words.sentence_end.search(before):
        return AFTER_SENTENCE
    is_apart = heading.at_line_start and _BLANK_LINE.search(before[len(before.rstrip()) :])
    if not is_apart and words.reference_precedes.search("".join(before.split())):
        return REFERENCE
    if _CHAPTER.search(before) or (
        heading.number == 1 and words.title_before_first.search(before.rstrip())
    ):
        return AFTER_SENTENCE
    return 0.0 if heading.at_line_start else MID_SENTENCE


def _cut_candidates(text: str) -> list[Heading]:
    found = []
    for match in _CUT_HEADING.finditer(text):
        tens = parse_numeral(match.group(2))
        found += [
            Heading(
                kind="article",
                number=tens + digit,
                start=match.start(1),
                end=match.end(1),
                score=LINE_START,
                number_source="repaired",
            )
            for digit in range(1, 10)
        ]
    return found


def _marked_candidate(text: str, number: int, words: str) -> Heading:
    if text.count(words) != 1:
        raise ValueError(
            f"第{number}条的首句“{words}”在原文中出现{text.count(words)}次，应当恰好一次。"
        )
    start = text.index(words)
    return Heading(
        kind="article",
        number=number,
        start=start,
        end=start,
        score=MARKED_IN_MANIFEST,
        number_source="inferred",
    )


def _chapter_candidates(text: str, articles: Sequence[Heading]) -> list[Heading]:
    matches = list(_CHAPTER.finditer(text))
    found = []
    for index, match in enumerate(matches):
        try:
            number = parse_numeral(match.group(1))
        except ValueError:
            continue
        heading = Heading(
            kind="chapter",
            number=number,
            start=match.start(),
            end=match.end(),
            score=0.0,
            at_line_start=_is_line_start(text, match.start()),
        )
        following = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        found.append(replace(heading, score=_score_chapter(text, heading, articles, following)))
    return found


def _score_chapter(
    text: str, heading: Heading, articles: Sequence[Heading], next_chapter: int
) -> float:
    next_article = next((a.start for a in articles if a.start >= heading.end), len(text))
    title = text[heading.end : min(next_article, next_chapter)].strip()
    is_before_articles = not any(article.start < heading.start for article in articles)
    if is_before_articles and next_chapter < next_article:
        # A line of the contents: another chapter comes before any article.
        return REFERENCE
    score = _score_surroundings(text, heading)
    if heading.at_line_start:
        line = text[heading.end :].split("\n", 1)[0].strip()
        score += LINE_START if len(line) <= LONGEST_CHAPTER_TITLE else 0.0
    heads_text = next_article < next_chapter and len(title) <= LONGEST_CHAPTER_TITLE
    has_sentence = any(mark in title for mark in "。；，,;")
    return score + (HEADS_TEXT + SPACE_BEHIND if heads_text and not has_sentence else 0.0)


def _restrict_to_body(
    chapters: tuple[Heading, ...], articles: tuple[Heading, ...]
) -> tuple[Heading, ...]:
    """Chapters behind the last article belong to an annex."""
    if not articles:
        return ()
    return tuple(chapter for chapter in chapters if chapter.start < articles[-1].start)


def _left_over(candidates: Sequence[Heading], articles: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """What looks like a heading, behind the first article, and is in no chain."""
    if not articles:
        return ()
    taken = {article.start for article in articles}
    return tuple(
        candidate
        for candidate in candidates
        if candidate.number_source == "as_printed"
        and candidate.start not in taken
        and candidate.start > articles[0].start
    )


def _left_over_chapters(
    candidates: Sequence[Heading], chapters: tuple[Heading, ...], articles: tuple[Heading, ...]
) -> tuple[Heading, ...]:
    """Lines amid the articles that head an article like a chapter, and are in no chain."""
    taken = {chapter.start for chapter in chapters}
    return tuple(
        candidate
        for candidate in candidates
        if candidate.start not in taken
        and candidate.at_line_start
        and candidate.score >= LINE_START + HEADS_TEXT
        and articles
        and articles[0].start < candidate.start < articles[-1].start
    )


def _is_line_start(text: str, offset: int) -> bool:
    return not text[text.rfind("\n", 0, offset) + 1 : offset].strip()
