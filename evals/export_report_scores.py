"""Scores of the report cases -> the part of the JSON object that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checkers.finding import TOPICS, Topic
from evals.load_questions import Part
from evals.score_reports import (
    REPORT_DIMENSIONS,
    ReportRun,
    ScoredReport,
    count_confusion,
    count_verdicts,
    group_reports,
    total_rows,
    total_verdicts,
)
from evals.tally_scores import export_totals

JsonRows = list[dict[str, object]]


def export_reports(run: ReportRun, parts: Sequence[Part]) -> dict[str, object]:
    """Totals, rows, confusion, skipped and wrong cases of each part.

    Wrong cases of the measured part are named without what came: who reads it tunes on it.
    """
    return {part: _export_part(run, part) for part in parts}


def _export_part(run: ReportRun, part: Part) -> dict[str, object]:
    reports = run.of_part(part)
    by_topic = {topic: _export_confusion(reports, topic) for topic in TOPICS}
    by_group = {
        name: _export_confusion(rows) for name, rows in group_reports(reports, "group").items()
    }
    return {
        "cases": len(reports),
        "skipped": dict(run.count_skipped(part)),
        "missing_tools": list(run.missing_tools),
        "overall": export_totals(total_verdicts(reports)),
        **{
            f"by_{dimension}": {
                name: {"cases": count, **export_totals(totals)}
                for name, (count, totals) in total_rows(reports, dimension).items()
            }
            for dimension in REPORT_DIMENSIONS
        },
        "confusion": _export_confusion(reports),
        "confusion_by_topic": by_topic,
        "confusion_by_group": by_group,
        "verdicts_by_mutation": {
            name: dict(count_verdicts(rows, name))
            for name, rows in group_reports(reports, "mutation").items()
        },
        "wrong_cases": [_export_wrong(report) for report in reports if report.faults],
    }


def _export_confusion(reports: Iterable[ScoredReport], topic: Topic | None = None) -> JsonRows:
    return [
        {"expected": expected, "got": got, "count": count}
        for (expected, got), count in sorted(count_confusion(reports, topic).items())
    ]


def _export_wrong(report: ScoredReport) -> dict[str, object]:
    if report.part == "measured":
        return {"id": report.case_id}
    return {"id": report.case_id, "faults": list(report.faults), "evidence": dict(report.evidence)}
