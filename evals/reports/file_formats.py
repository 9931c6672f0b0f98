"""The formats that report cases come in, how they are grouped, and the tools to write them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

FileFormat = Literal["docx", "pdf", "scan", "doc", "wps", "ofd", "markdown", "text", "zip"]
FormatGroup = Literal["docx", "text_pdf", "scan", "other"]
Tool = Literal["reportlab", "rapidocr", "office", "chromium", "chinese_fonts"]

SUFFIXES: dict[FileFormat, str] = {
    "docx": ".docx",
    "pdf": ".pdf",
    "scan": ".pdf",
    "doc": ".doc",
    "wps": ".wps",
    "ofd": ".ofd",
    "markdown": ".md",
    "text": ".txt",
    "zip": ".zip",
}
_GROUPS: dict[FileFormat, FormatGroup] = {"docx": "docx", "pdf": "text_pdf", "scan": "scan"}
_OFFICE_NAMES = ("soffice", "libreoffice")
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FONTS_SECONDS = 20


def group_format(file_format: FileFormat) -> FormatGroup:
    """The group in which results of a format are told together."""
    return _GROUPS.get(file_format, "other")


def find_office() -> Path | None:
    """Where LibreOffice is, or None."""
    return _find_program(_OFFICE_NAMES)


def find_chromium() -> Path | None:
    """Where Chromium is, or None."""
    return _find_program(_CHROMIUM_NAMES)


def list_missing(tools: Iterable[Tool]) -> tuple[Tool, ...]:
    """The tools that this machine lacks, in order of name."""
    return tuple(tool for tool in sorted(tools) if not _is_there(tool))


@cache
def _is_there(tool: Tool) -> bool:
    if tool == "office":
        return find_office() is not None
    if tool == "chromium":
        return find_chromium() is not None
    if tool == "chinese_fonts":
        return _has_chinese_fonts()
    return find_spec(tool) is not None


def _find_program(names: Iterable[str]) -> Path | None:
    found = (shutil.which(name) for name in names)
    return next((Path(path) for path in found if path), None)


def _has_chinese_fonts() -> bool:
    """Pages drawn without a Chinese font are blank; fontconfig knows whether there is one."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    command = [lister, ":lang=zh", "family"]
    told = subprocess.run(command, capture_output=True, check=False, timeout=_FONTS_SECONDS)
    return bool(told.stdout.strip())
