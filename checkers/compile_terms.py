"""Word lists -> matchers that run over a whole report at once."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

CHOICES = re.compile(r"<([^<>]*)>")
# Writers and converters put blanks between Chinese characters; words match without them.
INNER_BLANK = re.compile(r"(?<=[^\x00-\x7f])[ \t\r\f\v]+(?=[^\x00-\x7f])|[ \r\f\v]{2,}")
MASK = "□"


def normalize_text(text: str) -> str:
    """Text as it is matched: NFKC, upper case, no blanks between Chinese characters."""
    return INNER_BLANK.sub("", unicodedata.normalize("NFKC", text).upper())


def expand_choices(term: str) -> tuple[str, ...]:
    """All wordings of a term: ``网络<和|与>安全`` gives two, ``<共享|>清单`` too."""
    pieces = CHOICES.split(term)
    choices = [piece.split("|") if odd % 2 else [piece] for odd, piece in enumerate(pieces)]
    return tuple("".join(choice) for choice in itertools.product(*choices))


def join_patterns(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches where any of them does; none match nowhere."""
    # No group around each: with bare literals in front the engine skips ahead fast.
    return re.compile("|".join(patterns) or r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMatcher:
    """Finds the terms of a list, longest first, and says what each stands for."""

    pattern: re.Pattern[str]
    meanings: dict[str, str]

    def find(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Position, words and meaning of each hit in normalised text."""
        for match in self.pattern.finditer(text):
            yield match.start(), match[0], self.meanings[match[0]]

    def occurs_in(self, text: str) -> str | None:
        """The first hit in normalised text, or None."""
        match = self.pattern.search(text)
        return match[0] if match else None


def compile_terms(groups: Iterable[tuple[str, Iterable[str]]]) -> TermMatcher:
    """A matcher for (meaning, terms) groups; of equal wordings the first group wins.

    Terms are plain words, so that the pattern is one alternation of literals: the regex engine
    skips to a possible first character, and 300 pages take milliseconds.
    """
    meanings: dict[str, str] = {}
    for meaning, terms in groups:
        for term in terms:
            for wording in expand_choices(term):
                meanings.setdefault(normalize_text(wording), meaning)
    longest_first = sorted(meanings, key=lambda word: (-len(word), word))
    alternation = "|".join(_guard_latin(word) for word in longest_first)
    return TermMatcher(pattern=re.compile(alternation or r"(?!)"), meanings=meanings)


def _guard_latin(word: str) -> str:
    # "AI" must not match inside "MAIN"; the guards stand behind the first letter so that the
    # engine still sees a literal first character.
    guarded = re.escape(word)
    if word.isascii() and word.isalpha():
        first = re.escape(word[0])
        return f"{first}(?<![A-Z]{first}){guarded[1:]}(?![A-Z])"
    return guarded


def mask_terms(text: str, traps: re.Pattern[str]) -> str:
    """The text with every trap blotted out, at unchanged length."""
    return traps.sub(lambda match: MASK * len(match[0]), text)
