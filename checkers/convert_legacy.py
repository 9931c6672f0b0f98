"""DOC, WPS and RTF -> DOCX, by LibreOffice where it is installed, else by a converter in Python.

The converter in Python reads the binary formats only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from checkers.errors import ReportUnreadable

OFFICE_VARIABLE = "ZHENGXIN_OFFICE"
OFFICE_SECONDS = 80
# LibreOffice maps much more than it uses; a document that makes it use this much is none.
OFFICE_MEMORY = 6 * 1024**3

_RTF_MAGIC = b"{\\rtf"
_SAVE_AS_DOCX = "请用Word或WPS打开后另存为DOCX格式，再重新上传。"
_OFFICE_NAMES = ("soffice", "libreoffice")
_OFFICE_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
# A profile of our own, with macros, active content and links to elsewhere switched off.
_PROFILE_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@contextmanager
def convert_legacy(path: Path) -> Iterator[Path]:
    """Give the DOCX made of a DOC, WPS or RTF; it is gone when the block ends.

    Safe to call in several processes at once: each call has a profile of its own.

    Raises:
        ReportUnreadable: neither LibreOffice nor the converter makes anything of it.
    """
    with TemporaryDirectory(prefix="zhengxin-convert-") as folder:
        # A name of ours: the name of an upload could read like an option.
        source = Path(folder) / "report.doc"
        shutil.copyfile(path, source)
        office = find_office()
        converted = None if office is None else _convert_with_office(source, office)
        yield converted or _convert_without_office(source, office)


def find_office() -> Path | None:
    """Return where LibreOffice is, or None; ``ZHENGXIN_OFFICE`` names it, or ``none``."""
    chosen = os.environ.get(OFFICE_VARIABLE)
    if chosen:
        return Path(chosen) if Path(chosen).is_file() else None
    found = [shutil.which(name) for name in _OFFICE_NAMES]
    places = [Path(place) for place in (*found, *_OFFICE_PLACES) if place]
    return next((place for place in places if place.is_file()), None)


def _convert_with_office(source: Path, office: Path) -> Path | None:
    """Convert in a fresh profile; None where LibreOffice fails or takes too long."""
    profile = source.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE_SETTINGS, "utf-8")
    command = [str(office), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML"]
    command += ["--outdir", str(source.parent), str(source)]
    try:
        with _office_memory():
            subprocess.run(
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=OFFICE_SECONDS,
                env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
            )
    except (subprocess.SubprocessError, OSError):
        return None
    target = source.with_suffix(".docx")
    return target if target.is_file() else None


@contextmanager
def _office_memory() -> Iterator[None]:
    """Let a process that is started here take more memory than the reader itself may."""
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    own = resource.getrlimit(resource.RLIMIT_AS)
    if own[0] == resource.RLIM_INFINITY:
        yield
        return
    wanted = OFFICE_MEMORY if own[1] == resource.RLIM_INFINITY else min(OFFICE_MEMORY, own[1])
    resource.setrlimit(resource.RLIMIT_AS, (wanted, own[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, own)


def _convert_without_office(source: Path, office: Path | None) -> Path:
    with source.open("rb") as stream:
        is_rich_text = stream.read(len(_RTF_MAGIC)) == _RTF_MAGIC
    if not is_rich_text:
        return _convert_in_python(source)
    if office is None:
        raise ReportUnreadable(
            "unsupported_type",
            f"这是RTF文件，本机没有安装LibreOffice，无法转换；{_SAVE_AS_DOCX}",
        )
    raise ReportUnreadable(
        "conversion_failed", f"这是RTF文件，转换不成功，文件可能已损坏；{_SAVE_AS_DOCX}"
    )


def _convert_in_python(source: Path) -> Path:
    try:
        from doc2docx import convert
        from doc2docx.errors import Doc2DocxError, EncryptedDocumentError
    except ImportError:
        raise ReportUnreadable(
            "unsupported_type",
            f"这是旧版DOC（或WPS）文件，本机没有安装LibreOffice，无法转换；{_SAVE_AS_DOCX}",
        ) from None
    target = source.with_suffix(".docx")
    try:
        convert(source, target)
    except EncryptedDocumentError:
        raise ReportUnreadable(
            "encrypted", "文件设有打开密码，无法读取；请取消密码后重新上传。"
        ) from None
    except (Doc2DocxError, ValueError, KeyError, IndexError, OSError):
        raise ReportUnreadable(
            "conversion_failed",
            f"这是旧版DOC（或WPS）文件，转换不成功，文件可能已损坏；{_SAVE_AS_DOCX}",
        ) from None
    return target
