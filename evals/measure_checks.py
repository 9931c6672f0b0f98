"""Large reports -> time of a whole check, beside the bare reading of the same file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from checkers.check_report import check_report
from checkers.hold_pdfium import hold_pdfium
from checkers.load_rules import load_rules
from corpus.library import load_library
from evals.make_large_report import write_large_docx, write_large_pdf
from evals.measurement import Measurement, take_median, time_runs

PAGES = 350
RUNS = 7
TARGET_DOCX_SECONDS = 0.4
TARGET_PDF_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Make:
    name: str
    write: Callable[..., object]
    target: float
    read_raw: Callable[[Path], int]
    raw_title: str


def measure_checks(folder: Path) -> Iterator[Measurement]:
    """Check a DOCX and a PDF of 350 pages under the strictest profile, several times each."""
    library, rules = load_library(), load_rules()
    for make in list_makes():
        path = folder / f"large.{make.name}"
        make.write(path, pages=PAGES)

        def read_raw(make: _Make = make, path: Path = path) -> None:
            make.read_raw(path)

        def check(path: Path = path) -> None:
            check_report(path, profile="strictest", library=library, rules=rules)

        check()
        # In turns, so that a busy moment of the machine meets both.
        pairs = [(time_runs(read_raw, 1)[0], time_runs(check, 1)[0]) for _ in range(RUNS)]
        raw, seconds = zip(*pairs, strict=True)
        yield Measurement(
            key=f"check_{make.name}",
            title=f"检查{PAGES}页{make.name.upper()}",
            value=take_median(seconds),
            unit="s",
            runs=RUNS,
            target=make.target,
            raw=take_median(raw),
            raw_title=make.raw_title,
            note=f"中位数，最慢{max(seconds):.2f} s",
        )


def list_makes() -> tuple[_Make, ...]:
    """The two formats with their bounds and their bare libraries."""
    return (
        _Make(
            name="docx",
            write=write_large_docx,
            target=TARGET_DOCX_SECONDS,
            read_raw=list_docx_texts,
            raw_title="对照为python-docx逐段取文字",
        ),
        _Make(
            name="pdf",
            write=write_large_pdf,
            target=TARGET_PDF_SECONDS,
            read_raw=extract_pdf_text,
            raw_title="对照为pypdfium2逐页取文字（不载入系统字体）",
        ),
    )


def list_docx_texts(path: Path) -> int:
    """Take the text of every paragraph and nothing else; number of characters."""
    import docx

    return sum(len(paragraph.text) for paragraph in docx.Document(str(path)).paragraphs)


def extract_pdf_text(path: Path) -> int:
    """Take the text of every page and nothing else; number of characters.

    Without the system's fonts, which pdfium would open for no use (ten times as slow).
    """
    import pypdfium2

    with hold_pdfium():
        document = pypdfium2.PdfDocument(path)
        try:
            return sum(len(page.get_textpage().get_text_range()) for page in document)
        finally:
            document.close()
