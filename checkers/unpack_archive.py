"""A ZIP archive -> the report files inside, under names of our own in a folder of ours."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checkers.errors import ReportUnreadable, UnreadableCode

REPORT_SUFFIXES = frozenset(
    {
        ".docx", ".docm", ".doc", ".wps", ".rtf", ".pdf", ".ofd", ".md", ".markdown", ".txt",
        ".tif", ".tiff",
    }
)  # fmt: skip
"""Of files that are taken out of a folder or an archive. A TIFF is a scan; other pictures that
stand beside reports are photographs and drawings."""
# As many as a county has projects in a year, and some more.
MOST_REPORTS = 500
MOST_ENTRIES = 20_000
# Of one member, and of all together, unpacked.
LARGEST_MEMBER = 200 * 1024 * 1024
LARGEST_TOTAL = 1024 * 1024 * 1024

NESTED_ARCHIVE = "这是压缩包里的压缩包，没有再往里解；请解压后单独上传。"

_CHUNK = 1024 * 1024
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_ARCHIVE_SUFFIXES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"})
# What macOS, Windows and office programs put beside the files that a person put there.
_SYSTEM_FOLDERS = frozenset({"__MACOSX"})
_SYSTEM_NAMES = (".", "~$", "Thumbs.db", "desktop.ini")
_LONGEST_NAME = 200
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMember:
    """A report in an archive.

    Attributes:
        name: path inside the archive, with ``/``, decoded and without tricks; for display only.
        path: of the unpacked file; None where it could not be unpacked.
        code, message: why not, as in ``ReportUnreadable``.
    """

    name: str
    path: str | None = None
    code: UnreadableCode | None = None
    message: str = ""


def unpack_archive(
    path: Path, folder: Path, *, largest: int = LARGEST_MEMBER
) -> tuple[ArchiveMember, ...]:
    """Unpack the reports in a ZIP archive, in the order in which they stand in it.

    The files get names of our own (``0001.docx``), so that no name inside can lead anywhere.
    Archives inside are named and refused, other files and links are passed over.

    Args:
        path: of the archive.
        folder: where the files go.
        largest: bytes that a member may have unpacked; larger ones are refused.

    Raises:
        ReportUnreadable: damaged, without any report, or larger than any pile of reports.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _select_entries(archive)
            return tuple(_unpack_entries(archive, entries, folder, largest))
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
        raise ReportUnreadable(
            "damaged", "压缩包已损坏或没有传完整，打不开；请重新压缩后再上传。"
        ) from None


def list_passed_over(path: Path) -> tuple[str, ...]:
    """Return the names of the files in an archive that are no reports by their names.

    For archives that ``unpack_archive`` has taken; one that can't be opened any more has none.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = [_show_name(entry) for entry in archive.infolist() if _is_plain_file(entry)]
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return ()
    return tuple(sorted(n for n in names if not _is_leftover(n) and not _is_wanted(n)))


def word_passed_over(names: Sequence[str]) -> str:
    """Count and name, in Chinese, files that were not checked for their names."""
    more = "等" if len(names) > _MOST_NAMED else ""
    named = "、".join(names[:_MOST_NAMED])
    return f"{len(names)}个文件从名称看不是报告，没有检查：{named}{more}"


def _select_entries(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Return the reports and the archives inside, with their names for display."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise _too_large("压缩包里的文件数目异常，疑似恶意文件，已拒绝读取。")
    named = [(_show_name(entry), entry) for entry in entries if _is_plain_file(entry)]
    wanted = [(name, entry) for name, entry in named if _is_wanted(name)]
    if not wanted:
        raise ReportUnreadable(
            "empty_archive", "压缩包里没有可以检查的报告，请放入DOCX、PDF、OFD、WPS等格式的报告。"
        )
    if len(wanted) > MOST_REPORTS:
        raise _too_large(
            f"压缩包里有{len(wanted)}份文件，超过{MOST_REPORTS}份的上限，请分成几个压缩包。"
        )
    return wanted


def _too_large(message: str) -> ReportUnreadable:
    return ReportUnreadable("too_large", message)


def _is_plain_file(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is neither a folder nor a link nor a device."""
    mode = entry.external_attr >> 16
    return not entry.is_dir() and (stat.S_IFMT(mode) in {0, stat.S_IFREG})


def _is_wanted(name: str) -> bool:
    is_taken = Path(name).suffix.lower() in REPORT_SUFFIXES | _ARCHIVE_SUFFIXES
    return is_taken and not _is_leftover(name)


def _is_leftover(name: str) -> bool:
    """Whether a system or an office program put the file there."""
    *folders, last = name.split("/")
    return last.startswith(_SYSTEM_NAMES) or not _SYSTEM_FOLDERS.isdisjoint(folders)


def _show_name(entry: zipfile.ZipInfo) -> str:
    """Return the path inside the archive as its maker saw it, less what could lead outside."""
    parts = _decode_name(entry).replace("\\", "/").split("/")
    kept = [part for part in parts if part not in {"", ".", ".."} and not part.endswith(":")]
    shown = "/".join(kept) or "未命名"
    return "".join(char if char.isprintable() else "?" for char in shown)[-_LONGEST_NAME:]


def _decode_name(entry: zipfile.ZipInfo) -> str:
    """Undo the reading as cp437: Windows writes Chinese names in GBK and doesn't say so."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.orig_filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.orig_filename


def _unpack_entries(
    archive: zipfile.ZipFile,
    entries: list[tuple[str, zipfile.ZipInfo]],
    folder: Path,
    largest: int,
) -> Iterator[ArchiveMember]:
    left = LARGEST_TOTAL
    for count, (name, entry) in enumerate(entries, start=1):
        suffix = Path(name).suffix.lower()
        target = folder / f"{count:04d}{suffix}"
        try:
            if suffix in _ARCHIVE_SUFFIXES:
                raise ReportUnreadable("nested_archive", NESTED_ARCHIVE)
            left -= _unpack_entry(archive, entry, target, most=min(left, largest))
        except ReportUnreadable as refused:
            yield ArchiveMember(name=name, code=refused.code, message=refused.message)
        else:
            yield ArchiveMember(name=name, path=str(target))


def _unpack_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, *, most: int
) -> int:
    """Unpack one member and return its size; the size in the directory can lie."""
    if entry.flag_bits & _ENCRYPTED:
        raise ReportUnreadable(
            "encrypted", "压缩包设有密码，这份文件读不出；请取消密码后重新上传。"
        )
    size = 0
    try:
        with archive.open(entry) as member, target.open("wb") as copy:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise _too_large("这份文件解压后过大，疑似压缩炸弹，已拒绝读取。")
                copy.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        target.unlink(missing_ok=True)
        raise ReportUnreadable(
            "damaged", "压缩包里的这份文件已损坏，解不出来；请重新压缩后再上传。"
        ) from None
    except ReportUnreadable:
        target.unlink(missing_ok=True)
        raise
    return size
