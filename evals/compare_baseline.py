"""Scores of the measured part and the committed baseline -> what dropped.

The scores are deterministic, so the tolerance only absorbs one case in two hundred; what is
counted (foreign citations, false quotations) has none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.errors import BaselineUnreadable
from evals.score_answers import Measure
from evals.tally_scores import Totals

BASELINE_FILE = Path(__file__).parent / "baseline.json"
TOLERANCE = 0.005

Group = Literal["questions", "reports"]


class BaselineScore(BaseModel):
    """One committed score of the measured part."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    numerator: float
    denominator: float

    @property
    def share(self) -> float | None:
        """Numerator over denominator; None where nothing was counted."""
        return self.numerator / self.denominator if self.denominator else None


class Baseline(BaseModel):
    """The committed scores of the measured part, per measure."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: dict[str, BaselineScore] = {}
    reports: dict[str, BaselineScore] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """A score that is worse than the baseline; ``now`` is None where it is gone."""

    group: Group
    measure: Measure
    before: float
    now: float | None

    @property
    def sentence(self) -> str:
        """The drop in Chinese."""
        now = "没有得出" if self.now is None else f"{self.now:.3f}"
        return f"{self.measure.title}：基线{self.before:.3f}，现在{now}"


def read_baseline(path: Path = BASELINE_FILE) -> Baseline:
    """Read the committed baseline.

    Raises:
        BaselineUnreadable: the file is missing or breaks its format.
    """
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BaselineUnreadable(
            f"没有基线文件{path.name}，请先用 --update-baseline 生成。"
        ) from None
    except ValidationError as error:
        raise BaselineUnreadable(f"基线文件{path.name}格式不对：{error}") from error


def write_baseline(baseline: Baseline, path: Path = BASELINE_FILE) -> None:
    """Write the baseline, one key a line, so that a change reads well as a diff."""
    text = json.dumps(baseline.model_dump(), ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8")


def freeze_totals(totals: Totals) -> dict[str, BaselineScore]:
    """Totals as they are committed."""
    return {
        key: BaselineScore(numerator=tally.numerator, denominator=tally.denominator)
        for key, tally in sorted(totals.items())
    }


def find_drops(
    group: Group,
    before: Mapping[str, BaselineScore],
    now: Totals,
    measures: Mapping[str, Measure],
    tolerance: float = TOLERANCE,
) -> tuple[Drop, ...]:
    """Scores that are worse than the baseline by more than the tolerance, or gone."""
    drops: list[Drop] = []
    for key, committed in before.items():
        measure = measures.get(key) or Measure(key=key, title=key)
        old = committed.share
        new = now[key].share if key in now else None
        # A foreign citation or a false quotation is one too many, however many others there are.
        allowed = 0 if measure.unit == "count" else tolerance
        if old is not None and (new is None or _worsen(measure, old, new) > allowed):
            drops.append(Drop(group=group, measure=measure, before=old, now=new))
    return tuple(drops)


def _worsen(measure: Measure, old: float, new: float) -> float:
    return old - new if measure.better == "high" else new - old
