from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.answer import Answer
from assistant.assistant import Assistant, open_assistant
from assistant.settings import Settings
from checkers.finding import CheckResult
from checkers.load_rules import load_rules
from ui.http_interface import UPLOAD_LIMIT, HttpInterface
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


def test_an_old_result_is_gone_with_a_sentence(client: TestClient) -> None:
    reply = client.get("/results/unknown.html")
    assert reply.status_code == 404
    assert "重新上传" in reply.json()["error"]["message"]


def test_a_kept_result_is_downloaded_and_may_run_no_script(built_folder: Path) -> None:
    reports = CheckedReports()
    key = reports.keep(
        CheckResult(file="报告<b>.docx", kind="docx", profile="xichuan", profile_name="淅川")
    )
    assistant = open_assistant(Settings(data_folder=built_folder))
    server = FastAPI()
    interface = HttpInterface(assistant, load_rules(), reports=reports, checklists=KeptChecklists())
    server.include_router(interface.build_router())
    client = TestClient(server)
    page = client.get(f"/results/{key}.html")
    assert page.headers["content-disposition"].startswith("attachment")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<b>.docx" not in page.text
    assert client.get(f"/results/{key}.docx").content.startswith(b"PK")
    viewed = client.get(f"/results/{key}.html", params={"view": "1"})
    assert viewed.headers["content-disposition"].startswith("inline")


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
