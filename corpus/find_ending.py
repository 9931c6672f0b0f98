"""Text -> where the last article ends, and which annexes stand behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.source_words import load_source_words

# A sentence behind the provision on entry into force is no longer than so many lines, each of at
# least so many characters; signatures and dates are shorter.
MOST_WRAPPED_LINES = 8
SHORTEST_WRAPPED_LINE = 20

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_ANNEX_LIST = re.compile(r"附\s*[件表录图]?\s*[：:]")
_ANNEX_LABEL = re.compile(r"^附\s*[件表录图]\s*[一二三四五六七八九十\d]*\s*[：:.．、]?\s*")


def find_ending(text: str, last_article: int) -> int:
    """Offset behind the last article's last character.

    The last article ends before the first line that begins an annex, belongs to the web page or
    the letter, or, once the provision on entry into force has been read, leads to no end of a
    sentence.
    """
    lines = list(_LINE.finditer(text, last_article))
    end, closed = last_article, False
    for index, match in enumerate(lines):
        if end != last_article and is_behind_end(match.group()):
            break
        if closed and not _leads_to_sentence_end(lines[index:]):
            break
        end = match.start() + len(match.group().rstrip())
        closed = closed or is_closing_provision(text[last_article:end])
    return end


def is_behind_end(line: str) -> bool:
    """Whether a line begins an annex or belongs to the web page or the letter."""
    words, stripped = load_source_words(), line.strip()
    return bool(words.annex_start.match(stripped) or words.tail_line.search(stripped))


def _leads_to_sentence_end(lines: Sequence[re.Match[str]]) -> bool:
    """Whether a line ends a sentence, or wrapped lines do that it begins."""
    for match in lines[:MOST_WRAPPED_LINES]:
        line = match.group().strip()
        if load_source_words().sentence_end.search(line):
            return True
        if len(line) < SHORTEST_WRAPPED_LINE or is_behind_end(line):
            return False
    return False


def is_closing_provision(text: str) -> bool:
    """Whether a text says when the regulation enters into force."""
    return load_source_words().closing_provision.search("".join(text.split())) is not None


def split_tail(tail: str) -> list[tuple[int, int, str | None]]:
    """Cut what stands behind the last article into parts: start, end, title of the annex or None.

    A list of annexes (附件：1.… 2.…) is a part, and each annex that follows is one.
    """
    words = load_source_words()
    starts = [0]
    starts += [
        match.start()
        for match in _LINE.finditer(tail)
        if match.start() and words.annex_start.match(match.group().strip())
    ]
    parts: list[tuple[int, int, str | None]] = []
    for start, end in zip(starts, [*starts[1:], len(tail)], strict=True):
        if start < end:
            parts.append((start, end, _annex_title(tail[start:end])))
    return parts


def is_annex_list(part: str) -> bool:
    """Whether a part only names the annexes that follow: ``附件：1.…``, with no number."""
    return _ANNEX_LIST.match(part.lstrip()) is not None


def _annex_title(part: str) -> str | None:
    lines = [line.strip() for line in part.split("\n") if line.strip()]
    if not lines or not load_source_words().annex_start.match(lines[0]):
        return None
    rest = _ANNEX_LABEL.sub("", lines[0])
    label = lines[0][: len(lines[0]) - len(rest)].strip(" ：:")
    name = rest or (lines[1] if len(lines) > 1 else "")
    return f"{label} {name}".strip()
