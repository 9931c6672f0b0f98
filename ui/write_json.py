"""Objects -> lines of JSON on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence


def write_json(value: Mapping[str, object] | Sequence[object]) -> None:
    """Print one value on one line, flushed: a reader of a batch sees each answer at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()
