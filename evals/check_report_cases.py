"""Report cases -> files -> checks -> scores, on all processors."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checkers.check_archive import check_reports as check_file
from checkers.finding import CheckResult
from checkers.load_rules import Rules, load_rules
from checkers.watch_reading import ScanOptions
from corpus.library import Library, load_library
from evals.keep_report_files import convert_ahead, keep_report_file, stamp_reports
from evals.load_questions import Part
from evals.score_reports import (
    CrashedReport,
    ReportRun,
    ScoredReport,
    SkippedReport,
    score_report,
)

if TYPE_CHECKING:
    from evals.reports.cases import ReportCase

_log = logging.getLogger(__name__)

# Starting further processes takes two seconds, as long as forty reports.
_WORTH_CASES = 40
_MOST_PROCESSES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChecker:
    """What one process needs to check any number of cases; ``folder`` keeps their files."""

    library: Library
    rules: Rules
    folder: Path

    def check(self, case: ReportCase) -> ScoredReport | CrashedReport:
        """Write the file where need be, check it, and score what came."""
        try:
            path = keep_report_file(case, self.folder)
            results = check_file(
                path,
                profile=case.profile,
                library=self.library,
                rules=self.rules,
                scans=ScanOptions(kept_in=self.folder / "recognised"),
            )
            return score_report(case, _choose_result(results))
        except Exception as error:  # noqa: BLE001 - one broken case must not hide the others
            _log.debug("report case %s crashed", case.id, exc_info=True)
            message = f"{type(error).__name__}：{error}"
            return CrashedReport(case_id=case.id, part=case.part, message=message)


def check_reports(
    parts: Sequence[Part],
    library: Library,
    folder: Path,
    wanted: Sequence[str] = (),
    *,
    full: bool = False,
) -> ReportRun:
    """Check the cases of the parts and score the verdicts.

    Args:
        parts: the parts of the cases.
        library: the regulations in force.
        folder: where the files of the cases are kept from run to run.
        wanted: ids; where any are given, no other case is checked.
        full: whether all cases are checked, not a share of them.
    """
    return check_cases(_choose_cases(parts, wanted, full=full), library, folder / stamp_reports())


def check_cases(chosen: Sequence[ReportCase], library: Library, folder: Path) -> ReportRun:
    """Check these cases; those that this machine can't write or read are told as skipped."""
    skipped = tuple(_skip_case(case) for case in chosen if case.missing_tools)
    cases = [case for case in chosen if not case.missing_tools]
    folder.mkdir(parents=True, exist_ok=True)
    convert_ahead(cases, folder)
    outcomes = list(_check_all(cases, library, folder))
    return ReportRun(
        scored=tuple(outcome for outcome in outcomes if isinstance(outcome, ScoredReport)),
        crashed=tuple(outcome for outcome in outcomes if isinstance(outcome, CrashedReport)),
        skipped=skipped,
    )


def _choose_cases(parts: Sequence[Part], wanted: Sequence[str], *, full: bool) -> list[ReportCase]:
    from evals.reports.cases import load_cases

    return [
        case
        for case in load_cases(full=full or bool(wanted))
        if case.part in parts and (not wanted or case.id in wanted)
    ]


def _skip_case(case: ReportCase) -> SkippedReport:
    return SkippedReport(
        case_id=case.id, part=case.part, group=case.group, missing=case.missing_tools
    )


def _check_all(
    cases: Sequence[ReportCase], library: Library, folder: Path
) -> Iterator[ScoredReport | CrashedReport]:
    """The outcomes in the order of the cases, but for scans, which come last.

    The pages of a scan are recognised on all processors anyway.
    """
    here = CaseChecker(library=library, rules=load_rules(), folder=folder)
    scans = [case for case in cases if case.format == "scan"]
    others = [case for case in cases if case.format != "scan"]
    if len(others) < _WORTH_CASES:
        yield from map(here.check, others)
    else:
        yield from _check_apart(others, folder)
    yield from map(here.check, scans)


def _check_apart(
    cases: Sequence[ReportCase], folder: Path
) -> Iterator[ScoredReport | CrashedReport]:
    pool = ProcessPoolExecutor(
        min(os.cpu_count() or 1, _MOST_PROCESSES),
        # Forking a process that has threads can hang.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_process,
        initargs=(folder,),
    )
    with pool:
        yield from pool.map(_check_one, cases, chunksize=4)


_own: list[CaseChecker] = []
"""The checker of a further process, loaded when it starts."""


def _start_process(folder: Path) -> None:
    _own[:] = [CaseChecker(library=load_library(), rules=load_rules(), folder=folder)]


def _check_one(case: ReportCase) -> ScoredReport | CrashedReport:
    (checker,) = _own
    return checker.check(case)


def _choose_result(results: tuple[CheckResult, ...]) -> CheckResult:
    """The only report of the file; an archive holds one."""
    (result,) = results
    return result
