from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evals.make_large_report import list_headings, write_large_pdf
from evals.measure_batch import make_measurement
from evals.measure_checks import extract_pdf_text, list_docx_texts, list_makes
from evals.measure_memory import measure_check
from evals.watch_memory import list_family, run_watched

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="只有Linux有/proc")
_TWO_PROCESSES = (
    "import subprocess, sys, time; kept = bytearray(60_000_000); "
    "code = 'import time; kept = bytearray(90_000_000); time.sleep(0.6)'; "
    "subprocess.run([sys.executable, '-c', code])"
)


def test_a_batch_is_measured_against_the_same_files_one_after_the_other() -> None:
    row = make_measurement(3.0, 5.4, cores=2)
    assert (row.value, row.raw, row.is_met) == (3.0, 5.4, True)
    assert "1.80倍" in row.note
    assert make_measurement(5.0, 5.4, cores=2).is_met is False


def test_one_core_has_no_target_for_a_batch() -> None:
    assert make_measurement(5.0, 5.0, cores=1).target is None


@LINUX
def test_memory_is_that_of_a_command_and_of_what_it_starts() -> None:
    taken = run_watched([sys.executable, "-c", _TWO_PROCESSES], os.environ)
    assert taken is not None
    assert taken.processes == 2
    assert 150 < taken.together <= taken.bound < 400


@LINUX
def test_the_family_of_a_process_holds_its_children_alone() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(20)"]) as child:
        family = [pid for pid, _ in list_family(os.getpid())]
        of_child = [pid for pid, _ in list_family(child.pid)]
        child.kill()
    assert {os.getpid(), child.pid} <= set(family)
    assert of_child == [child.pid]


def test_a_command_that_fails_gives_no_figure(tmp_path: Path) -> None:
    row = measure_check(tmp_path / "none.docx", tmp_path, "docx")
    assert row.value is None
    assert row.is_met is None
    assert "退出码2" in row.note


def test_the_bare_libraries_read_the_same_files(tmp_path: Path) -> None:
    for make in list_makes():
        path = tmp_path / f"a.{make.name}"
        make.write(path, pages=3)
        assert make.read_raw(path) > 1_000
    assert [make.read_raw for make in list_makes()] == [list_docx_texts, extract_pdf_text]


def test_the_true_headings_of_a_large_pdf_are_those_on_its_pages(tmp_path: Path) -> None:
    import pypdfium2

    write_large_pdf(tmp_path / "a.pdf", pages=12)
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    headings = [text for _, text in list_headings("pdf", pages=12)]
    assert len(headings) == sum(text.splitlines().count(heading) for heading in headings)
    assert len([line for line in text.splitlines() if line.startswith("第")]) == sum(
        level == 1 for level, _ in list_headings("pdf", pages=12)
    )
