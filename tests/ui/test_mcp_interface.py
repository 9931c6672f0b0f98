from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

mcp = pytest.importorskip("mcp", reason="没有安装 zhengxin[mcp]")

from mcp import Client, StdioServerParameters  # noqa: E402
from mcp.client.stdio import stdio_client  # noqa: E402

PROGRAM = "from ui.command_line import main; main()"
Json = dict[str, Any]


def talk(folder: Path, conversation: Callable[[Client], Awaitable[None]]) -> None:
    """Start ``zhengxin mcp`` and talk to it with the client of the SDK."""

    async def run() -> None:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-c", PROGRAM, "mcp"],
            env={"ZHENGXIN_DATA_FOLDER": str(folder)},
        )
        with anyio.fail_after(120):
            async with Client(stdio_client(server)) as client:
                await conversation(client)

    anyio.run(run)


async def call(client: Client, tool: str, **arguments: object) -> tuple[Json, bool]:
    """What a tool replies, as data, and whether it failed; its text says the same."""
    result = await client.call_tool(tool, arguments)
    assert result.structured_content is not None
    (content,) = result.content
    assert json.loads(content.text) == result.structured_content
    return result.structured_content, bool(result.is_error)


def test_the_tools_reply_as_the_other_interfaces_do(built: Path, report: Path) -> None:
    async def conversation(client: Client) -> None:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools == {"ask", "check_report", "show_article", "save_result"}
        answer, _ = await call(client, "ask", question="验收材料有哪些", region="淅川")
        assert (answer["status"], answer["regions"]) == ("answered", ["xichuan"])
        assert answer["citations"][0]["article"] == 18
        followed, _ = await call(client, "ask", question="那金寨呢", history=["淅川验收材料有哪些"])
        assert followed["regions"] == ["jinzhai"]
        shown, _ = await call(client, "show_article", reference="淅川 第二十六条")
        assert "信息资源共享分析篇" in shown["text"]
        checked, _ = await call(client, "check_report", path=str(report), profile="xichuan")
        assert [topic["topic"] for topic in checked["topics"]][2] == "crypto"
        why, _ = await call(client, "ask", question="为什么缺密码应用篇", report=checked["key"])
        assert "密码应用：缺少" in why["text"]

    talk(built, conversation)


def test_a_call_that_fails_is_one_chinese_sentence(built: Path) -> None:
    async def conversation(client: Client) -> None:
        for tool, arguments, sentence in (
            ("ask", {"question": "验收", "region": "佛山"}, "没有“佛山”这个地区"),
            ("ask", {"question": "怎么补", "report": "x"}, "请先用 check_report"),
            ("show_article", {"reference": "火星 第一条"}, "不在库中"),
            ("check_report", {"path": "a.docx", "profile": "佛山"}, "没有“佛山”的检查口径"),
        ):
            fault, failed = await call(client, tool, **arguments)
            assert failed
            assert sentence in fault["error"]["message"]

    talk(built, conversation)


def test_a_report_that_is_not_there_is_told_as_the_command_line_does(built: Path) -> None:
    async def conversation(client: Client) -> None:
        checked, failed = await call(client, "check_report", path="/nowhere/a.docx")
        assert not failed
        assert checked["error"]["code"] == "not_found"

    talk(built, conversation)


def test_a_folder_is_checked_compared_and_its_results_saved(
    built: Path, report: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "一批"
    (folder / "甲").mkdir(parents=True)
    shutil.copy(report, folder / "甲" / "水务.docx")
    (folder / "纪要.txt").write_text("会议纪要。", encoding="utf-8")
    saved = tmp_path / "批注.docx"

    async def conversation(client: Client) -> None:
        checked, _ = await call(client, "check_report", path=str(folder), profile="淅川")
        assert [part["file"] for part in checked["results"]] == ["甲/水务.docx", "纪要.txt"]
        key = checked["results"][0]["key"]
        told, failed = await call(
            client, "save_result", report=key, path=str(saved), format="comments", skeleton=True
        )
        assert not failed
        assert told["bytes"] == saved.stat().st_size
        assert saved.read_bytes().startswith(b"PK")
        fault, failed = await call(
            client, "save_result", report=key, path=str(saved), format="html"
        )
        assert failed
        assert "不会覆盖" in fault["error"]["message"]
        again, _ = await call(
            client, "check_report", path=str(report), profile="xichuan", previous=str(report)
        )
        assert again["changes"]["mended"] == []

    talk(built, conversation)


def test_without_the_sdk_the_command_says_what_to_install(data_folder: Path) -> None:
    script = f"import sys; sys.modules['mcp'] = None; {PROGRAM}"
    result = subprocess.run(
        [sys.executable, "-c", script, "mcp"], capture_output=True, timeout=60, check=False
    )
    assert (result.returncode, result.stdout) == (2, b"")
    assert 'pip install "zhengxin[mcp]"' in result.stderr.decode()
    assert not data_folder.exists()
