from __future__ import annotations

from pathlib import Path

from checkers.read_report import read_report
from evals.make_large_report import write_large_docx, write_large_pdf


def test_a_large_docx_has_the_chapters_and_tables_it_should(tmp_path: Path) -> None:
    write_large_docx(tmp_path / "a.docx", pages=30)
    outline = read_report(tmp_path / "a.docx")
    assert [section.number for section in outline.sections] == ["第1章", "第2章", "第3章"]
    assert sum(block.is_table for section in outline.walk() for block in section.body) == 7


def test_a_large_pdf_has_the_pages_it_should_and_reads_as_the_docx_does(tmp_path: Path) -> None:
    write_large_pdf(tmp_path / "a.pdf", pages=30)
    outline = read_report(tmp_path / "a.pdf")
    assert outline.pages == 30
    assert [section.number for section in outline.sections][:2] == ["第1章", "第2章"]
    assert outline.sections[0].children[0].heading == "1.1 建设目标"
