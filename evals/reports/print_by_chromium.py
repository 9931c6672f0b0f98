"""A report -> an HTML page -> a PDF by Chromium, as web editors make them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.reports.file_formats import find_chromium
from evals.reports.list_contents import list_contents
from evals.reports.number_headings import number_nodes
from evals.reports.report_tree import Content, Report

_CHROMIUM_SECONDS = 90
_DEEPEST_HEADING = 6
_STYLE = """
@page { size: A4; margin: 25mm 24mm; }
body { font-family: serif; font-size: 12pt; line-height: 1.6; }
.cover { text-align: center; padding-top: 60mm; break-after: page; }
.cover .title { font-size: 24pt; font-weight: bold; }
.contents { break-after: page; }
.contents p { display: flex; text-indent: 0; margin: 0; }
.contents i { flex: 1; border-bottom: 1px dotted #000; margin: 0 4px 5px; }
h1 { font-size: 18pt; } h2 { font-size: 15pt; } h3 { font-size: 13pt; } h4 { font-size: 12pt; }
p { text-indent: 2em; margin: 4pt 0; text-align: justify; }
table { border-collapse: collapse; width: 100%; font-size: 10.5pt; }
td { border: 1px solid #000; padding: 2px 6px; }
"""


def print_by_chromium(report: Report, path: Path) -> Path:
    """Write the PDF.

    Raises:
        FileNotFoundError: Chromium is not installed, or printed nothing.
        subprocess.SubprocessError: it fails or takes longer than ninety seconds.
    """
    chromium = find_chromium()
    if chromium is None:
        raise FileNotFoundError("Chromium is not installed")
    with TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(write_html(report), encoding="utf-8")
        command = [str(chromium), "--headless", "--no-sandbox", "--disable-gpu"]
        command += [f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"]
        command += [f"--print-to-pdf={path}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=_CHROMIUM_SECONDS)
    if not path.exists():
        raise FileNotFoundError(f"Chromium printed no {path.name}")
    return path


def write_html(report: Report) -> str:
    """The page with cover, contents and chapters."""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(report.title)}</title><style>{_STYLE}</style></head><body>"
        f"{''.join(_write_cover(report))}{''.join(_write_sections(report))}</body></html>"
    )


def _write_cover(report: Report) -> Iterator[str]:
    yield f'<div class="cover"><div class="title">{escape(report.title)}</div>'
    yield f"<div>{escape(report.owner)}</div><div>{escape(report.date)}</div></div>"
    yield '<div class="contents"><div>目录</div>'
    for line in list_contents(report):
        yield f"<p><span>{escape(line.heading)}</span><i></i><span>{line.page}</span></p>"
    yield "</div>"


def _write_sections(report: Report) -> Iterator[str]:
    for numbered in number_nodes(report.chapters, report.numbering):
        tag = f"h{min(numbered.level, _DEEPEST_HEADING)}"
        yield f"<{tag}>{escape(numbered.heading)}</{tag}>"
        yield from (_write_block(block) for block in numbered.node.body)


def _write_block(block: Content) -> str:
    if isinstance(block, str):
        return f"<p>{escape(block)}</p>"
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows
    )
    return f"<table>{rows}</table>"
