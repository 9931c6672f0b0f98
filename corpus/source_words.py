"""The word lists of ``source_words.yaml``, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.read_yaml import read_yaml

WORDS_FILE = Path(__file__).with_name("source_words.yaml")


class _WordLists(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    reference_continues: tuple[str, ...]
    reference_precedes: tuple[str, ...]
    titles_before_first: tuple[str, ...]
    sentence_ends: str
    sentence_closers: str
    cut_off_ends: tuple[str, ...]
    closing_provisions: tuple[str, ...]
    closing_ends: tuple[str, ...]
    annex_starts: tuple[str, ...]
    tail_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """Compiled patterns; the meaning of each stands in the YAML file.

    Attributes:
        sentence_end: matches a text that ends a sentence, with closing quotes behind it.
    """

    reference_continues: re.Pattern[str]
    reference_precedes: re.Pattern[str]
    title_before_first: re.Pattern[str]
    sentence_end: re.Pattern[str]
    cut_off_end: re.Pattern[str]
    closing_provision: re.Pattern[str]
    closing_end: re.Pattern[str]
    annex_start: re.Pattern[str]
    tail_line: re.Pattern[str]


@cache
def load_source_words() -> SourceWords:
    """Read and compile the lists."""
    lists = _WordLists.model_validate(read_yaml(WORDS_FILE))
    ends, closers = re.escape(lists.sentence_ends), re.escape(lists.sentence_closers)
    return SourceWords(
        reference_continues=_any_of(lists.reference_continues),
        reference_precedes=_any_of(lists.reference_precedes),
        title_before_first=_any_of(lists.titles_before_first),
        sentence_end=re.compile(rf"[{ends}…][{closers}]*\s*$"),
        cut_off_end=_any_of(lists.cut_off_ends),
        closing_provision=_any_of(lists.closing_provisions),
        closing_end=_any_of(lists.closing_ends),
        annex_start=_any_of(lists.annex_starts),
        tail_line=_any_of(lists.tail_lines),
    )


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
