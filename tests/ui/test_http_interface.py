from __future__ import annotations

import asyncio
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message

from assistant.answer import Answer
from assistant.assistant import Assistant, open_assistant
from assistant.settings import Settings
from checkers.finding import CheckResult
from checkers.isolate_reading import start_reading
from checkers.load_rules import load_rules
from checkers.outline import Block, Outline
from ui.http_interface import MOST_FILES, UPLOAD_LIMIT, HttpInterface, stop_when_gone
from ui.kept_results import CheckedReports, KeptChecklists

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def client(built_folder: Path) -> Iterator[TestClient]:
    from ui.build_server import build_server

    settings = Settings(data_folder=built_folder)
    with TestClient(build_server(open_assistant(settings), settings)) as client:
        yield client


def test_health_counts_what_is_served(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "regulations": 5, "articles": 161}


def test_ask_replies_as_the_command_line_does(client: TestClient) -> None:
    body = {"id": "q1", "question": "验收需要哪些材料", "region": "淅川", "history": []}
    answer = client.post("/api/ask", json=body).json()
    assert (answer["id"], answer["status"], answer["regions"]) == ("q1", "answered", ["xichuan"])
    assert answer["citations"][0]["article"] == 18


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "bad_request"),
        ({"question": 5}, "bad_request"),
        ({"question": "甲", "unknown": 1}, "bad_request"),
        ({"question": "甲", "region": "佛山"}, "unknown_region"),
        ({"question": "甲", "report": 7}, "bad_request"),
        ([], "bad_request"),
    ],
)
def test_a_wrong_question_is_refused_in_chinese(
    body: object, code: str, client: TestClient
) -> None:
    reply = client.post("/api/ask", json=body)
    assert reply.status_code == 400
    assert reply.json()["error"]["code"] == code
    assert reply.json()["error"]["message"].endswith("。")


def test_check_replies_as_the_command_line_does_and_leaves_no_file(
    report: Path, client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The process that reads keeps a folder of its own as long as it lives.
    start_reading()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with report.open("rb") as file:
        reply = client.post("/api/check", files={"file": file}, data={"profile": "xichuan"})
    result = reply.json()
    assert reply.status_code == 200
    assert (result["file"], result["profile"], result["error"]) == (report.name, "xichuan", None)
    assert len(result["topics"]) == 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.docx", "a/b.docx", "..", "\x00.docx", "x" * 900]
)
def test_the_name_of_an_upload_leads_nowhere(name: str, client: TestClient) -> None:
    reply = client.post("/api/check", files={"file": (name, b"PK\x03\x04")})
    assert reply.status_code == 200
    assert "/" not in reply.json()["file"]
    assert reply.json()["error"]["message"]


def test_a_request_without_a_file_is_refused(client: TestClient) -> None:
    reply = client.post("/api/check", data={"profile": "xichuan"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "bad_request")


def test_an_unknown_profile_is_refused(report: Path, client: TestClient) -> None:
    with report.open("rb") as file:
        reply = client.post("/api/check", files={"file": file}, data={"profile": "佛山"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "unknown_region")


def test_an_upload_beyond_the_limit_is_refused_unread(client: TestClient) -> None:
    headers = {"content-length": str(UPLOAD_LIMIT + 1), "content-type": "multipart/form-data"}
    reply = client.post("/api/check", headers=headers, content=b"")
    assert reply.status_code == 413
    assert "MB" in reply.json()["error"]["message"]


def test_the_library_is_served_whole(client: TestClient) -> None:
    regulations = client.get("/api/corpus").json()["regulations"]
    assert sum(len(regulation["articles"]) for regulation in regulations) == 161


def check(client: TestClient, *paths: Path, **data: str) -> dict[str, Any]:
    files = [("file", (path.name, path.read_bytes())) for path in paths]
    reply = client.post("/api/check", files=files, data={"profile": "xichuan", **data})
    return dict(reply.json())


def test_several_files_and_those_in_an_archive_give_a_result_each(
    report: Path, client: TestClient, tmp_path: Path
) -> None:
    pile = tmp_path / "一批.zip"
    with zipfile.ZipFile(pile, "w") as package:
        package.writestr("甲/水务.docx", report.read_bytes())
        package.writestr("坏.docx", b"PK broken")
    reply = check(client, report, pile)
    assert [part["file"] for part in reply["results"]] == [
        report.name, "一批.zip/甲/水务.docx", "一批.zip/坏.docx",
    ]  # fmt: skip
    assert [part["error"] is None for part in reply["results"]] == [True, True, False]
    assert all(part["key"] for part in reply["results"])
    summary = client.get(f"/api/results/{reply['key']}", params={"format": "xlsx"})
    assert summary.content.startswith(b"PK")
    assert "3%E4%BB%BD%E6%8A%A5%E5%91%8A" in summary.headers["content-disposition"]
    refused = client.get(f"/api/results/{reply['key']}", params={"format": "html"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_request")


def test_the_earlier_version_is_compared_with(
    report: Path, client: TestClient, tmp_path: Path
) -> None:
    """The new version has a chapter on cryptography, the old one has none."""
    document = docx.Document(str(report))
    document.add_heading("第八章 密码应用", level=1)
    document.add_paragraph(
        "系统按第三级密码应用要求设计，用SM4加密水位数据，用SM2证书登录，密钥由云密码机产生和保管。"
        "物理和环境、网络和通信、设备和计算、应用和数据四个层面均采用国密产品，投资12万元。"
    )
    newer = tmp_path / "新版.docx"
    document.save(str(newer))
    files = {
        "file": (newer.name, newer.read_bytes()),
        "previous": ("旧版.docx", report.read_bytes()),
    }
    result = client.post("/api/check", files=files, data={"profile": "xichuan"}).json()
    assert result["changes"]["previous"] == "旧版.docx"
    assert [part["topic"] for part in result["changes"]["mended"]][:1] == ["crypto"]


def test_an_earlier_version_that_can_not_be_read_is_refused(
    report: Path, client: TestClient
) -> None:
    files = {"file": (report.name, report.read_bytes()), "previous": ("旧.pdf", b"%PDF-1.7 x")}
    reply = client.post("/api/check", files=files)
    assert reply.status_code == 400
    assert reply.json()["error"]["message"].startswith("上一版“旧.pdf”没有读成")


def test_too_many_files_are_refused_in_a_sentence(client: TestClient) -> None:
    files = [("file", (f"{number}.txt", b"x")) for number in range(MOST_FILES + 2)]
    reply = client.post("/api/check", files=files)
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "bad_request")
    assert str(MOST_FILES) in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("html", b"<!DOCTYPE html>"),
        ("docx", b"PK"),
        ("markdown", b"# "),
        ("json", b"["),
        ("sarif", b"{"),
        ("xlsx", b"PK"),
        ("comments", b"PK"),
    ],
)
def test_a_result_is_downloaded_in_every_format_and_may_run_no_script(
    name: str, head: bytes, report: Path, client: TestClient
) -> None:
    key = check(client, report)["key"]
    made = client.get(f"/api/results/{key}", params={"format": name})
    assert made.content.startswith(head)
    assert made.headers["content-disposition"].startswith("attachment")
    assert "default-src 'none'" in made.headers["content-security-policy"]
    viewed = client.get(f"/api/results/{key}", params={"format": name, "view": "1"})
    assert viewed.headers["content-disposition"].startswith("inline")


def test_the_commented_report_is_the_uploaded_one_with_skeletons_on_request(
    report: Path, client: TestClient
) -> None:
    key = check(client, report)["key"]
    address = f"/api/results/{key}"
    plain = client.get(address, params={"format": "comments"}).content
    filled = client.get(address, params={"format": "comments", "skeleton": "true"}).content
    texts = [
        "\n".join(part.text for part in docx.Document(BytesIO(content)).paragraphs)
        for content in (plain, filled)
    ]
    original = "\n".join(part.text for part in docx.Document(str(report)).paragraphs)
    assert texts[0] == original
    assert "密码应用需求分析" in texts[1]
    assert any("密码应用" in part.text for part in docx.Document(BytesIO(plain)).comments)


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({"format": "comments"}, 404, "no_source"),
        ({"format": "exe"}, 400, "bad_request"),
        ({}, 200, None),
    ],
)
def test_what_a_result_can_not_be_made_into_is_said(
    params: dict[str, str], status: int, code: str | None, client: TestClient, tmp_path: Path
) -> None:
    text = tmp_path / "报告.txt"
    text.write_text("第一章 概述\n正文。", encoding="utf-8")
    key = check(client, text)["key"]
    reply = client.get(f"/api/results/{key}", params=params)
    assert reply.status_code == status
    assert code is None or reply.json()["error"]["code"] == code


def test_a_wrong_word_in_the_address_of_a_download_is_named(client: TestClient) -> None:
    reply = client.get("/api/results/any", params={"skeleton": "maybe"})
    assert reply.status_code == 400
    assert "skeleton" in reply.json()["error"]["message"]


def test_whoever_hangs_up_stops_the_check() -> None:
    async def hang_up() -> Message:
        return {"type": "http.disconnect"}

    stop = threading.Event()
    asyncio.run(stop_when_gone(Request({"type": "http"}, hang_up), stop))
    assert stop.is_set()


def test_an_old_result_is_gone_with_a_sentence(client: TestClient) -> None:
    reply = client.get("/api/results/unknown", params={"format": "html"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (404, "expired")
    assert "重新上传" in reply.json()["error"]["message"]


def test_the_documents_kept_for_comments_are_bounded() -> None:
    reports = CheckedReports(kept_sources=10)
    result = CheckResult(file="a.docx", kind="docx", profile="x", profile_name="x")
    first, second = (reports.keep(result, b"123456") for _ in range(2))
    assert (reports.find_source(first), reports.find_source(second)) == (b"", b"123456")
    assert reports.find(first) is result


def test_a_checked_report_can_be_asked_about_by_its_key(report: Path, client: TestClient) -> None:
    with report.open("rb") as file:
        checked = client.post("/api/check", files={"file": file}, data={"profile": "xichuan"})
    body = {"question": "为什么缺密码应用篇", "report": checked.json()["key"]}
    answer = client.post("/api/ask", json=body).json()
    assert "密码应用：缺少" in answer["text"]
    assert answer["citations"][0]["article"] == 31


def test_an_unknown_key_of_a_report_is_refused(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": "怎么补", "report": "unknown"})
    assert reply.status_code == 404
    assert "重新上传" in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/check", 405, "wrong_method"),
        ("DELETE", "/api/ask", 405, "wrong_method"),
        ("POST", "/api/corpus", 405, "wrong_method"),
        ("GET", "/api/chekc", 404, "no_such_path"),
        ("POST", "/api/results", 404, "no_such_path"),
    ],
)
def test_a_wrong_path_or_method_is_a_fault_like_any_other(
    method: str, path: str, status: int, code: str, client: TestClient
) -> None:
    reply = client.request(method, path)
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert reply.json()["error"]["message"].endswith("。")


def test_a_kept_checklist_is_downloaded_in_both_formats(
    assistant: Assistant, listing: Answer
) -> None:
    checklists = KeptChecklists()
    key = checklists.keep(listing.checklists[0])
    interface = HttpInterface(
        assistant, load_rules(), reports=CheckedReports(), checklists=checklists
    )
    server = FastAPI()
    server.include_router(interface.build_router())
    client = TestClient(server)
    printed = client.get(f"/checklists/{key}.docx")
    assert printed.content.startswith(b"PK")
    assert printed.headers["content-disposition"].endswith(".docx")
    copied = client.get(f"/checklists/{key}.md")
    assert copied.headers["content-type"] == "text/markdown; charset=utf-8"
    assert copied.text.count("- [ ] ") == len(listing.checklists[0].entries)


@pytest.mark.parametrize("ending", ["docx", "md"])
def test_an_old_checklist_is_gone_with_a_sentence(ending: str, client: TestClient) -> None:
    reply = client.get(f"/checklists/unknown.{ending}")
    assert reply.status_code == 404
    assert "重新提问" in reply.json()["error"]["message"]


def test_only_the_last_results_are_kept() -> None:
    reports = CheckedReports(kept=2)
    result = CheckResult(file="a", kind="docx", profile="x", profile_name="x")
    first, second, third = (reports.keep(result) for _ in range(3))
    assert reports.find(first) is None
    assert reports.find(second) is reports.find(third) is result


def test_a_very_long_report_takes_the_place_of_several() -> None:
    reports = CheckedReports(kept=2)
    short = CheckResult(file="a", kind="docx", profile="x", profile_name="x")
    text = (Block(text="网" * 400_000),)
    long = replace(short, outline=Outline(kind="docx", preamble=text))
    first, second = reports.keep(short), reports.keep(long)
    assert (reports.find(first), reports.find(second)) == (None, long)
