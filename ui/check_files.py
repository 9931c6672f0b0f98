"""``zhengxin check``: report files -> results on standard output or in files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.settings import Settings
from checkers.check_report import check_report
from checkers.finding import CheckResult
from checkers.load_rules import load_rules
from corpus.library import load_library
from ui.errors import CommandMisused, OutputNotWritten
from ui.explain_os_error import explain_os_error
from ui.resolve_region import resolve_profile

FORMATS = ("text", "json", "html", "docx", "sarif")
SUFFIXES = {".html": "html", ".docx": "docx", ".json": "json", ".sarif": "sarif", ".txt": "text"}
"""What the name of the output says of its format."""
_FOR_EACH_FILE = {"html", "docx"}


def check_files(
    files: Sequence[Path], *, profile: str, format_name: str | None, output: Path | None
) -> int:
    """Check the files, write the results, and return the exit code of the worst one.

    Text, JSON and SARIF hold all results together; HTML and DOCX are one document a report, so
    several reports need a folder as ``output``. Without ``format_name`` the suffix of ``output``
    decides; a result for the terminal is text.
    """
    format_name = format_name or _infer_format(output)
    _require_call(files, format_name, output)
    library, rules = load_library(Settings().data_folder), load_rules()
    wanted = resolve_profile(profile, rules, library)
    results = tuple(
        # The caller tells reports apart by the paths it gave; two folders may hold one name.
        replace(check_report(path, profile=wanted, library=library, rules=rules), file=str(path))
        for path in files
    )
    if format_name in _FOR_EACH_FILE:
        _write_documents(results, format_name, output)
    else:
        _write(_join_results(results, format_name).encode(), output)
    return max(result.exit_code for result in results)


def _infer_format(output: Path | None) -> str:
    if output is None:
        return "text"
    found = SUFFIXES.get(output.suffix.lower())
    if found is None or output.is_dir():
        raise CommandMisused(
            f"从“{output.name or output}”看不出结果的格式，"
            f"请让文件名以 {'、'.join(SUFFIXES)} 之一结尾，或用 --format 写明格式。"
        )
    return found


def _require_call(files: Sequence[Path], format_name: str, output: Path | None) -> None:
    if format_name not in FORMATS:
        raise CommandMisused(f"没有“{format_name}”这种格式，可用的有：{'、'.join(FORMATS)}。")
    if format_name == "docx" and output is None:
        raise CommandMisused("Word结果要存成文件，请用 -o 写明路径。")
    if format_name in _FOR_EACH_FILE and len(files) > 1 and not _can_be_folder(output):
        raise CommandMisused(
            "多份报告的结果要分别存成文件，请用 -o 写明一个文件夹，用 --format 写明格式。"
        )
    if output is not None and any(output.resolve() == path.resolve() for path in files):
        raise CommandMisused(f"结果不能覆盖报告 {output} 本身，请用 -o 换一个路径。")


def _can_be_folder(output: Path | None) -> bool:
    return output is not None and (output.is_dir() or output.suffix.lower() not in SUFFIXES)


def _join_results(results: tuple[CheckResult, ...], format_name: str) -> str:
    if format_name == "json":
        from checkers.render_json import render_json

        return render_json(results) + "\n"
    if format_name == "sarif":
        from checkers.render_sarif import render_sarif

        return render_sarif(results) + "\n"
    from checkers.render_text import render_text

    return "\n".join(map(render_text, results))


def _write_documents(
    results: tuple[CheckResult, ...], format_name: str, output: Path | None
) -> None:
    for result in results:
        target = output
        if output is not None and (len(results) > 1 or output.is_dir()):
            target = output / f"{Path(result.file).stem}-检查结果.{format_name}"
        _write(_render_document(result, format_name), target)


def _render_document(result: CheckResult, format_name: str) -> bytes:
    if format_name == "docx":
        from checkers.render_docx import render_docx

        return render_docx(result)
    from checkers.render_html import render_html

    return render_html(result).encode()


def _write(content: bytes, target: Path | None) -> None:
    if target is None:
        sys.stdout.write(content.decode())
        sys.stdout.flush()
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as error:
        raise OutputNotWritten(
            f"写不了 {target}：{explain_os_error(error)}，请换一个路径。"
        ) from error
