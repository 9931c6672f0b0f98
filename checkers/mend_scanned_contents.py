"""Lines of a scan -> the same lines, with the leaders of contents pages as print has them.

Recognition sees a row of dots or dashes as a few of them, anywhere between title and page number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from checkers.page_line import PageLine

_LEADER = r"[-—–―─_.·…・．。~～=•]"
_NUMBER = r"\d{1,3}|[ivxIVX]{1,5}"
# A gap as wide as between cells, with or without debris around it; or debris alone.
_BEFORE_PAGE = re.compile(
    rf"(?:{_LEADER}|[ \t])*\t(?:{_LEADER}|[ \t])*(?P<page>{_NUMBER})$"
    rf"|(?<=[一-鿿）)]){_LEADER}{{2,}}\s*(?P<number>{_NUMBER})$"
)
_LONGEST_ENTRY = 60


def mend_scanned_contents(lines: Sequence[PageLine]) -> list[PageLine]:
    """Return the lines in the same order."""
    return [_mend(line) for line in lines]


def _mend(line: PageLine) -> PageLine:
    text = line.text
    if len(text) > _LONGEST_ENTRY:
        return line
    found = _BEFORE_PAGE.search(text)
    if found is None or not found.start() or "\t" in text[: found.start()]:
        return line
    page = found["page"] or found["number"]
    return replace(line, text=f"{text[: found.start()]}\t{page}")
