"""What the assistant returns: a text, and the citations that carry it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.citation import Citation

Status = Literal["answered", "not_covered", "out_of_scope"]
Mode = Literal["extractive", "llm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer whose every statement is carried by a citation.

    Attributes:
        status: ``answered``; ``not_covered``: about these projects, but not provided for;
            ``out_of_scope``: anything else, also a place that is not in the library.
        text: Chinese, Markdown. ``[1]`` refers to ``citations[0]``.
        regions: ids of the regulations that the text speaks of.
        citations: what supports the text, best first.
        related: near, but not what the text rests on.
        mode: ``extractive``, or ``llm`` where a model rephrased.
        milliseconds: time taken.
    """

    status: Status
    text: str
    regions: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    mode: Mode = "extractive"
    milliseconds: float = 0.0
