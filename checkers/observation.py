"""What a rule saw in a report, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass

from checkers.index_report import SectionPath
from checkers.outline import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One thing at fault.

    Attributes:
        missing: labels of what is not there.
        found: labels of what is.
        evidence: words of the report that decided.
        paths: the sections it rests on.
        place: where the words stand; None where something is absent.
        count: how often the fault occurs, where not each place is listed.
    """

    missing: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    evidence: str = ""
    paths: tuple[SectionPath, ...] = ()
    place: Place | None = None
    count: int = 1
