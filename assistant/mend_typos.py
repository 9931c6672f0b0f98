"""Question -> the same with words that sound like a term of the trade replaced by it.

People type by sound: 验受 for 验收, 例项 for 立项. Only words that no dictionary knows are
replaced, and only by a term of the same sound; sounds that many speakers don't tell apart
(zh and z, -ng and -n) count as the same. A long term may also have one wrong character inside
(信息资原目录).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import rjieba

from assistant.split_words import load_stopwords

_LENGTHS = (4, 3, 2)
_LONG = 5


class TypoMender:
    """Replaces misspelt terms; the terms are the literal forms of the thesaurus."""

    def __init__(self, terms: Iterable[str]) -> None:
        terms = tuple(terms)
        self._terms = frozenset(term for term in terms if len(term) in _LENGTHS and _is_han(term))
        self._by_sound: dict[tuple[str, ...], str] = {}
        self._long = sorted({term for term in terms if len(term) >= _LONG and _is_han(term)})

    def mend(self, text: str) -> str:
        """The text with misspelt terms replaced; the length stays the same."""
        return self._mend_sounds(self._mend_characters(text))

    def _mend_characters(self, text: str) -> str:
        """Replace windows that differ from a long term in a single character."""
        held = set(text)
        for term in self._long:
            if term not in text and len(held.intersection(term)) >= len(set(term)) - 1:
                text = _replace_near(text, term)
        return text

    def _mend_sounds(self, text: str) -> str:
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

    return tuple(_fold(syllable) for syllable in lazy_pinyin(text))


def _fold(syllable: str) -> str:
    for heard, said in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(heard):
            syllable = said + syllable[2:]
    return syllable[:-1] if syllable.endswith("ng") else syllable


def _replace_near(text: str, term: str) -> str:
    for start in range(len(text) - len(term) + 1):
        window = text[start : start + len(term)]
        wrong = [i for i, pair in enumerate(zip(window, term, strict=True)) if pair[0] != pair[1]]
        inside = len(wrong) == 1 and 0 < wrong[0] < len(term) - 1
        if inside and _is_han(window) and not _is_meant(window, wrong[0]):
            return text[:start] + term + text[start + len(term) :]
    return text


def _is_meant(window: str, position: int) -> bool:
    """Whether the odd character makes a word with a neighbour, so that it was meant."""
    pairs = (window[max(position - 1, 0) : position + 1], window[position : position + 2])
    return any(len(pair) > 1 and rjieba.has_word(pair) for pair in pairs)
