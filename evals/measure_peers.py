"""The same reports read by this project, markitdown and docling -> time and headings found.

Each reader runs in a process of its own and is warm when it is timed; the others in the
environment that ``make bench-peers`` sets up. What can't be run stands there with its reason.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Literal

from evals.make_large_report import list_headings, write_large_docx, write_large_pdf
from evals.reports.cases import ReportCase, load_cases
from evals.reports.number_headings import number_nodes
from evals.score_headings import (
    HeadingScore,
    TrueHeading,
    add_heading_scores,
    score_headings,
)

PEERS_PYTHON = Path(".venv-peers/bin/python")
PAGES = 350
RUNS = 3
_SECONDS = 900.0
_SCRIPT = Path(__file__).with_name("peer_readers.py")
_LARGE_TITLE = "某县一体化政务服务平台项目可行性研究报告"
_PEERS = ("markitdown", "docling", "docling-native")
TITLES = {
    "zhengxin": "本项目",
    "markitdown": "markitdown",
    "docling": "docling",
    "docling-native": "docling（不用模型）",
}
_NOT_INSTALLED = "没有对照环境，先运行 make bench-peers"
# docling says it in a paragraph of English.
_NO_WEIGHTS = "LocalEntryNotFoundError"
_WEIGHTS_REASON = "版面模型的权重要从模型库下载，本机没有，未测"
_PLAIN_TEXT = "只给文字行，不分标题"

FileFormat = Literal["docx", "pdf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """A file to be read and the headings that it has."""

    path: Path
    title: str
    headings: tuple[TrueHeading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderRow:
    """What one reader did with one set of files.

    Attributes:
        files: what they are, in Chinese.
        reader: key of ``TITLES``.
        seconds: sum over the files of the median of their runs; None where one can't be read.
        score: None likewise.
        note: why there is no figure, or what the figure leaves out.
    """

    files: str
    reader: str
    seconds: float | None = None
    score: HeadingScore | None = None
    note: str = ""


def measure_peers(folder: Path, python: Path = PEERS_PYTHON) -> Iterator[ReaderRow]:
    """Read each set of files with each reader; ``python`` is the interpreter of the peers."""
    for file_format in ("docx", "pdf"):
        for name, files in _list_sets(folder, file_format):
            yield run_reader("zhengxin", name, files, Path(sys.executable), folder)
            for peer in _PEERS:
                if peer == "docling-native" and file_format == "docx":
                    continue  # Word files need no model in the first place.
                yield run_reader(peer, name, files, python, folder)


def _list_sets(
    folder: Path, file_format: FileFormat
) -> Iterator[tuple[str, tuple[ReportFile, ...]]]:
    cases = tuple(_write_case(case, folder) for case in _choose_cases(file_format))
    yield f"{len(cases)}份不同做法的{file_format.upper()}", cases
    yield f"{PAGES}页{file_format.upper()}", (_write_large(folder, file_format),)


def _choose_cases(file_format: FileFormat) -> Iterator[ReportCase]:
    """Yield the first working report in each make, as it was written."""
    taken: set[str] = set()
    for case in load_cases(full=True):
        fits = case.part == "working" and case.format == file_format and not case.steps
        if fits and case.make not in taken and not case.missing_tools:
            taken.add(case.make)
            yield case


def _write_case(case: ReportCase, folder: Path) -> ReportFile:
    report = case.report
    headings = tuple(
        TrueHeading(level=numbered.level, number=numbered.number.strip(), title=numbered.node.title)
        for numbered in number_nodes(report.chapters, report.numbering)
        if numbered.node.is_seen
    )
    return ReportFile(path=case.write(folder), title=report.title, headings=headings)


def _write_large(folder: Path, file_format: FileFormat) -> ReportFile:
    path = folder / f"large.{file_format}"
    write = write_large_docx if file_format == "docx" else write_large_pdf
    write(path, pages=PAGES)
    headings = tuple(
        TrueHeading(level=level, number=text.split()[0], title=text.split(maxsplit=1)[1])
        for level, text in list_headings(file_format, PAGES)
    )
    return ReportFile(path=path, title=_LARGE_TITLE, headings=headings)


def run_reader(
    reader: str, name: str, files: Sequence[ReportFile], python: Path, folder: Path
) -> ReaderRow:
    """Run one reader over a set of files in a process of its own."""
    if not python.exists():
        return ReaderRow(files=name, reader=reader, note=_NOT_INSTALLED)
    target = folder / f"{reader}.json"
    command = [str(python), "-I", str(_SCRIPT), reader, str(RUNS), str(target)]
    command += [str(file.path) for file in files]
    # Nothing is fetched: a model that is not on this machine is one that can't be run.
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, env=environment)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as fault:
        return ReaderRow(files=name, reader=reader, note=_tell_failure(fault))
    told = json.loads(target.read_text(encoding="utf-8"))
    return make_row(name, reader, files, told)


def make_row(
    name: str, reader: str, files: Sequence[ReportFile], told: Mapping[str, Mapping[str, Any]]
) -> ReaderRow:
    """Sum up what a reader told of each file; one file that can't be read leaves no figure."""
    answers = [told[str(file.path)] for file in files]
    errors = [str(answer["error"]) for answer in answers if "error" in answer]
    if errors:
        reason = _WEIGHTS_REASON if _NO_WEIGHTS in errors[0] else errors[0].splitlines()[0]
        return ReaderRow(files=name, reader=reader, note=reason)
    scores = [
        score_headings(
            file.headings, [(level, text) for level, text in answer["headings"]], file.title
        )
        for file, answer in zip(files, answers, strict=True)
    ]
    return ReaderRow(
        files=name,
        reader=reader,
        seconds=round(sum(median(answer["seconds"]) for answer in answers), 3),
        score=add_heading_scores(scores),
        note="" if any(score.found for score in scores) else _PLAIN_TEXT,
    )


def _tell_failure(fault: subprocess.SubprocessError) -> str:
    if isinstance(fault, subprocess.CalledProcessError):
        lines = fault.stderr.decode(errors="replace").strip().splitlines()
        return f"没有运行起来：{lines[-1] if lines else fault.returncode}"
    return f"超过{_SECONDS:.0f}秒，已停止"
