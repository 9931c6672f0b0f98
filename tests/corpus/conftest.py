"""What the tests of the library share."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.library import Library, load_library

REPOSITORY = Path(__file__).parents[2]
REFERENCE_FOLDER = REPOSITORY.parent / "shared" / "reference" / "regulations"
SEEDS_FOLDER = REPOSITORY.parent / "shared" / "seeds"


@pytest.fixture(scope="session")
def library() -> Library:
    """The five regulations that are shipped."""
    return load_library()


@pytest.fixture
def reference_folder() -> Path:
    """Real regulations from elsewhere; they are never part of the project."""
    if not REFERENCE_FOLDER.is_dir():
        pytest.skip(f"no reference material beside the repository: {REFERENCE_FOLDER}")
    return REFERENCE_FOLDER


@pytest.fixture
def seeds_folder() -> Path:
    """The sources as they were received."""
    if not SEEDS_FOLDER.is_dir():
        pytest.skip(f"no sources beside the repository: {SEEDS_FOLDER}")
    return SEEDS_FOLDER
