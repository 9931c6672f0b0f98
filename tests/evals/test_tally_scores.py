from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hand_made_answers import make_answer, make_case, make_scored

from assistant.answer import Answer
from evals.ask_questions import CaseDay, ask_questions
from evals.score_answers import Score
from evals.tally_scores import add_scores, find_percentile, total_part


class ScriptedAsker:
    """Answers every question the same way, save the one that it breaks on."""

    def ask(
        self, question: str, *, region: str | None = None, history: Sequence[str] = ()
    ) -> Answer:
        if region == "broken":
            raise RuntimeError("索引损坏")
        return make_answer("xichuan:18")


def test_totals_are_sums_of_counts_and_not_means_of_shares() -> None:
    scores = [
        Score(key="facts", numerator=1, denominator=1),
        Score(key="facts", numerator=0, denominator=4),
    ]
    assert add_scores(scores)["facts"].share == pytest.approx(0.2)


def test_a_measure_that_counted_nothing_has_no_share() -> None:
    scores = [Score(key="facts", numerator=0, denominator=0)]
    assert add_scores(scores)["facts"].share is None


def test_follow_ups_count_in_the_totals_and_have_a_row() -> None:
    good = make_scored(make_case("xichuan:18"), make_answer("xichuan:18"))
    late = make_scored(make_case("xichuan:19", kind="follow_up"), make_answer("xichuan:18"))
    totals = total_part([good, late])
    assert totals.cases == 2
    assert totals.overall["recall_at_1"].share == 0.5
    count, row = totals.rows["kind"]["follow_up"]
    assert (count, row["recall_at_1"].share) == (1, 0)


def test_a_case_of_two_regions_has_a_row_of_its_own() -> None:
    scored = make_scored(make_case("xichuan:18", "jinzhai:17"), make_answer("xichuan:18"))
    assert list(total_part([scored]).rows["region"]) == ["several"]


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (95, 95), (100, 100), (1, 1)])
def test_percentiles_are_values_that_occurred(percent: float, value: float) -> None:
    assert find_percentile(list(range(100, 0, -1)), percent) == value


def test_a_single_time_is_every_percentile() -> None:
    assert find_percentile([7.0], 95) == 7.0


def test_a_crashed_case_is_listed_and_not_averaged_in() -> None:
    from dataclasses import replace

    good = make_case("xichuan:18", name="good")
    broken = replace(make_case("xichuan:18", name="broken"), region="broken")
    run = ask_questions([broken, good], ScriptedAsker(), clock=iter(range(10)).__next__)
    assert [(crash.case.id, crash.message) for crash in run.crashed] == [
        ("broken", "RuntimeError：索引损坏")
    ]
    assert total_part(run.scored).overall["recall_at_1"].share == 1


def test_each_case_is_asked_on_its_own_day() -> None:
    day = CaseDay()
    days: list[date] = []

    class Looker(ScriptedAsker):
        def ask(
            self, question: str, *, region: str | None = None, history: Sequence[str] = ()
        ) -> Answer:
            days.append(day())
            return super().ask(question, region=region, history=history)

    cases = [make_case("xichuan:18", today=date(2027, 9, 1)), make_case("xichuan:18")]
    ask_questions(cases, Looker(), day=day)
    assert days[0] == date(2027, 9, 1)
    assert days[1] != days[0]


def test_times_come_from_the_clock() -> None:
    run = ask_questions([make_case("xichuan:18")], ScriptedAsker(), clock=iter([1, 1.25]).__next__)
    assert total_part(run.scored).milliseconds == (250, 250)
