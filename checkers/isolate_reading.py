"""Read files in processes of their own, within limits of time and memory.

A worker is a Python process that reads one file after another. It is started once and used again;
one that takes too long, dies or answers nonsense is replaced, and the file that it had is refused
in one sentence. Threads may call at the same time: each gets a worker of its own, as far as there
are processors.
"""

from __future__ import annotations

import atexit
import logging
import os
import pickle
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar, cast

from checkers.errors import ReportUnreadable, UnreadableCode
from checkers.outline import Outline
from checkers.pack_outline import PackedOutline, unpack_outline
from checkers.reading_messages import PackedMember, Request
from checkers.reading_process import Message, ReadingProcess
from checkers.recognise_scans import count_processors, read_with_scans
from checkers.recognised_page import RecognisedPage, pack_page, unpack_page
from checkers.unpack_archive import ArchiveMember
from checkers.watch_reading import RECOGNISE, ReadingWatch, ScanOptions

Loaded = TypeVar("Loaded")

_LOG = logging.getLogger(__name__)
# Readers may leave something behind in memory; after so many files a worker is replaced.
_FILES_A_WORKER = 200
# What recognises takes 300 MB; it is kept for the next scan so long.
_SECONDS_TO_KEEP = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What reading one file may take.

    Attributes:
        seconds: by the clock; a legacy document that LibreOffice converts takes up to half of it.
        memory: bytes of address space, where the system can limit it (Linux).
        workers: processes at the same time.
    """

    seconds: float = 180.0
    memory: int = 3 * 1024**3
    workers: int = min(8, count_processors())


@dataclass(slots=True)
class ReadingPool:
    """Workers that wait for files, and a limit to how many there are."""

    limits: ReadingLimits = field(default_factory=ReadingLimits)
    _idle: list[ReadingProcess] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _places: threading.Semaphore = field(init=False)
    _process: int = field(default_factory=os.getpid)
    _last_scan: float = 0.0
    _reaper: threading.Timer | None = None

    def __post_init__(self) -> None:
        self._places = threading.Semaphore(self.limits.workers)

    def read(self, path: Path, recognised: Sequence[RecognisedPage] = ()) -> Outline:
        """Return the outline of a report file, as ``read_report`` does.

        Raises:
            ReportUnreadable: also when reading takes too long or ends the worker.
        """
        packed = [pack_page(page) for page in recognised]
        kind, *content = self._call(("read", str(path.absolute()), packed))
        if kind != "outline":
            raise _explain(kind, content)
        return _load(lambda: unpack_outline(cast("PackedOutline", content[0])))

    def recognise(
        self, path: Path, number: int, *, seconds: float, stop: threading.Event | None = None
    ) -> RecognisedPage | None:
        """Return what stands on a page; None where it can't be made out.

        Raises:
            ReportUnreadable: also when it takes too long, or ``stop`` is set meanwhile.
        """
        request: Request = ("recognise", str(path.absolute()), number)
        kind, *content = self._call(request, seconds=seconds, stop=stop)
        if kind != "page":
            raise _explain(kind, content)
        return _load(lambda: None if content[0] is None else unpack_page(content[0]))

    def unpack(self, path: Path, folder: Path) -> tuple[ArchiveMember, ...]:
        """Unpack the reports in an archive into a folder, as ``unpack_archive`` does.

        Raises:
            ReportUnreadable: also when it takes too long or ends the worker.
        """
        kind, *content = self._call(("unpack", str(path.absolute()), str(folder.absolute())))
        if kind != "members":
            raise _explain(kind, content)
        return _load(lambda: _unpack_members(cast("list[PackedMember]", content[0])))

    def warm_up(self) -> None:
        """Start a worker that has loaded the readers by the time the first file comes."""
        with self._lock:
            if not self._idle:
                self._idle.append(ReadingProcess(self.limits.memory))

    def list_processes(self) -> tuple[int, ...]:
        """Return the ids of the processes that wait for files."""
        with self._lock:
            return tuple(worker.process.pid for worker in self._idle)

    def close(self) -> None:
        """End the workers that wait."""
        if self._process != os.getpid():
            return  # A copy in a process that was forked off; its lock may be held for good.
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()

    def _call(
        self,
        request: Request,
        *,
        seconds: float | None = None,
        stop: threading.Event | None = None,
    ) -> Message:
        with self._places:
            worker = self._take_worker(recognises=request[0] == "recognise")
            is_sound = False
            try:
                answer = worker.call(request, seconds or self.limits.seconds, stop)
                is_sound = not worker.timed_out
                return answer
            except (EOFError, OSError, pickle.UnpicklingError, ValueError) as fault:
                raise self._explain_end(worker, fault) from None
            finally:
                self._give_back(worker, is_sound=is_sound)

    def _keep(self, worker: ReadingProcess) -> None:
        """Let a process wait; one that recognises is large, and ends when no scan comes."""
        with self._lock:
            self._idle.append(worker)
            if not worker.recognises:
                return
            self._last_scan = time.monotonic()
            if self._reaper is None:
                self._start_reaper(_SECONDS_TO_KEEP)

    def _start_reaper(self, seconds: float) -> None:
        self._reaper = threading.Timer(seconds, self._end_recognisers)
        self._reaper.daemon = True
        self._reaper.start()

    def _end_recognisers(self) -> None:
        """End the waiting processes that recognise, unless there was a scan meanwhile."""
        with self._lock:
            self._reaper = None
            left = self._last_scan + _SECONDS_TO_KEEP - time.monotonic()
            if left > 0:
                self._start_reaper(left)
                return
            ended = [worker for worker in self._idle if worker.recognises]
            self._idle = [worker for worker in self._idle if not worker.recognises]
        for worker in ended:
            worker.close()

    def _take_worker(self, *, recognises: bool = False) -> ReadingProcess:
        worker = self._take_idle(recognises=recognises) or self._start_worker()
        worker.recognises |= recognises
        return worker

    def _take_idle(self, *, recognises: bool) -> ReadingProcess | None:
        """Return a process that waits, rather one that has loaded what is needed, no more."""
        with self._lock:
            self._idle.sort(key=lambda worker: worker.recognises == recognises)
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive:
                    return worker
                worker.close()
        return None

    def _start_worker(self) -> ReadingProcess:
        try:
            return ReadingProcess(self.limits.memory)
        except OSError as fault:
            _LOG.error("A reading process could not be started: %r", fault)
            raise _reader_failed() from None

    def _give_back(self, worker: ReadingProcess, *, is_sound: bool) -> None:
        if is_sound and worker.files < _FILES_A_WORKER:
            self._keep(worker)
            return
        if not is_sound:
            worker.kill()
        worker.close()

    def _explain_end(self, worker: ReadingProcess, fault: Exception) -> ReportUnreadable:
        if worker.timed_out:
            return ReportUnreadable(
                "timeout",
                f"读取这份文件超过了{self.limits.seconds:g}秒，已停止；"
                "文件可能过大或内部结构异常，请拆分或重新导出后再上传。",
            )
        _LOG.warning("A reading process ended before it answered: %r", fault)
        return _reader_failed()


def _unpack_members(packed: list[PackedMember]) -> tuple[ArchiveMember, ...]:
    return tuple(
        ArchiveMember(name=name, path=path, code=cast("UnreadableCode", code), message=message)
        for name, path, code, message in packed
    )


def _load(unpack: Callable[[], Loaded]) -> Loaded:
    """Unpack an answer; one of the wrong shape comes from a worker that a file has taken over."""
    try:
        return unpack()
    except (TypeError, ValueError, IndexError, RecursionError) as fault:
        _LOG.warning("A reading process gave a senseless answer: %r", fault)
        raise _reader_failed() from None


def _explain(kind: object, content: list[object]) -> ReportUnreadable:
    if kind == "refused":
        code, message = cast("tuple[UnreadableCode, str]", content)
        return ReportUnreadable(code, message)
    _LOG.error("A reader failed: %s", content)
    return _reader_failed()


def _reader_failed() -> ReportUnreadable:
    return ReportUnreadable(
        "reader_failed",
        "读取这份文件时出错而中止，文件可能已损坏或内部结构异常；"
        "请用Word或WPS重新保存、或重新导出后再上传。",
    )


class _SharedPool:
    """The pool that all of a process use; a process that was forked off makes its own."""

    def __init__(self) -> None:
        self._pool: ReadingPool | None = None
        self._process = 0
        self._lock = threading.Lock()

    def get(self) -> ReadingPool:
        with self._lock:
            if self._pool is None or self._process != os.getpid():
                self._pool, self._process = ReadingPool(), os.getpid()
                atexit.register(self._pool.close)
            return self._pool

    def renew_lock(self) -> None:
        self._lock = threading.Lock()


_SHARED: Final = _SharedPool()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_SHARED.renew_lock)


def read_isolated(
    path: Path, *, watch: ReadingWatch | None = None, scans: ScanOptions = RECOGNISE
) -> Outline:
    """Return the outline of a report file, read in other processes within limits.

    Scanned pages are recognised, several at the same time, as ``scans`` says.

    Raises:
        ReportUnreadable: with a code and one Chinese sentence saying why and what to do.
    """
    return read_with_scans(_SHARED.get(), path, watch=watch, scans=scans)


def unpack_isolated(path: Path, folder: Path) -> tuple[ArchiveMember, ...]:
    """Unpack the reports in an archive in another process within limits.

    Raises:
        ReportUnreadable: with a code and one Chinese sentence saying why and what to do.
    """
    return _SHARED.get().unpack(path, folder)


def list_processes() -> tuple[int, ...]:
    """Return the ids of the shared processes that wait for files."""
    return _SHARED.get().list_processes()


def start_reading() -> None:
    """Start a reading process in the background, so that the first file need not wait for it."""
    _SHARED.get().warm_up()


Reader = Callable[[Path], Outline]
"""Reads a report file; raises ``ReportUnreadable``."""
