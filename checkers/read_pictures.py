"""A file of pictures (PNG, JPEG, TIFF, BMP) -> paragraphs, once its pages are recognised."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checkers.draw_page import count_pictures
from checkers.merge_scans import join_scans
from checkers.paged_text import PagedText
from checkers.recognised_page import RecognisedPage


def read_pictures(path: Path, recognised: Sequence[RecognisedPage] = ()) -> PagedText:
    """Return the text of the pictures that were recognised.

    Raises:
        ReportUnreadable: damaged, or with too many pages.
    """
    return join_scans(recognised, count_pictures(path))
