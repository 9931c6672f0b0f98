"""Headings and times of one reader over some files, run by the interpreter that has the reader.

    python -I evals/peer_readers.py READER RUNS OUT.json FILE...

Nothing of this project is imported but for the reader ``zhengxin``: the other readers live in an
environment of their own (``make bench-peers``). Times are those of warm runs, after imports.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Heading = tuple[int, str]
Reader = Callable[[Path], list[Heading]]

# One reader takes a second a run, another one twenty.
_SECONDS_A_FILE = 15.0
_LONGEST_REASON = 300


def load_zhengxin() -> Reader:
    """Return this project's reader, in this very process as the others are."""
    from checkers.read_report import read_report

    def read(path: Path) -> list[Heading]:
        return [(section.level, section.heading) for section in read_report(path).walk()]

    return read


def load_markitdown() -> Reader:
    """Return markitdown; the headings of its Markdown."""
    from markitdown import MarkItDown

    converter = MarkItDown()

    def read(path: Path) -> list[Heading]:
        lines = converter.convert(str(path)).markdown.splitlines()
        marked = (line.partition(" ") for line in lines if line.startswith("#"))
        return [(len(signs), text) for signs, _, text in marked if not signs.strip("#")]

    return read


def load_docling() -> Reader:
    """Return docling with its standard pipelines; PDF needs its layout model on this machine."""
    from docling.document_converter import DocumentConverter

    return _read_with_docling(DocumentConverter())


def load_docling_native() -> Reader:
    """Return docling with its pipeline for PDF that needs no model."""
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.pipeline_options import NativePdfPipelineOptions
    from docling.document_converter import DocumentConverter, PdfFormatOption
    from docling.pipeline.native_pdf_pipeline import NativePdfPipeline

    options = NativePdfPipelineOptions(generate_page_images=False, generate_picture_images=False)
    pdf = PdfFormatOption(pipeline_cls=NativePdfPipeline, pipeline_options=options)
    return _read_with_docling(DocumentConverter(format_options={InputFormat.PDF: pdf}))


def _read_with_docling(converter: object) -> Reader:
    def read(path: Path) -> list[Heading]:
        document = converter.convert(path).document  # type: ignore[attr-defined]  # no types here
        return [(text.level, text.text) for text in document.texts if text.label == _DOCLING_LABEL]

    return read


_DOCLING_LABEL = "section_header"
READERS: dict[str, Callable[[], Reader]] = {
    "zhengxin": load_zhengxin,
    "markitdown": load_markitdown,
    "docling": load_docling,
    "docling-native": load_docling_native,
}


def time_reader(read: Reader, path: Path, runs: int) -> dict[str, object]:
    """Read a file once to warm up, then time it; the reason where it can't be read.

    Returns:
        ``headings`` (level, text) and ``seconds`` of each run, or ``error``.
    """
    try:
        headings = read(path)
    except Exception as fault:  # noqa: BLE001 - the edge: a reader of others may raise anything
        return {"error": f"{type(fault).__name__}: {fault}"[:_LONGEST_REASON]}
    seconds: list[float] = []
    while len(seconds) < runs and sum(seconds) < _SECONDS_A_FILE:
        start = time.perf_counter()
        read(path)
        seconds.append(time.perf_counter() - start)
    return {"headings": headings, "seconds": seconds}


def main(arguments: Sequence[str]) -> None:
    """Write a JSON object, file -> what the reader did with it."""
    name, runs, target, *files = arguments
    read = READERS[name]()
    told = {file: time_reader(read, Path(file), int(runs)) for file in files}
    Path(target).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
