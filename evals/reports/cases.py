"""Bases x mutations x makes -> report cases with expected verdicts, the same ones every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Literal, get_args

from evals.reports.derive_verdicts import Profile, Verdicts, derive_verdicts, has_all_parts
from evals.reports.load_bases import load_bases, load_mutation_texts
from evals.reports.mutate_report import Workshop, apply_step
from evals.reports.number_headings import SCHEMES
from evals.reports.pdf_makes import PDF_MAKES
from evals.reports.report_tree import PARTS, TOPICS, Report, SubsetName, Topic, find_chapter
from evals.reports.write_docx import DOCX_MAKES, write_docx

FileFormat = Literal["docx", "pdf"]
Writer = Callable[[Report, Path], Path]

PROFILES: tuple[Profile, ...] = get_args(Profile)
_STEPS_ON_A_TOPIC = ("drop", "contents_trap", "trap", "mention")
_STEPS_ON_A_CHAPTER = (
    "demote",
    "blank",
    "skeleton",
    "placeholder",
    "hollow",
    "defer",
    "annotate",
)
_STEPS_ON_DOCX_ONLY = ("tracked_delete", "tracked_insert", "hide", "comment", "box")
_COMPOUNDS = (("demote", "hollow"), ("demote", "blank"), ("rename", "demote"), ("rename", "hollow"))
_STYLED_MAKES = tuple(name for name, make in DOCX_MAKES.items() if make.is_styled)
_TYPED_MAKES = tuple(name for name, make in DOCX_MAKES.items() if make.number == "typed")
# Elsewhere a catalogue is asked for too, so only the other parts are dropped under 智慧城市.
_PROFILES_OF_PARTS: tuple[Profile, ...] = ("xichuan", "xichuan", "xx-county")
_SHARE_OF_PDF = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCase:
    """A file to be checked and what the check must say.

    Attributes:
        steps: mutations applied to the base, in order; none for a report as it was written.
        format: of the file.
        make: how the file is built, a key of ``DOCX_MAKES`` or ``PDF_MAKES``.
        part: ``measured`` cases come from other bases than ``working`` ones.
        writer: writes the report in that make to a path.
        expected: acceptable verdicts per topic; empty for what is no feasibility report.
    """

    id: str
    base: str
    steps: tuple[str, ...]
    format: FileFormat
    make: str
    profile: Profile
    part: SubsetName
    expected: Mapping[Topic, Verdicts]
    expected_is_report: bool
    report: Report
    writer: Writer

    @property
    def mutation(self) -> str:
        """Names of the steps without their arguments, ``as_written`` where there are none."""
        return "+".join(step.partition(":")[0] for step in self.steps) or "as_written"

    def write(self, folder: Path) -> Path:
        """Write the file into a folder that exists and return its path."""
        return self.writer(self.report, folder / f"{self.id}.{self.format}")


def is_writable(case: ReportCase) -> bool:
    """Whether the library for the case's format is installed; DOCX always is."""
    return case.format == "docx" or find_spec("reportlab") is not None


def load_cases(*, full: bool = False) -> tuple[ReportCase, ...]:
    """Half of the cases, or all of them, in the order of bases, then steps.

    The half holds every second case of each mutation in each part: neighbours mostly show the
    same fault on two topics of one base.
    """
    if full:
        return _make_all_cases()
    seen: Counter[tuple[SubsetName, str]] = Counter()
    kept: list[ReportCase] = []
    for case in _make_all_cases():
        seen[case.part, case.mutation] += 1
        if seen[case.part, case.mutation] % 2:
            kept.append(case)
    return tuple(kept)


@cache
def _make_all_cases() -> tuple[ReportCase, ...]:
    texts = load_mutation_texts()
    cases: list[ReportCase] = []
    for base in load_bases():
        for steps in _plan_steps(base):
            name = f"{base.base}-{'-'.join(steps) or 'as_written'}".replace(":", ".")
            random = Random(name)
            report = base
            for step in steps:
                workshop = Workshop(texts=texts[base.subset], random=random)
                report = apply_step(report, step, workshop)
            cases.append(_make_case(name, report, steps, random))
        cases.extend(_vary_makes(base))
    return tuple(cases)


def _plan_steps(base: Report) -> Iterator[tuple[str, ...]]:
    """The mutations that a base can carry, each on one or two topics drawn by seed."""
    if not base.is_feasibility_report:
        return
    random = Random(base.base)
    treated = [topic for topic in TOPICS if _is_treated(base, topic)]
    chaptered = [topic for topic in TOPICS if find_chapter(base, topic) is not None]
    for name in _STEPS_ON_A_TOPIC:
        yield from ((f"{name}:{topic}",) for topic in _draw(treated, random))
    for name in _STEPS_ON_A_CHAPTER:
        yield from ((f"{name}:{topic}",) for topic in _draw(chaptered, random))
    for names in _COMPOUNDS if chaptered else ():
        topic = random.choice(chaptered)
        if "rename" not in names or _has_renames(base, topic):
            yield tuple(f"{name}:{topic}" for name in names)
    if treated:
        yield (f"negate:{random.choice(treated)}",)
        yield from ((f"{name}:{random.choice(treated)}",) for name in _STEPS_ON_DOCX_ONLY)
    yield from _plan_particular_steps(base, treated, chaptered)
    for scheme in random.sample(sorted(set(SCHEMES) - {base.numbering}), 3):
        yield (f"renumber:{scheme}",)
    yield ("wrap",)


def _plan_particular_steps(
    base: Report, treated: list[Topic], chaptered: list[Topic]
) -> Iterator[tuple[str, ...]]:
    """Steps that depend on what the base has: parts, other titles, sections to move."""
    yield from ((f"rename:{topic}",) for topic in treated if _has_renames(base, topic))
    yield from ((f"promote:{topic}",) for topic in treated if topic not in chaptered)
    for first, second in (("security", "crypto"), ("sharing", "security")):
        if first in chaptered and second in chaptered and _are_apart(base, first, second):
            yield (f"merge:{first}+{second}",)
    sharing = [node for _, node in base.walk() if "sharing" in node.topics]
    if sharing and has_all_parts(sharing[0]):
        yield from ((f"drop_part:{part}",) for part in PARTS)


def _are_apart(base: Report, first: Topic, second: Topic) -> bool:
    return find_chapter(base, first) != find_chapter(base, second)


def _is_treated(base: Report, topic: Topic) -> bool:
    return any(topic in node.topics for _, node in base.walk())


def _has_renames(base: Report, topic: Topic) -> bool:
    return any(node.renames for _, node in base.walk() if topic in node.topics)


def _draw(topics: list[Topic], random: Random) -> list[Topic]:
    return random.sample(topics, min(2, len(topics)))


def _make_case(name: str, report: Report, steps: tuple[str, ...], random: Random) -> ReportCase:
    names = {step.partition(":")[0] for step in steps}
    makes = _allowed_makes(report, names)
    is_pdf = not names.intersection(_STEPS_ON_DOCX_ONLY) and random.random() < _SHARE_OF_PDF
    if is_pdf and report.numbering != "unnumbered":
        return _fill_case(f"{name}-pdf", report, steps, random, "pdf", random.choice([*PDF_MAKES]))
    return _fill_case(name, report, steps, random, "docx", random.choice(makes))


def _allowed_makes(report: Report, names: set[str]) -> tuple[str, ...]:
    """Makes that can show the report: no list prints every scheme, and only styles wrap."""
    if "wrap" in names or report.numbering == "unnumbered":
        return _STYLED_MAKES
    if "renumber" in names:
        return _TYPED_MAKES
    return tuple(DOCX_MAKES)


def _vary_makes(base: Report) -> Iterator[ReportCase]:
    """The base as written, in three DOCX makes and one or two PDF makes drawn by seed."""
    random = Random(f"makes of {base.base}")
    for make in random.sample(sorted(DOCX_MAKES), 3):
        yield _fill_case(f"{base.base}-as_written-{make}", base, (), random, "docx", make)
    for make in random.sample(sorted(PDF_MAKES), 2):
        yield _fill_case(f"{base.base}-as_written-{make}-pdf", base, (), random, "pdf", make)


def _fill_case(
    name: str,
    report: Report,
    steps: tuple[str, ...],
    random: Random,
    file_format: FileFormat,
    make: str,
) -> ReportCase:
    profile = _choose_profile(steps, random)
    return ReportCase(
        id=name,
        base=report.base,
        steps=steps,
        format=file_format,
        make=make,
        profile=profile,
        part=report.subset,
        expected=derive_verdicts(report, profile) if report.is_feasibility_report else {},
        expected_is_report=report.is_feasibility_report,
        report=report,
        writer=_find_writer(file_format, make),
    )


def _find_writer(file_format: FileFormat, make: str) -> Writer:
    return partial(_write_docx if file_format == "docx" else _write_pdf, make)


def _write_docx(make: str, report: Report, path: Path) -> Path:
    return write_docx(report, DOCX_MAKES[make], path)


def _write_pdf(make: str, report: Report, path: Path) -> Path:
    # reportlab belongs to the development tools: the plan must load without it.
    from evals.reports.write_pdf import write_pdf

    return write_pdf(report, PDF_MAKES[make], path)


def _choose_profile(steps: tuple[str, ...], random: Random) -> Profile:
    """A part of the sharing chapter is missed under 淅川 only; anything else fits any profile."""
    if any(step.startswith("drop_part") for step in steps):
        return "xichuan" if steps[0].endswith("catalogue") else random.choice(_PROFILES_OF_PARTS)
    return random.choice(PROFILES)
