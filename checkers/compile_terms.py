"""Word lists -> matchers that run over a whole report at once."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

CHOICES = re.compile(r"<([^<>]*)>")
# Writers and converters put blanks between Chinese characters; words match without them.
INNER_BLANK = re.compile(r"(?<=[^\x00-\x7f])[ \t\r\f\v]+(?=[^\x00-\x7f])|[ \r\f\v]{2,}")
BLANK = re.compile(r"[ \t\r\f\v]")
MASK = "□"
TRAP = "trap"
NOTHING = r"(?!)"


def normalize_text(text: str) -> str:
    """Text as it is matched: NFKC, upper case, no blanks between Chinese characters."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return INNER_BLANK.sub("", plain) if BLANK.search(plain) else plain


def expand_choices(term: str) -> tuple[str, ...]:
    """All wordings of a term: ``网络<和|与>安全`` gives two, ``<共享|>清单`` too."""
    pieces = CHOICES.split(term)
    choices = [piece.split("|") if odd % 2 else [piece] for odd, piece in enumerate(pieces)]
    return tuple("".join(choice) for choice in itertools.product(*choices))


def join_patterns(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches where any of them does; none match nowhere."""
    # No group around each: with bare literals in front the engine skips ahead fast.
    return re.compile("|".join(patterns) or NOTHING)


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


def compile_terms(
    groups: Iterable[tuple[str, Iterable[str]]], *, whole_words: bool = True
) -> TermMatcher:
    """A matcher for (meaning, terms) groups; of equal wordings the first group wins.

    With ``whole_words`` Latin letters match only as whole words (AI, but not MAIL). Terms are
    plain words, so that the pattern is a tree of shared beginnings: the regex engine skips to a
    possible first character and tries few branches there.
    """
    meanings: dict[str, str] = {}
    for meaning, terms in groups:
        for term in terms:
            for wording in expand_choices(term):
                meanings.setdefault(normalize_text(wording), meaning)
    tree = _write_tree(sorted(meanings), whole_words=whole_words)
    return TermMatcher(pattern=re.compile(tree or NOTHING), meanings=meanings)


def _write_tree(words: Sequence[str], *, whole_words: bool, inside: bool = False) -> str:
    """A pattern for sorted words that prefers the longest, with common beginnings merged."""
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[0], []).append(word[1:])
    return "|".join(
        _write_branch(first, rests, whole_words=whole_words, inside=inside)
        for first, rests in branches.items()
    )


def _write_branch(first: str, rests: Sequence[str], *, whole_words: bool, inside: bool) -> str:
    # The guard stands behind the letter, not before it, so that the engine still sees a literal
    # first character.
    guarded = whole_words and first.isascii() and first.isalpha()
    lead = re.escape(first) + (f"(?<![A-Z]{first})" if guarded and not inside else "")
    end = "(?![A-Z])" if guarded else ""
    longer = [rest for rest in rests if rest]
    if not longer:
        return lead + end
    tree = _write_tree(longer, whole_words=whole_words, inside=True)
    return f"{lead}(?:{tree}|{end})" if len(longer) < len(rests) else f"{lead}(?:{tree})"


def mask_terms(text: str, traps: TermMatcher) -> str:
    """The text with every trap blotted out, at unchanged length; other hits are kept."""
    return traps.pattern.sub(
        lambda match: MASK * len(match[0]) if traps.meanings[match[0]] == TRAP else match[0], text
    )
