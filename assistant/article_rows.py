"""One vector an article, over all regulations: tells which of thousands are near a question.

The rows lie in one file, in the order in which they were added. Rows are only ever appended; what
is behind the last row that a unit names was left by a process that was killed and is written over.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
_BYTES = np.dtype(np.float32).itemsize


def append_rows(path: Path, first: int, rows: Matrix) -> None:
    """Write rows from a place on; those before it stay as they are."""
    with path.open("r+b" if path.is_file() else "w+b") as file:
        file.seek(first * rows.shape[1] * _BYTES)
        file.write(np.ascontiguousarray(rows, dtype=np.float32).tobytes())


def map_rows(path: Path, count: int, width: int) -> Matrix | None:
    """The first ``count`` rows, read as they are needed; None where there are not so many."""
    if not count or not path.is_file() or path.stat().st_size < count * width * _BYTES:
        return None
    return np.memmap(path, dtype=np.float32, mode="r", shape=(count, width))
