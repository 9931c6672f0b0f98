"""Bytes of a batch -> its lines as text, whichever program saved them."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from typing import Literal

Encoding = Literal["utf-8", "gb18030"]
BatchLine = str | bytes
"""A line as text; one that fits no encoding stays bytes, so that it can be named."""


def decode_batch(content: bytes) -> Iterator[BatchLine]:
    """Yield the lines of a whole file, all in the one encoding that fits it better.

    A GB18030 line can happen to be valid UTF-8, and a broken UTF-8 line valid GB18030; which
    encoding the other lines have decides.
    """
    lines = content.removeprefix(BOM_UTF8).splitlines()
    encoding: Encoding = "utf-8" if _is_mostly_utf8(lines) else "gb18030"
    for line in lines:
        text = _decode(line, encoding)
        yield line if text is None else text


def decode_stream(lines: Iterable[bytes]) -> Iterator[BatchLine]:
    """Yield each line as it comes, as UTF-8 or else GB18030: nobody waits for the last one."""
    for line in lines:
        text = _decode(line.removeprefix(BOM_UTF8), "utf-8")
        text = _decode(line, "gb18030") if text is None else text
        yield line if text is None else text


def _is_mostly_utf8(lines: Iterable[bytes]) -> bool:
    valid = [_decode(line, "utf-8") is not None for line in lines if not line.isascii()]
    return 2 * sum(valid) > len(valid) or all(valid)


def _decode(line: bytes, encoding: Encoding) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None
