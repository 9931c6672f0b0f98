"""Eval result -> tables and case listings for the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corpus.article_ref import ArticleRef
from evals.eval_result import EvalResult
from evals.load_questions import Part
from evals.row_titles import title_row
from evals.score_answers import MEASURES, Measure, format_articles
from evals.tally_scores import QuestionTotals, ScoredCase, Tally, Totals

DIMENSION_TITLES: Mapping[str, str] = {"kind": "题型", "region": "地区", "style": "问法"}
# The measures that fit beside each other in the tables by kind, region and style.
_ROW_MEASURES: Mapping[str, str] = {
    "recall_at_1": "R@1",
    "recall_at_5": "R@5",
    "facts": "要点",
    "citation_precision": "引准",
    "refusals": "该拒",
    "wrong_refusals": "误拒",
    "scenarios": "测算",
}
NOTHING = "—"
_FILE_WIDTH = 120


def open_console() -> Console:
    """Standard output; wide enough for the tables where it is a file or a pipe."""
    return Console() if sys.stdout.isatty() else Console(width=_FILE_WIDTH)


def print_result(console: Console, result: EvalResult) -> None:
    """Print the whole result: totals, rows, what dropped and what crashed."""
    totals = result.total_questions()
    if totals:
        console.print(build_overall_table(result, totals))
        for dimension, title in DIMENSION_TITLES.items():
            console.print(_build_rows_table(dimension, title, totals))
    if result.reports is not None:
        from evals.print_reports import build_report_tables

        for table in build_report_tables(result):
            console.print(table)
    _print_faults(console, result)


def build_overall_table(result: EvalResult, totals: Mapping[Part, QuestionTotals]) -> Table:
    """Measures down, parts and peers across."""
    table = Table(title="问答：全部题目（对照方案取前4块）", title_justify="left")
    table.add_column("指标")
    table.add_column("目标", justify="right", no_wrap=True)
    for part, total in totals.items():
        table.add_column(f"{part}\n{total.cases}题", justify="right", no_wrap=True)
    for peer in result.peers:
        table.add_column(peer, justify="right", style="dim")
    for measure in MEASURES:
        own = [_mark_missed(total.overall, measure) for total in totals.values()]
        others = [format_shares(peer.values(), measure.key) for peer in result.peers.values()]
        table.add_row(measure.title, format_target(measure), *own, *others)
    times = [_format_times(total) for total in totals.values()]
    table.add_row("毫秒 p50 / p95", "≤ 40 (p95)", *times, *([NOTHING] * len(result.peers)))
    return table


def _build_rows_table(dimension: str, title: str, totals: Mapping[Part, QuestionTotals]) -> Table:
    table = Table(title=f"问答：按{title}（{' | '.join(totals)}）", title_justify="left")
    table.add_column(title, no_wrap=True)
    table.add_column("题数", justify="right", no_wrap=True)
    for short in _ROW_MEASURES.values():
        table.add_column(short, justify="right", no_wrap=True)
    names = dict.fromkeys(name for total in totals.values() for name in total.rows[dimension])
    for name in names:
        rows = [total.rows[dimension].get(name, (0, {})) for total in totals.values()]
        shares = [format_shares((row for _, row in rows), key) for key in _ROW_MEASURES]
        table.add_row(title_row(name), " | ".join(str(count) for count, _ in rows), *shares)
    return table


def print_case(console: Console, result: ScoredCase) -> None:
    """Print one case in full: question, expected, got, text."""
    case, answer = result.case, result.answer
    console.rule(f"{case.id}  {case.kind}/{case.style}  {case.part}", align="left")
    for earlier in case.history:
        console.print(f"[dim]前问[/]  {escape(earlier)}")
    region = f"  [dim]（已选地区 {case.region}）[/]" if case.region else ""
    console.print(f"[bold]问[/]    {escape(case.question)}{region}")
    console.print(
        f"[green]应[/]    {case.status}  {format_articles(case.must_cite)}"
        f"  可引 {format_articles(case.may_cite) or NOTHING}"
    )
    if case.facts:
        console.print(f"[green]要点[/]  {escape('；'.join(case.facts))}")
    console.print(
        f"[yellow]得[/]    {answer.status}  {format_citations(result)}"
        f"  {result.milliseconds:.0f} ms"
    )
    for fault in result.faults:
        console.print(f"[red]差[/]    {fault.key}：{escape(fault.reason)}")
    console.print(f"[dim]正文[/]  {escape(answer.text)}")
    if case.note:
        console.print(f"[dim]注[/]    {escape(case.note)}")


def print_failing(console: Console, results: Iterable[ScoredCase]) -> None:
    """Print the cases with a fault.

    Cases of the measured part are only named: who reads them tunes on them.
    """
    failing = [result for result in results if result.faults]
    for result in failing:
        if result.case.part == "working":
            print_case(console, result)
    measured = [result for result in failing if result.case.part == "measured"]
    if measured:
        console.rule("measured：只列编号，以免照题调整（--case ID 可看单题）", align="left")
    for result in measured:
        faults = "，".join(fault.key for fault in result.faults)
        console.print(f"{result.case.id}  {result.case.kind}  {faults}")
    console.print(f"{len(failing)}题有差错。")


def format_citations(result: ScoredCase) -> str:
    """Citations and, behind a bar, related entries, down to 款 and 项."""
    answer = result.answer
    parts = (
        "、".join(_format_provision(citation.ref) for citation in citations)
        for citations in (answer.citations, answer.related)
    )
    return " ‖ ".join(part or NOTHING for part in parts)


def format_target(measure: Measure) -> str:
    """The target with its sign, e.g. ``≥ 0.97``."""
    if measure.target is None:
        return NOTHING
    return f"{'≥' if measure.better == 'high' else '≤'} {measure.target:g}"


def _format_provision(ref: ArticleRef) -> str:
    inner = [f".{number}" for number in (ref.paragraph, ref.item) if ref.paragraph and number]
    return format_articles([ref]) + "".join(inner)


def format_tally(totals: Totals, measure: Measure) -> str:
    """A share with its counts, or the bare counts of a measure that is counted."""
    tally = totals.get(measure.key)
    if tally is None or tally.share is None:
        return NOTHING
    counts = f"{tally.numerator:g}/{tally.denominator:g}"
    return counts if measure.unit == "count" else f"{tally.share:.3f} {counts:>9}"


def format_shares(totals: Iterable[Totals], key: str) -> str:
    """The shares of one measure side by side, e.g. ``0.86 | 0.94``; alike ``—`` are one."""
    shares = [_format_share(total.get(key)) for total in totals]
    return " | ".join(shares) if set(shares) != {NOTHING} else NOTHING


def is_missed(totals: Totals, measure: Measure) -> bool:
    """Whether a measure was taken and falls short of its target."""
    tally = totals.get(measure.key)
    if tally is None or tally.share is None:
        return False
    return not measure.is_met(tally.numerator if measure.unit == "count" else tally.share)


def _mark_missed(totals: Totals, measure: Measure) -> str:
    text = format_tally(totals, measure)
    return f"[red]{text}[/]" if is_missed(totals, measure) else text


def _format_share(tally: Tally | None) -> str:
    return NOTHING if tally is None or tally.share is None else f"{tally.share:.2f}"


def _format_times(total: QuestionTotals) -> str:
    if total.milliseconds is None:
        return NOTHING
    median, high = total.milliseconds
    return f"{median:.0f} / {high:.0f}"


def _print_faults(console: Console, result: EvalResult) -> None:
    for problem in result.problems:
        console.print(f"[red]题目有误[/] {escape(problem)}")
    for sentence in result.crash_sentences:
        console.print(f"[red]运行出错[/] {escape(sentence)}")
    for drop in result.drops:
        console.print(f"[red]低于基线[/] {drop.sentence}")
    if result.baseline is None:
        console.print("[yellow]没有可比的基线。[/]")
    elif not result.drops:
        console.print("[green]与基线相比没有下降。[/]")
