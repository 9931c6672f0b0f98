"""A command -> the most memory that it and all processes it starts have taken.

Linux only: other systems do not tell what a process has taken at its highest.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
_NOW = re.compile(r"VmRSS:\s+(\d+) kB")
_PARENT = re.compile(r"PPid:\s+(\d+)")
_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryTaken:
    """Resident memory of a command in megabytes (10^6 bytes), shared pages counted each time.

    Attributes:
        together: the highest sum over all processes that was seen at one moment.
        bound: sum of the highest of each process, whenever that was; never less.
        processes: how many there were.
    """

    together: float
    bound: float
    processes: int


def run_watched(command: Sequence[str], environment: Mapping[str, str]) -> MemoryTaken | None:
    """Run a command to its end; None where the system does not tell the memory.

    Raises:
        subprocess.CalledProcessError: it could not check, which is exit code 2 or above.
    """
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peaks: dict[int, int] = {}
    highest = 0
    while process.poll() is None:
        now = 0
        for pid, text in list_family(process.pid):
            peaks[pid] = max(peaks.get(pid, 0), _find(_PEAK, text))
            now += _find(_NOW, text)
        highest = max(highest, now)
        time.sleep(_POLL_SECONDS)
    if process.returncode > 1:
        raise subprocess.CalledProcessError(process.returncode, command)
    if not PROC.exists():
        return None
    return MemoryTaken(
        together=_to_megabytes(highest),
        bound=_to_megabytes(sum(peaks.values())),
        processes=len(peaks),
    )


def list_family(root: int) -> Iterator[tuple[int, str]]:
    """Yield id and status text of a process and of all that it has started, as far as they live."""
    texts = dict(_read_statuses())
    parents = {pid: _find(_PARENT, text) for pid, text in texts.items()}
    for pid, text in texts.items():
        above = pid
        while above in parents and above != root:
            above = parents[above]
        if above == root:
            yield pid, text


def _read_statuses() -> Iterator[tuple[int, str]]:
    for path in PROC.glob("[0-9]*/status"):
        try:
            yield int(path.parent.name), path.read_text(encoding="utf-8")
        except OSError:
            continue  # It has ended in the meantime.


def _find(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return int(found[1]) if found else 0


def _to_megabytes(kilobytes: int) -> float:
    return round(kilobytes * 1024 / 1e6, 1)
