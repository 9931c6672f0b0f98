"""Word lists -> matchers that run over a whole report at once."""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import maxsize

from ahocorasick_rs import AhoCorasick, MatchKind

from corpus.simplify_text import simplify_text

CHOICES = re.compile(r"<([^<>]*)>")
# Writers and converters put blanks between Chinese characters; words match without them.
INNER_BLANK = re.compile(r"(?<=[^\x00-\x7f])[ \t\r\f\v]+(?=[^\x00-\x7f])|[ \r\f\v]{2,}")
BLANK = re.compile(r"[ \t\r\f\v]")
MASK = "□"
TRAP = "trap"
NOTHING = r"(?!)"


# What Chinese text is full of: replacing it first leaves little that needs the slow general way.
FULL_WIDTH_MARKS = tuple(zip("，：；（）！？　", ",:;()!? ", strict=True))


def normalize_text(text: str) -> str:
    """Text as it is matched: NFKC, upper case, simplified, no blanks between Chinese characters."""
    for mark, plain_mark in FULL_WIDTH_MARKS:
        text = text.replace(mark, plain_mark)
    plain = simplify_text(unicodedata.normalize("NFKC", text).upper())
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


Term = tuple[str, str]
"""What a word stands for, and the word."""
Match = tuple[int, int, int]
"""Number of a word, where it begins and where it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMatcher:
    """Finds the terms of a list, longest first, and says what each stands for.

    Attributes:
        automaton: finds all words in one pass over a text, however many there are.
        terms: by the number under which the automaton knows them.
        guarded: words that begin or end with a Latin letter and match only as whole words.
    """

    automaton: AhoCorasick
    terms: tuple[Term, ...]
    guarded: frozenset[str]

    def find(self, text: str) -> list[tuple[int, Term]]:
        """Offset and term of the hits in normalised text, in order; none overlaps another."""
        return self.name_matches(text, self.match(text))

    def match(self, text: str) -> list[Match]:
        """The longest words at each place of normalised text, whole words or not."""
        matches: list[Match] = self.automaton.find_matches_as_indexes(text)
        return matches

    def name_matches(self, text: str, matches: Iterable[Match]) -> list[tuple[int, Term]]:
        """The hits, as ``find`` gives them, of the matches in a text."""
        hits: list[tuple[int, Term]] = []
        terms, guarded = self.terms, self.guarded
        for index, start, end in matches:
            term = terms[index]
            if term[1] in guarded and not _stands_alone(text, start, end):
                hits.extend(self._find_inside(text, start, end))
            else:
                hits.append((start, term))
        return hits

    def occurs_in(self, text: str) -> str | None:
        """The first hit in normalised text, or None."""
        hits = self.find(text)
        return hits[0][1][1] if hits else None

    def _find_inside(self, text: str, start: int, end: int) -> Iterator[tuple[int, Term]]:
        """Shorter words where the longest is part of a Latin word: 国密 in 国密SSLVPN."""
        while start < end:
            term = self._longest_at(text, start, end)
            if term:
                yield start, term
            start += len(term[1]) if term else 1

    def _longest_at(self, text: str, start: int, end: int) -> Term | None:
        fitting = (
            term
            for term in self.terms
            if text.startswith(term[1], start, end)
            and (term[1] not in self.guarded or _stands_alone(text, start, start + len(term[1])))
        )
        return max(fitting, key=lambda term: len(term[1]), default=None)


def _is_latin(char: str) -> bool:
    return "A" <= char <= "Z"


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a word with Latin letters at its ends is no part of a longer one."""
    if start and _is_latin(text[start]) and _is_latin(text[start - 1]):
        return False
    return not (end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end]))


def compile_terms(
    groups: Iterable[tuple[str, Iterable[str]]], *, whole_words: bool = True
) -> TermMatcher:
    """A matcher for (meaning, terms) groups; of equal wordings the first group wins.

    With ``whole_words`` Latin letters match only as whole words (AI, but not MAIL).
    """
    meanings: dict[str, str] = {}
    for meaning, terms in groups:
        for term in terms:
            for wording in expand_choices(term):
                meanings.setdefault(normalize_text(wording), meaning)
    words = tuple(meanings)
    return TermMatcher(
        automaton=AhoCorasick(words, matchkind=MatchKind.LeftmostLongest),
        terms=tuple((meaning, word) for word, meaning in meanings.items()),
        guarded=frozenset(
            word for word in words if whole_words and (_is_latin(word[0]) or _is_latin(word[-1]))
        ),
    )


def mask_terms(text: str, traps: TermMatcher) -> str:
    """The text with every trap blotted out, at unchanged length; other hits are kept."""
    pieces: list[str] = []
    done = 0
    for start, (meaning, word) in traps.find(text):
        if meaning == TRAP:
            pieces += (text[done:start], MASK * len(word))
            done = start + len(word)
    return "".join((*pieces, text[done:])) if pieces else text


CueKey = tuple[str, int]
"""Id of a rule, and the number of the group of words within it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueFinder:
    """Finds the words of many rules in one pass; unlike terms, cues may overlap.

    Attributes:
        automaton: of all words.
        words: by the number under which the automaton knows them.
        keys: for each word, the groups that hold it.
        guarded: numbers of the words that count only as whole Latin words.
    """

    automaton: AhoCorasick
    words: tuple[str, ...]
    keys: tuple[tuple[CueKey, ...], ...]
    guarded: frozenset[int]

    def match(self, text: str) -> list[Match]:
        """All words in normalised text, in the order of their ends."""
        matches: list[Match] = self.automaton.find_matches_as_indexes(text, overlapping=True)
        return matches

    def find_lines(
        self, text: str, starts: Sequence[int], matches: Iterable[Match]
    ) -> dict[CueKey, list[int]]:
        """Numbers of the lines with a word of each group; ``starts`` are the offsets of lines."""
        found: dict[CueKey, list[int]] = {}
        line, line_start, line_end = -1, -1, -1
        for index, start, end in matches:
            if index in self.guarded and not _stands_alone(text, start, end):
                continue
            # Nearly all matches stand in the line of the last one.
            if not line_start <= start < line_end:
                line = bisect_right(starts, start) - 1
                line_start = starts[line] if line >= 0 else -1
                line_end = starts[line + 1] if line + 1 < len(starts) else maxsize
            for key in self.keys[index]:
                lines = found.get(key)
                if lines is None:
                    found[key] = [line]
                elif lines[-1] != line:
                    lines.append(line)
        return found


def compile_cues(groups: Iterable[tuple[CueKey, Iterable[str]]]) -> CueFinder:
    """A finder for (group, terms); a word may stand in several groups."""
    keys: dict[str, list[CueKey]] = {}
    for key, terms in groups:
        words = {normalize_text(wording) for term in terms for wording in expand_choices(term)}
        for word in sorted(words):
            keys.setdefault(word, []).append(key)
    return CueFinder(
        automaton=AhoCorasick(tuple(keys), matchkind=MatchKind.Standard),
        words=tuple(keys),
        keys=tuple(map(tuple, keys.values())),
        guarded=frozenset(
            index for index, word in enumerate(keys) if _is_latin(word[0]) or _is_latin(word[-1])
        ),
    )
