"""YAML file -> plain values, with the fast C loader where PyYAML was built with it."""

from __future__ import annotations

from pathlib import Path

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> object:
    """Read one YAML document."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
