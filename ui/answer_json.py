"""Answer -> the JSON object of the command-line contract."""

from __future__ import annotations

from typing import TypedDict

from assistant.answer import Answer, Carried, Checklist, Comparison, Remark, Working
from corpus.citation import Citation


class CitationJson(TypedDict):
    """A citation as programs get it; ``paragraph`` and ``item`` are None for the whole."""

    regulation: str
    article: int
    suffix: int
    paragraph: int | None
    item: int | None
    label: str
    quote: str
    notes: list[str]


class CarriedJson(TypedDict):
    """What was taken over from earlier questions, by the names that people see."""

    regions: list[str]
    subjects: list[str]
    sentence: str


class RemarkJson(TypedDict):
    """A sentence of the program's own; ``regulation`` is None where it speaks of several."""

    kind: str
    text: str
    regulation: str | None


class WorkingJson(TypedDict):
    """A figure of the question worked out; ``outcome`` is within, beyond or undecided."""

    regulation: str
    given: str
    calculation: str
    threshold: str
    outcome: str
    conclusion: str
    conditions: list[str]
    citation: CitationJson


class ComparisonRowJson(TypedDict):
    """One region; ``citation`` is None and ``silence`` says so where it does not provide."""

    regulation: str
    region: str
    provision: str
    values: list[str]
    silence: str
    citation: CitationJson | None


class ComparisonJson(TypedDict):
    """Regions side by side, and sentences on where they differ."""

    rows: list[ComparisonRowJson]
    differences: list[str]


class ChecklistEntryJson(TypedDict):
    """One line to tick."""

    text: str
    citation: CitationJson


class ChecklistJson(TypedDict):
    """What has to be brought or done in one region."""

    regulation: str
    title: str
    entries: list[ChecklistEntryJson]


class AnswerJson(TypedDict):
    """An answer as programs get it; ``ms`` is the time taken in milliseconds."""

    id: str | int | None
    question: str
    status: str
    text: str
    regions: list[str]
    citations: list[CitationJson]
    related: list[CitationJson]
    carried: CarriedJson | None
    remarks: list[RemarkJson]
    workings: list[WorkingJson]
    comparison: ComparisonJson | None
    checklists: list[ChecklistJson]
    mode: str
    ms: float


def answer_to_json(answer: Answer, *, question: str, id: str | int | None = None) -> AnswerJson:
    """Return the answer with the contract's keys."""
    return AnswerJson(
        id=id,
        question=question,
        status=answer.status,
        text=answer.text,
        regions=list(answer.regions),
        citations=[citation_to_json(citation) for citation in answer.citations],
        related=[citation_to_json(citation) for citation in answer.related],
        carried=_carried_to_json(answer.carried) if answer.carried else None,
        remarks=[_remark_to_json(remark) for remark in answer.remarks],
        workings=[_working_to_json(working) for working in answer.workings],
        comparison=_comparison_to_json(answer.comparison) if answer.comparison else None,
        checklists=[_checklist_to_json(checklist) for checklist in answer.checklists],
        mode=answer.mode,
        ms=round(answer.milliseconds, 1),
    )


def citation_to_json(citation: Citation) -> CitationJson:
    """Return the citation with the contract's keys, and the notes on the words quoted."""
    ref = citation.ref
    return CitationJson(
        regulation=ref.regulation,
        article=ref.article,
        suffix=ref.suffix,
        paragraph=ref.paragraph or None,
        item=ref.item or None,
        label=citation.label,
        quote=citation.quote,
        notes=list(citation.article.notes_on(citation.quote)),
    )


def _carried_to_json(carried: Carried) -> CarriedJson:
    return CarriedJson(
        regions=list(carried.regions),
        subjects=list(carried.subjects),
        sentence=carried.sentence,
    )


def _remark_to_json(remark: Remark) -> RemarkJson:
    return RemarkJson(kind=remark.kind, text=remark.text, regulation=remark.regulation)


def _working_to_json(working: Working) -> WorkingJson:
    return WorkingJson(
        regulation=working.regulation,
        given=working.given,
        calculation=working.calculation,
        threshold=working.threshold,
        outcome=working.outcome,
        conclusion=working.conclusion,
        conditions=list(working.conditions),
        citation=citation_to_json(working.citation),
    )


def _comparison_to_json(comparison: Comparison) -> ComparisonJson:
    rows = [
        ComparisonRowJson(
            regulation=row.regulation,
            region=row.region,
            provision=row.provision,
            values=list(row.values),
            silence=row.silence,
            citation=citation_to_json(row.citation) if row.citation else None,
        )
        for row in comparison.rows
    ]
    return ComparisonJson(rows=rows, differences=list(comparison.differences))


def _checklist_to_json(checklist: Checklist) -> ChecklistJson:
    entries = [
        ChecklistEntryJson(text=entry.text, citation=citation_to_json(entry.citation))
        for entry in checklist.entries
    ]
    return ChecklistJson(regulation=checklist.regulation, title=checklist.title, entries=entries)
