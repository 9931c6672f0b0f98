"""Question -> the same with words that sound like a term of the trade replaced by it.

People type by sound: 验受 for 验收, 例项 for 立项. Only words that no dictionary knows are
replaced, and only by a term of exactly the same sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import rjieba

from assistant.split_words import load_stopwords

_LENGTHS = (4, 3, 2)


class TypoMender:
    """Replaces misspelt terms; the terms are the literal forms of the thesaurus."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = frozenset(term for term in terms if len(term) in _LENGTHS and _is_han(term))
        self._by_sound: dict[tuple[str, ...], str] = {}

    def mend(self, text: str) -> str:
        """The text with misspelt terms replaced; the length stays the same."""
        tokens = [piece for token in rjieba.cut(text) for piece in _split_unknown(token)]
        pieces: list[str] = []
        position = 0
        while position < len(tokens):
            count, piece = self._mend_at(tokens, position)
            pieces.append(piece)
            position += count
        return "".join(pieces)

    def _mend_at(self, tokens: Sequence[str], position: int) -> tuple[int, str]:
        """How many tokens are dealt with at a position, and what stands there now.

        Words that a dictionary knows are never cut: only whole tokens are looked at together.
        """
        for count in (4, 3, 2, 1):
            taken = tokens[position : position + count]
            window = "".join(taken)
            if len(window) not in _LENGTHS or not _is_han(window) or _is_plain(taken):
                continue
            if (term := self._term_of_sound(window)) is not None:
                return len(taken), term
        return 1, tokens[position]

    def _term_of_sound(self, window: str) -> str | None:
        if not self._by_sound:
            self._by_sound = {_sound(term): term for term in sorted(self._terms)}
        return self._by_sound.get(_sound(window))


def _split_unknown(token: str) -> Sequence[str]:
    # The segmenter guesses unknown words; a guess may hold a term and its neighbour.
    return token if len(token) > 1 and not rjieba.has_word(token) else (token,)


def _is_plain(tokens: Sequence[str]) -> bool:
    """Whether there is nothing to mend: a known word inside, or nothing but function words."""
    stopwords = load_stopwords()
    known = any(len(token) > 1 and rjieba.has_word(token) for token in tokens)
    return known or all(token in stopwords for token in tokens)


def _is_han(text: str) -> bool:
    return all("一" <= character <= "鿿" for character in text)


@cache
def _sound(text: str) -> tuple[str, ...]:
    # pypinyin takes 0.15 s to import; a question without an unknown word never gets here.
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))
