"""What the assistant returns: a text, and the citations that carry it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.citation import Citation

Status = Literal["answered", "not_covered", "out_of_scope"]
Mode = Literal["extractive", "llm"]
BlockKind = Literal[
    "carried", "notice", "correction", "working", "comparison", "region", "lead", "quote", "remark"
]
RemarkKind = Literal["correction", "damage", "validity", "notice"]
Outcome = Literal["within", "beyond", "undecided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the text, Markdown.

    Attributes:
        kind: ``lead`` is what a language model may rephrase; ``region`` is a heading; all others
            are shown as they are.
        regulation: id of the regulation the block speaks of; None where it speaks of several.
        sources: numbers of the citations that a lead may be put in other words from; empty where
            it is to stay as it is.
    """

    kind: BlockKind
    text: str
    regulation: str | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a follow-up took over from earlier in the conversation.

    Attributes:
        regions: names of places, as shown.
        subjects: names of subjects, as shown, e.g. ``项目调整``.
    """

    regions: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """``按淅川县、项目调整理解``; empty where nothing was carried."""
        taken = (*self.regions, *self.subjects)
        return f"按{'、'.join(taken)}理解" if taken else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A sentence of the program's own beside the provisions: a correction, an age, a damage."""

    kind: RemarkKind
    text: str
    regulation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistEntry:
    """Verbatim words, e.g. one line to tick, and the provision (款, 项) they stand in."""

    text: str
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """A figure of the question worked out against a threshold of an article.

    Attributes:
        regulation: id.
        given: the figures taken from the question, as read, e.g. ``概算500万元，调整60万元``.
        calculation: e.g. ``60万元÷500万元＝12%``; empty where nothing had to be reckoned.
        threshold: the words of the article that set the bound, verbatim.
        outcome: whether the figure lies within the bound; ``undecided`` where it can't be told.
        conclusion: one Chinese sentence.
        conditions: what the arithmetic does not settle, verbatim from the article.
        citation: of the provision that sets the bound.
        otherwise: what holds where the bound is passed, for figures that pass it; None where the
            regulation does not say.
    """

    regulation: str
    given: str
    calculation: str
    threshold: str
    outcome: Outcome
    conclusion: str
    conditions: tuple[str, ...] = ()
    citation: Citation
    otherwise: ChecklistEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    """One region in a table; without citation where it does not provide for the question.

    Attributes:
        regulation: id.
        region: name of the place, as shown.
        provision: verbatim words that answer; empty where the regulation is silent.
        values: the figures, dates or bodies that differ, verbatim, e.g. ``15%``.
        silence: what is said where there is no provision, e.g. ``本办法未规定``.
    """

    regulation: str
    region: str
    provision: str = ""
    values: tuple[str, ...] = ()
    citation: Citation | None = None
    silence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Regions side by side, and where they differ (Chinese sentences)."""

    rows: tuple[ComparisonRow, ...]
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What has to be brought or done in one region, line by line.

    Attributes:
        regulation: id.
        title: e.g. ``淅川县 验收材料清单``.
        entries: at least two.
        introduction: the words that announce the entries and say whether all or one of them is
            needed; None where the entries stand in one sentence.
    """

    regulation: str
    title: str
    entries: tuple[ChecklistEntry, ...]
    introduction: ChecklistEntry | None = None


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
        blocks: the text in its parts.
        carried: what was taken over from earlier questions; None where nothing was.
        remarks: corrections, ages, damages; they are also in the text.
        workings: figures worked out; they are also in the text.
        comparison: regions side by side; None where one region was asked about.
        checklists: one a region, where a list was asked for.
    """

    status: Status
    text: str
    regions: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    mode: Mode = "extractive"
    milliseconds: float = 0.0
    blocks: tuple[Block, ...] = ()
    carried: Carried | None = None
    remarks: tuple[Remark, ...] = ()
    workings: tuple[Working, ...] = ()
    comparison: Comparison | None = None
    checklists: tuple[Checklist, ...] = ()
