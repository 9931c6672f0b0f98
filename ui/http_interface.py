"""JSON over HTTP beside the page: the same objects as the command line prints."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from assistant.answer import Checklist
from assistant.assistant import Assistant
from assistant.export_checklist import render_checklist_docx, render_checklist_markdown
from checkers.load_rules import Rules
from checkers.render_json import to_json
from checkers.watch_reading import ReadingWatch
from corpus.export_library import export_library
from ui.answer_json import answer_to_json
from ui.check_uploads import Upload, UploadChecker
from ui.clean_question import clean_question
from ui.download_results import ResultFiles
from ui.errors import RequestRefused
from ui.keep_checked import keep_checked, to_batch_json
from ui.kept_results import CheckedReport, CheckedReports, KeptBatches, KeptChecklists
from ui.resolve_region import resolve_profile, resolve_region

UPLOAD_LIMIT = 200 * 1024 * 1024
"""Bytes of a request; a 350-page report with pictures has some 30 MB."""
MOST_FILES = 100
"""Of one request; more come in several requests, in a ZIP, or to the command line."""
SIMULTANEOUS_CHECKS = 8
"""Further ones wait; scans take minutes, and questions need threads meanwhile."""
_SECONDS_BETWEEN_LOOKS = 1.0

_ALL_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_METHODS = {"ask": "POST", "check": "POST", "corpus": "GET"}

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _CheckRequest:
    """Body of ``POST /api/check``: ``file`` once or more, ``profile``, ``previous``."""

    files: tuple[UploadFile, ...]
    profile: str | None
    previous: UploadFile | None


class HttpInterface:
    """The endpoints over one assistant."""

    def __init__(
        self,
        assistant: Assistant,
        rules: Rules,
        *,
        reports: CheckedReports,
        checklists: KeptChecklists,
        batches: KeptBatches | None = None,
        kept_in: Path | None = None,
    ) -> None:
        """``kept_in``: folder for what was recognised on scanned pages; None keeps nothing."""
        self._assistant = assistant
        self._rules = rules
        self._reports = reports
        self._batches = batches or KeptBatches()
        self._files = ResultFiles(reports, self._batches)
        self._checklists = checklists
        self._checker = UploadChecker(assistant, rules, kept_in=kept_in)
        self._places = CapacityLimiter(SIMULTANEOUS_CHECKS)

    def build_router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        router.add_api_route("/healthz", self.tell_health, methods=["GET"])
        router.add_api_route("/api/ask", self.ask, methods=["POST"])
        router.add_api_route("/api/check", self.check, methods=["POST"])
        router.add_api_route("/api/corpus", self.export, methods=["GET"])
        router.add_api_route("/api/results/{key}", self.download, methods=["GET"])
        # Last of these: what comes here has another path, or another method, than those above.
        router.add_api_route("/api/{path:path}", self.refuse, methods=_ALL_METHODS)
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
            report=self._files.find_report(asked.report) if asked.report else None,
        )
        return JSONResponse(dict(answer_to_json(answer, question=question, id=asked.id)))

    async def check(self, request: Request) -> JSONResponse:
        """Check uploaded reports; the copies on disk are gone before the reply leaves.

        One report gives one object, several or an archive an object with ``results``. Each result
        is kept under its ``key``, to be asked about and downloaded.
        """
        require_size(request)
        try:
            async with request.form(max_files=MOST_FILES + 1, max_fields=8) as form:
                reply = await self._check_form(request, form)
        except HTTPException as error:
            raise RequestRefused(
                f"上传的内容读不懂，或一次超过{MOST_FILES}份；"
                "请用 multipart/form-data 的 file 字段上传。"
            ) from error
        return JSONResponse(dict(reply))

    def export(self) -> JSONResponse:
        """Return the whole library."""
        return JSONResponse(dict(export_library(self._assistant.library)))

    def download(
        self,
        key: str,
        format: str = "json",
        skeleton: bool = False,
        view: bool = False,
    ) -> Response:
        """Return a result, or a batch, as a file; with ``view`` to look at instead of to keep."""
        made = self._files.make(key, format, skeleton=skeleton)
        kind = "inline" if view else "attachment"
        headers = {**_NO_SCRIPTS, "Content-Disposition": _name_download(made.name, kind=kind)}
        return Response(made.content, media_type=made.media_type, headers=headers)

    def download_checklist(self, key: str) -> Response:
        """Return a checklist as a Word document."""
        checklist = self._find_checklist(key)
        headers = {"Content-Disposition": _name_download(f"{checklist.title}.docx")}
        content = render_checklist_docx([checklist])
        return Response(content, media_type=_WORD, headers=headers)

    def download_markdown(self, key: str) -> Response:
        """Return a checklist as Markdown."""
        checklist = self._find_checklist(key)
        headers = {"Content-Disposition": _name_download(f"{checklist.title}.md")}
        content = render_checklist_markdown([checklist])
        return Response(content, media_type="text/markdown", headers=headers)

    def refuse(self, path: str, request: Request) -> Response:
        """Refuse a path or a method that the interface does not have; the page is no answer."""
        method = _METHODS.get(path)
        if method is not None:
            raise RequestRefused(
                f"/api/{path} 要用 {method} 请求，不是 {request.method}。",
                status=405,
                code="wrong_method",
            )
        raise RequestRefused(
            f"没有 /api/{path} 这个接口；可用的有 POST /api/ask、POST /api/check、GET /api/corpus、"
            "GET /api/results/结果的key。",
            status=404,
            code="no_such_path",
        )

    def _find_checklist(self, key: str) -> Checklist:
        checklist = self._checklists.find(key)
        if checklist is None:
            raise RequestRefused("这份清单已过期，请重新提问。", status=404, code="expired")
        return checklist

    async def _check_form(self, request: Request, form: FormData) -> Mapping[str, object]:
        asked, watch = _read_form(form), ReadingWatch()
        looking = asyncio.create_task(stop_when_gone(request, watch.stop))
        try:
            return await to_thread.run_sync(self._check_uploads, asked, watch, limiter=self._places)
        finally:
            looking.cancel()

    def _check_uploads(self, asked: _CheckRequest, watch: ReadingWatch) -> Mapping[str, object]:
        profile = resolve_profile(asked.profile, self._rules, self._assistant.library)
        with tempfile.TemporaryDirectory(prefix="zhengxin-") as folder:
            uploads = [_store(file, Path(folder)) for file in asked.files]
            checked = self._checker.check(uploads, profile, watch=watch)
            if asked.previous is not None:
                earlier = _store(asked.previous, Path(folder))
                checked = self._compare(checked, earlier)
        kept = keep_checked(checked, self._reports, self._batches)
        (first, *others) = checked
        if others or "/" in first.result.file:
            return to_batch_json(kept, checked)
        return {"key": kept.reports[0], **to_json(first.result)}

    def _compare(
        self, checked: tuple[CheckedReport, ...], earlier: Upload
    ) -> tuple[CheckedReport, ...]:
        if len(checked) != 1:
            raise RequestRefused("previous 只能用于一份报告，请一次检查一份新版。")
        (one,) = checked
        return (replace(one, result=self._checker.compare(one.result, earlier)),)


async def stop_when_gone(request: Request, stop: Event) -> None:
    """Set ``stop`` once whoever asked has hung up, so that nothing is read for nobody."""
    while not await request.is_disconnected():
        await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
    stop.set()


def _read_form(form: FormData) -> _CheckRequest:
    files = tuple(part for part in form.getlist("file") if isinstance(part, UploadFile))
    if not files:
        raise RequestRefused("请用 multipart/form-data 的 file 字段上传报告，可以有多份。")
    profile, previous = form.get("profile"), form.get("previous")
    return _CheckRequest(
        files=files,
        profile=profile if isinstance(profile, str) else None,
        previous=previous if isinstance(previous, UploadFile) else None,
    )


def _store(upload: UploadFile, folder: Path) -> Upload:
    """Copy an upload into a folder under a name of our own."""
    name = Path(upload.filename or "").name or "report"
    with tempfile.NamedTemporaryFile(
        dir=folder, prefix="upload", suffix=Path(name).suffix[:10], delete=False
    ) as copy:
        shutil.copyfileobj(upload.file, copy)
    return Upload(path=Path(copy.name), name=name)


def require_size(request: Request) -> None:
    """Refuse a body that is too large, before any of it is read.

    Raises:
        RequestRefused: it is too large, or it doesn't say how large it is.
    """
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise RequestRefused("请求没有写明大小（Content-Length）。", status=411, code="no_length")
    if int(length) > UPLOAD_LIMIT:
        limit = UPLOAD_LIMIT // 1024**2
        raise RequestRefused(
            f"文件超过{limit}MB，请压缩其中的图片后再上传。", status=413, code="too_large"
        )


def _name_download(name: str, *, kind: str = "attachment") -> str:
    ending = name.rpartition(".")[2]
    return f"{kind}; filename=\"result.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
