"""Text -> words that carry meaning."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import rjieba

# Tags of the jieba dictionary: n… nouns, vn verbal nouns, an nouns of quality, b attributes.
_NOUN_TAGS = ("n", "vn", "an", "b", "eng")
_WORD = re.compile(r"[一-鿿]+|[a-z]+|\d+(?:\.\d+)?%?", re.IGNORECASE)


@cache
def load_stopwords() -> frozenset[str]:
    """Words that say nothing about which provision is meant."""
    lines = (files("assistant") / "data/stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def find_nouns(text: str) -> frozenset[str]:
    """The words of a text that name things: nouns, verbal nouns, foreign words."""
    return frozenset(word.lower() for word, tag in rjieba.tag(text) if tag.startswith(_NOUN_TAGS))


def split_words(text: str) -> list[str]:
    """Words of a text in order, lower case, without punctuation and stopwords."""
    stopwords = load_stopwords()
    return [
        word
        for token in rjieba.cut(text)
        if (word := token.strip().lower()) and _WORD.fullmatch(word) and word not in stopwords
    ]
