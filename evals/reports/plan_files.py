"""A base -> which of its reports are converted to rarer files, and which are scanned."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from evals.reports.file_makes import CONVERTED, SCANS, FileMake
from evals.reports.plan_steps import STEPS_ON_DOCX_ONLY, Steps, plan_steps
from evals.reports.report_tree import Report

PlannedFile = tuple[Steps, FileMake]

# Each base comes in every second of the makes, what is not judged in every sixth.
_STRIDE, _STRIDE_UNJUDGED = 2, 6
_SHARE_AS_WRITTEN = 0.3
# Steps that only heading styles, lists or a PDF of our own can show, and what makes scans long.
_UNFIT_STEPS = frozenset({*STEPS_ON_DOCX_ONLY, "unstyle", "wrap", "renumber", "lengthen"})
_FORMATS_OF_TYPED_NUMBERS = ("text", "markdown")


def plan_converted(base: Report, number: int) -> Iterator[PlannedFile]:
    """A report of the base in a share of the makes; ``number`` is the place of the base."""
    stride = _STRIDE if base.is_judged else _STRIDE_UNJUDGED
    random = Random(f"converted files of {base.base}")
    steps = list(plan_steps(base))
    for place, make in enumerate(CONVERTED.values()):
        if (place + number) % stride:
            continue
        fitting = [planned for planned in steps if _is_fit(planned, make)]
        as_written = not fitting or random.random() < _SHARE_AS_WRITTEN
        yield (() if as_written else random.choice(fitting)), make


def plan_scans(base: Report, number: int) -> Iterator[PlannedFile]:
    """The base as written and, where it is judged, mutated; the makes go round."""
    random = Random(f"scans of {base.base}")
    makes = [*SCANS.values()]
    yield (), makes[number % len(makes)]
    fitting = [planned for planned in plan_steps(base) if not _name_steps(planned) & _UNFIT_STEPS]
    if fitting:
        yield random.choice(fitting), makes[(number + 2) % len(makes)]


def _is_fit(steps: Steps, make: FileMake) -> bool:
    names = _name_steps(steps)
    if make.format in _FORMATS_OF_TYPED_NUMBERS:
        # Without numbers nobody can tell the headings of a plain text.
        if make.format == "text" and "renumber:unnumbered" in steps:
            return False
        names -= {"renumber"}
    return not names & _UNFIT_STEPS


def _name_steps(steps: Steps) -> set[str]:
    return {step.partition(":")[0] for step in steps}
