"""Checked reports -> their keys, under which they can be asked about and downloaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkers.render_json import to_json
from ui.check_batch import drop_text
from ui.kept_results import CheckedReport, CheckedReports, KeptBatches

KEPT_WHOLE = 20
"""Of so many reports checked together, each is kept with its text; of more, only the results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptKeys:
    """Where checked reports are found again.

    Attributes:
        reports: key of each, in order; empty for those of a large batch.
        batch: key of all together; empty for a single report.
    """

    reports: tuple[str, ...]
    batch: str = ""


def keep_checked(
    checked: Sequence[CheckedReport], reports: CheckedReports, batches: KeptBatches
) -> KeptKeys:
    """Keep each report, and where there are several, all of them together."""
    whole = len(checked) <= KEPT_WHOLE
    keys = tuple(reports.keep(part.result, part.source) if whole else "" for part in checked)
    if len(checked) == 1:
        return KeptKeys(reports=keys)
    batch = batches.keep(tuple(drop_text(part.result) for part in checked))
    return KeptKeys(reports=keys, batch=batch)


def to_batch_json(kept: KeptKeys, checked: Sequence[CheckedReport]) -> Mapping[str, object]:
    """The object of several reports: ``key`` of all, and each with its own (or null)."""
    results = [
        {"key": key or None, **to_json(part.result)}
        for key, part in zip(kept.reports, checked, strict=True)
    ]
    return {"key": kept.batch or None, "results": results}
