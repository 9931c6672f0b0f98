"""Eval result -> the JSON object of ``zhengxin evals --json`` and out/evals.json."""

from __future__ import annotations

from typing import Any

from evals.eval_result import EvalResult
from evals.print_evals import format_citations
from evals.score_answers import format_articles
from evals.tally_scores import QuestionTotals, ScoredCase, export_totals

JsonObject = dict[str, Any]


def export_result(result: EvalResult) -> JsonObject:
    """Everything that was measured; ``passed`` is what the exit code says."""
    exported: JsonObject = {
        "passed": result.is_good,
        "seconds": round(result.seconds, 2),
        "problems": list(result.problems),
        "crashed": [{"id": name, "message": message} for name, message in result.crashed],
        "drops": [drop.sentence for drop in result.drops],
    }
    if result.questions is not None:
        exported["questions"] = {
            part: export_part(totals) for part, totals in result.total_questions().items()
        }
        exported["peers"] = {
            peer: {part: export_totals(totals) for part, totals in parts.items()}
            for peer, parts in result.peers.items()
        }
        exported["wrong_cases"] = [
            export_case(scored) for scored in result.questions.scored if scored.faults
        ]
    if result.reports is not None:
        from evals.export_report_scores import export_reports

        exported["reports"] = export_reports(result.reports, result.parts)
    return exported


def export_part(totals: QuestionTotals) -> JsonObject:
    """Totals of one part with its rows."""
    median, high = totals.milliseconds or (None, None)
    return {
        "cases": totals.cases,
        "crashed": totals.crashed,
        "milliseconds": {"p50": median, "p95": high},
        "overall": export_totals(totals.overall),
        **{
            f"by_{dimension}": {
                name: {"cases": count, **export_totals(row)} for name, (count, row) in rows.items()
            }
            for dimension, rows in totals.rows.items()
        },
    }


def export_case(scored: ScoredCase) -> JsonObject:
    """A wrong case: what was asked, expected and retrieved."""
    case, answer = scored.case, scored.answer
    return {
        "id": case.id,
        "part": case.part,
        "kind": case.kind,
        "question": case.question,
        "expected": {
            "status": case.status,
            "must_cite": format_articles(case.must_cite),
            "facts": list(case.facts),
        },
        "got": {
            "status": answer.status,
            "citations": format_citations(scored),
            "text": answer.text,
        },
        "faults": {fault.key: fault.reason for fault in scored.faults},
    }
