"""A report file, or an archive of several -> a result for each report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from checkers.check_report import check_report
from checkers.errors import ReportUnreadable
from checkers.finding import CheckFault, CheckResult
from checkers.isolate_reading import unpack_isolated
from checkers.load_rules import DEFAULT_PROFILE, Rules
from checkers.unpack_archive import (
    NESTED_ARCHIVE,
    ArchiveMember,
    list_passed_over,
    word_passed_over,
)
from checkers.watch_reading import RECOGNISE, ReadingWatch, ScanOptions
from corpus.library import Library

STOPPED = "检查已停止，没有检查这份报告；需要时请重新检查。"


def check_reports(
    path: Path,
    *,
    profile: str = DEFAULT_PROFILE,
    library: Library,
    rules: Rules,
    watch: ReadingWatch | None = None,
    scans: ScanOptions = RECOGNISE,
) -> tuple[CheckResult, ...]:
    """Check a report, or each report in a ZIP archive.

    ``watch`` and ``scans`` hold for each report, as in ``check_report``. Once ``watch.stop`` is
    set, the reports not yet begun are refused with the code ``stopped``. Files in an archive that
    are no reports by their names are named in a note on its first report.

    Raises:
        ProfileUnknown: there is no such profile.
        CorpusError: a basis of the profile is not verbatim in the library.
    """
    result = check_report(
        path, profile=profile, library=library, rules=rules, watch=watch, scans=scans
    )
    inside = check_inside(path, result, library=library, rules=rules, watch=watch, scans=scans)
    first, *others = inside
    is_archive = result.error is not None and result.error.code == "archive"
    left = list_passed_over(path) if is_archive and first.file != result.file else ()
    if left:
        told = f"压缩包里有{word_passed_over(left)}；其中有报告的，请解压后单独检查。"
        first = replace(first, notes=(*first.notes, told))
    return (first, *others)


def check_inside(
    path: Path,
    result: CheckResult,
    *,
    library: Library,
    rules: Rules,
    watch: ReadingWatch | None = None,
    scans: ScanOptions = RECOGNISE,
) -> Iterator[CheckResult]:
    """Yield a result for each report in an archive, in the order in which they stand in it.

    Args:
        path: the file that was checked.
        result: of ``check_report``; yielded as it is where the file is no archive. A report
            inside is shown as ``result.file/path inside``.
        library: the articles behind the rules.
        rules: what to look for.
        watch: as in ``check_reports``.
        scans: as in ``check_reports``.
    """
    if result.error is None or result.error.code != "archive":
        yield result
        return
    with TemporaryDirectory(prefix="zhengxin-archive-") as folder:
        try:
            members = unpack_isolated(path, Path(folder))
        except ReportUnreadable as refused:
            yield _refuse(result, refused.code, refused.message)
            return
        check = partial(
            check_report,
            profile=result.profile,
            library=library,
            rules=rules,
            watch=watch,
            scans=scans,
        )
        for member in members:
            named = replace(result, file=f"{result.file}/{member.name}")
            if watch is not None and watch.stop.is_set():
                yield _refuse(named, "stopped", STOPPED)
            else:
                yield _check_member(member, named, check)


def _check_member(
    member: ArchiveMember, named: CheckResult, check: Callable[[Path], CheckResult]
) -> CheckResult:
    if member.path is None:
        return _refuse(named, member.code or "damaged", member.message)
    result = check(Path(member.path))
    if result.error is not None and result.error.code == "archive":
        # An archive under the name of a report.
        return _refuse(named, "nested_archive", NESTED_ARCHIVE)
    return replace(result, file=named.file)


def _refuse(result: CheckResult, code: str, message: str) -> CheckResult:
    return replace(result, error=CheckFault(code=code, message=message))
