"""Results of report checks, kept for download for a while."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock

from checkers.finding import CheckResult

KEPT_RESULTS = 200
"""A result of a 350-page report takes some 2 MB with its outline; older ones are forgotten."""


class CheckedReports:
    """The last results by their unguessable keys; safe to use from several threads."""

    def __init__(self, kept: int = KEPT_RESULTS) -> None:
        self._kept = kept
        self._results: OrderedDict[str, CheckResult] = OrderedDict()
        self._lock = Lock()

    def keep(self, result: CheckResult) -> str:
        """Remember a result and return its key."""
        key = secrets.token_urlsafe(16)
        with self._lock:
            self._results[key] = result
            while len(self._results) > self._kept:
                self._results.popitem(last=False)
        return key

    def find(self, key: str) -> CheckResult | None:
        """Return the result, or None where the key is unknown or too old."""
        with self._lock:
            return self._results.get(key)
