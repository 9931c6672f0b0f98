"""The process in which uploaded files are read, so that a hostile one harms nothing else.

Started by ``isolate_reading``; takes requests on standard input, one after the other, and answers
each on standard output. It ends when its input ends.
"""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

from checkers.errors import ReportUnreadable
from checkers.hold_collector import hold_collector
from checkers.pack_outline import pack_outline
from checkers.reading_messages import (
    Answer,
    PackedMember,
    Request,
    receive_message,
    send_message,
)
from checkers.recognised_page import pack_page, unpack_page


def run_worker(scratch: str, memory: int) -> None:
    """Answer requests until there are no more.

    Args:
        scratch: folder for temporary files; removed at the end, for the program that started this
            process may have been killed.
        memory: bytes of address space that reading may take, where the system can limit it.
    """
    answers = _claim_output()
    limit_memory(memory)
    _load_readers()
    try:
        _serve(sys.stdin.buffer, answers)
    except (EOFError, BrokenPipeError):
        shutil.rmtree(scratch, ignore_errors=True)


def _serve(requests: BinaryIO, answers: BinaryIO) -> NoReturn:
    """Answer requests; ends with an ``EOFError`` or ``BrokenPipeError``."""
    while True:
        request = cast("Request", receive_message(requests))
        with hold_collector():
            send_message(answers, _answer(request))


def _load_readers() -> None:
    """Load the readers of the common formats before the first request comes."""
    for name in ("read_report", "read_docx", "read_pdf"):
        import_module(f"checkers.{name}")


def _claim_output() -> BinaryIO:
    """Keep standard output for answers; what libraries print goes where errors go."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def limit_memory(size: int) -> None:
    """Limit the address space of this process and those it starts, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # macOS refuses it
        return


def _answer(request: Request) -> Answer:
    try:
        return _do(request)
    except ReportUnreadable as refused:
        return "refused", refused.code, refused.message
    except MemoryError:
        return "refused", "too_large", "读取这份文件需要的内存过多，已停止读取；请拆分后再上传。"
    except RecursionError:
        message = "文件内部的层次深得不合常理，已拒绝读取；请重新导出后再上传。"
        return "refused", "damaged", message
    except Exception:  # noqa: BLE001 - the edge: any other fault of a reader is told to the log
        return "failed", traceback.format_exc()


def _do(request: Request) -> Answer:
    # The readers load in the worker only.
    from checkers.read_report import read_report
    from checkers.unpack_archive import unpack_archive

    if request[0] == "read":
        recognised = [unpack_page(page) for page in request[2]]
        return "outline", pack_outline(read_report(Path(request[1]), recognised))
    if request[0] == "recognise":
        # What recognises loads with the first scanned page.
        from checkers.read_scanned_page import read_scanned_page

        page = read_scanned_page(Path(request[1]), request[2])
        return "page", None if page is None else pack_page(page)
    members: list[PackedMember] = [
        (member.name, member.path, member.code, member.message)
        for member in unpack_archive(Path(request[1]), Path(request[2]))
    ]
    return "members", members
