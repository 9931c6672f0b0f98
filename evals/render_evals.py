"""Eval result -> one self-contained HTML page with plots and every wrong case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from evals.draw_charts import Chart, ChartRow, draw_chart, draw_legend
from evals.eval_result import EvalResult
from evals.load_questions import Part
from evals.print_evals import (
    DIMENSION_TITLES,
    NOTHING,
    format_citations,
    format_shares,
    format_tally,
    format_target,
    is_missed,
)
from evals.row_titles import title_row
from evals.score_answers import MEASURES, Measure, format_articles
from evals.tally_scores import QuestionTotals, ScoredCase, Totals

_STYLE_FILE = Path(__file__).parent / "page.css"
# Plots by kind and region show the scores that the issue bounds; the table has all.
_PLOTTED = ("recall_at_1", "recall_at_5", "facts", "citation_precision")


def render_page(result: EvalResult) -> str:
    """Render the page; it refers to nothing outside itself."""
    sections = [_render_head(result)]
    totals = result.total_questions()
    if totals:
        sections += [_render_overall(result, totals), _render_dimensions(totals)]
    if result.reports is not None:
        from evals.render_report_scores import render_reports

        sections.append(render_reports(result))
    if result.questions is not None:
        sections.append(_render_wrong_cases(result.questions.scored))
    style = _STYLE_FILE.read_text(encoding="utf-8")
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>政信评测</title><style>{style}</style></head>"
        f"<body>{''.join(sections)}</body></html>\n"
    )


def render_table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, safe: bool = False
) -> str:
    """An HTML table; cells are escaped unless they are ``safe`` HTML already."""

    def fill(tag: str, cells: Sequence[str]) -> str:
        return "".join(f"<{tag}>{cell if safe else escape(cell)}</{tag}>" for cell in cells)

    body = "".join(f"<tr>{fill('td', row)}</tr>" for row in rows)
    return (
        f'<div class="scroll"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{fill('th', head)}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _render_head(result: EvalResult) -> str:
    faults = [
        *(f"低于基线：{drop.sentence}" for drop in result.drops),
        *(f"运行出错：{sentence}" for sentence in result.crash_sentences),
        *(f"题目有误：{problem}" for problem in result.problems),
    ]
    verdict = (
        '<span class="good">通过</span>' if result.is_good else '<span class="bad">未通过</span>'
    )
    compared = "" if result.baseline else "（没有可比的基线）"
    listed = "".join(f'<li class="bad">{escape(fault)}</li>' for fault in faults)
    return (
        f"<h1>政信评测：{verdict}</h1>"
        f'<p class="soft">用时{result.seconds:.1f}秒{compared}。working部分用来改进，'
        "measured部分只测不调。</p>"
        f"<ul>{listed}</ul>"
    )


def _render_overall(result: EvalResult, totals: Mapping[Part, QuestionTotals]) -> str:
    columns = [(f"{part}（{total.cases}题）", total.overall) for part, total in totals.items()]
    rows = [
        [
            measure.title,
            format_target(measure),
            *(_color_tally(total, measure) for _, total in columns),
            *(format_shares(peer.values(), measure.key) for peer in result.peers.values()),
        ]
        for measure in MEASURES
    ]
    times = [
        f"{total.milliseconds[0]:.0f} / {total.milliseconds[1]:.0f}"
        if total.milliseconds
        else NOTHING
        for total in totals.values()
    ]
    rows.append(["毫秒 p50 / p95", "≤ 60 (p95)", *times, *[NOTHING] * len(result.peers)])
    head = ["指标", "目标", *(name for name, _ in columns), *result.peers]
    return (
        "<h2>问答</h2>"
        + _plot_overall(result, totals)
        + render_table("全部题目（对照方案取前4块，依次为各部分）", head, rows, safe=True)
    )


def _plot_overall(result: EvalResult, totals: Mapping[Part, QuestionTotals]) -> str:
    last: Part = "measured" if "measured" in totals else "working"
    series = (*totals, *(f"{''.join(peer.split())} {last}" for peer in result.peers))
    sources = [
        *(total.overall for total in totals.values()),
        *(parts[last] for parts in result.peers.values()),
    ]
    rows = tuple(
        ChartRow(
            name=measure.title,
            shares=tuple(_take_share(source, measure.key) for source in sources),
            target=measure.target,
        )
        for measure in MEASURES
        if measure.unit == "share"
    )
    chart = Chart(title="各项指标", series=series, rows=rows)
    return draw_legend(series) + draw_chart(chart)


def _render_dimensions(totals: Mapping[Part, QuestionTotals]) -> str:
    return "".join(
        f"<h2>按{title}</h2>" + _render_dimension(dimension, title, totals)
        for dimension, title in DIMENSION_TITLES.items()
    )


def _render_dimension(dimension: str, title: str, totals: Mapping[Part, QuestionTotals]) -> str:
    names = list(dict.fromkeys(name for total in totals.values() for name in total.rows[dimension]))
    measures = [measure for measure in MEASURES if measure.key in _PLOTTED]
    charts = "".join(
        draw_chart(_chart_dimension(measure, names, dimension, totals)) for measure in measures
    )
    tables = "".join(
        _table_dimension(part, title, dimension, total) for part, total in totals.items()
    )
    return f'{draw_legend(tuple(totals))}<div class="charts">{charts}</div>{tables}'


def _chart_dimension(
    measure: Measure,
    names: Iterable[str],
    dimension: str,
    totals: Mapping[Part, QuestionTotals],
) -> Chart:
    rows = (
        ChartRow(
            name=title_row(name),
            shares=tuple(
                _take_share(total.rows[dimension].get(name, (0, {}))[1], measure.key)
                for total in totals.values()
            ),
            target=measure.target,
        )
        for name in names
    )
    known = tuple(row for row in rows if any(share is not None for share in row.shares))
    return Chart(title=measure.title, series=tuple(totals), rows=known)


def _table_dimension(part: Part, title: str, dimension: str, total: QuestionTotals) -> str:
    rows = (
        [
            title_row(name),
            str(count),
            *(_color_tally(row, measure) for measure in MEASURES),
        ]
        for name, (count, row) in total.rows[dimension].items()
    )
    head = [title, "题数", *(measure.title for measure in MEASURES)]
    return render_table(part, head, rows, safe=True)


def _render_wrong_cases(scored: Iterable[ScoredCase]) -> str:
    wrong = [result for result in scored if result.faults]
    listed = "".join(_render_case(result) for result in wrong)
    return f"<h2>有差错的题（{len(wrong)}）</h2>{listed}"


def _render_case(result: ScoredCase) -> str:
    case, answer = result.case, result.answer
    entries = [
        ("前问", " → ".join(case.history)),
        ("应", f"{case.status}　{format_articles(case.must_cite)}"),
        ("可引", format_articles(case.may_cite)),
        ("要点", "；".join(case.facts)),
        ("得", f"{answer.status}　{format_citations(result)}"),
        ("差错", "\n".join(fault.reason for fault in result.faults)),
        ("正文", answer.text),
        ("注", case.note or ""),
    ]
    listed = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in entries if text)
    keys = "，".join(fault.key for fault in result.faults)
    return (
        f"<details><summary><code>{escape(case.id)}</code>{escape(case.question)} "
        f'<span class="soft">{case.kind} · {keys}</span></summary><dl>{listed}</dl></details>'
    )


def _color_tally(totals: Totals, measure: Measure) -> str:
    text = escape(format_tally(totals, measure))
    return f'<span class="bad">{text}</span>' if is_missed(totals, measure) else text


def _take_share(totals: Totals, key: str) -> float | None:
    tally = totals.get(key)
    return None if tally is None else tally.share
