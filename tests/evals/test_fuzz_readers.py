from __future__ import annotations

import io
import zipfile
from random import Random

import pytest

from evals.fuzz_readers import FuzzRun, main, print_runs
from evals.mutate_file import BYTE_MUTATIONS, PACKAGE_MUTATIONS, XML_MUTATIONS, Mutation

TEXT = bytes(range(256)) * 30


def make_package() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("a.xml", "<a>" + '<b c="1">x</b>' * 50 + "</a>")
        package.writestr("d.xml", "<d><e/></d>")
    return target.getvalue()


def read_parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("mutate", BYTE_MUTATIONS)
def test_bytes_are_damaged_the_same_way_each_time(mutate: Mutation) -> None:
    damaged = mutate(TEXT, Random(7))
    assert damaged != TEXT
    assert damaged == mutate(TEXT, Random(7))


@pytest.mark.parametrize("mutate", PACKAGE_MUTATIONS + XML_MUTATIONS)
def test_a_damaged_package_is_still_a_package(mutate: Mutation) -> None:
    original = read_parts(make_package())
    assert any(read_parts(mutate(make_package(), Random(n))) != original for n in range(5))


def test_the_table_counts_outcomes_and_lists_faults() -> None:
    run = FuzzRun()
    run.outcomes.update({"read": 3, "damaged": 1, "misread": 1})
    run.faults.append("4 a.docx flip_bytes：misread")
    assert run.broken == 1
    assert print_runs({"docx": run}) == (
        "format\tdamaged\tmisread\tread\ndocx\t1\t1\t3\ndocx 4 a.docx flip_bytes：misread"
    )


def test_a_run_reads_damaged_texts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The command sets it; the fixture puts back what was there.
    monkeypatch.setenv("ZHENGXIN_OFFICE", "none")
    assert main(["--count", "8", "--format", "text"]) == 0
    counts = capsys.readouterr().out.split("\n")[1].split("\t")
    assert counts[0] == "text"
    assert sum(map(int, counts[1:])) == 8
