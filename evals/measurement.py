"""Repeated timings -> measurements that stand beside their target and a raw baseline."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from evals.tally_scores import find_percentile

Unit = Literal["s", "ms", "MB"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One figure of the benchmark.

    Attributes:
        key: stable name in JSON.
        title: for people.
        value: in ``unit``; None where it could not be taken, with the reason in ``note``.
        unit: seconds, milliseconds or megabytes (10^6 bytes).
        runs: how many timings the value rests on.
        target: upper bound that the issue sets; None where it sets none.
        raw: the same unit, what the bare library needs for the same input in the same run.
        raw_title: what ``raw`` is.
        note: what the value is, where the title does not say it.
    """

    key: str
    title: str
    value: float | None
    unit: Unit
    runs: int = 1
    target: float | None = None
    raw: float | None = None
    raw_title: str = ""
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None without a target or a value."""
        if self.target is None or self.value is None:
            return None
        return self.value <= self.target

    @property
    def ratio(self) -> float | None:
        """Value over the raw baseline."""
        if self.value is None or not self.raw:
            return None
        return self.value / self.raw


def time_runs(action: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each run."""
    times: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return times


def take_median(seconds: Sequence[float]) -> float:
    """Median in seconds, to the tenth of a millisecond."""
    return round(median(seconds), 4)


def take_percentile_ms(seconds: Sequence[float], percent: float) -> float:
    """Nearest-rank percentile in milliseconds, to the tenth."""
    return round(find_percentile(seconds, percent) * 1000, 1)
