from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from make_docx import TEXT, p, write_docx
from make_hostile import (
    write_bookmarks_in_a_ring,
    write_entities,
    write_form_in_a_ring,
    write_macros,
    write_many_page_breaks,
    write_many_pages,
    write_many_paragraphs,
    write_ofd_bomb,
    write_page_tree_in_a_ring,
    write_stream_bomb,
)
from make_pdf import Scan, Text, write_pdf

from checkers.errors import ReportUnreadable
from checkers.find_recogniser import is_recogniser_installed
from checkers.isolate_reading import ReadingLimits, ReadingPool, read_isolated
from checkers.outline import Block, Outline, Place, Section
from checkers.pack_outline import pack_outline, unpack_outline
from checkers.read_report import read_report
from checkers.reading_messages import receive_message, send_message

needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    with closing(ReadingPool(ReadingLimits(seconds=120, workers=2))) as pool:
        yield pool


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return write_docx(
        tmp_path / "报告.docx", p("第一章 总论") + p(TEXT) + p("第二章 需求") + p(TEXT)
    )


def refusal(pool: ReadingPool, path: Path) -> ReportUnreadable:
    with pytest.raises(ReportUnreadable) as refused:
        pool.read(path)
    return refused.value


def test_another_process_gives_the_same_outline(pool: ReadingPool, report: Path) -> None:
    assert pool.read(report) == read_report(report)


def test_everything_in_an_outline_comes_through() -> None:
    block = Block(text="a\tb", rows=(("a", "b"),), place=Place(page=3, paragraph=4))
    child = Section(level=2, number="1.1", title="背景", place=Place(page=1), body=(block,))
    outline = Outline(
        kind="pdf",
        title="标题",
        preamble=(block,),
        sections=(Section(level=1, title="总论", children=(child, child)),),
        contents_lines=("总论",),
        pages=7,
        unread_pages=(2, 5),
        unread_reason="stopped",
        recognised_pages=(3,),
        layered_pages=(4,),
        unsure_paragraphs=(4, 9),
    )
    assert unpack_outline(pack_outline(outline)) == outline


def test_a_refusal_comes_through_with_its_code_and_sentence(
    pool: ReadingPool, tmp_path: Path
) -> None:
    error = refusal(pool, tmp_path / "没有.docx")
    assert (error.code, error.message) == ("not_found", "找不到文件“没有.docx”，请检查路径。")


@pytest.mark.parametrize(
    ("write", "name", "code"),
    [
        (write_page_tree_in_a_ring, "a.pdf", "damaged"),
        (write_bookmarks_in_a_ring, "a.pdf", "no_text"),
        (write_many_pages, "a.pdf", "too_large"),
        (write_stream_bomb, "a.pdf", "no_text"),
        (write_macros, "a.docm", "has_macros"),
        # The same under the name of a file without macros.
        (write_macros, "a.docx", "has_macros"),
        (write_many_paragraphs, "a.docx", "too_large"),
        (write_many_page_breaks, "a.docx", "too_large"),
        (write_ofd_bomb, "a.ofd", "too_large"),
        (lambda path: write_entities(path, '<!ENTITY b "bbbb">'), "a.ofd", "damaged"),
        (
            lambda path: write_entities(path, '<!ENTITY b SYSTEM "file:///etc/hostname">'),
            "a.ofd",
            "damaged",
        ),
        # pdfium dies of this one, and its process with it.
        (write_form_in_a_ring, "a.pdf", "reader_failed"),
    ],
)
def test_a_hostile_file_ends_in_one_sentence_and_the_next_one_is_read(
    pool: ReadingPool, report: Path, tmp_path: Path, write: object, name: str, code: str
) -> None:
    assert callable(write)
    error = refusal(pool, write(tmp_path / name))
    assert error.code == code
    assert error.message.endswith("。")
    assert error.message.count("。") == 1
    assert len(pool.read(report).sections) == 2


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", p(TEXT) * 100_000)
    started = time.monotonic()
    with closing(ReadingPool(ReadingLimits(seconds=0.5, workers=1))) as slow:
        error = refusal(slow, path)
    assert error.code == "timeout"
    assert "0.5秒" in error.message
    # Not measured to the point: the machine may be busy.
    assert time.monotonic() - started < 20


@needs_limits
def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", "<w:p/>" * 1_500_000)
    with closing(ReadingPool(ReadingLimits(memory=300 * 1024**2, workers=1))) as small:
        assert refusal(small, path).code == "too_large"


def test_threads_read_at_the_same_time(pool: ReadingPool, tmp_path: Path) -> None:
    paths = [
        write_pdf(tmp_path / f"{n}.pdf", [Text(f"第一章 标题{n}", size=18), Text(TEXT * 9)])
        for n in range(6)
    ]
    read: dict[int, str] = {}

    def run(number: int) -> None:
        read[number] = pool.read(paths[number]).sections[0].title

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == {number: f"标题{number}" for number in range(6)}


def test_one_process_reads_many_files(report: Path) -> None:
    with closing(ReadingPool(ReadingLimits(workers=1))) as single:
        single.read(report)
        (first,) = single.list_processes()
        single.read(report)
        assert single.list_processes() == (first,)


def test_closing_ends_the_processes_and_removes_what_they_left(report: Path) -> None:
    with closing(ReadingPool(ReadingLimits(workers=1))) as single:
        single.read(report)
        (process,) = single.list_processes()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_modules_beside_the_report_are_not_loaded(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Uploads may be named like modules; the current folder must not be searched for them.
    (report.parent / "lxml.py").write_text("raise SystemExit(3)")
    (report.parent / "yaml.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(report.parent)
    with closing(ReadingPool(ReadingLimits(workers=1))) as single:
        assert len(single.read(Path(report.name)).sections) == 2


def test_nothing_is_left_running_when_a_program_ends(report: Path) -> None:
    script = (
        "import sys; from pathlib import Path; import checkers.isolate_reading as i;"
        "i.read_isolated(Path(sys.argv[1])); print(*i.list_processes())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(report)], capture_output=True, check=True, text=True
    )
    (process,) = map(int, done.stdout.split())
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_nothing_is_left_behind_when_a_program_is_killed(report: Path, tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; import checkers.isolate_reading as i;"
        "i.read_isolated(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    subprocess.run(
        [sys.executable, "-c", script, str(report)],
        check=False,
        env={**os.environ, "TMPDIR": str(scratch)},
    )
    deadline = time.monotonic() + 20
    while any(scratch.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(scratch.iterdir())


def test_the_shared_processes_read_a_report(report: Path) -> None:
    assert len(read_isolated(report).sections) == 2


class _Attack:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("echo attacked",)


@pytest.mark.parametrize("message", [("outline", _Attack()), ("outline", Path("a")), ["a"], ()])
def test_an_answer_that_is_more_than_plain_values_is_not_loaded(message: object) -> None:
    stream = BytesIO()
    content = pickle.dumps(message)
    stream.write(len(content).to_bytes(8, "little") + content)
    stream.seek(0)
    with pytest.raises(pickle.UnpicklingError):
        receive_message(stream)


def test_a_message_that_breaks_off_is_an_end() -> None:
    stream = BytesIO()
    send_message(stream, ("read", "a.docx"))
    with pytest.raises(EOFError):
        receive_message(BytesIO(stream.getvalue()[:-1]))


@pytest.mark.skipif(not is_recogniser_installed(), reason="rapidocr is not installed")
def test_a_page_that_is_being_recognised_ends_soon_after_somebody_stops_it(tmp_path: Path) -> None:
    scan = write_pdf(tmp_path / "scan.pdf", [Scan(), Scan()])
    stop = threading.Event()
    stop.set()
    with closing(ReadingPool(ReadingLimits(workers=1))) as single:
        # Loading the models takes longer than a page; both are cut off.
        started = time.monotonic()
        with contextlib.suppress(ReportUnreadable):
            single.recognise(scan, 1, seconds=600, stop=stop)
        assert time.monotonic() - started < 60
        assert single.read(scan).unread_pages == (1, 2)


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    scan = write_pdf(tmp_path / "scan.pdf", [Scan()])
    with closing(ReadingPool(ReadingLimits(workers=1))) as single:
        with pytest.raises(ReportUnreadable) as refused:
            single.recognise(scan, 1, seconds=0.05)
        assert refused.value.code == "timeout"
        assert single.read(scan).unread_pages[0] == 1
