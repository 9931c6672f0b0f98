"""Results that are kept in memory for download for a while, under unguessable keys."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

from assistant.answer import Checklist
from checkers.finding import CheckResult

KEPT_REPORTS = 200
"""A result of a 350-page report takes some 2 MB with its outline; older ones are forgotten."""

KEPT_CHECKLISTS = 5_000
"""A checklist takes some kilobytes."""

Value = TypeVar("Value")


class KeptValues(Generic[Value]):
    """The last values by their keys; safe to use from several threads."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._values: OrderedDict[str, Value] = OrderedDict()
        self._lock = Lock()

    def keep(self, value: Value) -> str:
        """Remember a value and return its key."""
        key = secrets.token_urlsafe(16)
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._kept:
                self._values.popitem(last=False)
        return key

    def find(self, key: str) -> Value | None:
        """Return the value, or None where the key is unknown or too old."""
        with self._lock:
            return self._values.get(key)


class CheckedReports(KeptValues[CheckResult]):
    """Results of report checks."""

    def __init__(self, kept: int = KEPT_REPORTS) -> None:
        super().__init__(kept)


class KeptChecklists(KeptValues[Checklist]):
    """Checklists that were shown."""

    def __init__(self, kept: int = KEPT_CHECKLISTS) -> None:
        super().__init__(kept)
