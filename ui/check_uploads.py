"""Uploaded files -> the results of the reports in them, for the page, HTTP and MCP."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from assistant.assistant import Assistant
from checkers.check_archive import STOPPED, check_reports
from checkers.compare_checks import EarlierCheck, compare_checks, summarize_check
from checkers.finding import CheckFault, CheckResult
from checkers.load_rules import Rules
from checkers.watch_reading import ReadingWatch, ScanOptions
from ui.errors import RequestRefused
from ui.kept_results import CheckedReport

_SOURCE_KIND = "docx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file on this machine and the name under which its owner knows it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckProgress:
    """How far a check is.

    Attributes:
        file: count of the file that is being read, from 1.
        files: how many there are.
        name: of that file.
        page: scanned pages of it that have been recognised.
        pages: pages to recognise; 0 for a file of text.
    """

    file: int
    files: int
    name: str
    page: int = 0
    pages: int = 0

    @property
    def takes_long(self) -> bool:
        """Whether it is worth a way to stop it."""
        return self.files > 1 or self.pages > 0


ReportProgress = Callable[[CheckProgress], None]


class UploadChecker:
    """Checks uploads under the rules over an assistant's library."""

    def __init__(self, assistant: Assistant, rules: Rules, *, kept_in: Path | None) -> None:
        """``kept_in``: folder for what was recognised on scanned pages; None keeps nothing."""
        self._assistant = assistant
        self._rules = rules
        self._scans = ScanOptions(kept_in=kept_in)

    def check(
        self,
        uploads: Sequence[Upload],
        profile: str,
        *,
        watch: ReadingWatch | None = None,
        report_progress: ReportProgress | None = None,
    ) -> tuple[CheckedReport, ...]:
        """Check them one after the other; an archive gives a result for each report inside.

        Once ``watch.stop`` is set, what has not been read yet is refused with the code
        ``stopped``. ``watch.on_progress`` is not called; ``report_progress`` is.
        """
        watch = watch or ReadingWatch()
        checked: list[CheckedReport] = []
        for number, upload in enumerate(uploads, 1):
            if watch.stop.is_set():
                checked.append(CheckedReport(result=self._refuse(upload, profile)))
                continue
            progress = CheckProgress(file=number, files=len(uploads), name=upload.name)
            follow = _follow(progress, watch, report_progress)
            checked += self._check(upload, profile, follow)
        return tuple(checked)

    def compare(self, result: CheckResult, earlier: EarlierCheck | Upload | None) -> CheckResult:
        """The result with what changed since an earlier version; one not read has no changes.

        Raises:
            RequestRefused: the earlier version can't be read, or is an archive.
            EarlierCheckInvalid: it was checked under another profile.
        """
        if earlier is None or result.error is not None:
            return result
        if isinstance(earlier, Upload):
            earlier = self._read_earlier(earlier, result.profile)
        return replace(result, changes=compare_checks(earlier, result))

    def _read_earlier(self, upload: Upload, profile: str) -> EarlierCheck:
        checked, *others = self.check([upload], profile)
        if others:
            raise RequestRefused("上一版是压缩包，请解压后只给其中的一份报告。")
        if checked.result.error is not None:
            reason = checked.result.error.message
            raise RequestRefused(f"上一版“{upload.name}”没有读成：{reason}")
        return summarize_check(checked.result)

    def _check(self, upload: Upload, profile: str, watch: ReadingWatch) -> Iterator[CheckedReport]:
        results = check_reports(
            upload.path,
            profile=profile,
            library=self._assistant.library,
            rules=self._rules,
            watch=watch,
            scans=self._scans,
        )
        for result in results:
            inside = result.file.removeprefix(upload.path.name)
            named = replace(result, file=upload.name + inside)
            # Of a report in an archive, no file of its own is left.
            keeps = named.kind == _SOURCE_KIND and named.error is None and not inside
            source = upload.path.read_bytes() if keeps else b""
            yield CheckedReport(result=named, source=source)

    def _refuse(self, upload: Upload, profile: str) -> CheckResult:
        return CheckResult(
            file=upload.name,
            kind="unknown",
            profile=profile,
            profile_name=self._rules.profile(profile).name,
            error=CheckFault(code="stopped", message=STOPPED),
        )


def word_progress(progress: CheckProgress, stop: Event) -> str:
    """What is being done, in Chinese."""
    if stop.is_set():
        return "正在停止，马上给出已读部分的结果"
    which = (
        f"正在检查第{progress.file}份，共{progress.files}份：{progress.name}"
        if progress.files > 1
        else "正在读取并检查报告"
    )
    if not progress.pages:
        return which
    return f"{which}（扫描页逐页识别文字，已识别{progress.page}页，共{progress.pages}页）"


def _follow(
    progress: CheckProgress, watch: ReadingWatch, report: ReportProgress | None
) -> ReadingWatch:
    """The watch over one file, which tells how far all of them are."""
    if report is None:
        return watch
    tell = report
    tell(progress)

    def tell_pages(done: int, total: int) -> None:
        tell(replace(progress, page=done, pages=total))

    return replace(watch, on_progress=tell_pages)
