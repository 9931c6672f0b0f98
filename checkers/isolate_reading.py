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
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, TypeVar, cast

from checkers.errors import ReportUnreadable, UnreadableCode
from checkers.outline import Outline
from checkers.pack_outline import PackedOutline, unpack_outline
from checkers.reading_messages import PackedMember, Request, receive_message, send_message
from checkers.unpack_archive import ArchiveMember

Message = tuple[object, ...]
Loaded = TypeVar("Loaded")

_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parent.parent
# Safe mode (-I) keeps modules in the current folder, which may hold uploads, out of the worker.
_START = (
    "import sys; scratch, memory = sys.argv[1], int(sys.argv[2]); "
    "sys.path += [path for path in sys.argv[3:] if path not in sys.path]; "
    "from checkers.reading_worker import run_worker; run_worker(scratch, memory)"
)
# Readers may leave something behind in memory; after so many files a worker is replaced.
_FILES_A_WORKER = 200
_SECONDS_TO_END = 2.0
# Windows: neither a console window nor the Ctrl-C of the program's own.
_NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
    subprocess, "CREATE_NEW_PROCESS_GROUP", 0
)


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
    workers: int = min(8, os.cpu_count() or 1)


class _Worker:
    """One process that reads, and the pipes to it."""

    def __init__(self, memory: int) -> None:
        # What a reader that is killed leaves behind goes with the folder.
        self.scratch = Path(tempfile.mkdtemp(prefix="zhengxin-reading-"))
        self.files = 0
        self.timed_out = False
        known = [str(_ROOT), *filter(_is_elsewhere, sys.path)]
        names = {name: str(self.scratch) for name in ("TMPDIR", "TMP", "TEMP")}
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, str(self.scratch), str(memory), *known],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **names},
            # A process group of its own: what the worker starts ends with it, and Ctrl-C in the
            # terminal reaches only the program, which ends its workers itself.
            start_new_session=True,
            creationflags=_NO_CONSOLE,
        )

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def call(self, request: Request, seconds: float) -> Message:
        """Send a request and wait for the answer; the process is killed when time is up."""
        timer = threading.Timer(seconds, self._stop_late)
        timer.daemon = True
        timer.start()
        try:
            send_message(cast("BinaryIO", self.process.stdin), request)
            return receive_message(cast("BinaryIO", self.process.stdout))
        finally:
            timer.cancel()
            self.files += 1

    def _stop_late(self) -> None:
        self.timed_out = True
        self.kill()

    def kill(self) -> None:
        """End the process and all that it has started, at once."""
        if os.name == "posix":
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self.process.kill()
        else:
            tree = ["taskkill", "/F", "/T", "/PID", str(self.process.pid)]
            subprocess.run(tree, check=False, capture_output=True)
            self.process.kill()

    def close(self) -> None:
        """Let the process end, or end it, and remove what it left behind."""
        for stream in (self.process.stdin, self.process.stdout):
            try:
                cast("BinaryIO", stream).close()
            except OSError:
                _LOG.debug("The pipe to a reading worker was broken already.")
        try:
            self.process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.wait()
        shutil.rmtree(self.scratch, ignore_errors=True)


def _is_elsewhere(path: str) -> bool:
    """Whether modules may be loaded from a path: not from the current folder."""
    return Path(path).is_absolute() and Path(path).exists() and Path(path) != Path.cwd()


@dataclass(slots=True)
class ReadingPool:
    """Workers that wait for files, and a limit to how many there are."""

    limits: ReadingLimits = field(default_factory=ReadingLimits)
    _idle: list[_Worker] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _places: threading.Semaphore = field(init=False)
    _process: int = field(default_factory=os.getpid)

    def __post_init__(self) -> None:
        self._places = threading.Semaphore(self.limits.workers)

    def read(self, path: Path) -> Outline:
        """Return the outline of a report file, as ``read_report`` does.

        Raises:
            ReportUnreadable: also when reading takes too long or ends the worker.
        """
        kind, *content = self._call(("read", str(path.absolute())))
        if kind != "outline":
            raise _explain(kind, content)
        return _load(lambda: unpack_outline(cast("PackedOutline", content[0])))

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
                self._idle.append(_Worker(self.limits.memory))

    def list_processes(self) -> tuple[int, ...]:
        """Return the ids of the processes that wait for files."""
        with self._lock:
            return tuple(worker.process.pid for worker in self._idle)

    def close(self) -> None:
        """End the workers that wait."""
        with self._lock:
            idle, self._idle = self._idle, []
        if self._process == os.getpid():
            for worker in idle:
                worker.close()

    def _call(self, request: Request) -> Message:
        with self._places:
            worker = self._take_worker()
            is_sound = False
            try:
                answer = worker.call(request, self.limits.seconds)
                is_sound = not worker.timed_out
                return answer
            except (EOFError, OSError, pickle.UnpicklingError, ValueError) as fault:
                raise self._explain_end(worker, fault) from None
            finally:
                self._give_back(worker, is_sound=is_sound)

    def _take_worker(self) -> _Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive:
                    return worker
                worker.close()
        try:
            return _Worker(self.limits.memory)
        except OSError as fault:
            _LOG.error("A reading process could not be started: %r", fault)
            raise _reader_failed() from None

    def _give_back(self, worker: _Worker, *, is_sound: bool) -> None:
        if is_sound and worker.files < _FILES_A_WORKER:
            with self._lock:
                self._idle.append(worker)
            return
        if not is_sound:
            worker.kill()
        worker.close()

    def _explain_end(self, worker: _Worker, fault: Exception) -> ReportUnreadable:
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


def read_isolated(path: Path) -> Outline:
    """Return the outline of a report file, read in another process within limits.

    Raises:
        ReportUnreadable: with a code and one Chinese sentence saying why and what to do.
    """
    return _SHARED.get().read(path)


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
