from __future__ import annotations

import sys
from pathlib import Path

import pytest
from rich.console import Console

from assistant.assistant import Assistant
from assistant.settings import Settings
from evals.ask_questions import CaseDay
from evals.count_statements import CountingModel, count_statements
from evals.eval_llm import (
    choose_cases,
    export_model_eval,
    has_leads,
    is_within_bound,
    main,
    print_model_eval,
    run_model_eval,
)

sys.path.append(str(Path(__file__).parent.parent / "assistant"))

from scripted_models import say

SAID = "项目建成后6个月内，建设单位应当组织验收。"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data_folder=tmp_path_factory.mktemp("llm"))


def test_both_modes_are_scored_on_the_same_cases(settings: Settings) -> None:
    result = run_model_eval(settings, say(SAID, "逾期罚款五万元。"), 6)
    assert len(result.extractive.scored) == len(result.rephrased.scored) == 6
    assert result.said == 12
    assert is_within_bound(result)
    exported = export_model_eval(result)
    assert exported["cases"] == 6
    console = Console(width=120, record=True)
    print_model_eval(console, result)
    assert "模型说了12句" in console.export_text()


def test_cases_are_spread_over_the_set_and_can_be_rephrased(settings: Settings) -> None:
    assistant = Assistant(settings)
    cases = choose_cases(assistant, CaseDay(), 5)
    assert len({case.id for case in cases}) == 5
    assert all(
        has_leads(assistant.ask(c.question, region=c.region, history=c.history)) for c in cases
    )


def test_a_model_keeps_what_it_said_and_the_carried_part_is_counted(settings: Settings) -> None:
    model = CountingModel(say(SAID, "逾期罚款五万元。"))
    assistant = Assistant(settings, model=model)
    answers = [assistant.ask("淅川县项目建成后多久要验收？"), assistant.ask("今天天气怎么样")]
    assert model.texts == [SAID + "逾期罚款五万元。"]
    assert count_statements(model.texts, answers, assistant.library) == (2, 1)


def test_without_a_model_the_call_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ZHENGXIN_LLM", raising=False)
    assert main([]) == 2
    assert "ZHENGXIN_LLM" in capsys.readouterr().err
