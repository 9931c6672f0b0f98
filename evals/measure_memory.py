"""Very long reports -> the memory that ``zhengxin check`` takes over all its processes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from evals.make_large_report import write_large_docx, write_large_pdf
from evals.measure_processes import find_program, make_environment
from evals.measurement import Measurement
from evals.watch_memory import run_watched

PAGES = 1_000
TARGET_MEGABYTES = 500.0


def measure_memory(folder: Path) -> Iterator[Measurement]:
    """Check a DOCX and a PDF of 1,000 pages, the reading process included."""
    for name, write in (("docx", write_large_docx), ("pdf", write_large_pdf)):
        path = folder / f"long.{name}"
        write(path, pages=PAGES)
        yield measure_check(path, folder, name)


def measure_check(path: Path, folder: Path, name: str) -> Measurement:
    """The memory of the command over one file; ``folder`` is its data folder."""
    command = [*find_program(), "check", str(path), "--json"]
    taken, note = None, "本系统没有/proc，未测"
    try:
        taken = run_watched(command, make_environment(folder))
    except subprocess.CalledProcessError as fault:
        note = f"没有检查成，退出码{fault.returncode}"
    if taken is not None:
        note = f"{taken.processes}个进程同时占用的最高值；各自最高值之和{taken.bound:g} MB"
    return Measurement(
        key=f"memory_{name}",
        title=f"检查{PAGES}页{name.upper()}的内存",
        value=None if taken is None else taken.together,
        unit="MB",
        target=TARGET_MEGABYTES,
        note=note,
    )
