"""``zhengxin serve``: address and port -> running server."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable

from assistant.settings import Settings
from checkers.isolate_reading import start_reading
from ui.errors import PortTaken
from ui.explain_os_error import explain_os_error
from ui.show_progress import open_with_progress

_SHUTDOWN_SECONDS = 2
# Read by Gradio and its companions when they are imported; nothing may call out.
_OFFLINE_SETTINGS = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def serve_page(host: str, port: int, *, announce: Callable[[str], object]) -> None:
    """Build the index if needed, say the address, and serve until stopped.

    Raises:
        PortTaken: the address can't be listened on; found out before the index is built.
    """
    with bind_address(host, port) as listener, tempfile.TemporaryDirectory() as uploads:
        os.environ.update(_OFFLINE_SETTINGS, GRADIO_TEMP_DIR=uploads)
        settings = Settings()
        # The process that reads uploads loads while this one opens the index.
        start_reading()
        assistant = open_with_progress(settings)

        import uvicorn

        from ui.build_server import build_server

        config = uvicorn.Config(
            build_server(assistant, settings),
            # Its own settings would print tracebacks; without them all goes to our log file.
            log_config=None,
            log_level="warning",
            timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        )
        address = f"http://{_show_host(host)}:{_port(listener)}"
        announce(f"政信已启动，请用浏览器打开 {address} （按 Ctrl+C 停止）")
        # Uvicorn sends itself the signal again when it has stopped; unheard, it would kill the
        # process before the uploads are removed.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        uvicorn.Server(config).run(sockets=[listener])


def bind_address(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address; port 0 takes any free one.

    Raises:
        PortTaken: with the reason and what to do.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise PortTaken(_explain_bind(host, port, error)) from error
    return listener


def _explain_bind(host: str, port: int, error: OSError | OverflowError) -> str:
    reasons = {errno.EADDRINUSE: "已被占用", errno.EACCES: "不允许使用"}
    if isinstance(error, OverflowError):
        return f"端口 {port} 不对，请用 --port 指定 1 到 65535 之间的端口。"
    if error.errno in reasons:
        return f"端口 {port} {reasons[error.errno]}，请用 --port 换一个端口，如 --port {port + 1}。"
    return f"不能在 {host}:{port} 上监听（{explain_os_error(error)}），请用 --host 换一个本机地址。"


def _port(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


def _show_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
