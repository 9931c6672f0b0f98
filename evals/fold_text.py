"""Text -> text with width and spacing folded, so that facts compare by what they say."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
# NFKC leaves these apart although they are one character to a reader.
_SAME = str.maketrans({"〔": "[", "〕": "]", "【": "[", "】": "]", "。": ".", "、": ","})
_EMPHASIS = re.compile(r"\*\*|`")
_ALTERNATIVE = "|"


def fold_text(text: str) -> str:
    """Fold full width to half width, brackets to one kind, and drop all white space."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).translate(_SAME))


def fold_markdown(text: str) -> str:
    """Fold a Markdown answer: as ``fold_text``, without the marks for emphasis."""
    return fold_text(_EMPHASIS.sub("", text))


def is_fact_in(fact: str, folded: str) -> bool:
    """Whether one of the fact's alternatives (``a|b``) occurs in an already folded text."""
    return any(fold_text(part) in folded for part in fact.split(_ALTERNATIVE))
