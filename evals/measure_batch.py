"""A folder of reports -> time of a batch, beside the same files one after the other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.make_large_report import write_large_docx, write_large_pdf
from evals.measure_processes import find_program, make_environment
from evals.measurement import Measurement, take_median

FILES = 40
PAGES = 60
RUNS = 3
TARGET_SPEEDUP = 1.6
"""On two cores, starting the further processes included."""
_CORES_MEASURED = 2


def measure_batch(folder: Path) -> Iterator[Measurement]:
    """Check a folder as people do, and by one process that reads one file after the other."""
    reports = folder / "reports"
    write_reports(reports)
    batch = [*find_program(), "check", str(reports), "--json"]
    serial = [sys.executable, "-m", "evals.measure_batch", str(reports)]
    together: list[float] = []
    one_by_one: list[float] = []
    for _ in range(RUNS):  # In turns, so that a busy minute of the machine meets both.
        together.append(_time_command(batch, folder))
        one_by_one.append(_time_command(serial, folder))
    yield make_measurement(take_median(together), take_median(one_by_one), os.cpu_count() or 1)


def make_measurement(together: float, one_by_one: float, cores: int) -> Measurement:
    """The row of the batch; there is a target where there are two cores or more."""
    speedup = one_by_one / together
    return Measurement(
        key="batch",
        title=f"批量检查{FILES}份{PAGES}页报告（含启动）",
        value=together,
        unit="s",
        runs=RUNS,
        target=round(one_by_one / TARGET_SPEEDUP, 2) if cores >= _CORES_MEASURED else None,
        raw=one_by_one,
        raw_title="对照为单进程逐份检查",
        note=f"快{speedup:.2f}倍，目标{TARGET_SPEEDUP:g}倍，中位数",
    )


def write_reports(folder: Path) -> None:
    """Write as many Word files as PDFs."""
    folder.mkdir()
    for name, write in (("docx", write_large_docx), ("pdf", write_large_pdf)):
        first = folder / f"报告1.{name}"
        write(first, pages=PAGES)
        for number in range(2, FILES // 2 + 1):
            shutil.copy(first, folder / f"报告{number}.{name}")


def _time_command(command: Sequence[str], folder: Path) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, env=make_environment(folder), check=False, capture_output=True)
    if done.returncode > 1:
        raise subprocess.CalledProcessError(done.returncode, command, stderr=done.stderr)
    return time.perf_counter() - start


def check_one_by_one(folder: Path) -> int:
    """Check the files of a folder in this process; number of files."""
    from checkers.check_report import check_report
    from checkers.load_rules import load_rules
    from checkers.render_json import render_json
    from corpus.library import load_library

    library, rules = load_library(), load_rules()
    files = sorted(folder.iterdir())
    results = tuple(check_report(path, library=library, rules=rules) for path in files)
    sys.stdout.write(render_json(results))
    return len(files)


if __name__ == "__main__":
    check_one_by_one(Path(sys.argv[1]))
