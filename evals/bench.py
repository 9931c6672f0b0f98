"""Times and memory beside their targets: ``python -m evals.bench``.

Exit code 0 whatever the figures: they depend on the machine and are read, not gated.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.library import load_library
from evals.load_questions import load_questions
from evals.measure_peers import TITLES, ReaderRow, measure_peers
from evals.measurement import Measurement
from evals.print_evals import open_console
from evals.tabulate_readers import build_reader_table, export_readers, format_seconds

OUT_FOLDER = Path("out")
SECTIONS = ("ask", "cold", "check", "scans", "memory", "batch", "serve", "peers")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="bench", description="测量时间和内存。")
    parser.add_argument(
        "--only", choices=SECTIONS, action="append", help="只测这一项（可多次给出）"
    )
    parser.add_argument("--json", action="store_true", help="在标准输出打印一个JSON对象")
    parser.add_argument("--out", type=Path, default=OUT_FOLDER, help="结果文件夹")
    given = parser.parse_args(arguments)
    sections, progress = tuple(given.only or SECTIONS), Console(stderr=True)
    measurements = measure_all(sections, progress)
    readers = compare_readers(progress) if "peers" in sections else []
    exported = {**export_measurements(measurements), "readers": export_readers(readers)}
    given.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(exported, ensure_ascii=False, indent=2)
    (given.out / "bench.json").write_text(f"{text}\n", encoding="utf-8")
    if given.json:
        print(json.dumps(exported, ensure_ascii=False))
        return 0
    console = open_console()
    if measurements:
        console.print(build_table(measurements))
    if readers:
        console.print(build_reader_table(readers))
    return 0


def measure_all(sections: Sequence[str], progress: Console) -> list[Measurement]:
    """Take the measurements of the sections, each announced as it comes in."""
    taken: list[Measurement] = []
    with tempfile.TemporaryDirectory() as folder:
        for section in sections:
            for measurement in _measure_section(section, Path(folder)):
                progress.print(f"{measurement.title}：{format_value(measurement)}")
                taken.append(measurement)
    return taken


def _measure_section(section: str, folder: Path) -> Iterator[Measurement]:
    if section == "ask":
        from evals.measure_assistant import measure_assistant

        cases = load_questions(load_library())
        with tempfile.TemporaryDirectory(dir=folder) as empty:
            yield from measure_assistant(
                Path(empty), [case for case in cases if case.part == "working"]
            )
    elif section == "cold":
        from evals.measure_processes import measure_cold_command

        yield measure_cold_command(folder)
    elif section == "check":
        from evals.measure_checks import measure_checks

        yield from measure_checks(folder)
    elif section == "scans":
        from evals.measure_scans import measure_scans

        yield from measure_scans(folder)
    elif section == "memory":
        from evals.measure_memory import measure_memory

        yield from measure_memory(folder)
    elif section == "batch":
        from evals.measure_batch import measure_batch

        yield from measure_batch(folder)
    elif section == "serve":
        from evals.measure_processes import measure_server

        yield from measure_server()


def compare_readers(progress: Console) -> list[ReaderRow]:
    """Read the same reports with this project's reader and the peers, each announced."""
    rows: list[ReaderRow] = []
    with tempfile.TemporaryDirectory() as folder:
        for row in measure_peers(Path(folder)):
            progress.print(f"{row.files}：{TITLES[row.reader]}，{format_seconds(row)}")
            rows.append(row)
    return rows


def build_table(measurements: Sequence[Measurement]) -> Table:
    """Value, target and raw baseline side by side."""
    table = Table(title=f"基准测试（{describe_machine()}）", title_justify="left")
    table.add_column("项目")
    for heading in ("结果", "目标", "对照", "倍数"):
        table.add_column(heading, justify="right")
    table.add_column("说明")
    for taken in measurements:
        style = {True: "green", False: "red", None: ""}[taken.is_met]
        table.add_row(
            taken.title,
            f"[{style}]{format_value(taken)}[/]" if style else format_value(taken),
            "—" if taken.target is None else f"≤ {taken.target:g} {taken.unit}",
            "—" if taken.raw is None else f"{taken.raw:g} {taken.unit}",
            "—" if taken.ratio is None else f"{taken.ratio:.1f}×",
            "，".join(filter(None, (_tell_runs(taken), taken.raw_title, taken.note))),
        )
    return table


def format_value(taken: Measurement) -> str:
    """``0.41 s``; a dash where nothing was taken."""
    return "—" if taken.value is None else f"{taken.value:.4g} {taken.unit}"


def export_measurements(measurements: Sequence[Measurement]) -> dict[str, object]:
    """The JSON object of out/bench.json."""
    return {
        "machine": describe_machine(),
        "measurements": [
            {**asdict(taken), "met": taken.is_met, "ratio": taken.ratio} for taken in measurements
        ],
    }


def describe_machine() -> str:
    """System, interpreter and number of cores."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}，Python {platform.python_version()}，{os.cpu_count()}核"


def _tell_runs(taken: Measurement) -> str:
    return f"{taken.runs}次" if taken.runs > 1 else ""


if __name__ == "__main__":
    sys.exit(main())
