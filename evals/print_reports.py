"""Scores of the report cases -> tables and case listings for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from checkers.finding import Topic, Verdict
from evals.eval_result import EvalResult
from evals.load_questions import Part
from evals.print_evals import NOTHING, format_shares, format_tally
from evals.row_titles import title_row
from evals.score_reports import (
    REPORT_DIMENSIONS,
    REPORT_MEASURES,
    ReportRun,
    ScoredReport,
    count_confusion,
    total_rows,
    total_verdicts,
)

# The measures that fit beside each other in the tables by dimension.
_ROW_MEASURES: Mapping[str, str] = {
    "present_precision": "准确",
    "present_recall": "召回",
    "verdicts": "五类",
}
VERDICTS: tuple[str, ...] = get_args(Verdict)


def build_report_tables(result: EvalResult) -> Iterator[Table]:
    """The totals, the tables by dimension, and one confusion table a part."""
    if result.reports is None:
        return
    reports = {part: result.reports.of_part(part) for part in result.parts}
    yield _build_overall_table(reports)
    for dimension, title in REPORT_DIMENSIONS.items():
        yield _build_rows_table(dimension, title, reports)
    for part, scored in reports.items():
        yield _build_confusion_table(part, scored)


def list_confusion(
    reports: Sequence[ScoredReport], topic: Topic | None = None
) -> list[tuple[str, list[int]]]:
    """(expected, counts per verdict in the order of ``VERDICTS``), expected ones in that order."""
    counts = count_confusion(reports, topic)
    expected = sorted(
        {name for name, _ in counts},
        key=lambda name: (VERDICTS.index(name) if name in VERDICTS else len(VERDICTS), name),
    )
    return [(name, [counts[name, got] for got in VERDICTS]) for name in expected]


def print_failing_reports(console: Console, run: ReportRun) -> None:
    """Print the report cases with a wrong verdict; those of the measured part by id only."""
    failing = [report for report in run.scored if report.faults]
    for report in failing:
        if report.part == "measured":
            console.print(f"{report.case_id}  measured")
        else:
            print_report(console, report)
    console.print(f"{len(failing)}份报告有判错。")


def print_report(console: Console, report: ScoredReport) -> None:
    """Print one case: expected and got topic by topic, with the evidence of the check."""
    rows = " ".join("+".join(names) for names in report.rows.values())
    console.print(f"[bold]{escape(report.case_id)}[/]  {escape(rows)}")
    for judged in report.topics:
        color = "green" if judged.is_right else "red"
        accepted = "|".join(sorted(judged.accepted))
        evidence = escape(report.evidence.get(judged.topic, ""))
        verdict = f"应 {accepted}，得 {judged.got}"
        console.print(f"    {judged.topic:<8} [{color}]{verdict}[/]  [dim]{evidence}[/]")
    expected, got = report.is_report
    if expected != got:
        console.print(f"    [red]是否可研报告：应{expected}，得{got}[/]")


def _build_overall_table(reports: Mapping[Part, Sequence[ScoredReport]]) -> Table:
    table = Table(title="报告检查", title_justify="left")
    table.add_column("指标")
    for part, scored in reports.items():
        table.add_column(f"{part}\n{len(scored)}份", justify="right", no_wrap=True)
    totals = [total_verdicts(scored) for scored in reports.values()]
    for measure in REPORT_MEASURES:
        table.add_row(measure.title, *(format_tally(total, measure) for total in totals))
    return table


def _build_rows_table(
    dimension: str, title: str, reports: Mapping[Part, Sequence[ScoredReport]]
) -> Table:
    table = Table(title=f"报告检查：按{title}（{' | '.join(reports)}）", title_justify="left")
    table.add_column(title, no_wrap=True)
    table.add_column("份数", justify="right", no_wrap=True)
    for short in _ROW_MEASURES.values():
        table.add_column(short, justify="right", no_wrap=True)
    rows = [total_rows(scored, dimension) for scored in reports.values()]
    for name in dict.fromkeys(name for part in rows for name in part):
        cells = [part.get(name, (0, {})) for part in rows]
        shares = [format_shares((totals for _, totals in cells), key) for key in _ROW_MEASURES]
        table.add_row(title_row(name), " | ".join(str(count) for count, _ in cells), *shares)
    return table


def _build_confusion_table(part: Part, reports: Sequence[ScoredReport]) -> Table:
    table = Table(title=f"判定对照 {part}（行：应得，列：得出）", title_justify="left")
    table.add_column("应得")
    for verdict in VERDICTS:
        table.add_column(verdict, justify="right", no_wrap=True)
    for name, counts in list_confusion(reports):
        table.add_row(name, *(str(count or NOTHING) for count in counts))
    return table
