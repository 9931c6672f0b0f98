"""``zhengxin check``: report files -> results on standard output or in files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.settings import Settings
from checkers.errors import CheckerError
from checkers.finding import CheckResult
from checkers.isolate_reading import start_reading
from checkers.watch_reading import ReadingWatch
from ui.check_batch import Checker, check_batch, load_checker
from ui.compare_with_earlier import compare_with_earlier
from ui.errors import CommandMisused
from ui.list_reports import list_reports
from ui.resolve_region import resolve_profile
from ui.show_progress import check_progress
from ui.stop_on_interrupt import stop_on_interrupt
from ui.tell_left_out import tell_left_out, tell_passed_over
from ui.write_output import write_output

FORMATS = ("text", "json", "html", "markdown", "docx", "comments", "sarif", "xlsx")
SUFFIXES = {
    ".html": "html", ".docx": "docx", ".json": "json", ".sarif": "sarif", ".txt": "text",
    ".md": "markdown", ".xlsx": "xlsx",
}  # fmt: skip
"""What the name of the output says of its format."""
_FOR_EACH_FILE = {"html", "docx", "comments"}
_ONLY_AS_FILE = {"docx": "Word结果", "comments": "带批注的报告", "xlsx": "Excel汇总"}
_DOCUMENT_NAMES = {"html": "检查结果.html", "docx": "检查结果.docx", "comments": "批注.docx"}
SHOWN_IN_FULL = 5
"""Of more reports than this, the terminal shows the table alone."""
DETAILS_HINT = "明细：加 -o 汇总.xlsx 存成表格，或加 --format html -o 文件夹，每份报告一个网页。\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCall:
    """What a person asked for.

    Attributes:
        paths: files and folders.
        profile: as written.
        format_name: as written; None lets the suffix of ``output`` decide, else text.
        output: file or folder; None for standard output.
        skeleton: whether comments come with skeletons of missing chapters.
        previous: an earlier version, or the JSON of its check.
        recognise: whether scanned pages are recognised.
    """

    paths: Sequence[Path]
    profile: str = "strictest"
    format_name: str | None = None
    output: Path | None = None
    skeleton: bool = False
    previous: Path | None = None
    recognise: bool = True


def check_files(call: CheckCall) -> int:
    """Check the files, write the results, and return the exit code of the worst one.

    Text, Markdown, JSON, SARIF and the workbook hold all results together; HTML, DOCX and
    comments are one document a report, so several reports need a folder as ``output``.
    """
    format_name = _choose_format(call)
    files = list_reports(call.paths)
    _require_call(call, files, format_name)
    sys.stderr.write(tell_left_out(call.paths))
    # The process that reads loads while this one loads the library.
    start_reading()
    settings = Settings()
    checker = load_checker(
        settings,
        lambda rules, library: resolve_profile(call.profile, rules, library),
        recognise=call.recognise,
    )
    results = _check(files, checker, settings, format_name)
    sys.stderr.write(tell_passed_over(files, results))
    if call.previous is not None and len(results) == 1:
        results = (compare_with_earlier(results[0], call.previous, checker),)
    code = max(result.exit_code for result in results)
    if format_name in _FOR_EACH_FILE:
        return max(code, _write_documents(results, format_name, call))
    _write(_join_results(results, format_name), call.output)
    if call.output is not None:
        _tell_written(results, call.output)
    return code


def _check(
    files: Sequence[Path], checker: Checker, settings: Settings, format_name: str
) -> tuple[CheckResult, ...]:
    """Check with progress on standard error; Ctrl-C gives the results so far."""
    begun: list[int] = []
    with check_progress(quiet=format_name == "json") as report:

        def report_pages(done: int, total: int) -> None:
            begun.append(total)
            report(done, total, "识别扫描页")

        watch = ReadingWatch(on_progress=report_pages)
        with stop_on_interrupt(watch.stop, lambda: len(files) > 1 or bool(begun)):
            return check_batch(
                files,
                checker,
                settings,
                keep_text=format_name == "comments",
                report_progress=report if len(files) > 1 and sys.stderr.isatty() else None,
                watch=watch,
            )


def _choose_format(call: CheckCall) -> str:
    if call.skeleton and call.format_name in (None, "comments"):
        return "comments"
    if call.skeleton:
        raise CommandMisused("--skeleton 把提纲写进报告本身，只能与 --format comments 同用。")
    if call.format_name is not None:
        return call.format_name
    if call.output is None:
        return "text"
    found = SUFFIXES.get(call.output.suffix.lower())
    if found is None or call.output.is_dir():
        raise CommandMisused(
            f"从“{call.output.name or call.output}”看不出结果的格式，"
            f"请让文件名以 {'、'.join(SUFFIXES)} 之一结尾，或用 --format 写明格式。"
        )
    return found


def _require_call(call: CheckCall, files: Sequence[Path], format_name: str) -> None:
    if format_name not in FORMATS:
        raise CommandMisused(f"没有“{format_name}”这种格式，可用的有：{'、'.join(FORMATS)}。")
    if format_name in _ONLY_AS_FILE and call.output is None:
        raise CommandMisused(f"{_ONLY_AS_FILE[format_name]}要存成文件，请用 -o 写明路径。")
    if format_name in _FOR_EACH_FILE and len(files) > 1:
        _require_folder(call.output)
    if call.previous is not None and len(files) > 1:
        raise CommandMisused("--previous 只能用于一份报告，请一次检查一份新版。")
    output = call.output
    if output is not None and any(output.resolve() == path.resolve() for path in files):
        raise CommandMisused(f"结果不能覆盖报告 {output} 本身，请用 -o 换一个路径。")


def _require_folder(output: Path | None) -> None:
    if output is None or (not output.is_dir() and output.suffix.lower() in SUFFIXES):
        raise CommandMisused(
            "多份报告的结果要分别存成文件，请用 -o 写明一个文件夹，用 --format 写明格式。"
        )


def _join_results(results: tuple[CheckResult, ...], format_name: str) -> bytes:
    # Each output loads only where it is wanted.
    if format_name == "xlsx":
        from checkers.write_workbook import write_workbook

        return write_workbook(results)
    if format_name == "json":
        from checkers.render_json import render_json

        return f"{render_json(results)}\n".encode()
    if format_name == "sarif":
        from checkers.render_sarif import render_sarif

        return f"{render_sarif(results)}\n".encode()
    if format_name == "markdown":
        from checkers.render_markdown import render_markdown

        return "\n".join(map(render_markdown, results)).encode()
    return _join_text(results).encode()


def _join_text(results: tuple[CheckResult, ...]) -> str:
    from checkers.render_summary import render_summary
    from checkers.render_text import render_text

    if len(results) == 1:
        return render_text(results[0])
    if len(results) > SHOWN_IN_FULL:
        return render_summary(results) + DETAILS_HINT
    return "\n".join([*map(render_text, results), render_summary(results)])


def _write_documents(results: tuple[CheckResult, ...], format_name: str, call: CheckCall) -> int:
    """Write a document for each report; 2 where one could not be made, else 0."""
    names = _name_documents(results, format_name)
    if len(results) > 1:
        _require_folder(call.output)  # One archive may hold several reports.
    code = 0
    for result, name in zip(results, names, strict=True):
        target = call.output
        if target is not None and (len(results) > 1 or target.is_dir()):
            target /= name
        try:
            content = _render_document(result, format_name, skeleton=call.skeleton)
        except (CheckerError, CommandMisused) as error:
            if len(results) == 1:
                raise
            sys.stderr.write(f"{result.file}：{error}\n")
            code = 2
        else:
            _write(content, target)
    if call.output is not None and call.output.exists():
        _tell_written(results, call.output)
    return code


def _tell_written(results: tuple[CheckResult, ...], output: Path) -> None:
    """Say where the results are, and of several how they came out."""
    from checkers.render_summary import count_outcomes

    counts = count_outcomes(results) if len(results) > 1 else ""
    sys.stderr.write(f"{counts}结果已存入 {output}。\n")


def _name_documents(results: tuple[CheckResult, ...], format_name: str) -> list[str]:
    """A name for each document; reports of one name get a number behind it."""
    used: set[str] = set()
    names = []
    for result in results:
        stem, ending = Path(result.file).stem, _DOCUMENT_NAMES[format_name]
        name, count = f"{stem}-{ending}", 1
        while name in used:
            count += 1
            name = f"{stem}（{count}）-{ending}"
        used.add(name)
        names.append(name)
    return names


def _render_document(result: CheckResult, format_name: str, *, skeleton: bool) -> bytes:
    if format_name == "comments":
        return _comment_report(result, skeleton=skeleton)
    if format_name == "docx":
        from checkers.render_docx import render_docx

        return render_docx(result)
    from checkers.render_html import render_html

    return render_html(result).encode()


def _comment_report(result: CheckResult, *, skeleton: bool) -> bytes:
    from checkers.comment_docx import comment_docx

    path = Path(result.file)
    if result.error is None and not path.is_file():
        raise CommandMisused("压缩包里的报告不能加批注，请解压后再检查。")
    source = path.read_bytes() if path.is_file() else b""
    return comment_docx(source, result, skeleton=skeleton, now=datetime.now(UTC))


def _write(content: bytes, target: Path | None) -> None:
    if target is None:
        sys.stdout.write(content.decode())
        sys.stdout.flush()
        return
    write_output(content, target)
