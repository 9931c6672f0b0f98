from __future__ import annotations

from pathlib import Path

import pytest

from evals.compare_baseline import (
    Baseline,
    BaselineScore,
    find_drops,
    freeze_totals,
    read_baseline,
    write_baseline,
)
from evals.errors import BaselineUnreadable
from evals.score_answers import MEASURE_BY_KEY
from evals.tally_scores import Tally


def committed(numerator: float, denominator: float) -> BaselineScore:
    return BaselineScore(numerator=numerator, denominator=denominator)


@pytest.mark.parametrize(
    ("key", "before", "now", "dropped"),
    [
        ("recall_at_1", (90, 100), (90, 100), False),
        ("recall_at_1", (90, 100), (89, 100), True),
        ("recall_at_1", (90, 100), (91, 100), False),
        # within the tolerance of 0.005
        ("recall_at_1", (900, 1000), (896, 1000), False),
        # fewer is better
        ("wrong_refusals", (2, 100), (3, 100), True),
        ("wrong_refusals", (2, 100), (0, 100), False),
        # one false quotation in a thousand is a drop
        ("false_quotes", (0, 1000), (1, 1000), True),
        # shares are compared, so a grown set is no drop
        ("recall_at_1", (90, 100), (180, 200), False),
    ],
)
def test_a_drop_is_a_change_for_the_worse_beyond_the_tolerance(
    key: str, before: tuple[float, float], now: tuple[float, float], dropped: bool
) -> None:
    totals = {key: Tally(numerator=now[0], denominator=now[1])}
    drops = find_drops("questions", {key: committed(*before)}, totals, MEASURE_BY_KEY)
    assert bool(drops) is dropped


def test_a_score_that_is_gone_is_a_drop() -> None:
    (drop,) = find_drops("questions", {"facts": committed(9, 10)}, {}, MEASURE_BY_KEY)
    assert drop.sentence == "要点 facts：基线0.900，现在没有得出"


def test_a_score_that_the_baseline_lacks_is_no_drop() -> None:
    totals = {"facts": Tally(numerator=0, denominator=10)}
    assert find_drops("questions", {}, totals, MEASURE_BY_KEY) == ()


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    totals = {"facts": Tally(numerator=9, denominator=10)}
    baseline = Baseline(questions=freeze_totals(totals))
    write_baseline(baseline, tmp_path / "baseline.json")
    assert read_baseline(tmp_path / "baseline.json") == baseline


def test_a_missing_baseline_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BaselineUnreadable, match="--update-baseline"):
        read_baseline(tmp_path / "baseline.json")


def test_an_unknown_key_in_the_baseline_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text('{"question": {}}', encoding="utf-8")
    with pytest.raises(BaselineUnreadable, match="question"):
        read_baseline(path)
