"""A machine without rapidocr, or without the libraries of the system that it needs."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from make_pdf import Scan, write_pdf

ROOT = Path(__file__).resolve().parents[2]
CHECK = """
import json, sys
from pathlib import Path
sys.path[:] = [p for p in sys.path if "-packages" not in p] + sys.argv[2:]
from checkers.isolate_reading import read_isolated
from checkers.note_scans import explain_unread
outline = read_isolated(Path(sys.argv[1]))
fault = explain_unread(outline)
print(json.dumps([outline.unread_pages, outline.unread_reason, fault.code, fault.message]))
"""


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """All that is installed, less rapidocr."""
    folder = tmp_path / "packages"
    folder.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if not path.name.startswith(("rapidocr", "cv2", "__editable__")):
            (folder / path.name).symlink_to(path)
    return folder


def read_scan(packages: Path, tmp_path: Path) -> list[object]:
    scan = write_pdf(tmp_path / "scan.pdf", [Scan()])
    run = subprocess.run(
        # The bare interpreter, for the one of a virtual environment finds all that is installed.
        [sys._base_executable, "-I", "-c", CHECK, str(scan), str(ROOT), str(packages)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    told: list[object] = json.loads(run.stdout)
    return told


def test_without_rapidocr_the_pages_are_unread_and_the_sentence_says_how_to_install_it(
    packages: Path, tmp_path: Path
) -> None:
    pages, reason, code, message = read_scan(packages, tmp_path)
    assert pages[0] == 1  # type: ignore[index]
    assert (reason, code) == ("not_installed", "no_text")
    assert "pip install 'zhengxin[ocr]'" in str(message)


def test_a_library_of_the_system_that_is_missing_is_told(packages: Path, tmp_path: Path) -> None:
    site = Path(sysconfig.get_path("purelib"))
    (packages / "rapidocr").symlink_to(site / "rapidocr")
    (packages / "cv2").mkdir()
    fault = "raise ImportError('libGL.so.1: cannot open shared object file')"
    (packages / "cv2" / "__init__.py").write_text(fault)
    _, reason, code, message = read_scan(packages, tmp_path)
    assert (reason, code) == ("not_running", "no_text")
    assert "opencv-python-headless" in str(message)
