"""Many report files -> their results, checked in several threads or processes at once."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import synchronize
from pathlib import Path

from assistant.settings import Settings
from checkers.check_archive import STOPPED, check_inside
from checkers.check_report import check_report
from checkers.finding import CheckFault, CheckResult
from checkers.load_rules import Rules, load_rules
from checkers.outline import Section
from checkers.recognise_scans import count_processors
from checkers.watch_reading import RECOGNISE, ReadingWatch, ScanOptions
from corpus.library import Library, load_library
from ui.explain_error import error_to_json

TRIAL_SECONDS = 2.0
"""For so long this process checks alone, to see how long a file takes."""
WORTH_SECONDS = 15.0
"""Starting further processes takes some seconds; with less to come they save nothing."""
MOST_PROCESSES = 8
# Forking a process that has threads can hang.
_SPAWN = multiprocessing.get_context("spawn")
_POLL_SECONDS = 0.2
_CRASHED = "检查这份文件的进程意外退出（文件可能过大或已损坏），没有得到结果；其余文件不受影响。"

ReportProgress = Callable[[int, int, str], None]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """What one process needs to check any number of files."""

    library: Library
    rules: Rules
    profile: str
    scans: ScanOptions = RECOGNISE

    def check(
        self, path: Path, *, keep_text: bool = True, watch: ReadingWatch | None = None
    ) -> tuple[CheckResult, ...]:
        """The result of a file, or those of the reports in an archive.

        Whatever goes wrong with a file becomes its ``error``.

        Args:
            path: of the report; the result bears it as given.
            keep_text: whether the outline keeps the text below its headings.
            watch: follows the scanned pages and can stop; a file not yet begun is not checked.
        """
        if watch is not None and watch.stop.is_set():
            return (self.fail(path, "stopped", STOPPED),)
        try:
            results = self._check(path, watch)
        except Exception as error:  # noqa: BLE001 - one bad file must not end a batch
            fault = error_to_json(error)["error"]
            return (self.fail(path, str(fault["code"]), str(fault["message"])),)
        return results if keep_text else tuple(map(drop_text, results))

    def _check(self, path: Path, watch: ReadingWatch | None) -> tuple[CheckResult, ...]:
        result = check_report(
            path,
            profile=self.profile,
            library=self.library,
            rules=self.rules,
            watch=watch,
            scans=self.scans,
        )
        # The caller tells reports apart by the paths it gave; two folders may hold one name.
        named = replace(result, file=str(path))
        inside = check_inside(
            path, named, library=self.library, rules=self.rules, watch=watch, scans=self.scans
        )
        return tuple(inside)

    def fail(self, path: Path, code: str, message: str) -> CheckResult:
        """The result of a file that could not be checked."""
        return CheckResult(
            file=str(path),
            kind="unknown",
            profile=self.profile,
            profile_name=self.rules.profile(self.profile).name,
            error=CheckFault(code=code, message=message),
        )


def load_checker(
    settings: Settings, resolve: Callable[[Rules, Library], str], *, recognise: bool = True
) -> Checker:
    """Load the library and the rules.

    Args:
        settings: where they lie, and where recognised pages are kept.
        resolve: tells the profile by them.
        recognise: whether scanned pages are recognised.
    """
    library = load_library(settings.data_folder)
    rules = load_rules(library=library, data_folder=settings.data_folder)
    scans = ScanOptions(recognise=recognise, kept_in=settings.data_folder)
    return Checker(library=library, rules=rules, profile=resolve(rules, library), scans=scans)


def check_batch(
    files: Sequence[Path],
    checker: Checker,
    settings: Settings,
    *,
    report_progress: ReportProgress | None = None,
    keep_text: bool = True,
    clock: Callable[[], float] = time.perf_counter,
    watch: ReadingWatch | None = None,
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
        watch: follows the scanned pages that this process reads; once stopped, the files not yet
            begun are refused, and those under way give what was read of them.
    """
    watch = watch or ReadingWatch()
    pages = SharedPages(watch.on_progress)
    batch = _Batch(
        checker=checker, settings=settings, keep_text=keep_text, watch=watch, pages=pages
    )
    found = _check_files(files, batch, clock)
    results: list[CheckResult] = []
    for done, of_file in enumerate(found, 1):
        results += of_file
        if report_progress is not None:
            with pages.lock:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """What holds for all files of a batch."""

    checker: Checker
    settings: Settings
    keep_text: bool
    watch: ReadingWatch
    pages: SharedPages

    def check(self, path: Path) -> tuple[CheckResult, ...]:
        """The results of a file; several threads may call at the same time."""
        watch = replace(self.watch, on_progress=partial(self.pages.note, path))
        return self.checker.check(path, keep_text=self.keep_text, watch=watch)


@dataclass(slots=True)
class SharedPages:
    """Progress of the scans that are read side by side, told as one sum and one call at a time."""

    tell: Callable[[int, int], None]
    lock: threading.Lock = field(default_factory=threading.Lock)
    _pages: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def note(self, path: Path, done: int, total: int) -> None:
        """Take in how far one file is."""
        with self.lock:
            self._pages[path] = (done, total)
            self.tell(*map(sum, zip(*self._pages.values(), strict=True)))


def _check_files(
    files: Sequence[Path], batch: _Batch, clock: Callable[[], float]
) -> Iterator[tuple[CheckResult, ...]]:
    """Check in threads at first, and in further processes once that is worth their start.

    Files are read in processes of their own anyway, so that threads keep two processors busy.
    """
    started, left = clock(), deque(files)
    running: deque[Future[tuple[CheckResult, ...]]] = deque()
    most = min(count_processors() + 1, MOST_PROCESSES)
    with ThreadPoolExecutor(most) as threads:
        while running or left:
            while left and len(running) < most:
                running.append(threads.submit(batch.check, left.popleft()))
            yield running.popleft().result()
            done = len(files) - len(left) - len(running)
            if _is_worth_more(clock() - started, done, len(left)) and not batch.watch.stop.is_set():
                break
        while running:
            yield running.popleft().result()
    if left:
        yield from _check_apart(tuple(left), batch)


def _is_worth_more(spent: float, done: int, left: int) -> bool:
    """Whether the files left take so long that further processes pay for their start."""
    return left > 1 and spent > TRIAL_SECONDS and spent / done * left > WORTH_SECONDS


def _check_apart(files: Sequence[Path], batch: _Batch) -> Iterator[tuple[CheckResult, ...]]:
    count = min(count_processors(), MOST_PROCESSES, len(files))
    stop = _SPAWN.Event()
    with _open_pool(batch.checker, batch.settings, count, stop) as pool:
        futures = [pool.submit(_check_one, path, keep_text=batch.keep_text) for path in files]
        try:
            for path, future in zip(files, futures, strict=True):
                _wait(future, batch.watch, stop)
                if future.cancelled() or (batch.watch.stop.is_set() and future.cancel()):
                    yield (batch.checker.fail(path, "stopped", STOPPED),)
                    continue
                yield await_result(
                    path, future, batch.checker, batch.settings, keep_text=batch.keep_text
                )
        finally:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)


def _wait(
    future: Future[tuple[CheckResult, ...]], watch: ReadingWatch, stop: synchronize.Event
) -> None:
    """Wait for a result, and tell the other processes when somebody stops the batch."""
    while not future.done():
        if watch.stop.is_set():
            stop.set()
            if future.cancel():
                return
        wait([future], timeout=_POLL_SECONDS)


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
    with _open_pool(checker, settings, 1, _SPAWN.Event()) as pool:
        try:
            return pool.submit(_check_one, path, keep_text=keep_text).result()
        except BrokenProcessPool:
            return (checker.fail(path, "crashed", _CRASHED),)


def _open_pool(
    checker: Checker, settings: Settings, count: int, stop: synchronize.Event
) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        count,
        mp_context=_SPAWN,
        initializer=_start_process,
        initargs=(settings, checker.profile, checker.scans.recognise, stop),
    )


_own: list[tuple[Checker, ReadingWatch]] = []
"""The checker of a further process, loaded when it starts, and the way to stop it."""


def _start_process(
    settings: Settings, profile: str, recognise: bool, stop: synchronize.Event
) -> None:
    # Ctrl-C reaches all processes of a terminal; the first one tells the others what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    checker = load_checker(settings, lambda _rules, _library: profile, recognise=recognise)
    # The files are read side by side already.
    checker = replace(checker, scans=replace(checker.scans, at_once=1))
    watch = ReadingWatch()
    _own[:] = [(checker, watch)]
    threading.Thread(target=_hand_on, args=(stop, watch), daemon=True).start()


def _hand_on(stop: synchronize.Event, watch: ReadingWatch) -> None:
    # Whoever sets an event waits for those that wait for it, for good where one of them crashed.
    while not stop.is_set():
        time.sleep(_POLL_SECONDS)
    watch.stop.set()


def _check_one(path: Path, *, keep_text: bool) -> tuple[CheckResult, ...]:
    ((checker, watch),) = _own
    return checker.check(path, keep_text=keep_text, watch=watch)
