"""Large reports -> time of a whole check, beside the bare reading of the same file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from checkers.check_report import check_report
from checkers.load_rules import load_rules
from corpus.library import load_library
from evals.make_large_report import write_large_docx, write_large_pdf
from evals.measurement import Measurement, take_median, time_runs

PAGES = 350
RUNS = 5
TARGET_DOCX_SECONDS = 0.6
TARGET_PDF_SECONDS = 2.0


def measure_checks(folder: Path) -> Iterator[Measurement]:
    """Check a DOCX and a PDF of 350 pages under the strictest profile, several times each."""
    makes: tuple[tuple[str, Callable[..., object], float, Callable[[Path], object], str], ...] = (
        ("docx", write_large_docx, TARGET_DOCX_SECONDS, parse_docx, "仅lxml解析正文"),
        ("pdf", write_large_pdf, TARGET_PDF_SECONDS, extract_pdf_text, "仅pypdfium2取文字"),
    )
    library, rules = load_library(), load_rules()
    for name, write, target, read_raw, raw_title in makes:
        path = folder / f"large.{name}"
        write(path, pages=PAGES)
        raw = time_runs(lambda path=path, read=read_raw: read(path), RUNS)  # type: ignore[misc]

        def check(path: Path = path) -> None:
            check_report(path, profile="strictest", library=library, rules=rules)

        check()
        yield Measurement(
            key=f"check_{name}",
            title=f"检查{PAGES}页{name.upper()}",
            value=take_median(time_runs(check, RUNS)),
            unit="s",
            runs=RUNS,
            target=target,
            raw=take_median(raw),
            raw_title=raw_title,
            note="中位数",
        )


def parse_docx(path: Path) -> int:
    """Unpack and parse the body and nothing else; number of elements."""
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return sum(1 for _ in root.iter())


def extract_pdf_text(path: Path) -> int:
    """Take the text of every page and nothing else; number of characters."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return sum(len(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()
