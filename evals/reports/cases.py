"""Bases x mutations x makes -> report cases with expected verdicts, the same ones every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import get_args

from evals.reports.derive_verdicts import Profile, Verdicts, derive_verdicts
from evals.reports.file_formats import FileFormat, FormatGroup, Tool, group_format, list_missing
from evals.reports.file_makes import CONVERTED, PLAIN_DOCX, PLAIN_PDF, FileMake
from evals.reports.load_bases import TextsOfSubset, load_bases, load_mutation_texts
from evals.reports.mutate_report import apply_step
from evals.reports.mutation_workshop import Workshop
from evals.reports.plan_files import plan_converted, plan_scans
from evals.reports.plan_steps import (
    STEPS_ON_DOCX_ONLY,
    TRAP_STEPS,
    Steps,
    list_touched,
    plan_steps,
)
from evals.reports.report_tree import Report, SubsetName, Topic
from evals.reports.shorten_report import count_characters, shorten_report
from evals.reports.write_docx import DOCX_MAKES

PROFILES: tuple[Profile, ...] = get_args(Profile)
_STYLED_MAKES = tuple(name for name, make in DOCX_MAKES.items() if make.is_styled)
_TYPED_MAKES = tuple(name for name, make in DOCX_MAKES.items() if make.number == "typed")
_STYLED_TYPED_MAKES = tuple(name for name in _TYPED_MAKES if name in _STYLED_MAKES)
# Elsewhere a catalogue is asked for too, so only the other parts are dropped under 智慧城市.
_PROFILES_OF_PARTS: tuple[Profile, ...] = ("xichuan", "xichuan", "xx-county")
_SHARE_OF_PDF = 0.3
# A run that is not full holds every third plain case and every fourth converted one.
_PLAIN_STRIDE, _CONVERTED_STRIDE = 3, 4
# A page of a scan takes seconds; of each part so many of the shortest are read.
_SCANS_A_PART = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCase:
    """A file to be checked and what the check must say.

    Attributes:
        steps: mutations applied to the base, in order; none for a report as it was written.
        file: how the file is built.
        part: ``measured`` cases come from other bases than ``working`` ones.
        expected: acceptable verdicts per topic; empty where the topics are not judged.
        expected_is_report: None where a reviewer may say either.
        report: after the steps.
    """

    id: str
    base: str
    steps: Steps
    file: FileMake
    profile: Profile
    part: SubsetName
    expected: Mapping[Topic, Verdicts]
    expected_is_report: bool | None
    report: Report

    @property
    def format(self) -> FileFormat:
        """Of the file."""
        return self.file.format

    @property
    def group(self) -> FormatGroup:
        """In which results of its format are told."""
        return group_format(self.format)

    @property
    def make(self) -> str:
        """Name of the make."""
        return self.file.name

    @property
    def mutation(self) -> str:
        """Names of the steps without their arguments, ``as_written`` where there are none."""
        return "+".join(step.partition(":")[0] for step in self.steps) or "as_written"

    @property
    def file_step(self) -> str | None:
        """What was done to the file itself: ``scan``, ``convert``, or None."""
        if self.format == "scan":
            return "scan"
        is_plain = self.make in PLAIN_DOCX or self.make in PLAIN_PDF
        return None if is_plain else "convert"

    @property
    def touched(self) -> tuple[Topic, ...]:
        """The topics that the steps are about; all where they name none."""
        return list_touched(self.steps)

    @property
    def traps(self) -> frozenset[Topic]:
        """Topics that the report lacks though it sounds like them: never ``present``."""
        is_trap = any(step.partition(":")[0] in TRAP_STEPS for step in self.steps)
        sounded = {*self.report.near_topics, *(self.touched if is_trap else ())}
        return frozenset(
            topic for topic in sounded if "present" not in self.expected.get(topic, {"present"})
        )

    @property
    def file_name(self) -> str:
        """Id and suffix."""
        return f"{self.id}{self.file.suffix}"

    @property
    def missing_tools(self) -> tuple[Tool, ...]:
        """What this machine lacks to write or read the file."""
        return list_missing(self.file.needs)

    def write(self, folder: Path) -> Path:
        """Write the file into a folder that exists and return its path."""
        return self.file.write(self.report, folder / self.file_name)


def load_cases(*, full: bool = False) -> tuple[ReportCase, ...]:
    """A share of the cases, or all of them: plain ones, then converted ones, then scans.

    The share holds every third plain case of each mutation in each part (neighbours mostly show
    the same fault on two topics of one base), every fourth converted one of each make, and a
    handful of scans.
    """
    if full:
        return _make_all_cases()
    seen: Counter[tuple[str, ...]] = Counter()
    kept: list[ReportCase] = []
    for case in _make_all_cases():
        is_plain = case.file_step is None
        row = (case.part, case.mutation) if is_plain else (case.part, "", case.make)
        stride = _PLAIN_STRIDE if is_plain else _CONVERTED_STRIDE
        # The makes begin at differing bases.
        offset = 0 if is_plain else [*CONVERTED, case.make].index(case.make)
        if case.format != "scan" and (seen[row] + offset) % stride == 0:
            kept.append(case)
        seen[row] += 1
    return (*kept, *_choose_scans())


def _choose_scans() -> Iterator[ReportCase]:
    """The shortest scans of each part, of differing bases and makes, every second one mutated."""
    scans = [case for case in _make_all_cases() if case.format == "scan" and case.expected]
    scans.sort(key=lambda case: count_characters(shorten_report(case.report)))
    for part in ("working", "measured"):
        chosen: list[ReportCase] = []
        for case in scans:
            wants_mutated = len(chosen) % 2 == 1
            is_fit = case.part == part and bool(case.steps) == wants_mutated
            is_new = all(case.base != one.base and case.make != one.make for one in chosen)
            if is_fit and is_new and len(chosen) < _SCANS_A_PART:
                chosen.append(case)
        yield from chosen


@cache
def _make_all_cases() -> tuple[ReportCase, ...]:
    texts = load_mutation_texts()
    bases = load_bases()
    cases = [case for base in bases for case in _make_plain_cases(base, texts[base.subset])]
    for number, base in enumerate(bases):
        for steps, file in (*plan_converted(base, number), *plan_scans(base, number)):
            name = f"{_name_steps(base, steps)}-{file.name}"
            random = Random(name)
            report = _apply_steps(base, steps, texts[base.subset], random)
            cases.append(_fill_case(name, report, steps, random, file))
    # Steps that reading makes slow stand at the end, however the bases are ordered.
    return tuple(sorted(cases, key=lambda case: (case.file_step or "", case.format == "scan")))


def _make_plain_cases(base: Report, texts: TextsOfSubset) -> Iterator[ReportCase]:
    for steps in (*plan_steps(base), *([] if base.is_judged else [()])):
        name = _name_steps(base, steps)
        random = Random(name)
        report = _apply_steps(base, steps, texts, random)
        yield _make_case(name, report, steps, random)
    yield from _vary_makes(base)


def _name_steps(base: Report, steps: Steps) -> str:
    return f"{base.base}-{'-'.join(steps) or 'as_written'}".replace(":", ".")


def _apply_steps(base: Report, steps: Steps, texts: TextsOfSubset, random: Random) -> Report:
    report = base
    for step in steps:
        report = apply_step(report, step, Workshop(texts=texts, random=random))
    return report


def _make_case(name: str, report: Report, steps: Steps, random: Random) -> ReportCase:
    names = {step.partition(":")[0] for step in steps}
    makes = _allow_makes(report, steps)
    is_docx_only = bool(names.intersection({*STEPS_ON_DOCX_ONLY, "unstyle"}))
    is_pdf = not is_docx_only and random.random() < _SHARE_OF_PDF
    if is_pdf and report.numbering != "unnumbered":
        make = random.choice([*PLAIN_PDF])
        return _fill_case(f"{name}-pdf", report, steps, random, PLAIN_PDF[make])
    return _fill_case(name, report, steps, random, PLAIN_DOCX[random.choice(makes)])


def _allow_makes(report: Report, steps: Steps) -> tuple[str, ...]:
    """Makes that can show the report: no list prints every scheme, and only styles wrap."""
    names = {step.partition(":")[0] for step in steps}
    if "unstyle" in names:
        return _STYLED_TYPED_MAKES
    if "wrap" in names or report.numbering == "unnumbered":
        return _STYLED_MAKES
    return _TYPED_MAKES if "renumber" in names else tuple(DOCX_MAKES)


def _vary_makes(base: Report) -> Iterator[ReportCase]:
    """The base as written, in three DOCX makes and two PDF makes drawn by seed."""
    random = Random(f"makes of {base.base}")
    for make in random.sample(sorted(PLAIN_DOCX), 3):
        yield _fill_case(f"{base.base}-as_written-{make}", base, (), random, PLAIN_DOCX[make])
    for make in random.sample(sorted(PLAIN_PDF), 2):
        yield _fill_case(f"{base.base}-as_written-{make}-pdf", base, (), random, PLAIN_PDF[make])


def _fill_case(
    name: str, report: Report, steps: Steps, random: Random, file: FileMake
) -> ReportCase:
    profile = _choose_profile(steps, random)
    return ReportCase(
        id=name,
        base=report.base,
        steps=steps,
        file=file,
        profile=profile,
        part=report.subset,
        expected=derive_verdicts(report, profile) if report.is_judged else {},
        expected_is_report=report.is_feasibility_report,
        report=report,
    )


def _choose_profile(steps: Steps, random: Random) -> Profile:
    """A part of the sharing chapter is missed under 淅川 only; anything else fits any profile."""
    if any(step.startswith("drop_part") for step in steps):
        return "xichuan" if steps[0].endswith("catalogue") else random.choice(_PROFILES_OF_PARTS)
    return random.choice(PROFILES)
