"""Search the texts of a report for word lists in a thread, beside the work on its sentences.

The automata search without the lock of the interpreter, on a core that would be idle.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from checkers.compile_terms import Match

# A shorter text is searched before a thread has begun.
_SHORTEST = 20_000


class WordFinder(Protocol):
    """A list of words that a text can be searched for."""

    def match(self, text: str) -> list[Match]:
        """All matches in a text."""


@dataclass(frozen=True, slots=True)
class SearchedTexts:
    """Searches over texts, some of which may still be under way."""

    running: dict[int, tuple[str, Future[list[Match]]]]

    def match(self, finder: WordFinder, text: str) -> list[Match]:
        """What a finder finds in a text; waits for it where it was searched for ahead."""
        searched, future = self.running.get(id(finder), ("", None))
        if future is None or searched is not text:
            return finder.match(text)
        return future.result()


def search_ahead(searches: Iterable[tuple[WordFinder, str]]) -> SearchedTexts:
    """Begin to search texts, in the order given; the finders must outlive the searches."""
    wanted = [(finder, text) for finder, text in searches if len(text) >= _SHORTEST]
    if not wanted:
        return SearchedTexts({})
    pool = ThreadPoolExecutor(max_workers=1)
    running = {id(finder): (text, pool.submit(finder.match, text)) for finder, text in wanted}
    pool.shutdown(wait=False)
    return SearchedTexts(running)
