"""Regulation -> since when it is in force, for how long, and the article that says so."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.chinese_numerals import parse_numeral
from corpus.read_yaml import read_yaml
from corpus.regulation import Article, Regulation

WORDS_FILE = Path(__file__).with_name("validity_words.yaml")

_MONTHS_OF = {"年": 12, "月": 1}
_MONTHS_A_YEAR = 12


class _ValidityWords(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    in_force: re.Pattern[str]
    from_date: re.Pattern[str]
    from_issue: re.Pattern[str]
    term: re.Pattern[str]
    until_date: re.Pattern[str]
    on_trial: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """When a regulation is in force, as far as its text and what is known beside it tell.

    Attributes:
        issued: day of issue; None where no source gives it.
        since: first day in force; None where it can't be told.
        term_months: length of its trial or validity; None where the text gives none.
        ends: last day of the term; None where there is none or its beginning is not known.
        is_end_printed: whether ``ends`` stands in the text; else it is reckoned.
        is_on_trial: the title or the text calls it 试行 or 暂行.
        article: the article that brings it into force; None where there is none.
    """

    issued: date | None
    since: date | None
    term_months: int | None
    ends: date | None
    is_end_printed: bool
    is_on_trial: bool
    article: Article | None

    @property
    def has_term(self) -> bool:
        """Whether the text limits how long it is in force."""
        return self.term_months is not None or self.ends is not None


def read_validity(regulation: Regulation) -> Validity:
    """Read the closing provisions of a regulation; never fails."""
    words = _words()
    article = _article_in_force(regulation)
    text = "".join(article.text.split()) if article else ""
    issued = _parse_iso(regulation.issued)
    since = _match_date(words.from_date, text)
    if since is None and words.from_issue.search(text):
        since = issued
    months = _term_months(text)
    printed = _match_date(words.until_date, text)
    ends = printed
    if ends is None and since is not None and months is not None:
        ends = add_months(since, months) - timedelta(days=1)
    return Validity(
        issued=issued,
        since=since,
        term_months=months,
        ends=ends,
        is_end_printed=printed is not None,
        is_on_trial=bool(words.on_trial.search(regulation.title)) or "试行" in text,
        article=article,
    )


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is no such day."""
    count = day.year * _MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(count, _MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@cache
def _words() -> _ValidityWords:
    return _ValidityWords.model_validate(read_yaml(WORDS_FILE))


def _article_in_force(regulation: Regulation) -> Article | None:
    """The last article that brings the regulation itself into force."""
    for article in reversed(regulation.articles):
        text = "".join(article.text.split())
        has_start = _words().from_date.search(text) or _words().from_issue.search(text)
        if has_start and _words().in_force.search(text):
            return article
    return None


def _term_months(text: str) -> int | None:
    found = _words().term.search(text)
    if found is None:
        return None
    try:
        return parse_numeral(found["number"]) * _MONTHS_OF[found["unit"]]
    except ValueError:
        return None


def _match_date(pattern: re.Pattern[str], text: str) -> date | None:
    found = pattern.search(text)
    if found is None:
        return None
    try:
        return date(*(parse_numeral(found[part]) for part in ("year", "month", "day")))
    except ValueError:
        return None


def _parse_iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
