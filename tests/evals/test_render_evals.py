from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser

import pytest
from hand_made_answers import make_answer, make_case, make_scored
from rich.console import Console

from evals.ask_questions import QuestionRun
from evals.compare_baseline import Baseline, Drop
from evals.draw_charts import Chart, ChartRow, draw_chart
from evals.eval_result import EvalResult, select_cases
from evals.export_evals import export_result
from evals.print_evals import print_failing, print_result
from evals.render_evals import render_page
from evals.score_answers import MEASURE_BY_KEY
from evals.tally_scores import CrashedCase, ScoredCase, Tally

WRONG = make_scored(
    make_case("xichuan:18", name="w-1", facts=["6个月"]),
    make_answer("xichuan:19", text="<b>一年</b>"),
)
RIGHT = make_scored(
    make_case("xichuan:18", name="w-2", facts=["6个月"]), make_answer("xichuan:18", text="6个月")
)
HIDDEN = make_scored(
    make_case("jinzhai:17", name="m-1", part="measured"), make_answer("jinzhai:1", text="机密正文")
)


def make_result(*scored: ScoredCase) -> EvalResult:
    peer = {"recall_at_1": Tally(numerator=1, denominator=4)}
    return EvalResult(
        parts=("working", "measured"),
        questions=QuestionRun(scored=scored, crashed=()),
        peers={"LangChain\n500字切块": {"working": peer, "measured": peer}},
        baseline=Baseline(),
    )


def print_to_text(result: EvalResult) -> str:
    stream = io.StringIO()
    print_result(Console(file=stream, width=140), result)
    return stream.getvalue()


class AddressFinder(HTMLParser):
    """Collects every address that a browser would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_page_fetches_nothing_from_anywhere() -> None:
    page = render_page(make_result(WRONG, RIGHT))
    finder = AddressFinder()
    finder.feed(page)
    assert finder.addresses == []
    assert not re.search(r"url\(|@import", page)


def test_the_page_lists_wrong_cases_with_what_was_retrieved_and_escapes_the_text() -> None:
    page = render_page(make_result(WRONG, RIGHT))
    assert "w-1" in page
    assert "xichuan:19" in page
    assert "&lt;b&gt;一年&lt;/b&gt;" in page
    assert "w-2" not in page


def test_the_page_plots_every_kind_that_was_asked() -> None:
    page = render_page(make_result(WRONG, RIGHT))
    assert page.count("<svg") == page.count("</svg>") > 1
    assert "清单 list" in page


def test_the_table_shows_both_parts_and_the_peer_side_by_side() -> None:
    text = print_to_text(make_result(WRONG, RIGHT, HIDDEN))
    (row,) = [line for line in text.splitlines() if "recall@1" in line]
    assert re.findall(r"\d\.\d+", row) == ["0.95", "0.500", "0.000", "0.25", "0.25"]


def test_a_drop_fails_the_run_and_is_printed() -> None:
    drop = Drop(group="questions", measure=MEASURE_BY_KEY["facts"], before=0.95, now=0.9)
    result = EvalResult(parts=("measured",), baseline=Baseline(), drops=(drop,))
    assert not result.is_good
    assert "要点 facts：基线0.950，现在0.900" in print_to_text(result)


def test_a_crashed_case_fails_the_run_and_is_named() -> None:
    crashed = tuple(
        CrashedCase(case=make_case("xichuan:18", name=f"w-{number}"), message="KeyError：1")
        for number in range(9)
    )
    result = EvalResult(parts=("working",), questions=QuestionRun(scored=(), crashed=crashed))
    assert not result.is_good
    assert result.crash_sentences == ("w-0、w-1、w-2、w-3、w-4等9题 KeyError：1",)


def test_the_json_object_is_serialisable_and_says_whether_it_passed() -> None:
    exported = json.loads(json.dumps(export_result(make_result(WRONG, RIGHT))))
    assert exported["passed"] is True
    assert exported["questions"]["working"]["overall"]["recall_at_1"]["share"] == 0.5
    assert [case["id"] for case in exported["wrong_cases"]] == ["w-1"]


def test_failing_cases_of_the_measured_part_are_named_but_not_shown() -> None:
    stream = io.StringIO()
    print_failing(Console(file=stream, width=140), [WRONG, RIGHT, HIDDEN])
    text = stream.getvalue()
    assert "一年" in text
    assert "m-1" in text
    assert "机密正文" not in text
    assert "w-2" not in text


@pytest.mark.parametrize(
    ("wanted", "names"),
    [((), ["w-1", "w-2"]), (("w-2",), ["w-2"]), (("m-1",), [])],
)
def test_cases_are_selected_by_part_and_name(wanted: tuple[str, ...], names: list[str]) -> None:
    cases = tuple(scored.case for scored in (WRONG, RIGHT, HIDDEN))
    assert [case.id for case in select_cases(cases, ("working",), wanted)] == names


def test_a_group_selects_all_its_wordings() -> None:
    cases = tuple(make_case("xichuan:18", name=name, group="g") for name in "ab")
    assert select_cases(cases, ("working",), ("g",)) == cases


def test_a_chart_draws_a_dot_for_each_share_that_is_known() -> None:
    rows = (ChartRow(name="清单", shares=(0.5, None)), ChartRow(name="期限", shares=(1.0, 0.0)))
    drawn = draw_chart(Chart(title="命中", series=("working", "measured"), rows=rows))
    assert drawn.count("<circle") == 3
    assert "0.50 / —" in drawn
