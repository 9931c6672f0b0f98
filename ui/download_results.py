"""Kept results -> the files that can be downloaded of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from types import MappingProxyType

from checkers.comment_docx import comment_docx
from checkers.finding import CheckResult
from checkers.render_docx import render_docx
from checkers.render_html import render_html
from checkers.render_json import render_json
from checkers.render_markdown import render_markdown
from checkers.render_sarif import render_sarif
from checkers.write_workbook import write_workbook
from ui.errors import RequestRefused
from ui.kept_results import CheckedReports, KeptBatches

COMMENTS = "comments"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Results = tuple[CheckResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file to be handed out: its content, its MIME type, and its name."""

    content: bytes
    media_type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    """How results become a file.

    Attributes:
        ending: of the file's name.
        media_type: of the file.
        render: makes it of all results together, or of the only one.
        for_many: whether it can hold more than one.
    """

    ending: str
    media_type: str
    render: Callable[[Results], bytes]
    for_many: bool = False


def _render_json(results: Results) -> bytes:
    return render_json(results).encode()


def _render_sarif(results: Results) -> bytes:
    return render_sarif(results).encode()


def _render_markdown(results: Results) -> bytes:
    return "\n".join(map(render_markdown, results)).encode()


FORMATS: Mapping[str, _Format] = MappingProxyType(
    {
        "html": _Format(
            ending="html", media_type="text/html", render=lambda r: render_html(r[0]).encode()
        ),
        "docx": _Format(ending="docx", media_type=_WORD, render=lambda r: render_docx(r[0])),
        "markdown": _Format(
            ending="md", media_type="text/markdown", render=_render_markdown, for_many=True
        ),
        "json": _Format(
            ending="json", media_type="application/json", render=_render_json, for_many=True
        ),
        "sarif": _Format(
            ending="sarif", media_type="application/sarif+json", render=_render_sarif, for_many=True
        ),
        "xlsx": _Format(ending="xlsx", media_type=_EXCEL, render=write_workbook, for_many=True),
    }
)
"""By name, as on the command line; ``comments`` comes beside them."""


class ResultFiles:
    """The files of all results that are kept."""

    def __init__(self, reports: CheckedReports, batches: KeptBatches) -> None:
        self._reports = reports
        self._batches = batches

    def find_report(self, key: str) -> CheckResult:
        """Return a result.

        Raises:
            RequestRefused: the key is unknown or too old.
        """
        result = self._reports.find(key)
        if result is None:
            raise RequestRefused(
                "这份检查结果已过期，请重新上传报告检查。", status=404, code="expired"
            )
        return result

    def make(self, key: str, format_name: str, *, skeleton: bool = False) -> Download:
        """Return a file of one result, or of those that were checked together.

        Raises:
            RequestRefused: key or format are not known, or don't go together.
            ReportUnreadable: the DOCX can't take comments.
        """
        if format_name == COMMENTS:
            return self._comment(key, skeleton=skeleton)
        form = FORMATS.get(format_name)
        if form is None:
            named = "、".join([*FORMATS, COMMENTS])
            raise RequestRefused(f"没有“{format_name[:20]}”这种格式，可用的有：{named}。")
        batch = self._batches.find(key)
        if batch is not None and not form.for_many:
            raise RequestRefused("多份报告的汇总没有这种格式，请按单份报告的 key 下载。")
        results = batch or (self.find_report(key),)
        stem = f"{len(results)}份报告" if batch else PurePath(results[0].file).stem
        return Download(
            content=form.render(results),
            media_type=form.media_type,
            name=f"{stem}-检查结果.{form.ending}",
        )

    def _comment(self, key: str, *, skeleton: bool) -> Download:
        result = self.find_report(key)
        source = self._reports.find_source(key)
        if result.error is None and not source:
            raise RequestRefused(
                "带批注的报告只能由单独上传的 .docx 生成，原文件也可能已过期；"
                "请单独上传 .docx 再检查一次。",
                status=404,
                code="no_source",
            )
        content = comment_docx(source, result, skeleton=skeleton, now=datetime.now(UTC))
        ending = "批注和提纲" if skeleton else "批注"
        name = f"{PurePath(result.file).stem}-{ending}.docx"
        return Download(content=content, media_type=_WORD, name=name)
