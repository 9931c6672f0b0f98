"""Curated cases -> scores -> table, files and gate: ``python -m evals.run_evals``.

Exit code 0: nothing dropped; 1: a score dropped against the baseline, a case crashed or a
case file is faulty; 2: the call was wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from corpus.library import Library, load_library
from evals.ask_questions import CaseDay, QuestionRun, ask_questions
from evals.compare_baseline import (
    BASELINE_FILE,
    Baseline,
    Drop,
    find_drops,
    freeze_totals,
    read_baseline,
    write_baseline,
)
from evals.errors import BaselineUnreadable
from evals.eval_result import EvalResult, select_cases
from evals.load_questions import PARTS, Part, QuestionCase, read_questions
from evals.print_evals import open_console, print_case, print_failing, print_result
from evals.score_answers import MEASURE_BY_KEY
from evals.tally_scores import Totals

if TYPE_CHECKING:
    from evals.score_reports import ReportRun

OUT_FOLDER = Path("out")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalOptions:
    """What to run and what to print.

    Attributes:
        parts: parts of the cases.
        questions: whether to ask the questions.
        reports: whether to check the reports.
        peers: whether to run the peers beside.
        as_json: print the JSON object instead of tables.
        only_failing: list the cases with a fault instead of the tables.
        full: whether all report cases are checked, not a share of them.
        wanted: ids or groups of single cases to show; nothing is gated or written then.
        update_baseline: rewrite the committed baseline with this run.
        out_folder: for evals.json, evals.html and the index.
        baseline_file: where the baseline is read and written.
    """

    parts: tuple[Part, ...] = PARTS
    questions: bool = True
    reports: bool = True
    peers: bool = True
    as_json: bool = False
    only_failing: bool = False
    full: bool = False
    wanted: tuple[str, ...] = ()
    update_baseline: bool = False
    out_folder: Path = OUT_FOLDER
    baseline_file: Path = BASELINE_FILE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    return run(parse_options(arguments))


def run(options: EvalOptions | None = None, *, as_json: bool = False) -> int:
    """Run the evaluation, print and write what it found.

    Args:
        options: all parts, questions and reports where none are given.
        as_json: used where no options are given.

    Returns:
        The exit code.
    """
    options = options or EvalOptions(as_json=as_json)
    progress = Console(stderr=True)
    result = evaluate(options, progress)
    if options.wanted or options.only_failing:
        _show_cases(open_console(), result, options)
        return 0
    if options.update_baseline:
        write_baseline(freeze_result(result), options.baseline_file)
        progress.print(f"已写入基线{options.baseline_file.name}。")
    result = compare_result(result, options.baseline_file)
    _write_files(result, options.out_folder)
    if options.as_json:
        from evals.export_evals import export_result

        print(json.dumps(export_result(result), ensure_ascii=False))
    else:
        print_result(open_console(), result)
    return 0 if result.is_good else 1


def evaluate(options: EvalOptions, progress: Console) -> EvalResult:
    """Run the cases; nothing is compared, printed or written."""
    start = time.perf_counter()
    library = load_library()
    result = EvalResult(parts=options.parts)
    if options.questions:
        cases, problems = read_questions(library)
        chosen = select_cases(cases, options.parts, options.wanted)
        result = replace(
            result,
            questions=_ask_all(chosen, options, progress) if chosen else None,
            peers=_run_peers(library, chosen, options, progress),
            problems=problems,
        )
    if options.reports:
        result = replace(result, reports=_check_all(library, options, progress))
    return replace(result, seconds=time.perf_counter() - start)


def compare_result(result: EvalResult, baseline_file: Path) -> EvalResult:
    """Compare the measured part with the baseline; without one there are no drops."""
    if "measured" not in result.parts:
        return result
    try:
        baseline = read_baseline(baseline_file)
    except BaselineUnreadable:
        return result
    drops: list[Drop] = []
    if result.questions is not None:
        now = result.total_questions()["measured"].overall
        drops.extend(find_drops("questions", baseline.questions, now, MEASURE_BY_KEY))
    if result.reports is not None:
        from evals.score_reports import REPORT_MEASURES, total_reports

        now = total_reports(result.reports, "measured")
        measures = {measure.key: measure for measure in REPORT_MEASURES}
        drops.extend(find_drops("reports", baseline.reports, now, measures))
    return replace(result, baseline=baseline, drops=tuple(drops))


def freeze_result(result: EvalResult) -> Baseline:
    """The measured part as it is committed."""
    questions: Totals = {}
    reports: Totals = {}
    if result.questions is not None and "measured" in result.parts:
        questions = result.total_questions()["measured"].overall
    if result.reports is not None:
        from evals.score_reports import total_reports

        reports = total_reports(result.reports, "measured")
    return Baseline(questions=freeze_totals(questions), reports=freeze_totals(reports))


def parse_options(arguments: Sequence[str] | None) -> EvalOptions:
    """Parse the command line; a wrong call exits with 2."""
    parser = argparse.ArgumentParser(prog="evals", description="运行评测并与基线比较。")
    parser.add_argument("--part", choices=[*PARTS, "all"], default="all", help="题目的哪一部分")
    parser.add_argument("--only", choices=["questions", "reports"], help="只跑问答或只查报告")
    parser.add_argument("--no-peers", action="store_true", help="不跑对照方案")
    parser.add_argument("--only-failing", action="store_true", help="只列出有差错的题")
    parser.add_argument(
        "--case", action="append", default=[], metavar="ID", help="只看这一题（可多次给出）"
    )
    parser.add_argument(
        "--full", action="store_true", help="检查全部报告（含全部扫描件，约一刻钟），不只一部分"
    )
    parser.add_argument("--json", action="store_true", help="在标准输出打印一个JSON对象")
    parser.add_argument("--update-baseline", action="store_true", help="用本次结果改写基线")
    parser.add_argument("--out", type=Path, default=OUT_FOLDER, help="结果文件夹")
    given = parser.parse_args(arguments)
    filtered = given.part == "working" or given.only or given.case or given.full
    if given.update_baseline and filtered:
        parser.error("--update-baseline要跑measured部分的问答和报告，不能与其他筛选一起用。")
    listing = bool(given.only_failing or given.case)
    return EvalOptions(
        parts=PARTS if given.part == "all" else (given.part,),
        questions=given.only != "reports",
        reports=given.only != "questions",
        peers=not (given.no_peers or listing),
        as_json=given.json,
        only_failing=given.only_failing,
        full=given.full,
        wanted=tuple(given.case),
        update_baseline=given.update_baseline,
        out_folder=given.out,
    )


def _ask_all(
    cases: tuple[QuestionCase, ...], options: EvalOptions, progress: Console
) -> QuestionRun:
    from assistant.assistant import open_assistant
    from assistant.settings import Settings

    # A data folder of its own: regulations that the user added must not sway the scores.
    data_folder = options.out_folder / "evals-data"
    data_folder.mkdir(parents=True, exist_ok=True)
    progress.print(f"回答{len(cases)}题……")
    day = CaseDay()
    assistant = open_assistant(Settings(data_folder=data_folder), clock=day)
    # The first question loads words and caches; it is asked twice and timed the second time.
    ask_questions(cases[:1], assistant, day=day)
    return ask_questions(cases, assistant, day=day)


def _check_all(library: Library, options: EvalOptions, progress: Console) -> ReportRun | None:
    if find_spec("reportlab") is None:
        progress.print("没有安装reportlab（开发依赖），不查报告。")
        return None
    from evals.check_report_cases import check_reports

    progress.print("检查报告……")
    folder = options.out_folder / "report-cases"
    return check_reports(options.parts, library, folder, options.wanted, full=options.full)


def _run_peers(
    library: Library, cases: tuple[QuestionCase, ...], options: EvalOptions, progress: Console
) -> dict[str, dict[Part, Totals]]:
    from evals.peer_langchain import PEER_TITLES, is_peer_installed, open_peer, total_peer

    if not options.peers:
        return {}
    if not is_peer_installed():
        progress.print("没有安装langchain-text-splitters，不跑对照方案。")
        return {}
    progress.print("对照方案……")
    kept = options.out_folder / "peers.json"
    peers = {title: open_peer(name, library, kept) for name, title in PEER_TITLES.items()}
    return {
        title: {
            part: total_peer(peer, [case for case in cases if case.part == part])
            for part in options.parts
        }
        for title, peer in peers.items()
    }


def _show_cases(console: Console, result: EvalResult, options: EvalOptions) -> None:
    for problem in result.problems:
        console.print(problem, markup=False)
    if result.questions is not None:
        if options.wanted:
            for scored in result.questions.scored:
                print_case(console, scored)
        else:
            print_failing(console, result.questions.scored)
    if result.reports is not None:
        from evals.print_reports import print_failing_reports, print_report

        if options.wanted:
            for report in result.reports.scored:
                print_report(console, report)
        else:
            print_failing_reports(console, result.reports)
    for sentence in result.crash_sentences:
        console.print(f"运行出错 {sentence}", markup=False)


def _write_files(result: EvalResult, folder: Path) -> None:
    from evals.export_evals import export_result
    from evals.render_evals import render_page

    folder.mkdir(parents=True, exist_ok=True)
    exported = json.dumps(export_result(result), ensure_ascii=False, indent=2)
    (folder / "evals.json").write_text(f"{exported}\n", encoding="utf-8")
    (folder / "evals.html").write_text(render_page(result), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
