"""Assistant -> web server: the page and the JSON endpoints on one address."""

from __future__ import annotations

from pathlib import Path

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from assistant.assistant import Assistant
from assistant.settings import Settings
from checkers.load_rules import load_rules
from ui.errors import RequestRefused
from ui.explain_error import KNOWN_ERRORS, error_to_json
from ui.http_interface import UPLOAD_LIMIT, HttpInterface
from ui.kept_results import CheckedReports, KeptBatches, KeptChecklists
from ui.package_files import read_package_file
from ui.page import build_page, build_theme
from ui.page_actions import PageActions

# Gradio follows the system's dark mode; the page's colours carry meaning and are made for light.
_ON_LOAD = (
    "() => { document.body.classList.remove('dark'); document.documentElement.lang = 'zh-CN'; }"
)
# Gradio words its own parts in the browser's language; with an English browser, in these words.
_OWN_WORDS = {
    "upload_text.drop_file": "将文件拖放到此处",
    "upload_text.click_to_upload": "点击上传",
    "common.or": "或",
}
_SIMULTANEOUS_EVENTS = 4
_ASK_BODY = (
    "请求内容不对：需要JSON对象，含 question（文字），"
    "可含 history（问题列表）、region、report（检查结果的 key）、id。"
)
_DOWNLOAD_WORDS = "网址里的参数不对：skeleton 和 view 只能写 true 或 false。"


def build_server(assistant: Assistant, settings: Settings) -> FastAPI:
    """Return the application to serve; uploads larger than ``UPLOAD_LIMIT`` bytes are refused."""
    rules = load_rules(data_folder=settings.data_folder)
    reports, checklists, batches = CheckedReports(), KeptChecklists(), KeptBatches()
    server = FastAPI(title="zhengxin", docs_url=None, redoc_url=None, openapi_url=None)
    interface = HttpInterface(
        assistant,
        rules,
        reports=reports,
        checklists=checklists,
        batches=batches,
        kept_in=settings.data_folder,
    )
    server.include_router(interface.build_router())
    _explain_errors(server)
    actions = PageActions(
        assistant,
        rules,
        settings.data_folder,
        reports=reports,
        checklists=checklists,
        batches=batches,
    )
    page = build_page(actions)
    page.queue(default_concurrency_limit=_SIMULTANEOUS_EVENTS)
    mounted: FastAPI = gr.mount_gradio_app(
        server,
        page,
        path="/",
        footer_links=[],
        show_error=False,
        max_file_size=UPLOAD_LIMIT,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        theme=build_theme(),
        css=read_package_file("page.css"),
        js=_ON_LOAD,
        i18n=gr.I18n(en=_OWN_WORDS),
        favicon_path=str(Path(__file__).parent / "favicon.svg"),
    )
    return mounted


def _explain_errors(server: FastAPI) -> None:
    server.add_exception_handler(RequestValidationError, _reply_invalid)
    for known in (*KNOWN_ERRORS, Exception):
        server.add_exception_handler(known, _reply_error)


def _reply_invalid(request: Request, error: Exception) -> JSONResponse:
    # Questions come in a body; what is fetched has nothing but its address.
    message = _ASK_BODY if request.method == "POST" else _DOWNLOAD_WORDS
    return _reply_error(request, RequestRefused(message))


def _reply_error(request: Request, error: Exception) -> JSONResponse:
    status = error.status if isinstance(error, RequestRefused) else 400
    known = isinstance(error, KNOWN_ERRORS)
    return JSONResponse(error_to_json(error), status_code=status if known else 500)
