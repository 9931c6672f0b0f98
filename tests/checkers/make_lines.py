"""A builder for the layout tests: lines of a page at given places."""

from __future__ import annotations

from collections.abc import Sequence

from checkers.page_line import PageLine

SIZE = 12.0
PITCH = 20.0
SENTENCE = "本项目依托县级政务云平台部署，分为基础设施层和数据资源层"


def line(text: str, left: float, bottom: float, *, size: float = SIZE) -> PageLine:
    """Return a line of full-width characters."""
    return PageLine(
        page=1,
        text=text,
        left=left,
        right=left + size * len(text),
        bottom=bottom,
        top=bottom + size,
        size=size,
        bold=False,
        family="宋体",
    )


def column(name: str, left: float, top: float, count: int, *, width: int = 16) -> list[PageLine]:
    """Return full lines one below the other, told apart by a name and a number."""
    texts = [f"{name}{number:02d}{SENTENCE}"[:width] for number in range(count)]
    return [line(text, left, top - row * PITCH) for row, text in enumerate(texts)]


def starts(lines: Sequence[PageLine], length: int = 3) -> list[str]:
    """Return the first characters of lines."""
    return [line.text[:length] for line in lines]
