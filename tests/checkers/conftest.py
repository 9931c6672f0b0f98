"""The library and the shipped rules, read once for all tests of this folder."""

from __future__ import annotations

import pytest

from checkers.load_rules import Rules, load_rules
from corpus.library import Library, load_library


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules()
