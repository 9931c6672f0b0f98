"""Headings and articles -> problems: numbers missing, doubled, out of order; text cut off."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from corpus.chinese_numerals import format_numeral
from corpus.find_ending import is_closing_provision
from corpus.find_headings import Heading, HeadingKind, Headings, is_next
from corpus.regulation import Article, Regulation
from corpus.source_words import load_source_words
from corpus.traced_text import TracedText

# The provision on entry into force stands in one of the last articles.
LAST_ARTICLES = 4
EXCERPT = 16
UNITS: dict[HeadingKind, str] = {"article": "条", "chapter": "章"}


def find_problems(
    source: str, traced: TracedText, headings: Headings, regulation: Regulation, end: int
) -> tuple[str, ...]:
    """Every reason for not taking the source as a whole regulation, one Chinese sentence each."""
    if not headings.articles:
        return ("没有找到任何条文：文中没有以“第一条”开头的段落。请确认文件是按条编写的规定。",)
    place = _Places(source, traced)
    return (
        *_sequence_problems(headings.articles, "条", place),
        *_sequence_problems(headings.chapters, "章", place),
        *_left_over_problems(headings.left_over, end, place),
        *_text_problems(regulation.articles, headings.articles, place),
        *_closing_problems(regulation.articles, place.line(end - 1)),
    )


class _Places:
    """Line numbers and excerpts for messages."""

    def __init__(self, source: str, traced: TracedText) -> None:
        self._source = source
        self._traced = traced

    def line(self, offset: int) -> int:
        """Line of the source, from 1, of an offset in the cleaned text."""
        return self._source.count("\n", 0, self._traced.origins[offset]) + 1

    def excerpt(self, heading: Heading) -> str:
        """The first words of a heading."""
        return " ".join(self._traced.text[heading.start : heading.end + EXCERPT].split())

    def name(self, heading: Heading) -> str:
        """Line and words of a heading."""
        return f"第{self.line(heading.start)}行“{self.excerpt(heading)}…”"


def _label(heading: Heading, unit: str) -> str:
    suffix = f"之{format_numeral(heading.suffix)}" if heading.suffix else ""
    return f"第{format_numeral(heading.number)}{unit}{suffix}"


def _sequence_problems(headings: Sequence[Heading], unit: str, place: _Places) -> list[str]:
    problems = []
    if headings and (headings[0].number, headings[0].suffix) != (1, 0):
        missing = _missing(0, headings[0].number, unit)
        problems.append(f"{place.name(headings[0])}之前缺{missing}。")
    for earlier, later in itertools.pairwise(headings):
        if is_next(earlier, later):
            continue
        here, before, now = place.name(later), _label(earlier, unit), _label(later, unit)
        if later.number > earlier.number + 1:
            missing = _missing(earlier.number, later.number, unit)
            problems.append(f"{here}：{before}之后是{now}，缺{missing}。")
        elif (later.number, later.suffix) == (earlier.number, earlier.suffix):
            problems.append(f"{here}：{now}重复出现。")
        else:
            problems.append(f"{here}：{now}排在{before}之后，次序不对。")
    return problems


def _missing(before: int, after: int, unit: str) -> str:
    first, last = format_numeral(before + 1), format_numeral(after - 1)
    return f"第{first}{unit}" if first == last else f"第{first}{unit}至第{last}{unit}"


def _left_over_problems(left_over: Sequence[Heading], end: int, place: _Places) -> list[str]:
    return [
        f"{place.name(heading)}：像是{_label(heading, UNITS[heading.kind])}的开头，"
        "但与前后条号接不上（重复或次序不对）。"
        for heading in left_over
        if heading.start < end
    ]


def _text_problems(
    articles: Sequence[Article], headings: Sequence[Heading], place: _Places
) -> list[str]:
    words = load_source_words()
    problems = []
    for index, (article, heading) in enumerate(zip(articles, headings, strict=True)):
        text = article.text.strip()
        is_last = index == len(articles) - 1
        if not text:
            problems.append(f"{place.name(heading)}：{article.label}没有内容。")
        elif words.sentence_end.search(text):
            continue
        elif words.cut_off_end.search(text) or (is_last and not words.closing_end.search(text)):
            problems.append(
                f"{place.name(heading)}：{article.label}在句子中间断开，结尾是“{text[-EXCERPT:]}”。"
            )
    return problems


def _closing_problems(articles: Sequence[Article], last_line: int) -> list[str]:
    if any(is_closing_provision(article.text) for article in articles[-LAST_ARTICLES:]):
        return []
    return [
        f"第{last_line}行：正文到{articles[-1].label}为止，没有关于施行日期的条文，文件可能不完整。"
    ]
