"""The bytes of a text file -> its text, in whichever encoding it was written."""

from __future__ import annotations

import codecs
import re

from checkers.errors import ReportUnreadable

# A report of 3,000 pages has some 6 MB of text.
LARGEST_TEXT = 32 * 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = ("utf-8", "gb18030")
_WITH_ZEROS = ("utf-16-le", "utf-16-be")
_READABLE = re.compile(
    r"[\t\n\r\f -~\u00a0-\u00ff\u3000-\u303f一-鿿\uff00-\uffef"
    r"\u2010-\u205e\u2160-\u2188\u2460-\u24ff]"
)
_READABLE_SHARE = 0.9
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
# One damaged byte in a long file is no reason to refuse the rest. UTF-8 comes first: read as
# GB18030 much of it gives characters too, but not the other way round.
_DAMAGED = "\ufffd"
_DAMAGED_SHARE = 0.01
_SAMPLE = 20_000


def decode_text(content: bytes) -> str | None:
    """Return the text, with line ends as line feeds; None where the bytes are no text.

    Raises:
        ReportUnreadable: there is more of it than any report has.
    """
    if len(content) > LARGEST_TEXT:
        raise ReportUnreadable(
            "too_large", f"文本超过{LARGEST_TEXT // 1024**2} MB，不像报告；请拆分后再上传。"
        )
    text = _decode(content)
    return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _accept(content.decode(encoding, errors="replace"))
    for encoding in _WITH_ZEROS if b"\x00" in content else _UNMARKED:
        text = content.decode(encoding, errors="replace")
        is_slight = text.count(_DAMAGED) <= len(text) * _DAMAGED_SHARE
        if is_slight and _accept(text) is not None:
            return text
    return None


def _accept(text: str) -> str | None:
    """Return the text where it reads like one."""
    sample = text[:_SAMPLE]
    if _CONTROLS.search(sample):
        return None
    readable = len(_READABLE.findall(sample))
    return text if readable >= len(sample) * _READABLE_SHARE else None
