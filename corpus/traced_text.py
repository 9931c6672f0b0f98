"""Text that knows where in the source each of its characters comes from, and a ledger of the rest.

Cleaning only ever takes characters away. What is taken is claimed in the ledger under a name, so
that in the end every character of the source is either part of an article or accounted for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Offset = int
TextSpan = tuple[int, int]

Debris = Literal[
    "article_text",
    "article_label",
    "chapter_heading",
    "section_heading",
    "front_matter",
    "annex",
    "tail",
    "line_break",
    "no_break_space",
    "space",
    "invisible_character",
    "page_mark",
    "page_number",
    "running_header",
    "markdown_mark",
    "html_mark",
    "source_line",
    "list_leader",
]

DEBRIS_NAMES: dict[Debris, str] = {
    "article_text": "条文",
    "article_label": "条号",
    "chapter_heading": "章标题",
    "section_heading": "编、节标题",
    "front_matter": "正文之前的标题、通知和网页信息",
    "annex": "附件",
    "tail": "正文之后的落款和网页信息",
    "line_break": "换行",
    "no_break_space": "不间断空格",
    "space": "空格",
    "invisible_character": "不可见字符",
    "page_mark": "文库分页标记",
    "page_number": "页码",
    "running_header": "页眉页脚",
    "markdown_mark": "Markdown标记",
    "html_mark": "网页标记",
    "source_line": "来源说明行",
    "list_leader": "行首符号",
}


@dataclass(frozen=True, slots=True)
class TracedText:
    """A text and, for each of its characters, the offset in the source."""

    text: str
    origins: tuple[Offset, ...]

    @classmethod
    def of_source(cls, source: str) -> TracedText:
        """The whole source, unchanged."""
        return cls(source, tuple(range(len(source))))

    def cut(self, start: int, end: int) -> TracedText:
        """The part from ``start`` up to ``end``, offsets in this text."""
        return TracedText(self.text[start:end], self.origins[start:end])

    def without(self, spans: Iterable[TextSpan]) -> TracedText:
        """This text less ``spans``, which are in order and don't overlap."""
        texts: list[str] = []
        origins: list[Offset] = []
        kept = 0
        for start, end in spans:
            texts.append(self.text[kept:start])
            origins.extend(self.origins[kept:start])
            kept = end
        texts.append(self.text[kept:])
        origins.extend(self.origins[kept:])
        return TracedText("".join(texts), tuple(origins))


class Ledger:
    """The fate of every character of a source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._fates: list[Debris | None] = [None] * len(source)

    def claim(self, origins: Iterable[Offset], name: Debris) -> None:
        """Account for characters of the source under a name.

        Raises:
            ValueError: one of them is accounted for already.
        """
        fates = self._fates
        for origin in origins:
            if fates[origin] is not None:
                raise ValueError(f"字符{origin}已记为{fates[origin]}，不能再记为{name}。")
            fates[origin] = name

    def remove(self, traced: TracedText, spans: list[TextSpan], name: Debris) -> TracedText:
        """Take ``spans`` out of ``traced`` and account for them."""
        if not spans:
            return traced
        for start, end in spans:
            self.claim(traced.origins[start:end], name)
        return traced.without(spans)

    @property
    def fates(self) -> tuple[Debris | None, ...]:
        """For each character of the source its name, or None where it is unaccounted for."""
        return tuple(self._fates)

    def pieces(self) -> list[tuple[int, int, Debris | None]]:
        """Runs of characters with the same fate: start, end, name."""
        runs: list[tuple[int, int, Debris | None]] = []
        start = 0
        for end in range(1, len(self._fates) + 1):
            if end == len(self._fates) or self._fates[end] != self._fates[start]:
                runs.append((start, end, self._fates[start]))
                start = end
        return runs
