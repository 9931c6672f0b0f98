"""Hold the garbage collector while a report is checked."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hold_collector() -> Iterator[None]:
    """Keep the collector from running, and let it run again where it did before.

    A check makes hundreds of thousands of small values without rings, nearly all of which live to
    its end; looking through them again and again takes a sixth of the time. Where checks overlap
    in threads, the first one lets the collector run again.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
