from __future__ import annotations

import io
import json
import os
import socket
import sys
from collections.abc import Sequence

import pytest
from hand_made_answers import make_answer, make_case
from rich.console import Console

from assistant.answer import Answer
from evals.bench import build_table, export_measurements
from evals.measure_assistant import WARM_UP_QUESTIONS, time_questions
from evals.measure_processes import find_free_port, read_peak_memory
from evals.measurement import Measurement, take_median, take_percentile_ms, time_runs


class CountingAsker:
    """Counts what it is asked; embeds as well."""

    name = "counting"

    def __init__(self) -> None:
        self.asked = 0

    def ask(
        self, question: str, *, region: str | None = None, history: Sequence[str] = ()
    ) -> Answer:
        self.asked += 1
        return make_answer("xichuan:18")

    def embed_query(self, text: str) -> list[float]:
        return [1.0]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[1.0] for _ in texts]


def make_measurement(value: float | None, target: float | None = None) -> Measurement:
    return Measurement(
        key="ask_p95", title="提问", value=value, unit="ms", target=target, raw=8.0, raw_title="裸"
    )


@pytest.mark.parametrize(
    ("value", "target", "met"),
    [(59.0, 60.0, True), (60.0, 60.0, True), (61.0, 60.0, False), (5.0, None, None)],
)
def test_a_target_is_an_upper_bound(value: float, target: float | None, met: bool | None) -> None:
    assert make_measurement(value, target).is_met is met


def test_what_could_not_be_taken_is_neither_met_nor_missed() -> None:
    taken = make_measurement(None, 60)
    assert (taken.is_met, taken.ratio) == (None, None)


def test_the_ratio_stands_against_the_raw_baseline() -> None:
    assert make_measurement(20.0).ratio == pytest.approx(2.5)


def test_times_are_summed_up_as_median_and_percentile() -> None:
    assert take_median([0.1, 0.3, 0.2]) == 0.2
    assert take_percentile_ms([0.01] * 19 + [0.5], 95) == 10.0
    assert take_percentile_ms([0.01] * 18 + [0.5] * 2, 95) == 500.0


def test_every_run_is_timed() -> None:
    seen: list[int] = []
    assert len(time_runs(lambda: seen.append(1), 3)) == len(seen) == 3


def test_warm_up_questions_are_asked_but_not_counted() -> None:
    cases = [make_case("xichuan:18", name=str(number)) for number in range(8)]
    asker = CountingAsker()
    embedding, asking = time_questions(asker, asker, cases)
    assert asker.asked == len(cases) + WARM_UP_QUESTIONS
    assert len(embedding) == len(asking) == len(cases)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="只有Linux有/proc")
def test_the_peak_memory_of_a_process_is_read_in_megabytes() -> None:
    peak = read_peak_memory(os.getpid())
    assert peak is not None
    assert 10 < peak < 100_000


def test_a_free_port_can_be_listened_on() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", find_free_port()))


def test_the_table_shows_value_target_and_ratio() -> None:
    console = Console(file=io.StringIO(), record=True, width=140)
    console.print(build_table([make_measurement(20.0, 60.0), make_measurement(None)]))
    text = console.export_text()
    assert "20 ms" in text
    assert "≤ 60 ms" in text
    assert "2.5×" in text


def test_the_json_object_says_which_targets_are_met() -> None:
    exported = json.loads(json.dumps(export_measurements([make_measurement(61.0, 60.0)])))
    (taken,) = exported["measurements"]
    assert (taken["key"], taken["met"], taken["ratio"]) == ("ask_p95", False, 7.625)
