"""Data files of this package -> text."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_package_file(name: str) -> str:
    """Return the text of a file that lies beside this module."""
    return files("ui").joinpath(name).read_text(encoding="utf-8")
