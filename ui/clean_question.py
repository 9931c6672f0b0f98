"""Raw question -> question that every later step can take."""

from __future__ import annotations

import unicodedata

QUESTION_LIMIT = 10_000
"""Characters that are looked at; longer input is no question, and its head says enough."""

_SPACED_CATEGORIES = {"Cc", "Zl", "Zp"}
_DROPPED_CATEGORIES = {"Cf"}


def clean_question(raw: str) -> str:
    """Return the question with control characters as spaces and broken bytes as U+FFFD.

    Invalid UTF-8 on a command line reaches Python as lone surrogates, which no encoder takes.
    """
    return "".join(_clean_character(character) for character in raw[:QUESTION_LIMIT]).strip()


def _clean_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    if category in _SPACED_CATEGORIES:
        return " "
    return "" if category in _DROPPED_CATEGORIES else character
