"""Results that are kept in memory for download for a while, under unguessable keys."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from threading import Event, Lock
from typing import Generic, TypeVar

from assistant.answer import Checklist
from checkers.finding import CheckResult

KEPT_REPORTS = 200
"""A result of a 350-page report takes some 2 MB with its outline; older ones are forgotten."""
_CHARACTERS_A_REPORT = 350_000
"""Of such a report; a longer one counts as several."""

KEPT_SOURCES = 300 * 1024 * 1024
"""Bytes of uploaded DOCX kept for the commented copy, all together; oldest out."""

KEPT_BATCHES = 50
"""A result without text takes some 20 KB, a batch of a hundred 2 MB."""

KEPT_CHECKLISTS = 5_000
"""A checklist takes some kilobytes."""

KEPT_STOPS = 1_000
"""A way to stop a check under way takes next to nothing."""

Value = TypeVar("Value")


def _count_one(_value: object) -> int:
    return 1


class KeptValues(Generic[Value]):
    """The last values by their keys; safe to use from several threads."""

    def __init__(self, kept: int, *, weigh: Callable[[Value], int] = _count_one) -> None:
        """``kept``: what they may weigh together; by default each weighs 1."""
        self._kept = kept
        self._weigh = weigh
        self._weight = 0
        self._values: OrderedDict[str, Value] = OrderedDict()
        self._lock = Lock()

    def keep(self, value: Value) -> str:
        """Remember a value and return its key, which is new."""
        key = secrets.token_urlsafe(16)
        self.keep_under(key, value)
        return key

    def keep_under(self, key: str, value: Value) -> None:
        """Remember a value under a key that has none yet."""
        with self._lock:
            self._values[key] = value
            self._weight += self._weigh(value)
            while self._weight > self._kept and self._values:
                _, dropped = self._values.popitem(last=False)
                self._weight -= self._weigh(dropped)

    def find(self, key: str) -> Value | None:
        """Return the value, or None where the key is unknown or too old."""
        with self._lock:
            return self._values.get(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedReport:
    """A result and, of a DOCX, the file that it is of; empty where it is not kept."""

    result: CheckResult
    source: bytes = b""


class CheckedReports:
    """Results of report checks, and the files that comments can be written into."""

    def __init__(self, kept: int = KEPT_REPORTS, kept_sources: int = KEPT_SOURCES) -> None:
        self._results: KeptValues[CheckResult] = KeptValues(kept, weigh=_weigh_result)
        self._sources: KeptValues[bytes] = KeptValues(kept_sources, weigh=len)

    def keep(self, result: CheckResult, source: bytes = b"") -> str:
        """Remember a result and return its key."""
        key = self._results.keep(result)
        if source:
            self._sources.keep_under(key, source)
        return key

    def find(self, key: str) -> CheckResult | None:
        """Return the result, or None where the key is unknown or too old."""
        return self._results.find(key)

    def find_source(self, key: str) -> bytes:
        """Return the DOCX that a result is of; empty where there is none, or no more."""
        return self._sources.find(key) or b""


def _weigh_result(result: CheckResult) -> int:
    """Return as how many reports of a usual length one counts, by the text it keeps."""
    if result.outline is None:
        return 1
    bodies = chain(result.outline.preamble, *(part.body for part in result.outline.walk()))
    return 1 + sum(len(block.text) for block in bodies) // _CHARACTERS_A_REPORT


class KeptBatches(KeptValues[tuple[CheckResult, ...]]):
    """Results of several reports that were checked together."""

    def __init__(self, kept: int = KEPT_BATCHES) -> None:
        super().__init__(kept)


class KeptChecklists(KeptValues[Checklist]):
    """Checklists that were shown."""

    def __init__(self, kept: int = KEPT_CHECKLISTS) -> None:
        super().__init__(kept)


class KeptStops(KeptValues[Event]):
    """Ways to stop the checks that are under way."""

    def __init__(self, kept: int = KEPT_STOPS) -> None:
        super().__init__(kept)
