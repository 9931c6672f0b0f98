"""Numbered lines -> runs that count on, and whether a run is of headings or of list items."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from checkers.report_line import ReportLine

# Share of a run that must stand out or have text below it to be a run of headings.
_ENOUGH = 0.5
_LONGEST_AVERAGE_TITLE = 22
# Lists of one form inside each other; more open ones are lists that were never divided.
_DEEPEST_NESTING = 6


@dataclass(slots=True)
class NumberRun:
    """Lines of one form of number that count on from each other.

    Attributes:
        lines: in reading order.
        nested: whether it stands between two lines of another run of the same form.
    """

    lines: list[ReportLine] = field(default_factory=list)
    nested: bool = False

    @property
    def last(self) -> int:
        """The last count."""
        number = self.lines[-1].number
        return 0 if number is None else number.values[-1]


def split_runs(lines: Iterable[ReportLine], boundaries: Sequence[int]) -> list[NumberRun]:
    """Split lines of one form into runs.

    A count that follows the last one goes on with its run; 1 begins a new run, inside the open
    one; a higher heading (its block index in ``boundaries``) ends the runs that restart after it.

    Args:
        lines: numbered lines of one form in reading order.
        boundaries: block indexes of the headings that stand above this form, in order.
    """
    finished: list[NumberRun] = []
    open_runs: list[NumberRun] = []
    for line in lines:
        value = line.number.values[-1] if line.number is not None else 0
        if value == 1 and open_runs and _is_divided(open_runs[-1].lines[-1], line, boundaries):
            finished.extend(open_runs)
            open_runs = []
        position = _find_run(open_runs, value)
        if position is None:
            open_runs.append(NumberRun(lines=[line]))
            finished.extend(open_runs[:-_DEEPEST_NESTING])
            del open_runs[:-_DEEPEST_NESTING]
            continue
        for inner in open_runs[position + 1 :]:
            inner.nested = True
        finished.extend(open_runs[position + 1 :])
        del open_runs[position + 1 :]
        open_runs[position].lines.append(line)
    return finished + open_runs


def _is_divided(last: ReportLine, line: ReportLine, boundaries: Sequence[int]) -> bool:
    position = bisect_right(boundaries, last.index)
    return position < len(boundaries) and boundaries[position] < line.index


def _find_run(open_runs: Sequence[NumberRun], value: int) -> int | None:
    """Return the open run that a count goes on with: exactly, or over a gap; innermost first."""
    for gap in (1, 2, 3):
        for position in range(len(open_runs) - 1, -1, -1):
            if open_runs[position].last + gap == value:
                return position
    return None


def is_run_of_headings(
    run: NumberRun,
    *,
    has_text_below: Callable[[ReportLine], bool],
    stands_out: Callable[[ReportLine], bool],
) -> bool:
    """Whether a run is of headings and not of list items.

    Headings stand out from the text or have text below them; list items follow each other.
    """
    total = len(run.lines)
    if sum(map(stands_out, run.lines)) > total * _ENOUGH:
        return True
    average = sum(len(line.title) for line in run.lines) / total
    if run.nested or average > _LONGEST_AVERAGE_TITLE:
        return False
    if total == 1 and run.last != 1:
        return False
    return sum(map(has_text_below, run.lines)) >= total * _ENOUGH
