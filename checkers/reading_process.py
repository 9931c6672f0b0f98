"""A process that reads files, the pipes to it, and the limits that it works within."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import BinaryIO, cast

from checkers.reading_messages import Request, receive_message, send_message

Message = tuple[object, ...]

_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parent.parent
# Safe mode (-I) keeps modules in the current folder, which may hold uploads, out of the process.
_START = (
    "import sys; scratch, memory = sys.argv[1], int(sys.argv[2]); "
    "sys.path += [path for path in sys.argv[3:] if path not in sys.path]; "
    "from checkers.reading_worker import run_worker; run_worker(scratch, memory)"
)
_SECONDS_TO_END = 2.0
# A page that is being recognised when somebody stops it may come to its end.
_SECONDS_TO_STOP = 4.0
_POLL_SECONDS = 0.2
# Windows: neither a console window nor the Ctrl-C of the program's own.
_NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
    subprocess, "CREATE_NEW_PROCESS_GROUP", 0
)


class ReadingProcess:
    """One process that reads one file after another.

    Attributes:
        scratch: its folder for temporary files.
        files: how many requests it has had.
        recognises: whether it has loaded what recognises scanned pages.
        timed_out: whether it was killed because an answer took too long.
        process: of the system.
    """

    def __init__(self, memory: int) -> None:
        # What a reader that is killed leaves behind goes with the folder.
        self.scratch = Path(tempfile.mkdtemp(prefix="zhengxin-reading-"))
        self.files = 0
        self.recognises = False
        self.timed_out = False
        known = [str(_ROOT), *filter(_is_elsewhere, sys.path)]
        names = {name: str(self.scratch) for name in ("TMPDIR", "TMP", "TEMP")}
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-c", _START, str(self.scratch), str(memory), *known],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **names},
                # A process group of its own: what the worker starts ends with it, and Ctrl-C in
                # the terminal reaches only the program, which ends its workers itself.
                start_new_session=True,
                creationflags=_NO_CONSOLE,
            )
        except OSError:
            shutil.rmtree(self.scratch, ignore_errors=True)
            raise

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def call(
        self, request: Request, seconds: float, stop: threading.Event | None = None
    ) -> Message:
        """Send a request and wait for the answer; the process is killed when time is up.

        That is after so many seconds, and soon after ``stop`` is set.
        """
        answered = threading.Event()
        guard = threading.Thread(target=self._end_late, args=(answered, seconds, stop), daemon=True)
        guard.start()
        try:
            send_message(cast("BinaryIO", self.process.stdin), request)
            return receive_message(cast("BinaryIO", self.process.stdout))
        finally:
            answered.set()
            self.files += 1

    def _end_late(
        self, answered: threading.Event, seconds: float, stop: threading.Event | None
    ) -> None:
        """Kill the process unless the answer comes in time."""
        deadline = time.monotonic() + seconds
        is_stopped = False
        while (left := deadline - time.monotonic()) > 0:
            if answered.wait(left if stop is None or is_stopped else min(left, _POLL_SECONDS)):
                return
            if stop is not None and stop.is_set() and not is_stopped:
                is_stopped = True
                deadline = min(deadline, time.monotonic() + _SECONDS_TO_STOP)
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
