"""Scores of the report cases -> the section of the HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from checkers.finding import TOPICS, Topic
from evals.draw_charts import Chart, ChartRow, draw_chart, draw_legend
from evals.eval_result import EvalResult
from evals.load_questions import Part
from evals.print_evals import NOTHING, format_tally, is_missed
from evals.print_reports import VERDICTS, list_confusion, target_group, tell_skipped
from evals.render_evals import render_table
from evals.row_titles import title_row
from evals.score_reports import (
    REPORT_DIMENSIONS,
    REPORT_MEASURES,
    ReportRun,
    ScoredReport,
    count_verdicts,
    group_reports,
    total_rows,
    total_verdicts,
)
from evals.tally_scores import Totals

_PLOTTED = "verdicts"


def render_reports(result: EvalResult) -> str:
    """Totals, groups, plots of the five-way accuracy, mutations, confusion, wrong cases."""
    if result.reports is None:
        return ""
    run, parts = result.reports, result.parts
    plots = "".join(_plot_dimension(run, parts, dimension) for dimension in REPORT_DIMENSIONS)
    groups = "".join(_render_groups(part, run) for part in parts)
    confusion = "".join(_render_confusion(part, run.of_part(part)) for part in parts)
    return (
        f"<h2>报告检查</h2><p>{escape(tell_skipped(run))}</p>{_render_totals(run, parts)}{groups}"
        f'{draw_legend(parts)}<div class="charts">{plots}</div>{_render_mutations(run, parts)}'
        f"{confusion}{_render_wrong(run.scored)}"
    )


def _render_totals(run: ReportRun, parts: Sequence[Part]) -> str:
    totals = [total_verdicts(run.of_part(part)) for part in parts]
    head = ["指标", *(f"{part}（{len(run.of_part(part))}份）" for part in parts)]
    rows = (
        [measure.title, *(format_tally(total, measure) for total in totals)]
        for measure in REPORT_MEASURES
    )
    return render_table("全部报告", head, rows)


def _render_groups(part: Part, run: ReportRun) -> str:
    rows = total_rows(run.of_part(part), "group")
    skipped = run.count_skipped(part)
    head = ["格式组", "份数", "未查", *(measure.title for measure in REPORT_MEASURES)]
    cells = [
        [
            escape(title_row(name)),
            str(rows.get(name, (0, {}))[0]),
            str(skipped[name] or NOTHING),
            *_mark_targets(name, rows.get(name, (0, {}))[1]),
        ]
        for name in dict.fromkeys((*rows, *skipped))
    ]
    return render_table(f"按格式组 {part}", head, cells, safe=True)


def _mark_targets(group: str, totals: Totals) -> Iterator[str]:
    for measure in REPORT_MEASURES:
        text = escape(format_tally(totals, measure))
        is_short = is_missed(totals, target_group(group, measure))
        yield f'<span class="bad">{text}</span>' if is_short else text


def _render_mutations(run: ReportRun, parts: Sequence[Part]) -> str:
    rows = [group_reports(run.of_part(part), "mutation") for part in parts]
    cells = []
    for name in sorted({name for part in rows for name in part}):
        counts = [count_verdicts(part.get(name, ()), name) for part in rows]
        shares = [f"{one['right']}/{sum(one[verdict] for verdict in VERDICTS)}" for one in counts]
        came = [str(sum(one[verdict] for one in counts) or NOTHING) for verdict in VERDICTS]
        cells.append([name, *shares, *came])
    head = ["变异", *(f"{part} 对/共" for part in parts), *VERDICTS]
    return render_table("变异所涉主题（判定为各部分合计）", head, cells)


def _plot_dimension(run: ReportRun, parts: Sequence[Part], dimension: str) -> str:
    rows = [total_rows(run.of_part(part), dimension) for part in parts]
    names = dict.fromkeys(name for part in rows for name in part)
    chart_rows = tuple(
        ChartRow(name=name, shares=tuple(_take_share(part.get(name, (0, {}))[1]) for part in rows))
        for name in names
    )
    title = f"五类判定正确率：按{REPORT_DIMENSIONS[dimension]}"
    return draw_chart(Chart(title=title, series=tuple(parts), rows=chart_rows))


def _render_confusion(part: Part, reports: Sequence[ScoredReport]) -> str:
    by_topic = (
        _tabulate_confusion(f"判定对照 {part}：{topic}", reports, topic) for topic in TOPICS
    )
    by_group = (
        _tabulate_confusion(f"判定对照 {part}：{title_row(name)}", rows)
        for name, rows in group_reports(reports, "group").items()
    )
    return "".join((_tabulate_confusion(f"判定对照 {part}：全部", reports), *by_topic, *by_group))


def _tabulate_confusion(
    caption: str, reports: Sequence[ScoredReport], topic: Topic | None = None
) -> str:
    rows = [
        [
            escape(name),
            *(_mark(count, name == got) for count, got in zip(counts, VERDICTS, strict=True)),
        ]
        for name, counts in list_confusion(reports, topic)
    ]
    return render_table(caption, ["应得 ↓ 得出 →", *VERDICTS], rows, safe=True)


def _mark(count: int, is_right: bool) -> str:
    if not count:
        return NOTHING
    return f'<span class="{"good" if is_right else "bad"}">{count}</span>'


def _render_wrong(reports: Sequence[ScoredReport]) -> str:
    wrong = [report for report in reports if report.faults]
    listed = "".join(
        f"<details><summary><code>{escape(report.case_id)}</code>"
        f"{escape('；'.join(report.faults))}</summary><dl>{_list_evidence(report)}</dl></details>"
        for report in wrong
        if report.part == "working"
    )
    # Who reads these tunes on them, so they are only named.
    measured = "、".join(report.case_id for report in wrong if report.part == "measured")
    named = f"<p>measured：<code>{escape(measured)}</code></p>" if measured else ""
    return f"<h2>判错的报告（{len(wrong)}）</h2>{listed}{named}"


def _list_evidence(report: ScoredReport) -> str:
    rows = "；".join(f"{name} {'+'.join(names)}" for name, names in report.rows.items())
    told = "".join(
        f"<dt>{escape(topic)}</dt><dd>{escape(text)}</dd>"
        for topic, text in report.evidence.items()
    )
    return f"<dt>用例</dt><dd>{escape(rows)}</dd>{told}"


def _take_share(totals: Totals) -> float | None:
    tally = totals.get(_PLOTTED)
    return None if tally is None else tally.share
