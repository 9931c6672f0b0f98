"""Markdown in Chinese -> Markdown whose bold words every renderer takes for bold.

CommonMark closes ``**注意：**`` only before white space or punctuation, as English would have it.
"""

from __future__ import annotations

import re

_UNCLOSED = re.compile(r"(\*\*[^*\n]*[：，。；！？、”’）》】]\*\*)(?=[^\s\W])")


def mend_emphasis(text: str) -> str:
    """Return the text with a space behind bold words that end in punctuation."""
    return _UNCLOSED.sub(r"\1 ", text)
