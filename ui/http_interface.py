"""JSON over HTTP beside the page: the same objects as the command line prints."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from assistant.answer import Checklist
from assistant.assistant import Assistant
from assistant.export_checklist import render_checklist_docx, render_checklist_markdown
from checkers.check_report import check_report
from checkers.finding import CheckResult
from checkers.load_rules import Rules
from checkers.render_docx import render_docx
from checkers.render_html import render_html
from checkers.render_json import to_json
from corpus.export_library import export_library
from ui.answer_json import answer_to_json
from ui.clean_question import clean_question
from ui.errors import RequestRefused
from ui.kept_results import CheckedReports, KeptChecklists
from ui.resolve_region import resolve_profile, resolve_region

UPLOAD_LIMIT = 200 * 1024 * 1024
"""Bytes of a request; a 350-page report with pictures has some 30 MB."""

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A downloaded result is a document of ours with words of a stranger's report in it.
_NO_SCRIPTS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
}


class AskRequest(BaseModel):
    """Body of ``POST /api/ask``; ``report`` is the key that ``/api/check`` gave."""

    model_config = ConfigDict(extra="forbid")

    question: str
    history: tuple[str, ...] = ()
    region: str | None = None
    report: str | None = None
    id: str | int | None = None


class HttpInterface:
    """The endpoints over one assistant."""

    def __init__(
        self,
        assistant: Assistant,
        rules: Rules,
        *,
        reports: CheckedReports,
        checklists: KeptChecklists,
    ) -> None:
        self._assistant = assistant
        self._rules = rules
        self._reports = reports
        self._checklists = checklists

    def build_router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        router.add_api_route("/healthz", self.tell_health, methods=["GET"])
        router.add_api_route("/api/ask", self.ask, methods=["POST"])
        router.add_api_route("/api/check", self.check, methods=["POST"])
        router.add_api_route("/api/corpus", self.export, methods=["GET"])
        router.add_api_route("/results/{key}.html", self.download_html, methods=["GET"])
        router.add_api_route("/results/{key}.docx", self.download_docx, methods=["GET"])
        router.add_api_route("/checklists/{key}.docx", self.download_checklist, methods=["GET"])
        router.add_api_route("/checklists/{key}.md", self.download_markdown, methods=["GET"])
        return router

    def tell_health(self) -> JSONResponse:
        """Say that the server answers, and from how much."""
        regulations = self._assistant.library.regulations
        articles = sum(len(regulation.articles) for regulation in regulations)
        return JSONResponse({"status": "ok", "regulations": len(regulations), "articles": articles})

    def ask(self, asked: AskRequest) -> JSONResponse:
        """Answer one question."""
        question = clean_question(asked.question)
        answer = self._assistant.ask(
            question,
            region=resolve_region(asked.region, self._assistant.library),
            history=tuple(clean_question(earlier) for earlier in asked.history),
            report=self._find_result(asked.report) if asked.report else None,
        )
        return JSONResponse(dict(answer_to_json(answer, question=question, id=asked.id)))

    async def check(self, request: Request) -> JSONResponse:
        """Check one uploaded report; the copy on disk is gone before the reply leaves.

        The result is kept under the ``key`` of the reply, to be asked about.
        """
        require_size(request)
        async with request.form(max_files=1, max_fields=4) as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise RequestRefused("请用 multipart/form-data 的 file 字段上传一份报告。")
            profile = form.get("profile")
            result = await run_in_threadpool(
                self._check_upload, upload, profile if isinstance(profile, str) else None
            )
        return JSONResponse({"key": self._reports.keep(result), **to_json(result)})

    def export(self) -> JSONResponse:
        """Return the whole library."""
        return JSONResponse(dict(export_library(self._assistant.library)))

    def download_html(self, key: str, view: bool = False) -> Response:
        """Return the result of a check as HTML, to keep or, with ``view``, to look at."""
        result = self._find_result(key)
        headers = {**_NO_SCRIPTS, "Content-Disposition": _disposition(result, "html", inline=view)}
        return Response(render_html(result), media_type="text/html", headers=headers)

    def download_docx(self, key: str) -> Response:
        """Return the result of a check as a Word document."""
        result = self._find_result(key)
        headers = {"Content-Disposition": _disposition(result, "docx", inline=False)}
        return Response(render_docx(result), media_type=_WORD, headers=headers)

    def download_checklist(self, key: str) -> Response:
        """Return a checklist as a Word document."""
        checklist = self._find_checklist(key)
        headers = {"Content-Disposition": _name_download(checklist.title, "docx")}
        content = render_checklist_docx([checklist])
        return Response(content, media_type=_WORD, headers=headers)

    def download_markdown(self, key: str) -> Response:
        """Return a checklist as Markdown."""
        checklist = self._find_checklist(key)
        headers = {"Content-Disposition": _name_download(checklist.title, "md")}
        content = render_checklist_markdown([checklist])
        return Response(content, media_type="text/markdown", headers=headers)

    def _find_checklist(self, key: str) -> Checklist:
        checklist = self._checklists.find(key)
        if checklist is None:
            raise RequestRefused("这份清单已过期，请重新提问。", status=404)
        return checklist

    def _find_result(self, key: str) -> CheckResult:
        result = self._reports.find(key)
        if result is None:
            raise RequestRefused("这份检查结果已过期，请重新上传报告检查。", status=404)
        return result

    def _check_upload(self, upload: UploadFile, profile: str | None) -> CheckResult:
        library = self._assistant.library
        name = Path(upload.filename or "").name or "report"
        with tempfile.TemporaryDirectory(prefix="zhengxin-") as folder:
            path = Path(folder) / f"upload{Path(name).suffix[:10]}"
            with path.open("wb") as copy:
                while chunk := upload.file.read(1 << 20):
                    copy.write(chunk)
            wanted = resolve_profile(profile, self._rules, library)
            result = check_report(path, profile=wanted, library=library, rules=self._rules)
        return replace(result, file=name)


def require_size(request: Request) -> None:
    """Refuse a body that is too large, before any of it is read.

    Raises:
        RequestRefused: it is too large, or it doesn't say how large it is.
    """
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise RequestRefused("请求没有写明大小（Content-Length）。", status=411)
    if int(length) > UPLOAD_LIMIT:
        limit = UPLOAD_LIMIT // 1024**2
        raise RequestRefused(f"文件超过{limit}MB，请压缩其中的图片后再上传。", status=413)


def _disposition(result: CheckResult, ending: str, *, inline: bool) -> str:
    kind = "inline" if inline else "attachment"
    return _name_download(f"{Path(result.file).stem}-检查结果", ending, kind=kind)


def _name_download(stem: str, ending: str, *, kind: str = "attachment") -> str:
    name = quote(f"{stem}.{ending}", safe="")
    return f"{kind}; filename=\"result.{ending}\"; filename*=UTF-8''{name}"
