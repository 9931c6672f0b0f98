"""Working report cases -> files of every format to be damaged, with the verdicts of the whole."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from checkers.outline import Outline, Section
from checkers.read_report import read_report
from evals.convert_to_ofd import convert_to_ofd
from evals.reports.cases import load_cases
from evals.reports.convert_report import find_office

FORMATS = ("docx", "pdf", "ofd", "markdown", "text", "doc", "zip")
# What was done to the reports: some are whole, in the others the chapter on a topic is destroyed.
_MUTATIONS = (
    "as_written",
    "drop",
    "blank",
    "hollow",
    "placeholder",
    "skeleton",
    "mention",
    "contents_trap",
    "trap",
)
_OFFICE_SECONDS = 120


def write_seeds(folder: Path, format_name: str) -> list[Path]:
    """Write the files of one format; none where what makes it is not installed."""
    return list(_WRITERS[format_name](folder))


def _write_cases(folder: Path, format_name: str) -> Iterator[Path]:
    """Write the first working report with each mutation."""
    wanted = set(_MUTATIONS)
    for case in load_cases():
        is_fit = case.part == "working" and case.format == format_name and case.expected_is_report
        if is_fit and case.mutation in wanted:
            wanted.discard(case.mutation)
            yield case.write(folder)


def _write_docx(folder: Path) -> Iterator[Path]:
    return _write_cases(folder, "docx")


def _write_pdf(folder: Path) -> Iterator[Path]:
    return _write_cases(folder, "pdf")


def _write_ofd(folder: Path) -> Iterator[Path]:
    for path in list(_write_pdf(folder)):
        yield convert_to_ofd(path, path.with_suffix(".ofd"))


def _write_markdown(folder: Path) -> Iterator[Path]:
    for path in list(_write_docx(folder)):
        lines = _list_lines(read_report(path), lambda one: f"{'#' * one.level} {one.heading}\n")
        yield _write_lines(path.with_suffix(".md"), lines, "utf-8")


def _write_text(folder: Path) -> Iterator[Path]:
    for number, path in enumerate(list(_write_docx(folder))):
        lines = _list_lines(read_report(path), lambda one: one.heading)
        encoding = ("utf-8", "gb18030", "utf-16")[number % 3]
        yield _write_lines(path.with_suffix(".txt"), lines, encoding)


def _list_lines(outline: Outline, print_heading: Callable[[Section], str]) -> Iterator[str]:
    yield outline.title
    for section in outline.walk():
        yield print_heading(section)
        for block in section.body:
            yield block.text
            yield ""


def _write_lines(path: Path, lines: Iterator[str], encoding: str) -> Path:
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def _write_doc(folder: Path) -> Iterator[Path]:
    office = find_office()
    if office is None:
        return
    reports = list(_write_docx(folder))
    with TemporaryDirectory() as profile:
        command = [str(office), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", "doc:MS Word 97", "--outdir", str(folder), *map(str, reports)]
        subprocess.run(command, check=True, capture_output=True, timeout=_OFFICE_SECONDS)
    yield from (path.with_suffix(".doc") for path in reports)


def _write_zip(folder: Path) -> Iterator[Path]:
    reports = list(_write_docx(folder))
    for number, path in enumerate(reports):
        target = folder / f"pile-{number}.zip"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path, f"报告/{path.name}")
            archive.writestr("说明.txt", "本压缩包内为可行性研究报告。")
        yield target


_WRITERS: dict[str, Callable[[Path], Iterator[Path]]] = {
    "docx": _write_docx,
    "pdf": _write_pdf,
    "ofd": _write_ofd,
    "markdown": _write_markdown,
    "text": _write_text,
    "doc": _write_doc,
    "zip": _write_zip,
}
