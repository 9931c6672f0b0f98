"""Tools for programs that speak the Model Context Protocol: the same objects as over HTTP.

Needs the extra ``mcp``; only ``mcp_command`` imports this module.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from assistant.assistant import Assistant
from checkers.finding import CheckResult
from checkers.load_rules import Rules
from checkers.render_json import to_json
from corpus.read_reference import read_reference
from ui.answer_json import answer_to_json
from ui.check_uploads import Upload, UploadChecker
from ui.clean_question import clean_question
from ui.corpus_json import provision_to_json
from ui.download_results import ResultFiles
from ui.errors import RequestRefused
from ui.explain_error import error_to_json
from ui.keep_checked import keep_checked, to_batch_json
from ui.kept_results import CheckedReports, KeptBatches
from ui.list_reports import list_reports
from ui.resolve_region import resolve_profile, resolve_region
from ui.write_output import write_output

_INSTRUCTIONS = (
    "就中国县级政务信息化项目管理办法提问、核对条文、检查可行性研究报告。"
    "回答只来自条文原文，引用请保留条号；status 为 not_covered 时不要用别处的规定代替。"
)
_READ_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_WRITES_NEW = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False
)

Question = Annotated[str, Field(description="要问的话，用平时说话的方式写")]
Region = Annotated[str | None, Field(description="只查这个地区：编号或名称，如 xichuan、淅川")]
History = Annotated[tuple[str, ...], Field(description="同一次对话里先前的问题，从早到晚")]
ReportKey = Annotated[str | None, Field(description="check_report 返回的 key，就那份报告提问")]
ReportPath = Annotated[
    str,
    Field(
        description="本机上报告的路径：DOCX、PDF（含扫描件）、DOC、WPS、OFD、Markdown、TXT；"
        "也可以是ZIP或文件夹，其中每份报告一个结果"
    ),
]
PreviousPath = Annotated[
    str | None, Field(description="上一版报告的路径；给出时，changes 说明改了什么、还差什么")
]
ResultKey = Annotated[str, Field(description="check_report 返回的 key")]
SavePath = Annotated[str, Field(description="存到本机的哪个文件；已有的文件不覆盖")]
SaveFormat = Annotated[
    str,
    Field(
        description="comments 带批注的原报告（只限单份DOCX），或 docx、html、markdown、json、"
        "sarif、xlsx"
    ),
]
Skeleton = Annotated[bool, Field(description="format 为 comments 时，给缺少的篇章插入写作提纲")]
Profile = Annotated[str | None, Field(description="检查口径：地区编号或名称；不写则从严")]
Reference = Annotated[str, Field(description="如 淅川 第二十六条，或 xichuan:17.2.1")]


class McpInterface:
    """The tools over one assistant."""

    def __init__(
        self,
        assistant: Assistant,
        rules: Rules,
        reports: CheckedReports,
        *,
        kept_in: Path | None = None,
    ) -> None:
        """``kept_in``: folder for what was recognised on scanned pages; None keeps nothing."""
        self._assistant = assistant
        self._rules = rules
        self._reports = reports
        self._batches = KeptBatches()
        self._files = ResultFiles(reports, self._batches)
        self._checker = UploadChecker(assistant, rules, kept_in=kept_in)

    def build_server(self) -> MCPServer[None]:
        """Return the server with its tools."""
        server: MCPServer[None] = MCPServer(
            "zhengxin", instructions=_INSTRUCTIONS, version=version("zhengxin"), log_level="WARNING"
        )
        for tool, description in (
            (self.ask, "就政务信息化项目办法提问；回答逐句附条文，办法没有规定的如实说明。"),
            (
                self.check_report,
                "检查可研报告是否写了办法要求的篇章，返回结果和 key；多份时结果在 results 里。",
            ),
            (self.show_article, "查看一条、一款或一项的原文。"),
        ):
            server.add_tool(tool, description=description, annotations=_READ_ONLY)
        server.add_tool(
            self.save_result,
            description="把检查结果存成文件：带批注的原报告、整改清单、汇总表等。",
            annotations=_WRITES_NEW,
        )
        return server

    def ask(
        self,
        question: Question,
        region: Region = None,
        history: History = (),
        report: ReportKey = None,
    ) -> CallToolResult:
        """Answer one question."""
        return _reply(lambda: self._ask(question, region, history, report))

    def check_report(
        self, path: ReportPath, profile: Profile = None, previous: PreviousPath = None
    ) -> CallToolResult:
        """Check one report, or all in an archive or a folder."""
        earlier = Path(previous).expanduser() if previous else None
        return _reply(lambda: self._check(Path(path).expanduser(), profile, earlier))

    def save_result(
        self, report: ResultKey, path: SavePath, format: SaveFormat, skeleton: Skeleton = False
    ) -> CallToolResult:
        """Write a file of a result."""
        return _reply(lambda: self._save(report, Path(path).expanduser(), format, skeleton))

    def show_article(self, reference: Reference) -> CallToolResult:
        """Show one provision."""
        return _reply(lambda: self._show(reference))

    def _ask(
        self, question: str, region: str | None, history: tuple[str, ...], report: str | None
    ) -> Mapping[str, object]:
        cleaned = clean_question(question)
        answer = self._assistant.ask(
            cleaned,
            region=resolve_region(region, self._assistant.library),
            history=tuple(clean_question(earlier) for earlier in history),
            report=self._find_result(report) if report else None,
        )
        return answer_to_json(answer, question=cleaned)

    def _find_result(self, key: str) -> CheckResult:
        result = self._reports.find(key)
        if result is None:
            raise RequestRefused("没有这份检查结果，请先用 check_report 检查报告。", status=404)
        return result

    def _check(
        self, path: Path, profile: str | None, previous: Path | None
    ) -> Mapping[str, object]:
        wanted = resolve_profile(profile, self._rules, self._assistant.library)
        uploads = [Upload(path=part, name=_name(part, path)) for part in list_reports([path])]
        checked = self._checker.check(uploads, wanted)
        if previous is not None:
            if len(checked) != 1:
                raise RequestRefused("previous 只能用于一份报告，请一次检查一份新版。")
            (one,) = checked
            earlier = Upload(path=previous, name=previous.name)
            checked = (replace(one, result=self._checker.compare(one.result, earlier)),)
        kept = keep_checked(checked, self._reports, self._batches)
        if len(checked) > 1:
            return to_batch_json(kept, checked)
        return {"key": kept.reports[0], **to_json(checked[0].result)}

    def _save(self, key: str, path: Path, format_name: str, skeleton: bool) -> Mapping[str, object]:
        if path.exists():
            raise RequestRefused(f"{path} 已经存在，不会覆盖，请换一个路径。", code="exists")
        made = self._files.make(key, format_name, skeleton=skeleton)
        write_output(made.content, path)
        return {"path": str(path), "format": format_name, "bytes": len(made.content)}

    def _show(self, reference: str) -> Mapping[str, object]:
        library = self._assistant.library
        return provision_to_json(read_reference(reference, library), library)


def _name(report: Path, given: Path) -> str:
    """The name of a report: of one in a folder, its path inside."""
    return str(report.relative_to(given)) if given.is_dir() else report.name


def _reply(make: Callable[[], Mapping[str, object]]) -> CallToolResult:
    """The object as text and as data; an error is an object with one Chinese sentence."""
    try:
        made, failed = dict(make()), False
    except Exception as error:  # noqa: BLE001 - the edge: explain_error logs what it doesn't know
        made, failed = dict(error_to_json(error)), True
    text = json.dumps(made, ensure_ascii=False)
    return CallToolResult(
        content=[TextContent(text=text)], structured_content=made, is_error=failed
    )
