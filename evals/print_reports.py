"""Scores of the report cases -> tables and case listings for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from checkers.finding import TOPICS, Topic, Verdict
from evals.eval_result import EvalResult
from evals.load_questions import Part
from evals.print_evals import NOTHING, format_shares, format_tally, is_missed
from evals.row_titles import title_row
from evals.score_answers import Measure
from evals.score_reports import (
    GROUP_TARGETS,
    REPORT_DIMENSIONS,
    REPORT_MEASURES,
    ReportRun,
    ScoredReport,
    count_confusion,
    count_verdicts,
    group_reports,
    total_rows,
    total_verdicts,
)
from evals.tally_scores import Totals

# The measures that fit beside each other in the tables by dimension.
_ROW_MEASURES: Mapping[str, str] = {
    "present_precision": "准确",
    "present_recall": "召回",
    "verdicts": "五类",
}
_GROUP_MEASURES: Mapping[str, str] = {
    **_ROW_MEASURES,
    "present_on_trap": "误放陷阱",
    "is_report": "是否可研",
}
VERDICTS: tuple[str, ...] = get_args(Verdict)
ConfusionRows = list[tuple[str, list[int]]]


def build_report_tables(result: EvalResult) -> Iterator[Table]:
    """The totals, the tables by dimension, and the confusion tables of each part."""
    if result.reports is None:
        return
    run = result.reports
    reports = {part: run.of_part(part) for part in result.parts}
    yield _build_overall_table(reports)
    for part in result.parts:
        yield _build_groups_table(part, run)
    for dimension, title in REPORT_DIMENSIONS.items():
        if dimension != "group":
            yield _build_rows_table(dimension, title, reports)
    yield _build_mutations_table(reports)
    for part, scored in reports.items():
        yield _build_confusion_table(f"判定对照 {part}：按主题", _split_topics(scored))
        yield _build_confusion_table(f"判定对照 {part}：按格式组", _split_groups(scored))


def tell_skipped(run: ReportRun) -> str:
    """Which cases were left out and for lack of what; empty where none were."""
    if not run.skipped:
        return ""
    tools = "、".join(run.missing_tools)
    return f"有{len(run.skipped)}份没有检查，因为本机缺少：{tools}。"


def target_group(group: str, measure: Measure) -> Measure:
    """The measure with the target that issue 4 sets for a format group."""
    if measure.key not in {"present_precision", "present_recall"}:
        return measure
    return replace(measure, target=GROUP_TARGETS.get(group))


def list_confusion(reports: Sequence[ScoredReport], topic: Topic | None = None) -> ConfusionRows:
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
    if expected not in (None, got):
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


def _build_groups_table(part: Part, run: ReportRun) -> Table:
    title = f"报告检查 {part}：按格式组 {tell_skipped(run)}"
    table = Table(title=title, title_justify="left")
    table.add_column("格式组", no_wrap=True)
    table.add_column("份数", justify="right", no_wrap=True)
    table.add_column("未查", justify="right", no_wrap=True)
    for measure in REPORT_MEASURES:
        table.add_column(_GROUP_MEASURES[measure.key], justify="right", no_wrap=True)
    rows = total_rows(run.of_part(part), "group")
    skipped = run.count_skipped(part)
    for name in dict.fromkeys((*rows, *skipped)):
        count, totals = rows.get(name, (0, {}))
        left_out = str(skipped[name] or NOTHING)
        table.add_row(title_row(name), str(count), left_out, *_mark_targets(name, totals))
    return table


def _mark_targets(group: str, totals: Totals) -> Iterator[str]:
    for measure in REPORT_MEASURES:
        text = format_tally(totals, measure)
        yield f"[red]{text}[/]" if is_missed(totals, target_group(group, measure)) else text


def _build_mutations_table(reports: Mapping[Part, Sequence[ScoredReport]]) -> Table:
    """Right of all, part by part, on the topics that the mutation is about; and what came."""
    title = f"报告检查：变异所涉主题（{' | '.join(reports)}；判定为各部分合计）"
    table = Table(title=title, title_justify="left")
    table.add_column("变异", no_wrap=True)
    table.add_column("对/共", justify="right", no_wrap=True)
    for verdict in VERDICTS:
        table.add_column(verdict, justify="right", no_wrap=True)
    rows = [group_reports(scored, "mutation") for scored in reports.values()]
    for name in sorted({name for part in rows for name in part}):
        counts = [count_verdicts(part.get(name, ()), name) for part in rows]
        shares = (f"{one['right']}/{sum(one[verdict] for verdict in VERDICTS)}" for one in counts)
        came = (sum(one[verdict] for one in counts) for verdict in VERDICTS)
        table.add_row(
            title_row(name), " | ".join(shares), *(str(count or NOTHING) for count in came)
        )
    return table


def _split_topics(
    reports: Sequence[ScoredReport],
) -> Iterator[tuple[str, ConfusionRows]]:
    yield "全部", list_confusion(reports)
    for topic in TOPICS:
        yield title_row(topic), list_confusion(reports, topic)


def _split_groups(
    reports: Sequence[ScoredReport],
) -> Iterator[tuple[str, ConfusionRows]]:
    for name, rows in group_reports(reports, "group").items():
        yield title_row(name), list_confusion(rows)


def _build_confusion_table(title: str, blocks: Iterable[tuple[str, ConfusionRows]]) -> Table:
    table = Table(title=f"{title}（行：应得，列：得出）", title_justify="left")
    for column in ("", "应得"):
        table.add_column(column, no_wrap=True)
    for verdict in VERDICTS:
        table.add_column(verdict, justify="right", no_wrap=True)
    for name, rows in blocks:
        table.add_section()
        for place, (expected, counts) in enumerate(rows):
            cells = (str(count or NOTHING) for count in counts)
            table.add_row("" if place else name, expected, *cells)
    return table
