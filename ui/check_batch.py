"""Many report files -> their results, checked in several processes at once."""

from __future__ import annotations

import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.settings import Settings
from checkers.check_archive import check_inside
from checkers.check_report import check_report
from checkers.finding import CheckFault, CheckResult
from checkers.load_rules import Rules, load_rules
from checkers.outline import Section
from corpus.library import Library, load_library
from ui.explain_error import error_to_json

TRIAL_SECONDS = 0.5
"""For so long this process checks alone, to see how long a file takes."""
WORTH_SECONDS = 3.0
"""Starting further processes takes one or two; with less to come they save nothing."""
MOST_PROCESSES = 8
_CRASHED = "检查这份文件的进程意外退出（文件可能过大或已损坏），没有得到结果；其余文件不受影响。"

ReportProgress = Callable[[int, int, str], None]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """What one process needs to check any number of files."""

    library: Library
    rules: Rules
    profile: str

    def check(self, path: Path, *, keep_text: bool = True) -> tuple[CheckResult, ...]:
        """The result of a file, or those of the reports in an archive.

        Whatever goes wrong with a file becomes its ``error``.

        Args:
            path: of the report; the result bears it as given.
            keep_text: whether the outline keeps the text below its headings.
        """
        try:
            results = self._check(path)
        except Exception as error:  # noqa: BLE001 - one bad file must not end a batch
            fault = error_to_json(error)["error"]
            return (self.fail(path, str(fault["code"]), str(fault["message"])),)
        return results if keep_text else tuple(map(drop_text, results))

    def _check(self, path: Path) -> tuple[CheckResult, ...]:
        result = check_report(path, profile=self.profile, library=self.library, rules=self.rules)
        # The caller tells reports apart by the paths it gave; two folders may hold one name.
        named = replace(result, file=str(path))
        return tuple(check_inside(path, named, library=self.library, rules=self.rules))

    def fail(self, path: Path, code: str, message: str) -> CheckResult:
        """The result of a file that could not be checked."""
        return CheckResult(
            file=str(path),
            kind="unknown",
            profile=self.profile,
            profile_name=self.rules.profile(self.profile).name,
            error=CheckFault(code=code, message=message),
        )


def load_checker(settings: Settings, resolve: Callable[[Rules, Library], str]) -> Checker:
    """Load the library and the rules; ``resolve`` tells the profile by them."""
    library = load_library(settings.data_folder)
    rules = load_rules(library=library, data_folder=settings.data_folder)
    return Checker(library=library, rules=rules, profile=resolve(rules, library))


def check_batch(
    files: Sequence[Path],
    checker: Checker,
    settings: Settings,
    *,
    report_progress: ReportProgress | None = None,
    keep_text: bool = True,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[CheckResult, ...]:
    """The results in the order of the files; a bad file does not keep the others from theirs.

    An archive gives a result for each report inside.

    Args:
        files: to be checked.
        checker: of this process; further processes load their own.
        settings: by which they do.
        report_progress: called with done, total and what is being done.
        keep_text: whether outlines keep the text below their headings.
        clock: seconds, to decide whether further processes are worth their start.
    """
    found = _check_files(files, checker, settings, clock, keep_text=keep_text)
    results: list[CheckResult] = []
    for done, of_file in enumerate(found, 1):
        results += of_file
        if report_progress is not None:
            report_progress(done, len(files), "检查报告")
    return tuple(results)


def drop_text(result: CheckResult) -> CheckResult:
    """The result with headings alone in its outline, which is small enough to keep hundreds."""
    if result.outline is None:
        return result
    sections = tuple(map(_drop_body, result.outline.sections))
    return replace(result, outline=replace(result.outline, sections=sections, preamble=()))


def _drop_body(section: Section) -> Section:
    return replace(section, body=(), children=tuple(map(_drop_body, section.children)))


def _check_files(
    files: Sequence[Path],
    checker: Checker,
    settings: Settings,
    clock: Callable[[], float],
    *,
    keep_text: bool,
) -> Iterator[tuple[CheckResult, ...]]:
    """Check here at first, and in all processors once that is worth it."""
    started = clock()
    for done, path in enumerate(files, 1):
        yield checker.check(path, keep_text=keep_text)
        spent, left = clock() - started, len(files) - done
        if left > 1 and spent > TRIAL_SECONDS and spent / done * left > WORTH_SECONDS:
            yield from _check_apart(files[done:], checker, settings, keep_text=keep_text)
            return


def _check_apart(
    files: Sequence[Path], checker: Checker, settings: Settings, *, keep_text: bool
) -> Iterator[tuple[CheckResult, ...]]:
    count = min(os.cpu_count() or 1, MOST_PROCESSES, len(files))
    with _open_pool(checker, settings, count) as pool:
        futures = [pool.submit(_check_one, path, keep_text=keep_text) for path in files]
        try:
            for path, future in zip(files, futures, strict=True):
                yield await_result(path, future, checker, settings, keep_text=keep_text)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def await_result(
    path: Path,
    future: Future[tuple[CheckResult, ...]],
    checker: Checker,
    settings: Settings,
    *,
    keep_text: bool,
) -> tuple[CheckResult, ...]:
    """The result of one file; one that was caught in another's crash gets a process of its own."""
    try:
        return future.result()
    except BrokenProcessPool:
        logger.warning("a process ended early; checking %s by itself", path)
    with _open_pool(checker, settings, 1) as pool:
        try:
            return pool.submit(_check_one, path, keep_text=keep_text).result()
        except BrokenProcessPool:
            return (checker.fail(path, "crashed", _CRASHED),)


def _open_pool(checker: Checker, settings: Settings, count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        count,
        # Forking a process that has threads can hang.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_process,
        initargs=(settings, checker.profile),
    )


_own: list[Checker] = []
"""The checker of a further process, loaded when it starts."""


def _start_process(settings: Settings, profile: str) -> None:
    _own[:] = [load_checker(settings, lambda _rules, _library: profile)]


def _check_one(path: Path, *, keep_text: bool) -> tuple[CheckResult, ...]:
    (checker,) = _own
    return checker.check(path, keep_text=keep_text)
