"""Working report cases -> files of every format to be damaged, with the verdicts of the whole."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL.Image import Image

from checkers.outline import Outline, Section
from checkers.read_report import read_report
from evals.convert_to_ofd import convert_to_ofd
from evals.reports.cases import load_cases
from evals.reports.convert_report import find_office

FORMATS = ("docx", "pdf", "ofd", "markdown", "text", "doc", "zip", "scan", "image")
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
# Recognising a page takes seconds, so that few of them are kept.
_MOST_SCANS, _MOST_SCANNED_PAGES = 3, 4
_SCAN_SCALE = 150 / 72
_PICTURE_SUFFIXES = ("tiff", "png", "jpeg")


def write_seeds(folder: Path, format_name: str) -> list[Path]:
    """Write the files of one format; none where what makes it is not installed."""
    return list(_WRITERS[format_name](folder))


def _write_cases(folder: Path, format_name: str) -> Iterator[Path]:
    """Write the first working report with each mutation."""
    wanted = set(_MUTATIONS)
    for case in load_cases(full=True):
        is_fit = case.part == "working" and case.format == format_name and case.expected_is_report
        if is_fit and case.file_step is None and case.mutation in wanted:
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


def _write_scan(folder: Path) -> Iterator[Path]:
    for path in list(_write_pdf(folder))[:_MOST_SCANS]:
        first, *others = _draw_pages(path)
        target = path.with_name(f"{path.stem}-scan.pdf")
        first.save(target, "PDF", save_all=True, append_images=others)
        yield target


def _write_image(folder: Path) -> Iterator[Path]:
    for number, path in enumerate(list(_write_pdf(folder))[:_MOST_SCANS]):
        first, *others = _draw_pages(path)
        suffix = _PICTURE_SUFFIXES[number % len(_PICTURE_SUFFIXES)]
        target = path.with_suffix(f".{suffix}")
        if suffix == "tiff":
            first.save(target, save_all=True, append_images=others)
        else:
            first.save(target)
        yield target


def _draw_pages(path: Path) -> list[Image]:
    document = pypdfium2.PdfDocument(path)
    pages = range(min(len(document), _MOST_SCANNED_PAGES))
    pictures = [document[page].render(scale=_SCAN_SCALE, grayscale=True).to_pil() for page in pages]
    document.close()
    return pictures


_WRITERS: dict[str, Callable[[Path], Iterator[Path]]] = {
    "docx": _write_docx,
    "pdf": _write_pdf,
    "ofd": _write_ofd,
    "markdown": _write_markdown,
    "text": _write_text,
    "doc": _write_doc,
    "zip": _write_zip,
    "scan": _write_scan,
    "image": _write_image,
}
