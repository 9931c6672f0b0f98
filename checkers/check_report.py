"""A report file -> the result of its check under one profile."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from checkers.cite_rules import cite_basis
from checkers.errors import ReportUnreadable
from checkers.finding import TOPICS, CheckFault, CheckResult, Topic, TopicFinding
from checkers.hold_collector import hold_collector
from checkers.isolate_reading import Reader, read_isolated
from checkers.judge_topic import Judgement, judge_topic
from checkers.load_rules import DEFAULT_PROFILE, Rules
from checkers.mark_report import mark_report
from checkers.note_scans import explain_unread, note_scans, note_unjudged
from checkers.outline import Outline
from checkers.rule_files import ProfileFile
from checkers.run_checks import list_unjudged, run_checks
from checkers.split_run_in_headings import split_run_in_headings
from checkers.tell_feasibility_report import tell_feasibility_report
from checkers.watch_reading import RECOGNISE, ReadingWatch, ScanOptions
from checkers.word_findings import word_finding
from corpus.library import Library

NOT_A_REPORT = "这份文件看来不是可行性研究报告，下面的结论仅供参考。"
NOTHING_READ = "文件没有读到文字，不能判断写没写。"
NO_SECTIONS = "没有认出任何章节标题，请检查文件的标题样式或编号。"


def check_report(
    path: Path,
    *,
    profile: str = DEFAULT_PROFILE,
    library: Library,
    rules: Rules,
    clock: Callable[[], float] = time.perf_counter,
    reader: Reader | None = None,
    watch: ReadingWatch | None = None,
    scans: ScanOptions = RECOGNISE,
) -> CheckResult:
    """Read a report and check it; a file that can't be read gives a result with ``error``.

    An archive is a file that can't be read; ``check_reports`` checks what is inside.

    Args:
        path: of the report.
        profile: id of the regulation, or ``strictest``.
        library: the articles behind the rules.
        rules: what to look for.
        clock: seconds.
        reader: reads the file; None reads it in other processes within limits of time and memory.
        watch: follows the pages of a scan and can stop it; without ``reader`` only.
        scans: whether and how scanned pages are recognised; without ``reader`` only.

    Raises:
        ProfileUnknown: there is no such profile.
        CorpusError: a basis of the profile is not verbatim in the library.
    """
    started = clock()
    with hold_collector():
        read = reader or partial(read_isolated, watch=watch, scans=scans)
        result = _read_and_check(path, rules.profile(profile), library, rules, read)
    return replace(result, milliseconds=(clock() - started) * 1000)


def _read_and_check(
    path: Path, wanted: ProfileFile, library: Library, rules: Rules, reader: Reader
) -> CheckResult:
    try:
        outline = reader(path)
    except ReportUnreadable as fault:
        return CheckResult(
            file=path.name,
            kind="unknown",
            profile=wanted.id,
            profile_name=wanted.name,
            error=CheckFault(code=fault.code, message=fault.message),
        )
    return check_outline(outline, profile=wanted.id, library=library, rules=rules, file=path.name)


def check_outline(
    outline: Outline,
    *,
    profile: str = DEFAULT_PROFILE,
    library: Library,
    rules: Rules,
    file: str = "",
) -> CheckResult:
    """Check a report that has been read."""
    wanted = rules.profile(profile)
    report = mark_report(split_run_in_headings(outline), rules)
    kind = tell_feasibility_report(outline, rules.marks.file.report)
    judgements = {
        topic: judge_topic(report, rules, rules.topics[topic], wanted.topics[topic])
        for topic in TOPICS
    }
    topics = tuple(
        _word_topic(rules, wanted, topic, judgements[topic], library) for topic in TOPICS
    )
    # The rules know what feasibility reports say; on a contract they would talk nonsense.
    findings = (
        run_checks(report, judgements, rules=rules, profile=wanted, library=library)
        if kind.is_feasibility_report
        else ()
    )
    fault = _find_fault(outline)
    notes = _write_notes(outline, is_other=kind.is_told and not kind.is_feasibility_report)
    if fault is not None:
        topics = tuple(replace(part, evidence=NOTHING_READ) for part in topics)
    elif kind.is_feasibility_report and (
        unjudged := list_unjudged(outline, rules=rules, profile=wanted)
    ):
        notes = (*notes, note_unjudged(outline, unjudged))
    return CheckResult(
        file=file,
        kind=outline.kind,
        profile=wanted.id,
        profile_name=wanted.name,
        title=outline.title,
        is_feasibility_report=kind.is_feasibility_report,
        report_evidence=kind.evidence,
        topics=topics,
        findings=findings,
        notes=notes,
        outline=outline,
        error=fault,
    )


def _word_topic(
    rules: Rules, profile: ProfileFile, topic: Topic, judgement: Judgement, library: Library
) -> TopicFinding:
    rule = profile.topics[topic]
    citations = tuple(cite_basis(profile, basis, library) for basis in rule.basis)
    return word_finding(rules.topics[topic], rule, judgement, citations)


def _write_notes(outline: Outline, *, is_other: bool) -> tuple[str, ...]:
    notes = []
    if is_other:
        notes.append(NOT_A_REPORT)
    notes.extend(note_scans(outline))
    if not outline.unread_pages and not outline.sections:
        notes.append(NO_SECTIONS)
    return tuple(notes)


def _find_fault(outline: Outline) -> CheckFault | None:
    """A document without any text is as good as unread."""
    if not outline.unread_pages or outline.sections or outline.preamble:
        return None
    return explain_unread(outline)
