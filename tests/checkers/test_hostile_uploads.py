from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import uvicorn
from make_docx import TEXT, p, write_docx
from make_hostile import (
    write_form_in_a_ring,
    write_macros,
    write_many_pages,
    write_many_paragraphs,
    write_ofd_bomb,
    write_page_tree_in_a_ring,
    write_stream_bomb,
)

from assistant.assistant import open_assistant
from assistant.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

WRITERS = (
    (write_form_in_a_ring, "a.pdf"),
    (write_page_tree_in_a_ring, "b.pdf"),
    (write_many_pages, "c.pdf"),
    (write_stream_bomb, "d.pdf"),
    (write_macros, "e.docm"),
    (write_many_paragraphs, "f.docx"),
    (write_ofd_bomb, "g.ofd"),
)


@pytest.fixture(scope="module")
def address(pytestconfig: pytest.Config) -> Iterator[str]:
    """A real server on a free port of this machine."""
    from ui.build_server import build_server

    assert pytestconfig.cache is not None
    settings = Settings(data_folder=Path(pytestconfig.cache.mkdir("zhengxin-data")))
    application = build_server(open_assistant(settings), settings)
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def upload(address: str, path: Path) -> dict[str, object]:
    border = uuid4().hex
    head = (
        f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode() + path.read_bytes() + f"\r\n--{border}--\r\n".encode()
    request = urllib.request.Request(
        f"{address}/api/check",
        data=body,
        headers={"Content-Type": f"multipart/form-data; boundary={border}"},
    )
    with urllib.request.urlopen(request, timeout=300) as reply:
        result = json.load(reply)
    assert isinstance(result, dict)
    return result


def is_up(address: str) -> bool:
    with urllib.request.urlopen(f"{address}/healthz", timeout=30) as reply:
        return json.load(reply)["status"] == "ok"


def test_hostile_files_are_refused_and_the_server_stays_up(address: str, tmp_path: Path) -> None:
    for write, name in WRITERS:
        result = upload(address, write(tmp_path / name))
        error = result["error"]
        assert isinstance(error, dict), name
        assert error["message"].endswith("。")
        assert is_up(address)
    report = write_docx(tmp_path / "报告.docx", p("第一章 总论") + p(TEXT))
    assert upload(address, report)["error"] is None


def test_hostile_files_do_not_disturb_reports_read_beside_them(
    address: str, tmp_path: Path
) -> None:
    report = write_docx(tmp_path / "r.docx", p("第一章 总论") + p(TEXT))
    hostile = write_form_in_a_ring(tmp_path / "h.pdf")
    errors: list[object] = []

    def send(path: Path) -> None:
        result = upload(address, path)
        errors.append((path.suffix, result["error"] is None))

    threads = [threading.Thread(target=send, args=(path,)) for path in (report, hostile) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(errors, key=str) == [(".docx", True)] * 3 + [(".pdf", False)] * 3
