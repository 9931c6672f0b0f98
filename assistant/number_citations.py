"""Citations of an answer -> their numbers in its text."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.citation import Citation


class CitationNumbers:
    """Citation -> its number in the text, from 1."""

    def __init__(self, citations: Sequence[Citation]) -> None:
        self._numbers = {
            (citation.ref, citation.quote): number
            for number, citation in enumerate(citations, start=1)
        }

    def mark(self, citation: Citation) -> str:
        """``[2]``; a citation that the answer does not hold is an error of the caller."""
        return f"[{self.number(citation)}]"

    def number(self, citation: Citation) -> int:
        """From 1; a citation that the answer does not hold is an error of the caller."""
        return self._numbers[citation.ref, citation.quote]


def name_place(citation: Citation) -> str:
    """``第十七条第二款``: the address without the title of the regulation."""
    return citation.label.partition("》")[2]
